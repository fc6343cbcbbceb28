/** Where tables stand in a sheet: the line of column numbers is the surest sign of one. */
import type { BookSheet } from './books.ts'

export type SheetGrid = {
  name: string
  /** Numbers of rows with something in them. */
  filled: number[]
  /** What is seen in a cell: of merged cells, in each of them. */
  text: (row: number, column: number) => string
  /** With the spaces before it. */
  raw: (row: number, column: number) => string
  cells: (row: number) => { column: number; text: string }[]
  formulas: (row: number) => number
}
export type Found = {
  headFrom: number
  headTo: number
  /** 0 where columns are not numbered. */
  numbers: number
  from: number
  to: number
  left: number
  right: number
  title: string
  unit: string
}

export function gridOf({ name, rows, merges }: BookSheet): SheetGrid {
  const texts = new Map<string, string>()
  const formulas = new Map<number, number>()
  const filled = new Set<number>()
  for (const { number, cells } of rows) {
    for (const { column, text, formula } of cells) {
      if (formula) formulas.set(number, (formulas.get(number) ?? 0) + 1)
      if (text.trim() === '') continue
      texts.set(`${number} ${column}`, text)
      filled.add(number)
    }
  }
  const mostSpread = 2000
  for (const { top, left, bottom, right } of merges) {
    const text = texts.get(`${top} ${left}`)
    if (text === undefined || (bottom - top + 1) * (right - left + 1) > mostSpread) continue
    for (let row = top; row <= bottom; row += 1) {
      filled.add(row)
      for (let column = left; column <= right; column += 1) texts.set(`${row} ${column}`, text)
    }
  }
  const byRow = new Map<number, { column: number; text: string }[]>()
  for (const [key, text] of texts) {
    const [row = 0, column = 0] = key.split(' ').map(Number)
    byRow.set(row, [...(byRow.get(row) ?? []), { column, text: text.trim() }])
  }
  const raw = (row: number, column: number): string => texts.get(`${row} ${column}`) ?? ''
  return {
    name,
    filled: [...filled].sort((one, other) => one - other),
    raw,
    text: (row, column) => raw(row, column).trim().replace(/\s+/g, ' '),
    cells: (row) => (byRow.get(row) ?? []).sort((one, other) => one.column - other.column),
    formulas: (row) => formulas.get(row) ?? 0,
  }
}

export function findTables(grid: SheetGrid): Found[] {
  const numbered = grid.filled.filter((row) => isNumbering(grid, row))
  const tables: Found[] = []
  for (const row of numbered) {
    const last = tables.at(-1)
    if (last && row <= last.to) continue
    const found = tableAt(grid, row, last?.to ?? 0)
    if (found) tables.push(found)
  }
  if (tables.length > 0) return tables
  const bare = bareTable(grid)
  return bare ? [bare] : []
}

/** «А Б 1 2 3», «1 2 3 4»: letters first, then numbers one after the other. */
function isNumbering(grid: SheetGrid, row: number): boolean {
  const texts = grid.cells(row).map(({ text }) => text)
  if (texts.length < 2) return false
  const numbers = texts.filter((text) => /^\d{1,3}$/.test(text)).map(Number)
  const lettered = texts.filter((text) => /^[А-ЯA-Z]$/u.test(text)).length
  if (numbers.length + lettered !== texts.length || numbers.length === 0) return false
  if (numbers.some((number, index) => index > 0 && number !== (numbers[index - 1] ?? 0) + 1)) return false
  return (numbers[0] ?? 0) <= 3 && (lettered > 0 || numbers.length >= 3 || numbers[0] === 1)
}

function tableAt(grid: SheetGrid, numbers: number, after: number): Found | undefined {
  const columns = grid.cells(numbers).map(({ column }) => column)
  const [left = 1, right = 1] = [columns[0], columns.at(-1)]
  const headFrom = headStart(grid, numbers, after, left, right)
  const from = numbers + 1
  const to = lastRow(grid, from)
  if (to < from) return undefined
  return { headFrom, headTo: numbers - 1, numbers, from, to, left, right, ...titleAbove(grid, headFrom, after) }
}

/** Upward while rows say different things in different columns; a title says one thing. */
function headStart(grid: SheetGrid, numbers: number, after: number, left: number, right: number): number {
  let start = numbers
  for (let row = numbers - 1; row > after; row -= 1) {
    const cells = grid.cells(row).filter(({ column }) => column >= left && column <= right)
    const kinds = new Set(cells.map(({ text }) => text))
    if (kinds.size < 2) break
    start = row
  }
  return start
}

/** Down to the first empty line. */
function lastRow(grid: SheetGrid, from: number): number {
  const filled = new Set(grid.filled)
  let to = from - 1
  while (filled.has(to + 1)) to += 1
  return to
}

const isUnit = (text: string): boolean =>
  /ОКЕИ|единиц[аы] измерения|^\(?\s*(тыс|млн|человек|рубл|единиц|процент)/iu.test(text)

function titleAbove(grid: SheetGrid, headFrom: number, after: number): { title: string; unit: string } {
  const above = grid.filled
    .filter((row) => row < headFrom && row > after)
    .flatMap((row) => [...new Set(grid.cells(row).map(({ text }) => text))])
    .slice(-8)
  const unit = above.filter(isUnit).at(-1) ?? ''
  const others = above.filter((text) => !isUnit(text))
  const title = others.filter((text) => /^раздел/iu.test(text)).at(-1) ?? others.at(-1) ?? ''
  return {
    title,
    unit: unit
      .replace(/^\(|\)$/g, '')
      .replace(/^.*ОКЕИ\s*:?\s*/iu, '')
      .trim(),
  }
}

/** A table whose columns have no numbers: a head of one line, and what stands under it. */
function bareTable(grid: SheetGrid): Found | undefined {
  const head = grid.filled.find((row) => new Set(grid.cells(row).map(({ text }) => text)).size >= 2)
  if (head === undefined) return undefined
  const columns = grid.cells(head).map(({ column }) => column)
  const to = lastRow(grid, head + 1)
  if (to <= head) return undefined
  return {
    headFrom: head,
    headTo: head,
    numbers: 0,
    from: head + 1,
    to,
    left: columns[0] ?? 1,
    right: columns.at(-1) ?? 1,
    ...titleAbove(grid, head, 0),
  }
}
