/**
 * A drawn table of a workbook read as a section of a form: its head with merged cells becomes columns with headings over
 * them, its lines become rows. Everything guessed can be said otherwise by the person who looks at it.
 */
import type { CellRule, Column, Row, Section } from '../../../../engine/index.ts'
import { columnLetters } from '../../../kernel/spreadsheets/index.ts'
import type { BookSheet } from './books.ts'
import { type Found, findTables, gridOf, type SheetGrid } from './table-finding.ts'

/** Where the table stands in its sheet, and what the section is called; what a person may mend. */
export type TableReading = {
  code: string
  name: string
  unit: string
  headFrom: number
  headTo: number
  /** The line of column numbers; 0 where there is none. */
  numbers: number
  from: number
  to: number
  /** Letters of the columns that name the rows and hold their codes; empty where there is none. */
  nameColumn: string
  codeColumn: string
}
export type UnderstoodTable = { sheet: string; reading: TableReading; section: Section; notes: string[] }

/** All tables of a book, in its order. @param mended what a person has said otherwise, by the table's place in the list */
export function understand(
  sheets: readonly BookSheet[],
  mended: readonly Partial<TableReading>[] = [],
): UnderstoodTable[] {
  const tables = sheets.flatMap((sheet) => {
    const grid = gridOf(sheet)
    return findTables(grid).map((found) => ({ sheet, grid, found }))
  })
  return tables.map(({ sheet, grid, found }, index) => {
    const given = mended[index] ?? {}
    const place = { ...found, ...placeGiven(given) }
    const reading = readingOf(grid, place, index, given)
    return { sheet: sheet.name, reading, ...sectionOf(grid, place, reading) }
  })
}

const placeGiven = ({ headFrom, headTo, numbers, from, to }: Partial<TableReading>) =>
  Object.fromEntries(
    Object.entries({ headFrom, headTo, numbers, from, to }).filter(([, value]) => value !== undefined),
  ) as Partial<Found> // as: names and values stay those of the places

function readingOf(grid: SheetGrid, place: Found, index: number, given: Partial<TableReading>): TableReading {
  const { headFrom, headTo, numbers, from, to } = place
  return {
    code: given.code ?? String(index + 1),
    name: given.name ?? nameOf(place.title) ?? grid.name,
    unit: given.unit ?? place.unit,
    headFrom,
    headTo,
    numbers,
    from,
    to,
    nameColumn: given.nameColumn?.toUpperCase() ?? letters(nameColumnOf(grid, place)),
    codeColumn: given.codeColumn?.toUpperCase() ?? letters(codeColumnOf(grid, place)),
  }
}

const nameOf = (title: string): string | undefined =>
  title.replace(/^\s*раздел\s+[\dIVXL.]+[.:)\s]*/iu, '').trim() || title.trim() || undefined

const letters = (column: number | undefined): string => (column === undefined ? '' : columnLetters(column))

const columnsOf = ({ left, right }: Found): number[] =>
  Array.from({ length: right - left + 1 }, (_, index) => left + index)

const dataRows = (grid: SheetGrid, { from, to }: Found): number[] =>
  grid.filled.filter((number) => number >= from && number <= to)

const isNumber = (text: string): boolean => /^-?[\d\s\u00a0]+([.,]\d+)?$/.test(text.trim()) && /\d/.test(text)
const isClosed = (text: string): boolean => /^[xх×✕]$/iu.test(text.trim())
const isCode = (text: string): boolean => /^\d{1,5}([.-]\d{1,3})*$/.test(text.trim())

const headWords = (grid: SheetGrid, place: Found, column: number): string[] => {
  const words: string[] = []
  for (let row = place.headFrom; row <= place.headTo; row += 1) {
    const text = grid.text(row, column)
    if (text && text !== words.at(-1)) words.push(text)
  }
  return words
}

/** Of names and codes that stand in the first columns: told by the head, or by what stands under it. */
function codeColumnOf(grid: SheetGrid, place: Found): number | undefined {
  const first = columnsOf(place).slice(0, 4)
  const told = first.find((column) =>
    /(№|номер|код)\s*(п\/п|строк)|^строк|^№$/iu.test(headWords(grid, place, column).join(' ')),
  )
  if (told !== undefined) return told
  const rows = dataRows(grid, place)
  return first.slice(0, 2).find((column) => {
    const codes = rows.map((row) => grid.text(row, column)).filter(isCode)
    const ascends = codes.every((code, index) => index === 0 || Number(code) > Number(codes[index - 1]))
    return codes.length > rows.length * 0.6 && ascends && columnsOf(place).length > 2
  })
}

function nameColumnOf(grid: SheetGrid, place: Found): number | undefined {
  const rows = dataRows(grid, place)
  return columnsOf(place).find((column) => {
    const texts = rows.map((row) => grid.text(row, column)).filter((text) => text && !isNumber(text) && !isClosed(text))
    return texts.length > rows.length * 0.5
  })
}

function sectionOf(grid: SheetGrid, place: Found, reading: TableReading): { section: Section; notes: string[] } {
  const notes: string[] = []
  const [named, coded] = [columnNumber(reading.nameColumn), columnNumber(reading.codeColumn)]
  const columns = columnsOf(place).map((column, index) => ({
    at: column,
    column: columnOf(grid, place, column, index, column === named ? 'B' : column === coded ? 'V' : 'Z'),
  }))
  const values = columns.filter(({ column }) => column.type === 'Z')
  const rows = dataRows(grid, place).map((number, index) => rowOf(grid, number, index, named, coded, values))
  const codes = rows.filter(({ type }) => type === 'F').map(({ code }) => code)
  const twice = [...new Set(codes.filter((code, index) => codes.indexOf(code) !== index))]
  if (twice.length > 0) notes.push(`Коды строк повторяются: ${twice.slice(0, 5).join(', ')}.`)
  if (coded === undefined) notes.push('Графы с кодами строк не нашлось: строки пронумерованы по порядку.')
  if (place.numbers === 0) notes.push('Строки с номерами граф не нашлось: графы пронумерованы по порядку.')
  const formulas = dataRows(grid, place).reduce((sum, row) => sum + grid.formulas(row), 0)
  if (formulas > 0)
    notes.push(`Ячеек с формулами: ${formulas}. Формулы не переносятся: опишите такие суммы контролями.`)
  return {
    section: {
      code: reading.code,
      name: reading.name,
      ...(reading.unit ? { unit: reading.unit } : {}),
      columns: columns.map(({ column }) => column),
      rows: closeCommon(
        rows,
        values.map(({ column }) => column),
      ),
    },
    notes,
  }
}

export const columnNumber = (name: string): number | undefined =>
  name === '' ? undefined : [...name].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)

function columnOf(grid: SheetGrid, place: Found, at: number, index: number, type: Column['type']): Column {
  const words = headWords(grid, place, at)
  const name = words.at(-1) ?? ''
  const number = place.numbers === 0 ? '' : grid.text(place.numbers, at)
  const code = cyrillic(number) || String(index + 1)
  const column: Column = { code, name, type, heading: words.slice(0, -1) }
  return type === 'Z'
    ? { ...column, cell: { column: code, inputType: 2, format: formatOf(grid, place, at, words) } }
    : column
}

/** «А» and «Б» are typed in Latin too. */
const cyrillic = (code: string): string =>
  code.trim().replace(/[ABCEHKMOPTX]/g, (letter) => 'АВСЕНКМОРТХ'['ABCEHKMOPTX'.indexOf(letter)] ?? letter)

function formatOf(grid: SheetGrid, place: Found, column: number, words: string[]): string {
  const texts = dataRows(grid, place)
    .map((row) => grid.text(row, column))
    .filter((text) => text && !isClosed(text) && text !== '-' && text !== '–')
  if (texts.length > 0 && texts.every((text) => !isNumber(text))) return 'C(250)'
  const fraction =
    texts.some((text) => /\d[.,]\d/.test(text)) || /%|процент|тыс\.|млн|руб|доля|средн/iu.test(words.join(' '))
  return fraction ? 'N(15,2)' : 'N(15)'
}

type ValueColumn = { at: number; column: Column }

function rowOf(
  grid: SheetGrid,
  number: number,
  index: number,
  named: number | undefined,
  coded: number | undefined,
  values: ValueColumn[],
): Row {
  const raw = named === undefined ? '' : grid.raw(number, named)
  const name = raw.trim().replace(/\s+/g, ' ')
  const code = coded === undefined ? '' : grid.text(number, coded)
  const cells = values.flatMap(({ at, column }): CellRule[] =>
    isClosed(grid.text(number, at)) ? [{ column: column.code, inputType: 0 }] : [],
  )
  const isBare = values.every(({ at }) => grid.text(number, at) === '' || grid.text(number, at) === name)
  const isCaption = coded === undefined ? isBare && /:$/.test(name) : !isCode(code) && isBare
  if (isCaption) return { code: '', name, type: 'C', level: 0, cells: [] }
  const own = coded === undefined || !code ? String(index + 1).padStart(2, '0') : code
  return { code: own, name, type: 'F', level: levelOf(raw), cells }
}

function levelOf(raw: string): 0 | 1 | 2 {
  const spaces = /^[\s\u00a0]*/.exec(raw)?.[0].length ?? 0
  if (spaces >= 6) return 2
  return spaces >= 2 || /^\s*(из них|из него|из неё|в том числе|в т\.\s?ч\.)/iu.test(raw) ? 1 : 0
}

/** A column closed in every row is closed itself. */
function closeCommon(rows: Row[], columns: Column[]): Row[] {
  const fixed = rows.filter(({ type }) => type !== 'C')
  for (const column of columns) {
    if (fixed.length < 2 || !fixed.every(({ cells }) => cells.some((cell) => cell.column === column.code))) continue
    column.cell = { column: column.code, inputType: 0 }
    for (const row of fixed) row.cells = row.cells.filter((cell) => cell.column !== column.code)
  }
  return rows
}
