import type { SaxesParser } from 'saxes'
import { UnreadableTable } from './unreadable.ts'
import { type Archive, openArchive } from './unzip.ts'
import { columnOf, localName, openParser, piecesOf, read, sharedStrings, written } from './workbook-reading.ts'

/** `formula`: the text is what a formula came to when the book was saved last. */
export type ReadCell = { column: number; text: string; formula: boolean }
export type ReadRow = { number: number; cells: ReadCell[] }
export type ReadBook = {
  sheets: readonly { name: string; hidden: boolean }[]
  /** Rows with something in them; the rest of a sheet is left unread when the reader stops asking. */
  rows: (sheet: string) => AsyncGenerator<ReadRow>
  /** Cells drawn as one; the text stands in the first of them. */
  merges: (sheet: string) => Promise<Merge[]>
}
/** Rows and columns from 1, both ends included. */
export type Merge = { top: number; left: number; bottom: number; right: number }
export type BookLimits = { unpacked: number; rows: number; columns: number; sheets: number }

const longestCell = 4000

/**
 * A workbook with all its sheets. Macros and links to other files are refused: nothing of them could be trusted.
 * @throws UnreadableTable
 */
export async function openBook(bytes: Uint8Array, limits: BookLimits): Promise<ReadBook> {
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf)
    throw new UnreadableTable(
      'Это старая книга Excel (.xls) или книга с паролем. Сохраните её как «Книга Excel (.xlsx)» без пароля.',
    )
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) throw new UnreadableTable('Это не книга Excel (.xlsx).')
  const archive = openArchive(bytes, limits.unpacked)
  if (!archive.has('xl/workbook.xml')) throw new UnreadableTable('Это архив, а не книга Excel (.xlsx).')
  refuseForeign(archive)
  const parts = await sheetParts(archive, limits.sheets)
  const shared = archive.has('xl/sharedStrings.xml') ? await sharedStrings(archive) : []
  return {
    sheets: parts.map(({ name, hidden }) => ({ name, hidden })),
    rows: (sheet) => rowsOf(archive, parts.find(({ name }) => name === sheet)?.path ?? '', shared, limits),
    merges: (sheet) => mergesOf(archive, parts.find(({ name }) => name === sheet)?.path ?? ''),
  }
}

const mostMerges = 20_000

async function mergesOf(archive: Archive, path: string): Promise<Merge[]> {
  const merges: Merge[] = []
  if (!path) return merges
  await read(archive, path, (tag, { ref = '' }) => {
    if (tag !== 'mergeCell' || merges.length >= mostMerges) return
    const [from = '', to = from] = ref.split(':')
    const [top, bottom] = [from, to].map((corner) => Number(/\d+$/.exec(corner)?.[0] ?? 0))
    if (top && bottom) merges.push({ top, left: columnOf(from), bottom, right: columnOf(to) })
  })
  return merges
}

function refuseForeign(archive: Archive): void {
  if (archive.names.some((name) => name.startsWith('xl/externalLinks/')))
    throw new UnreadableTable(
      'Книга Excel ссылается на другие файлы. Разорвите связи (Данные → Изменить связи), сохраните её и загрузите снова.',
    )
  if (archive.names.some((name) => name.toLowerCase().endsWith('vbaproject.bin')))
    throw new UnreadableTable('В книге Excel есть макросы. Сохраните её как «Книга Excel (.xlsx)» и загрузите снова.')
}

type SheetPart = { name: string; hidden: boolean; path: string }

async function sheetParts(archive: Archive, most: number): Promise<SheetPart[]> {
  const targets = new Map<string, string>()
  if (archive.has('xl/_rels/workbook.xml.rels'))
    await read(archive, 'xl/_rels/workbook.xml.rels', (name, attributes) => {
      const { Id: id = '', Target: target = '', TargetMode: mode = '' } = attributes
      if (name === 'Relationship' && mode !== 'External')
        targets.set(id, target.startsWith('/') ? target.slice(1) : `xl/${target}`)
    })
  const parts: SheetPart[] = []
  await read(archive, 'xl/workbook.xml', (tag, attributes) => {
    if (tag !== 'sheet') return
    if (parts.length >= most)
      throw new UnreadableTable(`В книге Excel слишком много листов. Оставьте не больше ${most}.`)
    const path = targets.get(attributes['r:id'] ?? '')
    const hidden = (attributes.state ?? 'visible') !== 'visible'
    if (path && archive.has(path)) parts.push({ name: attributes.name ?? '', hidden, path })
  })
  return parts
}

async function* rowsOf(
  archive: Archive,
  path: string,
  shared: readonly string[],
  limits: BookLimits,
): AsyncGenerator<ReadRow> {
  if (!path) return
  const rows: ReadRow[] = []
  const reader = sheetReader(shared, limits, (row) => rows.push(row))
  for await (const piece of piecesOf(archive, path)) {
    written(reader, piece)
    yield* rows.splice(0)
  }
}

function sheetReader(shared: readonly string[], limits: BookLimits, found: (row: ReadRow) => void): SaxesParser {
  const parser = openParser()
  let row: ReadRow = { number: 0, cells: [] }
  let [rows, column, kind, value, inValue, formula] = [0, 0, '', '', false, false]
  parser.on('opentag', ({ name, attributes }) => {
    const tag = localName(name)
    if (tag === 'row') {
      rows += 1
      if (rows > limits.rows)
        throw new UnreadableTable(
          `На листе книги больше ${limits.rows} строк: это не отчёт. Удалите лишние строки и загрузите её снова.`,
        )
      row = { number: Number(attributes.r) || row.number + 1, cells: [] }
      column = 0
    } else if (tag === 'c') {
      column = attributes.r ? columnOf(attributes.r) : column + 1
      kind = attributes.t ?? ''
      value = ''
      formula = false
    } else if (tag === 'f') formula = true
    inValue = tag === 'v' || tag === 't'
  })
  parser.on('text', (piece) => {
    if (inValue && value.length < longestCell) value += piece
  })
  parser.on('closetag', ({ name }) => {
    const tag = localName(name)
    inValue = false
    if (tag === 'c' && column <= limits.columns) {
      const text = textOf(kind, value, shared)
      if (text !== '') row.cells.push({ column, text, formula })
    }
    if (tag === 'row' && row.cells.length > 0) found(row)
  })
  return parser
}

function textOf(kind: string, value: string, shared: readonly string[]): string {
  if (kind === 's') return shared[Number(value)] ?? ''
  if (kind === 'b') return value === '1' ? '1' : '0'
  // A mistake of a formula stays in sight: «#ДЕЛ/0!» is no number, and the person is told so.
  if (kind !== '' && kind !== 'n') return value
  return decimalText(value)
}

/** A spreadsheet keeps binary fractions: fifteen digits are what a person has typed. */
function decimalText(value: string): string {
  if (/^-?\d{1,15}$/.test(value)) return value
  const number = Number(value)
  if (value === '' || !Number.isFinite(number)) return value
  const [digits = '', power = '0'] = number.toExponential(14).split('e')
  const sign = digits.startsWith('-') ? '-' : ''
  const figures = digits.replace(/[-.]/g, '')
  const point = Number(power) + 1
  if (point > 40 || point < -40) return value
  const padded = point <= 0 ? '0'.repeat(1 - point) + figures : figures.padEnd(point, '0')
  const whole = padded.slice(0, Math.max(point, 1))
  const fraction = padded.slice(Math.max(point, 1)).replace(/0+$/, '')
  return `${sign}${whole}${fraction ? `.${fraction}` : ''}`
}
