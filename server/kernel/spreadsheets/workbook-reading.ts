import { SaxesParser } from 'saxes'
import type { Row } from './reading.ts'
import { UnreadableTable } from './unreadable.ts'
import { type Archive, openArchive } from './unzip.ts'

const mostColumns = 200
const longestCell = 10_000
/** Signs of all shared strings together. */
const mostShared = 100_000_000

/** Rows of the first sheet of a workbook. Formulas give the value that was computed when it was saved. */
export async function* readWorkbook(bytes: Uint8Array): AsyncGenerator<Row> {
  const archive = openArchive(bytes)
  if (!archive.has('xl/workbook.xml'))
    throw new UnreadableTable('Это архив, а не книга Excel. Подходит .xlsx или текст CSV.')
  const sheet = await firstSheet(archive)
  const shared = archive.has('xl/sharedStrings.xml') ? await sharedStrings(archive) : []
  const rows: Row[] = []
  const reader = sheetReader(shared, (row) => rows.push(row))
  for await (const piece of piecesOf(archive, sheet)) {
    written(reader, piece)
    yield* rows.splice(0)
  }
}

export async function* piecesOf(archive: Archive, name: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8')
  for await (const chunk of archive.read(name)) yield decoder.decode(chunk, { stream: true })
}

export function written(parser: SaxesParser, piece: string): void {
  try {
    parser.write(piece)
  } catch (cause) {
    if (cause instanceof UnreadableTable) throw cause
    throw new UnreadableTable('Книга Excel повреждена и не читается. Сохраните её заново.', { cause })
  }
}

/** A parser that takes no document type: neither entities of its own nor anything from outside. */
export function openParser(): SaxesParser {
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('doctype', () => {
    throw new UnreadableTable('В книге Excel есть то, чего в ней быть не должно. Сохраните её заново.')
  })
  return parser
}

async function firstSheet(archive: Archive): Promise<string> {
  let relation = ''
  await read(archive, 'xl/workbook.xml', (name, attributes) => {
    if (name === 'sheet' && relation === '') relation = attributes['r:id'] ?? ''
  })
  let target = 'worksheets/sheet1.xml'
  if (archive.has('xl/_rels/workbook.xml.rels'))
    await read(archive, 'xl/_rels/workbook.xml.rels', (name, attributes) => {
      if (name === 'Relationship' && attributes.Id === relation) target = attributes.Target ?? target
    })
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`
}

export async function read(
  archive: Archive,
  file: string,
  opened: (name: string, attributes: Record<string, string>) => void,
): Promise<void> {
  const parser = openParser()
  parser.on('opentag', ({ name, attributes }) => opened(localName(name), attributes))
  for await (const piece of piecesOf(archive, file)) written(parser, piece)
}

export const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

export async function sharedStrings(archive: Archive): Promise<string[]> {
  const strings: string[] = []
  const parser = openParser()
  let text = ''
  let inText = false
  let signs = 0
  parser.on('opentag', ({ name }) => {
    if (localName(name) === 'si') text = ''
    // What is read aloud above the signs of a phonetic script is no part of the text.
    inText = localName(name) === 't'
  })
  parser.on('text', (piece) => {
    if (inText && text.length < longestCell) text += piece
  })
  parser.on('closetag', ({ name }) => {
    inText = false
    if (localName(name) !== 'si') return
    strings.push(text)
    signs += text.length
    if (signs > mostShared) throw new UnreadableTable('В книге Excel слишком много текста. Разделите её на несколько.')
  })
  for await (const piece of piecesOf(archive, 'xl/sharedStrings.xml')) written(parser, piece)
  return strings
}

function sheetReader(shared: readonly string[], found: (row: Row) => void): SaxesParser {
  const parser = openParser()
  let row: Row = { number: 0, cells: [] }
  let column = 0
  let kind = ''
  let value = ''
  let inValue = false
  parser.on('opentag', ({ name, attributes }) => {
    const tag = localName(name)
    if (tag === 'row') {
      row = { number: Number(attributes.r) || row.number + 1, cells: [] }
      column = 0
    } else if (tag === 'c') {
      column = attributes.r ? columnOf(attributes.r) : column + 1
      kind = attributes.t ?? ''
      value = ''
    } else inValue = tag === 'v' || tag === 't'
  })
  parser.on('text', (piece) => {
    if (inValue && value.length < longestCell) value += piece
  })
  parser.on('closetag', ({ name }) => {
    const tag = localName(name)
    inValue = false
    if (tag === 'c' && column <= mostColumns) setCell(row.cells, column, textOf(kind, value, shared))
    if (tag === 'row' && row.cells.some((cell) => cell.trim() !== '')) found(row)
  })
  return parser
}

function setCell(cells: string[], column: number, text: string): void {
  while (cells.length < column) cells.push('')
  cells[column - 1] = text
}

/** `BC12` → 55 */
export function columnOf(reference: string): number {
  let column = 0
  for (const sign of reference) {
    const digit = sign.charCodeAt(0) - 64
    if (digit < 1 || digit > 26) break
    column = column * 26 + digit
  }
  return column
}

function textOf(kind: string, value: string, shared: readonly string[]): string {
  if (kind === 's') return shared[Number(value)] ?? ''
  if (kind === 'b') return value === '1' ? 'да' : 'нет'
  if (kind === 'e') return ''
  if (kind !== '' && kind !== 'n') return value
  // Long numbers are kept as 1.0238E+12; a number of an organisation is a whole one.
  const number = Number(value)
  return value !== '' && Number.isSafeInteger(number) ? String(number) : value
}
