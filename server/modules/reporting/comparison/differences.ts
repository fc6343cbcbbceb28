/** Two states of a report set side by side, cell by cell, in the order of the form. */
import type { ComparedCell } from '../../../../contracts/history.ts'
import type { Form } from '../../../../engine/index.ts'

type Cells = Readonly<Record<string, string>>

/** All cells that stand in either, compared as what they are: 5 and 5.0 are the same number. */
export function differencesOf(form: Form, was: Cells, is: Cells): ComparedCell[] {
  const places = placesOf(form)
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .map((cell) => ({ cell, place: places(cell) }))
    .sort((one, other) => byPlace(one.place, other.place) || (one.cell < other.cell ? -1 : 1))
    .map(({ cell }) => compared(form, cell, was[cell] || null, is[cell] || null))
}

export const isChanged = ({ was, is, difference }: ComparedCell): boolean =>
  difference === null ? was !== is : difference !== '0' || (was === null) !== (is === null)

function compared(form: Form, cell: string, was: string | null, is: string | null): ComparedCell {
  const isNumber = form.cell(cell)?.format?.type === 'number' || (isDecimal(was ?? '0') && isDecimal(is ?? '0'))
  if (cell.startsWith('title/') || !isNumber || form.cell(cell)?.kind === 'specific')
    return { cell, was, is, difference: null, percent: null }
  const difference = minus(is ?? '0', was ?? '0')
  if (difference === undefined) return { cell, was, is, difference: null, percent: null }
  const from = Number(was ?? '0')
  const percent = from === 0 ? null : Math.round((Number(difference) / Math.abs(from)) * 1000) / 10
  return { cell, was, is, difference, percent }
}

const isDecimal = (text: string): boolean => /^-?\d+(\.\d+)?$/.test(text)

/** Exact, as numbers of a report are. */
function minus(one: string, other: string): string | undefined {
  if (!isDecimal(one) || !isDecimal(other)) return undefined
  const digits = Math.max(fractionOf(one).length, fractionOf(other).length)
  const result = scaled(one, digits) - scaled(other, digits)
  if (result === 0n) return '0'
  const text = (result < 0n ? -result : result).toString().padStart(digits + 1, '0')
  const fraction = text.slice(text.length - digits).replace(/0+$/, '')
  const whole = text.slice(0, text.length - digits)
  return `${result < 0n ? '-' : ''}${whole}${digits > 0 && fraction ? `.${fraction}` : ''}`
}

const fractionOf = (text: string): string => text.split('.')[1] ?? ''
const scaled = (text: string, digits: number): bigint =>
  BigInt((text.split('.')[0] ?? '') + fractionOf(text).padEnd(digits, '0'))

type PlaceInForm = readonly [section: number, row: number, entry: number, column: number]

/** The title page first; what the form no longer has comes last. */
function placesOf(form: Form): (cell: string) => PlaceInForm {
  const sections = new Map(
    form.sections.map(({ code, rows, columns }, index) => [
      code,
      {
        index,
        rows: new Map(rows.map((row, number) => [row.code, number])),
        columns: new Map(columns.map((column, number) => [column.code, number])),
      },
    ]),
  )
  return (cell) => {
    if (cell.startsWith('title/')) return [-1, 0, 0, 0]
    const [section = '', row = '', column = ''] = cell.split('/')
    const [code = '', entry = '0'] = row.split('#')
    const known = sections.get(section)
    if (!known) return [Infinity, 0, 0, 0]
    return [known.index, known.rows.get(code) ?? Infinity, Number(entry), known.columns.get(column) ?? Infinity]
  }
}

function byPlace(one: PlaceInForm, other: PlaceInForm): number {
  for (let at = 0; at < one.length; at += 1) {
    const [mine = 0, theirs = 0] = [one[at], other[at]]
    if (mine !== theirs) return mine < theirs ? -1 : 1
  }
  return 0
}
