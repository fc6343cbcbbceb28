import { type CellAddress, normalAddress, parseAddress } from './address.ts'
import {
  canonicalNumber,
  type Exact,
  exactFromScaled,
  exactNumber,
  exactText,
  roundExact,
  roundScaled,
  scaledFromExact,
  scaledNumber,
  scaledText,
} from './decimal.ts'
import { elsewhereKey } from './evaluation/elsewhere.ts'
import { evaluateExact } from './evaluation/exact.ts'
import type { Formula, Program } from './evaluation/formulas.ts'
import { type CellSlot, type InstanceCounts, type Layout, type LayoutRow, rowKey } from './evaluation/layout.ts'
import type { RowSource } from './evaluation/resolve.ts'
import { type FormWorks, worksOf } from './form.ts'
import type { Form, OtherReport, PulledValue, SheetOptions } from './form.types.ts'

/** More rows than this in one multiple row are not taken: they are told as unknown. */
export const mostInstances = 5_000

/** What a sheet hands on to the one that replaces it when rows come or go. */
type Kept = { counts?: InstanceCounts; previous?: SheetState }

/**
 * The arrays of one sheet. `scaled` holds whole numbers in units of 10^-scale, NaN for empty, Infinity for a number
 * that stands in `exact` because it does not fit. `texts` holds what was entered, canonical or as it came.
 */
export class SheetState implements RowSource {
  readonly form: Form
  readonly works: FormWorks
  readonly options: SheetOptions
  readonly program: Program
  readonly scaled: Float64Array
  readonly exact = new Map<number, Exact>()
  readonly texts: (string | null)[]
  /** Given values that have no cell in the form. */
  readonly strays: { address: string; value: string }[] = []
  readonly counts: InstanceCounts
  /** Fixed rows that the report has, by the place of their first cell. */
  private readonly present = new Set<number>()
  private readonly dirty: Uint8Array
  private givenCells = 0
  private readonly sources = new Map<CellAddress, string>()

  /** The previous period's own sheet, kept so that adding a row need not open it again. */
  readonly previous: SheetState | undefined

  constructor(form: Form, values: Record<string, string>, options: SheetOptions, kept: Kept = {}) {
    this.form = form
    this.works = worksOf(form)
    this.options = options
    this.counts = kept.counts ?? countInstances(form, values)
    this.previous = kept.previous ?? this.openPrevious()
    const specifics = this.works.usesSpecifics ? specificsOf(form, values) : new Map<CellAddress, string>()
    this.program = this.works.program(this.counts, this.previous?.counts, (layout) => this.sourceFor(layout, specifics))
    this.scaled = new Float64Array(this.program.layout.size).fill(Number.NaN)
    this.texts = new Array<string | null>(this.program.layout.size).fill(null)
    this.dirty = new Uint8Array(this.program.formulas.length)
    if (this.previous) this.takePrevious(this.previous)
    this.takeOthers()
    this.takeGiven(values)
    this.takePulled(options.pulled ?? {})
    if (this.recalculates) this.recalculate()
  }

  get recalculates(): boolean {
    return this.options.computed !== 'as-given'
  }

  /** A report with no cells at all skips the controls. */
  get isBlank(): boolean {
    return this.givenCells === 0
  }

  private openPrevious(): SheetState | undefined {
    if (!this.works.usesPrevious || !this.options.previous) return undefined
    const { previous, computed } = this.options
    const pulls = (this.form.template.pulls ?? []).map(({ cell }) => cell)
    const pulled = Object.fromEntries(pulls.map((cell) => [cell, { value: previous[cell] ?? null, from: '' }]))
    return new SheetState(this.form, previous, { computed, pulled })
  }

  /** Formulas take every row of the template, and specifics as the values given say. */
  private sourceFor(layout: Layout, specifics: ReadonlyMap<CellAddress, string>): RowSource {
    const specificAt = ({ address, cell, outside, elsewhere }: CellSlot): string | null => {
      if (elsewhere) return null
      const place = outside ? this.previous?.placeOf(address) : undefined
      if (outside) return place === undefined ? null : (this.previous?.textAt(place) ?? null)
      return specifics.get(address) ?? cell.rule?.default ?? null
    }
    return {
      has: () => true,
      textAt: (place) => {
        const slot = layout.cells[place]
        return slot ? specificAt(slot) : null
      },
      termIds: (dictionary) => this.termIds(dictionary),
    }
  }

  termIds(dictionary: string): readonly string[] {
    return this.works.dictionaries.get(dictionary)?.ids ?? []
  }

  has(row: LayoutRow): boolean {
    return row.instance !== undefined || this.present.has(row.first) || this.isWhollyComputed(row)
  }

  get hasEveryRow(): boolean {
    const { present, previous } = this.program.layout
    return [present, previous].every(
      (region) => region?.sections.every(({ rows }) => rows.every((row) => this.has(row))) ?? true,
    )
  }

  private isWhollyComputed(row: LayoutRow): boolean {
    const open = row.row.cells.some(({ kind }) => kind === 'input' || kind === 'obligatory')
    return (
      this.recalculates &&
      !this.isBlank &&
      !open &&
      row.row.cells.some(({ kind }) => kind === 'computed' || kind === 'pulled')
    )
  }

  textAt(place: number): string | null {
    return this.texts[place] ?? null
  }

  placeOf(address: CellAddress): number | undefined {
    const { index } = this.program.layout.present
    return index.get(address) ?? index.get(normalAddress(address) ?? '')
  }

  slot(place: number): CellSlot | undefined {
    return this.program.layout.cells[place]
  }

  /** Whether the cell's value comes from a formula, not from what was entered. */
  isWorkedOut(place: number): boolean {
    const kind = this.slot(place)?.cell.kind
    return this.recalculates && (kind === 'computed' || kind === 'pulled')
  }

  private takeGiven(values: Record<string, string>): void {
    for (const address of Object.keys(values)) {
      const value = (values[address] ?? '').trim()
      const place = this.placeOf(address)
      const slot = place === undefined ? undefined : this.slot(place)
      this.givenCells += 1
      if (place === undefined || !slot) {
        if (value || isRepeatedRow(address)) this.strays.push({ address, value })
        continue
      }
      this.present.add(slot.row.first)
      if (value && !this.isWorkedOut(place)) this.store(place, value)
    }
    if (this.works.usesSpecifics || this.hasSpecificDefaults()) this.takeDefaults()
  }

  private hasSpecificDefaults(): boolean {
    return this.form.sections.some((section) => section.columns.some((column) => column.type === 'S'))
  }

  /** A row that lacks a specific takes its cell's default. */
  private takeDefaults(): void {
    this.program.layout.cells.forEach(({ cell, outside }, place) => {
      if (!outside && cell.kind === 'specific' && cell.rule?.default && this.texts[place] === null) {
        this.store(place, cell.rule.default)
      }
    })
  }

  /** Puts an entered value (not empty) or null into a cell, without working anything out. */
  store(place: number, value: string | null): void {
    this.texts[place] = value
    this.exact.delete(place)
    if (value === null) {
      this.scaled[place] = Number.NaN
      return
    }
    const number = canonicalNumber(value)
    if (number === undefined) {
      this.scaled[place] = 0 // text counts as zero, but is not empty
      return
    }
    const scaled = scaledNumber(number, this.program.scale)
    this.scaled[place] = scaled
    if (scaled === Number.POSITIVE_INFINITY) this.exact.set(place, exactNumber(number))
  }

  /** As `store`, and the row counts as one that the report has from now on. */
  enter(place: number, value: string | null): void {
    this.store(place, value)
    const slot = this.slot(place)
    if (value !== null && slot) {
      this.present.add(slot.row.first)
      this.givenCells += 1
    }
  }

  /** Canonical value of any cell; null when empty. */
  valueAt(place: number): string | null {
    const text = this.texts[place]
    if (text !== null && text !== undefined)
      return canonicalNumber(text) !== undefined && this.isNumeric(place) ? (canonicalNumber(text) ?? text) : text
    const scaled = this.scaled[place] ?? Number.NaN
    if (Number.isNaN(scaled)) return null
    if (scaled !== Number.POSITIVE_INFINITY) return scaledText(scaled, this.program.scale)
    const exact = this.exact.get(place)
    const slot = this.slot(place)
    const rank = this.program.rankOf[place] ?? -1
    const digits =
      this.program.formulas[rank]?.digits ?? (slot?.cell.format?.type === 'number' ? slot.cell.format.fraction : 12)
    return exact ? exactText(exact, Math.max(digits, 12)) : null
  }

  private isNumeric(place: number): boolean {
    return this.slot(place)?.cell.format?.type !== 'text' && this.slot(place)?.cell.kind !== 'specific'
  }

  /** The exact number in a cell; null when empty. */
  readonly exactAt = (place: number): Exact | null => {
    const scaled = this.scaled[place] ?? Number.NaN
    if (Number.isNaN(scaled)) return null
    if (scaled === Number.POSITIVE_INFINITY) return this.exact.get(place) ?? null
    return exactFromScaled(scaled, this.program.scale)
  }

  private takePrevious(previous: SheetState): void {
    const region = this.program.layout.previous
    if (!region) return
    region.sections.forEach(({ rows }, number) => {
      const before = previous.program.layout.present.sections[number]?.rows ?? []
      rows.forEach((row, at) => {
        const same = before[at]
        if (same && previous.has(same)) this.present.add(row.first)
      })
    })
    for (const [address, place] of region.index) {
      const from = previous.placeOf(address)
      if (from === undefined) continue
      this.scaled[place] = previous.scaled[from] ?? Number.NaN
      this.texts[place] = previous.texts[from] ?? null
      const exact = previous.exact.get(from)
      if (exact) this.exact.set(place, exact)
    }
  }

  /** Whether the report of another form that a control looks at is at hand; one's own always is. */
  hasReportOf({ form, previous }: { form?: string; previous: boolean }): boolean {
    return form === undefined || this.otherReport({ form, previous }) !== undefined
  }

  otherReport(wanted: { form: string; previous: boolean }): OtherReport | undefined {
    return this.options.others?.find(({ form, previous }) => form === wanted.form && previous === wanted.previous)
  }

  private takeOthers(): void {
    for (const { form, previous, values } of this.options.others ?? []) {
      for (const [address, place] of this.program.layout.elsewhere.get(elsewhereKey(form, previous)) ?? []) {
        this.store(place, values[address] || null)
      }
    }
  }

  /** Where the value of a pulled cell is from, in words. */
  pulledFrom(address: CellAddress): string {
    return this.sources.get(address) ?? ''
  }

  /** Values for cells that the form pulls; returns the places whose value is another now. */
  takePulled(pulled: Readonly<Record<CellAddress, PulledValue>>): number[] {
    if (!this.recalculates) return []
    const moved: number[] = []
    for (const address of Object.keys(pulled)) {
      const place = this.placeOf(address)
      const value = pulled[address]?.value || null
      if (place === undefined || !this.slot(place)?.cell.pull) continue
      this.sources.set(this.slot(place)?.address ?? address, pulled[address]?.from ?? '')
      if (this.texts[place] === value) continue
      this.enter(place, value)
      moved.push(place)
    }
    return moved
  }

  recalculate(): void {
    for (const formula of this.program.formulas) this.workOut(formula)
  }

  /** Works out what hangs on the changed cells, each once, sources first. Returns the cells with another value. */
  recalculateAfter(changed: readonly number[]): number[] {
    const { formulas } = this.program
    let [first, last] = [formulas.length, -1]
    const mark = (place: number): void => {
      const { readersFrom, readers } = this.program
      const end = readersFrom[place + 1] ?? 0
      for (let at = readersFrom[place] ?? 0; at < end; at += 1) {
        const rank = readers[at] ?? 0
        this.dirty[rank] = 1
        if (rank < first) first = rank
        if (rank > last) last = rank
      }
    }
    for (const place of changed) mark(place)
    const moved: number[] = []
    for (let rank = first; rank <= last; rank += 1) {
      if (this.dirty[rank] !== 1) continue
      this.dirty[rank] = 0
      const formula = formulas[rank]
      if (formula && this.workOut(formula)) {
        moved.push(formula.cell)
        mark(formula.cell)
      }
    }
    return moved
  }

  /** Returns whether the value changed. */
  private workOut({ cell, fast, scalar, digits }: Formula): boolean {
    const before = this.scaled[cell] ?? Number.NaN
    const value = fast(this.scaled)
    if (value !== Number.POSITIVE_INFINITY) {
      const rounded = Number.isNaN(value) ? value : roundScaled(value, this.program.scale, digits)
      if (rounded !== Number.POSITIVE_INFINITY) {
        this.scaled[cell] = rounded
        if (before === Number.POSITIVE_INFINITY) this.exact.delete(cell)
        return !Object.is(before, rounded)
      }
    }
    return this.workOutExactly(cell, evaluateExact(scalar, this.exactAt), digits, before)
  }

  private workOutExactly(cell: number, value: Exact | null, digits: number, before: number): boolean {
    const old = this.exact.get(cell)
    this.exact.delete(cell)
    if (!value) {
      this.scaled[cell] = Number.NaN
      return !Number.isNaN(before)
    }
    const rounded = roundExact(value, digits)
    const scaled = scaledFromExact(rounded, this.program.scale)
    this.scaled[cell] = scaled
    if (scaled !== Number.POSITIVE_INFINITY) return before !== scaled
    this.exact.set(cell, rounded)
    return !old || old.n * rounded.d !== rounded.n * old.d
  }
}

const isRepeatedRow = (address: string): boolean => address.includes('#')

/** Instances of multiple rows by the highest number among the addresses given. */
function countInstances(form: Form, values: Record<string, string>): Map<string, number> {
  const counts = new Map<string, number>()
  for (const section of form.sections) {
    for (const row of section.rows) if (row.type === 'M') counts.set(rowKey(section.code, row.code), 0)
  }
  if (counts.size === 0) return counts
  for (const address of Object.keys(values)) {
    if (!address.includes('#')) continue
    const place = parseAddress(address)
    const key = place && rowKey(place.section, place.row)
    const known = key === undefined ? undefined : counts.get(key)
    if (key === undefined || known === undefined || !place?.instance || place.instance > mostInstances) continue
    counts.set(key, Math.max(known, place.instance))
  }
  return counts
}

/** Values of specifics by address, before there is a layout to look them up in. */
function specificsOf(form: Form, values: Record<string, string>): Map<CellAddress, string> {
  const found = new Map<CellAddress, string>()
  for (const [address, value] of Object.entries(values)) {
    if (form.cell(address)?.kind === 'specific') found.set(normalAddress(address) ?? address, value.trim())
  }
  return found
}
