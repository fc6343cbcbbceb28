import { type CellAddress, cellAddress, normalCode, parseAddress } from './address.ts'
import { typedValue } from './cell-values.ts'
import { checkSheet, valueInRow } from './checks.ts'
import { russianNumber } from './decimal.ts'
import { rowKey } from './evaluation/layout.ts'
import { explainCell } from './explain.ts'
import type { Fill, Form, PulledValue, SetResult, Sheet, SheetOptions } from './form.types.ts'
import { cellFormula } from './formula-trees.ts'
import { mostInstances, SheetState } from './sheet.state.ts'
import { waitingControls } from './waiting-controls.ts'

/**
 * Opens one report of a form.
 * @param values by address, as stored: canonical decimals, texts, ids of dictionary terms; unknown addresses are told by `check`
 */
export function openSheet(form: Form, values: Record<string, string> = {}, options: SheetOptions = {}): Sheet {
  let pulled = options.pulled
  let state = new SheetState(form, values, options)

  const rebuild = (next: Record<string, string>, counts: ReadonlyMap<string, number>): void => {
    state = new SheetState(form, next, { ...options, pulled }, { counts, previous: state.previous })
  }

  return {
    form,
    set: (address, typed) => setCell(typed, address),
    setMany,
    value: (address) => {
      const place = state.placeOf(address)
      return place === undefined ? null : state.valueAt(place)
    },
    text: (address) => textAt(state, address),
    instances: (section, row) => instancesOf(state, section, row),
    addRow,
    removeRow,
    values: () => enteredValues(state),
    computedValues: () => workedOutValues(state),
    check: (options) => checkSheet(state, options?.explained),
    waiting: () => waitingControls(state),
    pull,
    explain: (address) => explainCell(state, address),
    formula: (address) => cellFormula(state, address),
    recalculate: () => state.recalculate(),
    fill: () => fillOf(state),
  }

  function setCell(typed: string, address: CellAddress): SetResult {
    const accepted = accept(state, address, typed)
    if ('problem' in accepted) return { ok: false, problem: accepted.problem }
    return { ok: true, value: accepted.value, changed: enterAll([accepted]) }
  }

  function setMany(typed: Record<CellAddress, string>): ReturnType<Sheet['setMany']> {
    const accepted: Accepted[] = []
    const refused: { address: CellAddress; problem: string }[] = []
    for (const address of Object.keys(typed)) {
      const outcome = accept(state, address, typed[address] ?? '')
      if ('problem' in outcome) refused.push({ address, problem: outcome.problem })
      else accepted.push(outcome)
    }
    return { changed: enterAll(accepted), refused }
  }

  function pull(values: Readonly<Record<CellAddress, PulledValue>>): CellAddress[] {
    pulled = { ...pulled, ...values }
    const places = state.takePulled(values)
    const moved = state.recalculates ? state.recalculateAfter(places) : []
    return [...places, ...moved].flatMap((place) => state.slot(place)?.address ?? [])
  }

  function enterAll(accepted: Accepted[]): CellAddress[] {
    const fresh = accepted.filter(({ place, value }) => state.textAt(place) !== value)
    for (const { place, value } of fresh) state.enter(place, value)
    const entered = fresh.map(({ place }) => place)
    const moved = state.recalculates ? state.recalculateAfter(entered) : []
    const changed = [...entered, ...moved].flatMap((place) => state.slot(place)?.address ?? [])
    if (!state.works.usesSpecifics || !fresh.some(({ place }) => state.slot(place)?.cell.kind === 'specific'))
      return changed
    return [...new Set([...changed, ...rebuiltAfterSpecifics()])]
  }

  /** Formulas that pick rows by specifics are other formulas now. */
  function rebuiltAfterSpecifics(): CellAddress[] {
    const before = workedOutValues(state)
    rebuild(enteredValues(state), state.counts)
    const after = workedOutValues(state)
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
      (address) => before[address] !== after[address],
    )
  }

  function addRow(section: string, row: string): number | undefined {
    const key = rowKey(normalCode(section), normalCode(row))
    const count = state.counts.get(key)
    if (count === undefined || count >= mostInstances) return undefined
    rebuild(enteredValues(state), new Map(state.counts).set(key, count + 1))
    return count + 1
  }

  function removeRow(section: string, row: string, instance: number): boolean {
    const key = rowKey(normalCode(section), normalCode(row))
    const count = state.counts.get(key)
    if (count === undefined || instance < 1 || instance > count) return false
    const kept: Record<string, string> = {}
    for (const [address, value] of Object.entries(enteredValues(state))) {
      const place = parseAddress(address)
      if (!place || rowKey(place.section, place.row) !== key || !place.instance) kept[address] = value
      else if (place.instance < instance) kept[address] = value
      else if (place.instance > instance)
        kept[cellAddress(place.section, place.row, place.column, place.instance - 1)] = value
    }
    rebuild(kept, new Map(state.counts).set(key, count - 1))
    return true
  }
}

type Accepted = { place: number; value: string | null }

function accept(state: SheetState, address: CellAddress, typed: string): Accepted | { problem: string } {
  const place = state.placeOf(address)
  const slot = place === undefined ? undefined : state.slot(place)
  if (place === undefined || !slot) return { problem: `Ячейки ${address} нет в форме.` }
  const outcome = typedValue(slot.cell, typed, state.works.dictionaries, (column) => valueInRow(state, slot, column))
  return 'problem' in outcome ? outcome : { place, value: outcome.value }
}

function textAt(state: SheetState, address: CellAddress): string {
  const place = state.placeOf(address)
  const slot = place === undefined ? undefined : state.slot(place)
  if (place === undefined || !slot) return ''
  const { cell, row } = slot
  if (cell.kind === 'label')
    return cell.column.type === 'B' ? row.row.name : cell.column.type === 'V' ? row.row.code : ''
  const value = state.valueAt(place)
  if (value === null) return cell.kind === 'closed' ? 'х' : ''
  if (cell.choices) return cell.choices.find(({ id }) => normalCode(id) === normalCode(value))?.name ?? value
  return cell.format?.type === 'text' || !/^-?\d+(\.\d+)?$/.test(value) ? value : russianNumber(value)
}

function instancesOf(state: SheetState, section: string, row: string): number {
  const known = state.form
    .section(section)
    ?.rows.find((candidate) => candidate.type !== 'C' && candidate.code === normalCode(row))
  if (!known) return 0
  return known.type === 'M' ? (state.counts.get(rowKey(normalCode(section), normalCode(row))) ?? 0) : 1
}

function enteredValues(state: SheetState): Record<CellAddress, string> {
  const values: Record<CellAddress, string> = {}
  state.program.layout.cells.forEach(({ address, cell, outside }, place) => {
    const text = state.textAt(place)
    if (cell.pull && state.recalculates) return
    if (!outside && text !== null) values[address] = state.valueAt(place) ?? text
  })
  return values
}

function workedOutValues(state: SheetState): Record<CellAddress, string> {
  const values: Record<CellAddress, string> = {}
  if (state.recalculates) {
    for (const { cell: address } of state.form.template.pulls ?? []) {
      const place = state.placeOf(address)
      const slot = place === undefined ? undefined : state.slot(place)
      const value = place === undefined || !slot?.cell.pull ? null : state.valueAt(place)
      if (value !== null && slot) values[slot.address] = value
    }
  }
  for (const { cell } of state.program.formulas) {
    const value = state.valueAt(cell)
    const address = state.slot(cell)?.address
    if (value !== null && address !== undefined) values[address] = value
  }
  return values
}

function fillOf(state: SheetState): Fill[] {
  return state.program.layout.present.sections.map(({ section, rows }) => {
    let [filled, total] = [0, 0]
    for (const row of rows) {
      row.row.cells.forEach(({ kind }, position) => {
        if (kind !== 'input' && kind !== 'obligatory' && kind !== 'specific') return
        total += 1
        if (state.textAt(row.first + position) !== null) filled += 1
      })
    }
    return { section: section.code, filled, total }
  })
}
