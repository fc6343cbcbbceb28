/**
 * Totals of a form over a territory and a period, as a sheet of the form. What is entered adds up by the form's rules
 * (sums, where none is given). A computed cell is worked out from the totals by the form's own control, as a statistician
 * expects: a share of the sums, never the sum of shares; of plain sums both are the same. A rule for a computed cell
 * goes before that.
 */
import type { ConsolidationQuery } from '../../../../contracts/consolidation.ts'
import { type Form, openSheet, type Sheet } from '../../../../engine/index.ts'
import type { Db } from '../../../kernel/db/index.ts'
import { formOfVersion } from '../reports/sheets.ts'
import { readEntries, type Specific } from './entry-totals.ts'
import { type Layout, layoutOf } from './layout.ts'
import { added, both, type Merged, partsByVersion, shownTotal, type VersionPart } from './merging.ts'
import { addUp, type CampaignOfPeriod, type Selection } from './totals.queries.ts'

export type Period = { year: number; kind: number; number: number }

/** A value that reports have in a listed cell, and how many have it. */
export type Listed = { value: string; reports: number }

export type TotalsView = {
  form: Form
  sheet: Sheet
  /** By address, corrections in them: what the page shows. */
  values: Record<string, string>
  /** How many reports have something in the cell, by address. */
  counts: Record<string, number>
  /** Of cells that are listed, the values of most reports first. */
  lists: Record<string, Listed[]>
  /** Of cells in repeating rows with specifics, by the address of the pattern: a total for each. */
  specifics: Record<string, Specific[]>
  /** Of cells in repeating rows, by the address of the pattern: the total of all entries. */
  wholes: Record<string, string>
  reports: number
}

/** What corrections add to a cell, by address; only sums are corrected. */
export type Deltas = ReadonlyMap<string, string>

/** @param campaigns of one period, the newest version of the form first: its table is drawn */
export async function viewTotals(
  db: Db,
  campaigns: readonly CampaignOfPeriod[],
  selection: Selection,
  { deltas = new Map(), previous }: { deltas?: Deltas; previous?: Record<string, string> | undefined } = {},
): Promise<TotalsView | undefined> {
  const [newest] = campaigns
  if (!newest) return undefined
  const form = await formOfVersion(db, newest.formVersionId)
  const layout = layoutOf(form)
  const parts = await partsByVersion(db, campaigns)
  const { merged, reports } = await mergedTotals(db, parts, selection)
  const entries = await readEntries(db, parts, selection, form)
  const found = shownCells(layout, merged, deltas)
  for (const row of layout.specifics.keys()) {
    for (const { address } of layout.slots) if (address.startsWith(`${row}/`)) delete found.entered[firstEntry(address)]
  }
  const { entered, pulled, ruled, counts, wholes } = found
  Object.assign(entered, entries.values)
  Object.assign(counts, entries.counts)
  const worked = sheetOf(form, { entered, pulled, ruled, period: newest, previous })
  return { form, ...worked, counts, wholes, lists: entries.lists, specifics: entries.specifics, reports }
}

/** By the address that the newest version gives the cell. */
async function mergedTotals(db: Db, parts: readonly VersionPart[], selection: Selection) {
  const merged = new Map<string, Merged>()
  let reports = 0
  for (const { campaignIds, layout, names } of parts) {
    const totals = await addUp(db, campaignIds, selection)
    reports += totals.reports
    const places = new Map(totals.slots.map((slot) => [slot.place - 1, slot]))
    layout.slots.forEach(({ address: own, weighted }, at) => {
      const slot = places.get(at)
      const address = names.get(own)
      if (!slot || address === undefined) return
      const [product, weight] = [weighted?.product, weighted?.weight].map((place) =>
        place === undefined ? undefined : places.get(place),
      )
      const known = merged.get(address)
      merged.set(address, {
        ...both(known, slot),
        product: product && both(known?.product, product),
        weight: weight && both(known?.weight, weight),
      })
    })
  }
  return { merged, reports }
}

/** What totals are worked out from (`entered`, `pulled`), and what a rule gives to a computed cell (`ruled`). */
function shownCells({ slots }: Layout, merged: ReadonlyMap<string, Merged>, deltas: Deltas) {
  const entered: Record<string, string> = {}
  const pulled: Record<string, string> = {}
  const ruled: Record<string, string> = {}
  const counts: Record<string, number> = {}
  const wholes: Record<string, string> = {}
  for (const slot of slots) {
    const total = merged.get(slot.address)
    if (total) counts[slot.address] = total.count
    const value = corrected(total && shownTotal(slot, total), deltas.get(slot.address))
    if (value === undefined) continue
    if (slot.repeats) wholes[slot.address] = value
    if (slot.computed && !slot.ruled) continue
    const target = slot.computed ? ruled : slot.pulled ? pulled : entered
    target[slot.repeats ? firstEntry(slot.address) : slot.address] = value
  }
  return { entered, pulled, ruled, counts, wholes }
}

function sheetOf(
  form: Form,
  {
    entered,
    pulled,
    ruled,
    period,
    previous,
  }: {
    entered: Record<string, string>
    pulled: Record<string, string>
    ruled: Record<string, string>
    period: CampaignOfPeriod
    previous: Record<string, string> | undefined
  },
): { sheet: Sheet; values: Record<string, string> } {
  const options = {
    period: { kind: period.periodKind, number: period.periodNumber, year: period.year },
    ...(previous ? { previous } : {}),
  }
  const from = 'Итог по отчётам'
  const worked = openSheet(form, entered, {
    ...options,
    pulled: Object.fromEntries(Object.entries(pulled).map(([cell, value]) => [cell, { value, from }])),
  })
  const values = { ...entered, ...worked.computedValues(), ...ruled }
  return { sheet: openSheet(form, values, { ...options, computed: 'as-given' }), values }
}

/** Entries of a row without specifics have nothing in common over organisations but their sum: it stands as one entry. */
const firstEntry = (address: string): string => address.replace(/^([^/]+\/[^/]+)\//, '$1#1/')

function corrected(value: string | undefined, delta: string | undefined): string | undefined {
  if (delta === undefined) return value
  return added(value ?? '0', delta)
}

/** «2026-1-1» */
export const periodKey = ({
  year,
  periodKind,
  periodNumber,
}: Omit<CampaignOfPeriod, 'id'> | CampaignOfPeriod): string => `${year}-${periodKind}-${periodNumber}`

export function parsedPeriod(key: string): Period {
  const [year = 0, kind = 1, number = 1] = key.split('-').map(Number)
  return { year, kind, number }
}

export function previousPeriod({ year, kind, number }: Period): Period {
  return number > 1 ? { year, kind, number: number - 1 } : { year: year - 1, kind, number: kind }
}

export const selectionOf = (
  { territory, region, kind, states }: Pick<ConsolidationQuery, 'territory' | 'region' | 'kind' | 'states'>,
  scopes: Selection['scopes'],
): Selection => ({ scopes, territory, region, kind, states })
