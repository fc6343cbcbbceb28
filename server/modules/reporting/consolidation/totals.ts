/**
 * Totals of a form over a territory and a period, as a sheet of the form. What is entered adds up by the form's rules
 * (sums, where none is given). A computed cell is worked out from the totals by the form's own control, as a statistician
 * expects: a share of the sums, never the sum of shares; of plain sums both are the same. A rule for a computed cell
 * goes before that.
 */
import type { ConsolidationQuery } from '../../../../contracts/consolidation.ts'
import { divideExact, exactNumber, exactText } from '../../../../engine/decimal.ts'
import { type Form, openSheet, type Sheet } from '../../../../engine/index.ts'
import type { Db } from '../../../kernel/db/index.ts'
import { formOfVersion } from '../reports/sheets.ts'
import { layoutOf, type Slot } from './layout.ts'
import { addUp, type CampaignOfPeriod, type Selection, type SlotTotal } from './totals.queries.ts'

export type Period = { year: number; kind: number; number: number }

export type TotalsView = {
  form: Form
  sheet: Sheet
  /** By address, corrections in them: what the page shows. */
  values: Record<string, string>
  /** How many reports have something in the cell, by address. */
  counts: Record<string, number>
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
  const merged = new Map<string, SlotTotal & { product: SlotTotal | undefined; weight: SlotTotal | undefined }>()
  let reports = 0
  for (const [versionId, ids] of byVersion(campaigns)) {
    const layout = layoutOf(await formOfVersion(db, versionId))
    const totals = await addUp(db, ids, selection)
    reports += totals.reports
    const places = new Map(totals.slots.map((slot) => [slot.place - 1, slot]))
    layout.slots.forEach(({ address, weighted }, at) => {
      const slot = places.get(at)
      if (!slot) return
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
  const entered: Record<string, string> = {}
  const ruled: Record<string, string> = {}
  const counts: Record<string, number> = {}
  for (const slot of layoutOf(form).slots) {
    const total = merged.get(slot.address)
    if (total) counts[slot.address] = total.count
    const value = corrected(total && shownTotal(slot, total), deltas.get(slot.address))
    if (value === undefined) continue
    if (slot.computed && !slot.ruled) continue
    const target = slot.computed ? ruled : entered
    target[slot.repeats ? firstEntry(slot.address) : slot.address] = value
  }
  return { form, ...sheetOf(form, { entered, ruled, period: newest, previous }), counts, reports }
}

function sheetOf(
  form: Form,
  {
    entered,
    ruled,
    period,
    previous,
  }: {
    entered: Record<string, string>
    ruled: Record<string, string>
    period: CampaignOfPeriod
    previous: Record<string, string> | undefined
  },
): { sheet: Sheet; values: Record<string, string> } {
  const options = {
    period: { kind: period.periodKind, number: period.periodNumber, year: period.year },
    ...(previous ? { previous } : {}),
  }
  const worked = openSheet(form, entered, options)
  const values = { ...entered, ...worked.computedValues(), ...ruled }
  return { sheet: openSheet(form, values, { ...options, computed: 'as-given' }), values }
}

/** Entries of a row that repeats have nothing in common over organisations but their sum: it stands as one entry. */
const firstEntry = (address: string): string => address.replace(/^([^/]+\/[^/]+)\//, '$1#1/')

function shownTotal(
  slot: Slot,
  total: SlotTotal & { product?: SlotTotal | undefined; weight?: SlotTotal | undefined },
) {
  switch (slot.total) {
    case 'sum':
      return total.total ?? undefined
    case 'count':
      return String(total.count)
    case 'maximum':
      return total.most ?? undefined
    case 'minimum':
      return total.least ?? undefined
    case 'average':
      return slot.weighted
        ? average(total.product?.total, total.weight?.total, slot.fraction)
        : average(total.total, String(total.count), slot.fraction)
    case 'list':
    case 'none':
      return undefined
    default:
      return slot.total satisfies never
  }
}

/** As fine as the cell itself, and at least to hundredths. */
function average(sum: string | null | undefined, weight: string | null | undefined, fraction: number) {
  if (sum == null || weight == null || exactNumber(weight).n === 0n) return undefined
  return exactText(divideExact(exactNumber(sum), exactNumber(weight)), Math.max(2, fraction))
}

function corrected(value: string | undefined, delta: string | undefined): string | undefined {
  if (delta === undefined) return value
  return added(value ?? '0', delta)
}

/** Exact sum of two canonical decimals. */
export function added(one: string, other: string): string {
  const fraction = Math.max(one.split('.')[1]?.length ?? 0, other.split('.')[1]?.length ?? 0)
  const [left, right] = [exactNumber(one), exactNumber(other)]
  return exactText({ n: left.n * right.d + right.n * left.d, d: left.d * right.d }, fraction)
}

export const negated = (value: string): string => (value.startsWith('-') ? value.slice(1) : `-${value}`)

function both(one: SlotTotal | undefined, other: SlotTotal): SlotTotal {
  if (!one) return other
  const sum = one.total === null ? other.total : other.total === null ? one.total : added(one.total, other.total)
  const extreme = (a: string | null, b: string | null, larger: boolean) => {
    if (a === null || b === null) return a ?? b
    return added(a, negated(b)).startsWith('-') === larger ? b : a
  }
  return {
    place: one.place,
    total: sum,
    count: one.count + other.count,
    least: extreme(one.least, other.least, false),
    most: extreme(one.most, other.most, true),
  }
}

function byVersion(campaigns: readonly CampaignOfPeriod[]): Map<string, string[]> {
  const versions = new Map<string, string[]>()
  for (const { id, formVersionId } of campaigns)
    versions.set(formVersionId, [...(versions.get(formVersionId) ?? []), id])
  return versions
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
