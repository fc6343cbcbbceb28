/** Totals of what stands beside the figures: lists of values, and repeating rows with a total for each specific. */
import { cellAddress, type Form, parseAddress } from '../../../../engine/index.ts'
import type { Db } from '../../../kernel/db/index.ts'
import { mostSpecifics, partsOfKey } from './entries.ts'
import { layoutOf } from './layout.ts'
import { both, shownTotal, type VersionPart } from './merging.ts'
import { addUpEntries, type EntryTotal, type Selection } from './totals.queries.ts'
import type { Listed } from './totals.ts'

/** The total of a cell over the entries with these specifics. */
export type Specific = { name: string; address: string; value: string; reports: number }

export type EntryTotals = {
  /** Of entries by specifics, those that tell them apart too. */
  values: Record<string, string>
  counts: Record<string, number>
  lists: Record<string, Listed[]>
  specifics: Record<string, Specific[]>
}

export async function readEntries(
  db: Db,
  parts: readonly VersionPart[],
  selection: Selection,
  form: Form,
): Promise<EntryTotals> {
  const totals: EntryTotals = { values: {}, counts: {}, lists: {}, specifics: {} }
  const { slots, places, specifics } = layoutOf(form)
  const merged = await mergedEntries(db, parts, selection)
  for (const [cell, keys] of merged) {
    const slot = slots[places.get(cell) ?? -1]
    if (slot?.total === 'list') totals.lists[cell] = listed(form, cell, keys)
  }
  for (const [row, columns] of specifics) {
    const cells = slots.filter(({ address, total }) => address.startsWith(`${row}/`) && total !== 'list')
    const keys = [...new Set(cells.flatMap(({ address }) => [...(merged.get(address)?.keys() ?? [])]))]
    const named = keys.map((key) => ({ key, names: namesOf(form, row, columns, key) }))
    named.sort((one, other) => one.names.join().localeCompare(other.names.join(), 'ru', { numeric: true }))
    named.slice(0, mostSpecifics).forEach(({ key, names }, index) => {
      const [section = '', code = ''] = row.split('/')
      const at = (column: string) => cellAddress(section, code, column, index + 1)
      columns.forEach((column, part) => {
        const value = partsOfKey(key)[part]
        if (value) totals.values[at(column)] = value
      })
      for (const slot of cells) {
        const total = merged.get(slot.address)?.get(key)
        const value = total && shownTotal(slot, { ...total, place: 0 })
        const address = at(parseAddress(slot.address)?.column ?? '')
        if (!total || value === undefined) continue
        if (!slot.computed) totals.values[address] = value
        totals.counts[address] = total.count
        const name = names.filter(Boolean).join(', ') || 'не указано'
        totals.specifics[slot.address] ??= []
        totals.specifics[slot.address]?.push({ name, address, value, reports: total.count })
      }
    })
  }
  return totals
}

/** By the newest version's address of the cell, then by value or specifics. */
async function mergedEntries(
  db: Db,
  parts: readonly VersionPart[],
  selection: Selection,
): Promise<Map<string, Map<string, EntryTotal>>> {
  const merged = new Map<string, Map<string, EntryTotal>>()
  for (const { campaignIds, layout, names } of parts) {
    if (!layout.hasEntries) continue
    for (const entry of await addUpEntries(db, campaignIds, selection, mostSpecifics)) {
      const cell = names.get(entry.cell)
      if (cell === undefined) continue
      const keys = merged.get(cell) ?? new Map<string, EntryTotal>()
      const known = keys.get(entry.key)
      keys.set(entry.key, { ...entry, ...(known ? both({ ...known, place: 0 }, { ...entry, place: 0 }) : {}) })
      merged.set(cell, keys)
    }
  }
  return merged
}

function listed(form: Form, cell: string, keys: ReadonlyMap<string, EntryTotal>): Listed[] {
  const named = [...keys.values()].map(({ key, count }) => ({ value: nameOf(form, cell, key), reports: count }))
  return named.sort((one, other) => other.reports - one.reports || one.value.localeCompare(other.value, 'ru'))
}

/** What people see of a stored value: the name of a term of a dictionary. */
const nameOf = (form: Form, cell: string, value: string): string =>
  form.cell(cell)?.choices?.find(({ id }) => id === value)?.name ?? value

const namesOf = (form: Form, row: string, columns: readonly string[], key: string): string[] =>
  partsOfKey(key).map((value, part) => nameOf(form, `${row}/${columns[part]}`, value))

/** «Собственность — 12; аренда — 3; и ещё 4 значения» */
export function listText(values: readonly Listed[], most = 3): string {
  const shown = values.slice(0, most).map(({ value, reports }) => (reports > 1 ? `${value} — ${reports}` : value))
  const rest = values.length - shown.length
  return [...shown, ...(rest > 0 ? [`и ещё ${rest}`] : [])].join('; ')
}
