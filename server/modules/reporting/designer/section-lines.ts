/** Columns and rows of a section as lines to edit, and back: what a line does not show stays as it was. */
import { type CellRule, type Column, normalCode, type Row, type Section } from '../../../../engine/index.ts'
import type { Line, LineField } from './lines.ts'

const headingMark = ' | '

export const columnFields: readonly LineField[] = [
  { key: 'code', title: 'Код' },
  { key: 'name', title: 'Название', wide: true },
  { key: 'heading', title: 'Шапка над ней', hint: 'уровни сверху вниз через |' },
  {
    key: 'type',
    title: 'Вид',
    options: [
      { value: 'Z', text: 'значение' },
      { value: 'B', text: 'название строки' },
      { value: 'V', text: 'код строки' },
      { value: 's1', text: 'ключ записи 1' },
      { value: 's2', text: 'ключ записи 2' },
      { value: 's3', text: 'ключ записи 3' },
    ],
  },
  {
    key: 'input',
    title: 'Заполнение',
    options: [
      { value: '2', text: 'можно' },
      { value: '1', text: 'обязательно' },
      { value: '0', text: 'закрыто «х» или сумма' },
      { value: '', text: 'как сказано в строках' },
    ],
  },
  { key: 'format', title: 'Формат', suggestions: ['N(15)', 'N(15,2)', 'N(15,1)', 'C(250)'] },
  { key: 'dictionary', title: 'Справочник' },
  { key: 'unit', title: 'Единица' },
]

export const rowFields: readonly LineField[] = [
  { key: 'code', title: 'Код' },
  { key: 'name', title: 'Название', wide: true },
  {
    key: 'type',
    title: 'Вид',
    options: [
      { value: 'F', text: 'обычная' },
      { value: 'C', text: 'подзаголовок' },
      { value: 'M', text: 'повторяется' },
    ],
  },
  {
    key: 'level',
    title: 'Отступ',
    options: [
      { value: '0', text: 'нет' },
      { value: '1', text: 'из них' },
      { value: '2', text: 'из них, глубже' },
    ],
  },
  { key: 'unit', title: 'Единица' },
  { key: 'closed', title: 'Закрытые графы' },
]

export const columnLines = ({ columns }: Section): Line[] =>
  columns.map(({ code, name, heading, type, specific, cell, unit = '' }) => ({
    was: code,
    code,
    name,
    heading: heading.join(headingMark),
    type: type === 'S' ? (specific ?? 's1') : type,
    input: cell ? String(cell.inputType) : '',
    format: cell?.format ?? '',
    dictionary: cell?.dictionary ?? '',
    unit,
  }))

/** The section with these columns; exceptions of its rows follow a column that gets another code. */
export function columnsOf(section: Section, lines: readonly Line[]): Section {
  const columns = lines.map((line) =>
    columnOf(
      section.columns.find(({ code }) => code === line.was),
      line,
    ),
  )
  const codes = new Map(lines.flatMap(({ was = '', code = '' }) => (was ? [[normalCode(was), code] as const] : [])))
  const rows = section.rows.map((row) => ({
    ...row,
    cells: row.cells.flatMap((cell) => {
      const code = codes.get(normalCode(cell.column))
      return code === undefined ? [] : [{ ...cell, column: code }]
    }),
  }))
  return { ...section, columns, rows }
}

function columnOf(known: Column | undefined, line: Line): Column {
  const { unit: _, specific: __, cell, ...rest } = known ?? { code: '', name: '', type: 'Z', heading: [] }
  const code = line.code ?? ''
  const isSpecific = line.type === 's1' || line.type === 's2' || line.type === 's3'
  const type = isSpecific ? 'S' : line.type === 'B' || line.type === 'V' ? line.type : 'Z'
  const rule = type === 'B' || type === 'V' ? undefined : ruleOf(cell, code, line)
  return {
    ...rest,
    code,
    name: line.name ?? '',
    type,
    heading: (line.heading ?? '')
      .split('|')
      .map((level) => level.trim())
      .filter(Boolean),
    ...(line.unit ? { unit: line.unit } : {}),
    ...(isSpecific ? { specific: line.type as 's1' | 's2' | 's3' } : {}), // as: told by the line above
    ...(rule ? { cell: rule } : {}),
  }
}

function ruleOf(known: CellRule | undefined, column: string, line: Line): CellRule | undefined {
  if (line.input === '' && !line.format && !line.dictionary) return undefined
  const { format: _, dictionary, validationType, ...rest } = known ?? { column, inputType: 2 }
  const byDictionary =
    line.dictionary && line.dictionary !== dictionary ? 1 : line.dictionary ? validationType : undefined
  const checks = byDictionary ?? (dictionary ? undefined : validationType)
  return {
    ...rest,
    column,
    inputType: line.input === '0' ? 0 : line.input === '1' ? 1 : 2,
    ...(line.format ? { format: line.format } : {}),
    ...(line.dictionary ? { dictionary: line.dictionary } : {}),
    ...(checks === undefined ? {} : { validationType: checks }),
  }
}

const captionKey = (index: number): string => `#${index}`

export const rowLines = ({ rows }: Section): Line[] =>
  rows.map(({ code, name, type, level, unit = '', cells }, index) => ({
    was: code || captionKey(index),
    code,
    name,
    type,
    level: String(level),
    unit,
    closed: cells
      .filter(isJustClosed)
      .map(({ column }) => column)
      .join(', '),
  }))

const isJustClosed = ({ inputType, dictionary, validationType }: CellRule): boolean =>
  inputType === 0 && dictionary === undefined && validationType === undefined

/** The section with these rows. */
export const rowsOf = (section: Section, lines: readonly Line[]): Section => ({
  ...section,
  rows: lines.map((line) => {
    const known = section.rows.find(({ code }, index) => (code || captionKey(index)) === line.was)
    return rowOf(known, line)
  }),
})

function rowOf(known: Row | undefined, line: Line): Row {
  const { unit: _, ...rest } = known ?? { cells: [] }
  const type = line.type === 'C' || line.type === 'M' ? line.type : 'F'
  return {
    ...rest,
    code: type === 'C' ? '' : (line.code ?? ''),
    name: line.name ?? '',
    type,
    level: line.level === '1' ? 1 : line.level === '2' ? 2 : 0,
    cells: type === 'C' ? [] : cellsOf(known?.cells ?? [], codesOf(line.closed ?? '')),
    ...(line.unit ? { unit: line.unit } : {}),
  }
}

export const codesOf = (text: string): string[] => text.split(/[\s,;]+/).filter(Boolean)

function cellsOf(known: readonly CellRule[], closed: readonly string[]): CellRule[] {
  const named = new Set(closed.map(normalCode))
  const kept = known.filter((cell) => !isJustClosed(cell) || named.has(normalCode(cell.column)))
  const there = new Set(kept.filter(isJustClosed).map(({ column }) => normalCode(column)))
  const others = kept.filter((cell) => isJustClosed(cell) || !named.has(normalCode(cell.column)))
  const fresh = closed.filter((code) => !there.has(normalCode(code)))
  return [...others, ...fresh.map((column): CellRule => ({ column, inputType: 0 }))]
}
