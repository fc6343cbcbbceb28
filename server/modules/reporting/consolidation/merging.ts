/** Totals of campaigns with different versions of a form as one, and what a cell shows of them. */
import { divideExact, exactNumber, exactText } from '../../../../engine/decimal.ts'
import { carriedOver } from '../../../../engine/index.ts'
import type { Db } from '../../../kernel/db/index.ts'
import { listRenamed } from '../forms/forms.queries.ts'
import { formOfVersion } from '../reports/sheets.ts'
import { type Layout, layoutOf, type Slot } from './layout.ts'
import type { CampaignOfPeriod, SlotTotal } from './totals.queries.ts'

/** Campaigns of one version of the form, and the newest version's name of each cell that adds up in it. */
export type VersionPart = { campaignIds: string[]; layout: Layout; names: ReadonlyMap<string, string> }

/** @param campaigns the newest version of the form first */
export async function partsByVersion(db: Db, campaigns: readonly CampaignOfPeriod[]): Promise<VersionPart[]> {
  const versions = new Map<string, string[]>()
  for (const { id, formVersionId } of campaigns)
    versions.set(formVersionId, [...(versions.get(formVersionId) ?? []), id])
  const newest = campaigns[0]?.formVersionId ?? ''
  const parts: VersionPart[] = []
  for (const [versionId, campaignIds] of versions) {
    const layout = layoutOf(await formOfVersion(db, versionId))
    const own = Object.fromEntries(layout.slots.map(({ address }) => [address, address]))
    const carried = await underNewNames(db, own, versionId, newest)
    const names = new Map(Object.entries(carried).map(([name, address]) => [address, name]))
    parts.push({ campaignIds, layout, names })
  }
  return parts
}

/** Values by the addresses of one version, by those of a later one; what came in place of another is not mixed with it. */
export async function underNewNames(
  db: Db,
  values: Readonly<Record<string, string>>,
  from: string,
  to: string,
): Promise<Record<string, string>> {
  if (from === to) return { ...values }
  return (await listRenamed(db, from, to)).reduce<Record<string, string>>(carriedOver, { ...values })
}

/** Of a weighted average, sums of value × weight and of weights besides. */
export type Merged = SlotTotal & { product?: SlotTotal | undefined; weight?: SlotTotal | undefined }

export function shownTotal(slot: Slot, total: Merged): string | undefined {
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

/** Exact sum of two canonical decimals. */
export function added(one: string, other: string): string {
  const fraction = Math.max(one.split('.')[1]?.length ?? 0, other.split('.')[1]?.length ?? 0)
  const [left, right] = [exactNumber(one), exactNumber(other)]
  return exactText({ n: left.n * right.d + right.n * left.d, d: left.d * right.d }, fraction)
}

export const negated = (value: string): string => (value.startsWith('-') ? value.slice(1) : `-${value}`)

export function both(one: SlotTotal | undefined, other: SlotTotal): SlotTotal {
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
