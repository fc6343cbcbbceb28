/** Which cells of a form add up, how, and in which order their figures stand in a report's list of figures. */

import { addExact, exactNumber, exactText, multiplyExact } from '../../../../engine/decimal.ts'
import {
  cellAddress,
  type Form,
  type FormCell,
  normalAddress,
  parseAddress,
  type Total,
  type TotalRule,
} from '../../../../engine/index.ts'
import { specificColumns } from './entries.ts'

export type Slot = {
  /** Of a row that repeats: the address of its pattern, whose figure is the sum of all its entries. */
  address: string
  total: Total
  /** A rule of the form says how it adds up; without one a computed cell is worked out from the totals. */
  ruled: boolean
  computed: boolean
  /** Taken from another report: it adds up as each report has it, and the totals' own formulas may use it. */
  pulled: boolean
  repeats: boolean
  fraction: number
  /** Of a weighted average: the address that weighs, and where value × weight and weight stand. */
  weighted?: { by: string; product: number; weight: number }
}

export type Layout = {
  slots: readonly Slot[]
  /** Index in `slots` and in the list of figures, by address. */
  places: ReadonlyMap<string, number>
  /** Length of the list of figures. */
  width: number
  /** The largest or the smallest of some cell is wanted. */
  extremes: boolean
  /** Columns that tell the entries of a repeating row apart, by «section/row». */
  specifics: ReadonlyMap<string, readonly string[]>
  /** Some cell is listed or told apart by specifics. */
  hasEntries: boolean
}

const layouts = new WeakMap<Form, Layout>()

/** A published version never changes, so neither does the order of its figures. */
export function layoutOf(form: Form): Layout {
  const known = layouts.get(form)
  if (known) return known
  const slots = form.sections.flatMap(({ rows }) =>
    rows.flatMap(({ cells }) => cells.flatMap((cell) => slotOf(form, cell) ?? [])),
  )
  let width = slots.length
  for (const slot of slots) {
    if (!slot.weighted) continue
    slot.weighted.product = width
    slot.weighted.weight = width + 1
    width += 2
  }
  const specifics = new Map(
    form.sections.flatMap(({ code, rows }) =>
      rows.flatMap((row) => {
        const columns = row.type === 'M' ? specificColumns(row) : []
        return columns.length > 0 ? [[`${code}/${row.code}`, columns] as const] : []
      }),
    ),
  )
  const layout = {
    specifics,
    hasEntries: specifics.size > 0 || slots.some(({ total }) => total === 'list'),
    slots,
    places: new Map(slots.map(({ address }, index) => [address, index])),
    width,
    extremes: slots.some(({ total }) => total === 'maximum' || total === 'minimum'),
  }
  layouts.set(form, layout)
  return layout
}

function slotOf(form: Form, cell: FormCell): Slot | undefined {
  if (cell.kind === 'label' || cell.kind === 'closed' || cell.kind === 'specific') return undefined
  const rule = ruleOf(form, cell)
  const total = rule?.total ?? (isNumber(cell) ? 'sum' : 'none')
  if (total === 'none') return undefined
  const by = total === 'average' && rule?.weight ? weightAddress(cell, rule.weight) : undefined
  return {
    address: cell.address,
    total,
    ruled: rule !== undefined,
    computed: cell.pull === undefined && (cell.kind === 'computed' || cell.kind === 'pulled'),
    pulled: cell.pull !== undefined,
    repeats: cell.row.type === 'M',
    fraction: cell.format?.type === 'number' ? cell.format.fraction : 0,
    ...(by === undefined ? {} : { weighted: { by, product: -1, weight: -1 } }),
  }
}

const isNumber = ({ format, choices }: FormCell): boolean => !choices && format?.type === 'number'

/** The narrowest rule wins: of a cell, a row, a column, a section. */
function ruleOf(form: Form, cell: FormCell): TotalRule | undefined {
  const place = parseAddress(cell.address)
  if (!place) return undefined
  const fits = (rule: TotalRule) =>
    rule.section === place.section &&
    (rule.row === undefined || rule.row === place.row) &&
    (rule.column === undefined || rule.column === place.column)
  const width = ({ row, column }: TotalRule) => (row === undefined ? 2 : 0) + (column === undefined ? 1 : 0)
  return form.template.totals?.filter(fits).toSorted((one, other) => width(one) - width(other))[0]
}

function weightAddress(cell: FormCell, weight: string): string | undefined {
  const place = parseAddress(cell.address)
  if (weight.includes('/')) return normalAddress(weight)
  return place && cellAddress(place.section, place.row, weight)
}

const plainNumber = /^-?\d+(\.\d+)?$/

/** What a report gives to the totals, in the order of the layout; exact decimals. */
export function figuresOf({ slots, places, width }: Layout, cells: Readonly<Record<string, string>>) {
  const figures: (string | null)[] = new Array(width).fill(null)
  for (const address of Object.keys(cells)) {
    const at = places.get(patternOf(address))
    const slot = at === undefined ? undefined : slots[at]
    const value = cells[address]
    if (at === undefined || !slot || value === undefined) continue
    const figure = figureOf(slot, value)
    if (figure === undefined) continue
    figures[at] = slot.repeats ? sum(figures[at] ?? null, figure) : figure
  }
  slots.forEach(({ weighted }, at) => {
    const value = figures[at]
    const weight = weighted && cells[weighted.by]
    if (!weighted || value == null || weight === undefined || !plainNumber.test(weight)) return
    const product = multiplyExact(exactNumber(value), exactNumber(weight))
    figures[weighted.product] = exactText(product, fractionOf(value) + fractionOf(weight))
    figures[weighted.weight] = weight
  })
  return figures
}

/** Whatever is listed or counted counts for one. */
function figureOf({ total }: Slot, value: string): string | undefined {
  if (total === 'list') return value === '' ? undefined : '1'
  if (plainNumber.test(value)) return value
  return total === 'count' && value !== '' ? '1' : undefined
}

const patternOf = (address: string): string => (address.includes('#') ? address.replace(/#\d+/, '') : address)

const fractionOf = (value: string): number => value.split('.')[1]?.length ?? 0

function sum(one: string | null, other: string): string {
  if (one === null) return other
  return exactText(addExact(exactNumber(one), exactNumber(other)), Math.max(fractionOf(one), fractionOf(other)))
}
