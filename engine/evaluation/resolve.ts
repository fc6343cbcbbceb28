import type { FormRow } from '../form.types.ts'
import { type CodeItem, type Expression, firstReference, type Reference } from '../language/syntax.ts'
import { CodeIndex, sameCodes } from './codes.ts'
import { elsewhereCells, elsewhereKey } from './elsewhere.ts'
import { emptyScalar, type Scalar } from './expression.ts'
import type { Layout, LayoutRow, LayoutSection } from './layout.ts'

/** What a list of cells depends on besides the form: which rows the report has, and the specifics of its rows. */
export type RowSource = {
  /** Whether the report has the row; `*` takes only those. */
  has(row: LayoutRow): boolean
  /** Text in a place of the arrays: the specifics of a multiple row. */
  textAt(place: number): string | null
  /** Ids of a dictionary in its order. */
  termIds(dictionary: string): readonly string[]
}

/** A list of cells in rows and columns, row by row; a single value is one by one. */
export type List = { rows: number; columns: number; items: Scalar[] }

/** A control that would need more cells than this is refused. */
export const mostCells = 200_000

export class TooManyCells extends Error {}

/** A reference names a section, row or column that the template lacks. */
export type UnknownCode = { kind: 'section' | 'row' | 'column'; code: string; section: string; offset: number }

const single = (item: Scalar): List => ({ rows: 1, columns: 1, items: [item] })

/** Works out sides of comparisons into lists of scalars for one layout. */
export class Resolver {
  private readonly layout: Layout
  private readonly source: RowSource
  private readonly unknown: UnknownCode[]
  private taken = 0

  constructor(layout: Layout, source: RowSource, unknown: UnknownCode[] = []) {
    this.layout = layout
    this.source = source
    this.unknown = unknown
  }

  /**
   * Sides of a chain of comparisons. A SUM runs in the direction that its neighbour leaves: the left one, or for the
   * first side the right one.
   */
  sides(sides: readonly Expression[]): List[] {
    return sides.map((side, number) => {
      const neighbour = number > 0 ? sides[number - 1] : sides[1]
      return this.resolve(side, neighbour && firstReference(neighbour))
    })
  }

  private resolve(expression: Expression, beside: Reference | undefined): List {
    switch (expression.kind) {
      case 'number':
        return single({ op: 'number', value: expression.value })
      case 'cells':
        return this.cells(expression.reference)
      case 'negate':
        return map(this.resolve(expression.operand, beside), (of) => ({ op: 'negate', of }))
      case 'binary': {
        const left = this.resolve(expression.left, beside ?? firstReference(expression.right))
        const right = this.resolve(expression.right, beside ?? firstReference(expression.left))
        return combine([left, right], ([a = emptyScalar, b = emptyScalar]) => binary(expression.operator, a, b))
      }
      case 'call':
        return this.call(expression.name, expression.arguments, beside)
    }
  }

  private call(
    name: (Expression & { kind: 'call' })['name'],
    given: Expression[],
    beside: Reference | undefined,
  ): List {
    const lists = given.map((argument) => this.resolve(argument, beside))
    const first = lists[0] ?? single(emptyScalar)
    switch (name) {
      case 'SUM':
        return this.sum(first, given[0] && firstReference(given[0]), beside)
      case 'ABS':
        return map(first, (of) => ({ op: 'absolute', of }))
      case 'FLOOR':
        return map(first, (of) => ({ op: 'floor', of }))
      case 'ROUND':
        return combine(lists, ([of = emptyScalar, digits = zero, truncate]) => ({ op: 'round', of, digits, truncate }))
      case 'NULLIF':
        return combine(lists, ([left = emptyScalar, right = emptyScalar]) => ({ op: 'nullif', left, right }))
      case 'ISNULL':
      case 'COALESCE':
        return combine(lists, (items) => ({ op: 'coalesce', items }))
    }
  }

  private sum(list: List, summed: Reference | undefined, beside: Reference | undefined): List {
    if (list.items.length === 0) return list
    if (summed && beside && sameCodes(summed.columns, beside.columns)) {
      const items = range(list.columns).map((column) =>
        total(range(list.rows).map((row) => list.items[row * list.columns + column] ?? emptyScalar)),
      )
      return { rows: 1, columns: list.columns, items }
    }
    if (summed && beside && sameCodes(summed.rows, beside.rows)) {
      const items = range(list.rows).map((row) => total(list.items.slice(row * list.columns, (row + 1) * list.columns)))
      return { rows: list.rows, columns: 1, items }
    }
    return single(total(list.items))
  }

  private cells(reference: Reference): List {
    if (reference.form !== undefined) return this.elsewhere(reference, reference.form)
    const region = reference.previous ? this.layout.previous : this.layout.present
    if (!region) return single(emptyScalar)
    const items: Scalar[] = []
    let rows = 0
    let columns = 0
    for (const section of this.sections(reference, region.sections)) {
      const positions = this.columns(reference, section)
      columns = Math.max(columns, positions.length)
      for (const row of this.rows(reference, section)) {
        this.take(positions.length)
        rows += 1
        for (const position of positions) {
          items.push(row && position >= 0 ? { op: 'cell', cell: row.first + position } : emptyScalar)
        }
      }
    }
    return items.length === rows * columns ? { rows, columns, items } : { rows: 1, columns: items.length, items }
  }

  private elsewhere(reference: Reference, form: string): List {
    const { columns, cells } = elsewhereCells(reference)
    this.take(cells.length)
    const index = this.layout.elsewhere.get(elsewhereKey(form, reference.previous))
    const items = cells.map((address): Scalar => {
      const cell = index?.get(address)
      return cell === undefined ? emptyScalar : { op: 'cell', cell }
    })
    return { rows: columns > 0 ? items.length / columns : 0, columns, items }
  }

  private take(count: number): void {
    this.taken += count
    if (this.taken > mostCells) throw new TooManyCells()
  }

  private sections(reference: Reference, sections: LayoutSection[]): LayoutSection[] {
    if (reference.sections === '*') return sections
    return sectionIndexOf(sections).select(reference.sections, (code) =>
      this.unknown.push({ kind: 'section', code, section: code, offset: reference.offset }),
    )
  }

  /** Undefined stands for a listed row that the report lacks: one empty row. */
  private rows(reference: Reference, laid: LayoutSection): (LayoutRow | undefined)[] {
    const { section, rows } = laid
    const filtered = reference.specifics.some((list) => list !== '*')
    const fits = (row: LayoutRow): boolean => !filtered || this.fitsSpecifics(row, section, reference)
    if (reference.rows === '*') return rows.filter((row) => this.source.has(row) && fits(row))
    const { codes, instancesOf } = indexOf(laid).rows
    const named = codes.select(reference.rows, (code) =>
      this.unknown.push({ kind: 'row', code, section: section.code, offset: reference.offset }),
    )
    return named.flatMap((row): (LayoutRow | undefined)[] => {
      const instances = instancesOf.get(row)
      if (!instances) return filtered ? [] : [undefined]
      return filtered ? instances.filter(fits) : instances
    })
  }

  private fitsSpecifics(row: LayoutRow, section: LayoutSection['section'], reference: Reference): boolean {
    return reference.specifics.every((list, number) => {
      if (list === '*') return true
      const position = section.columns.findIndex(
        (column) => column.type === 'S' && column.specific === `s${number + 1}`,
      )
      if (position < 0) return false
      const rule = row.row.cells[position]?.rule
      const value = this.source.textAt(row.first + position) ?? rule?.default
      if (value === undefined || value === null) return false
      const order = rule?.dictionary ? this.source.termIds(rule.dictionary) : []
      return list.some((item) => withinSpecifics(item, value, order))
    })
  }

  private columns(reference: Reference, laid: LayoutSection): number[] {
    const { values, codes } = indexOf(laid).columns
    if (reference.columns === '*') return values
    return codes.select(reference.columns, (code) =>
      this.unknown.push({ kind: 'column', code, section: laid.section.code, offset: reference.offset }),
    )
  }
}

type SectionIndex = {
  rows: { codes: CodeIndex<FormRow>; instancesOf: Map<FormRow, LayoutRow[]> }
  /** Positions of columns: those that rules may name, and the value columns that `*` stands for. */
  columns: { codes: CodeIndex<number>; values: number[] }
}

const indexes = new WeakMap<LayoutSection, SectionIndex>()
const sectionIndexes = new WeakMap<LayoutSection[], CodeIndex<LayoutSection>>()

function sectionIndexOf(sections: LayoutSection[]): CodeIndex<LayoutSection> {
  const known = sectionIndexes.get(sections) ?? new CodeIndex(sections, ({ section }) => section.code)
  sectionIndexes.set(sections, known)
  return known
}

function indexOf(laid: LayoutSection): SectionIndex {
  const known = indexes.get(laid)
  if (known) return known
  const { section, rows } = laid
  const instancesOf = new Map<FormRow, LayoutRow[]>()
  for (const row of rows) {
    const same = instancesOf.get(row.row)
    if (same) same.push(row)
    else instancesOf.set(row.row, [row])
  }
  const named = section.rows.filter((row) => row.type !== 'C')
  const positions = section.columns.map((_, position) => position)
  const ofType = (...types: string[]): number[] =>
    positions.filter((position) => types.includes(section.columns[position]?.type ?? ''))
  const index: SectionIndex = {
    rows: { codes: new CodeIndex(named, (row) => row.code), instancesOf },
    columns: {
      codes: new CodeIndex(ofType('Z', 'S'), (position) => section.columns[position]?.code ?? ''),
      values: ofType('Z'),
    },
  }
  indexes.set(laid, index)
  return index
}

const zero: Scalar = { op: 'number', value: '0' }
const range = (count: number): number[] => Array.from({ length: count }, (_, number) => number)

function map(list: List, change: (item: Scalar) => Scalar): List {
  return { ...list, items: list.items.map(change) }
}

/** Element by element; a list of one is repeated along the others, and a shorter list goes on with empty values. */
function combine(lists: List[], join: (items: Scalar[]) => Scalar): List {
  const longest = lists.reduce(
    (most, list) => (list.items.length > most.items.length ? list : most),
    single(emptyScalar),
  )
  if (lists[0]?.items.length === 0) return { rows: 0, columns: 0, items: [] }
  const items = longest.items.map((_, number) => join(lists.map((list) => itemAt(list, number))))
  return { ...longest, items }
}

/** The value of a list for the n-th pair: a list of one is repeated. */
export function itemAt(list: List, number: number): Scalar {
  const item = list.items.length === 1 ? list.items[0] : list.items[number]
  return item ?? emptyScalar
}

function binary(operator: '+' | '-' | '*' | '/', left: Scalar, right: Scalar): Scalar {
  switch (operator) {
    case '+':
      return { op: 'add', left, right }
    case '-':
      return { op: 'subtract', left, right }
    case '*':
      return { op: 'multiply', left, right }
    case '/':
      return { op: 'divide', left, right }
  }
}

function total(items: Scalar[]): Scalar {
  const cells: number[] = []
  for (const item of items) {
    if (item.op === 'cell') cells.push(item.cell)
    else if (item.op !== 'empty') return { op: 'total', items }
  }
  return cells.length === 1 ? { op: 'cell', cell: cells[0] ?? 0 } : { op: 'sum', cells: Int32Array.from(cells) }
}

/** Ranges of specifics go in the order of the dictionary. */
function withinSpecifics(item: CodeItem, value: string, order: readonly string[]): boolean {
  const wanted = item.text.trim()
  if (same(value, wanted)) return true
  if (item.to === undefined) return false
  const place = order.findIndex((id) => same(id, value))
  const from = order.findIndex((id) => same(id, item.from))
  const to = order.findIndex((id) => same(id, item.to ?? ''))
  return place >= 0 && from >= 0 && to >= 0 && place >= from && place <= to
}

const same = (left: string, right: string): boolean => plain(left) === plain(right)
const plain = (code: string): string => (/^\s*\d+\s*$/.test(code) ? code.trim().replace(/^0+(?=\d)/, '') : code.trim())
