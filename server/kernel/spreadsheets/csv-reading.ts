import type { Row } from './reading.ts'
import { UnreadableTable } from './unreadable.ts'

const longestCell = 10_000
const mostColumns = 200

/** Text in UTF-8 or windows-1251, parted by semicolons, commas or tabs; quoted cells may hold line breaks. */
export async function* readCsv(bytes: Uint8Array): AsyncGenerator<Row> {
  const decoder = new TextDecoder(isUtf8(bytes) ? 'utf-8' : 'windows-1251')
  const reader = lineReader(separatorOf(decoder.decode(bytes.subarray(0, 65_536), { stream: true })))
  const again = new TextDecoder(decoder.encoding)
  for (let at = 0; at < bytes.byteLength; at += 65_536) {
    const last = at + 65_536 >= bytes.byteLength
    yield* reader(again.decode(bytes.subarray(at, at + 65_536), { stream: !last }), last)
  }
}

function isUtf8(bytes: Uint8Array): boolean {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for (let at = 0; at < bytes.byteLength; at += 1_048_576)
      decoder.decode(bytes.subarray(at, at + 1_048_576), { stream: at + 1_048_576 < bytes.byteLength })
    return true
  } catch {
    return false
  }
}

/** The one that stands in the first line most often, outside quotes. */
function separatorOf(start: string): string {
  const [line = ''] = start.replace(/"[^"]*"/g, '').split(/\r?\n/, 1)
  const counted = [';', '\t', ','].map((sign) => ({ sign, count: line.split(sign).length - 1 }))
  return counted.reduce((best, next) => (next.count > best.count ? next : best)).sign
}

function lineReader(separator: string): (text: string, last: boolean) => Row[] {
  let cells: string[] = []
  let cell = ''
  let quoted = false
  let quoteBefore = false
  let number = 1
  let lineStart = 1
  const endCell = () => {
    cells.push(cell)
    cell = ''
  }
  return (text, last) => {
    const rows: Row[] = []
    const endLine = () => {
      endCell()
      if (cells.some((value) => value.trim() !== '')) rows.push({ number: lineStart, cells })
      cells = []
      lineStart = number
    }
    for (const sign of text) {
      if (sign === '\n') number += 1
      if (quoted && sign !== '"') cell += sign
      else if (sign === '"') {
        // Two quotes in a quoted cell are one; a quote within a bare cell is a sign like others.
        if (quoted) quoted = false
        else if (quoteBefore) {
          cell += '"'
          quoted = true
        } else if (cell === '') quoted = true
        else cell += sign
        quoteBefore = !quoted
        continue
      } else if (sign === separator) endCell()
      else if (sign === '\n') endLine()
      else if (sign !== '\r') cell += sign
      quoteBefore = false
      if (cell.length > longestCell || cells.length > mostColumns)
        throw new UnreadableTable('Это не таблица, или в ней не закрыта кавычка. Сохраните файл как CSV заново.')
    }
    if (last && (cell !== '' || cells.length > 0)) endLine()
    return rows
  }
}
