/** What must hold before a measure is written. */
import type { Db } from '../../../kernel/db/index.ts'
import { InvalidInput } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { listSections } from '../roadmaps/roadmaps.queries.ts'
import { changeWords, fieldName } from './changes.words.ts'
import { listChangesSince, listIndicators, listLinks, listPlanned } from './changing.queries.ts'
import { findRing } from './dependencies.ts'
import type { MeasureRow } from './measures.queries.ts'
import { editingOf, placeOfPlan } from './plan.ts'
import { MeasureChanged } from './plans.errors.ts'

type PlanOf = Pick<MeasureRow, 'roadmapId' | 'region'>

export const wrong = (field: string, text: string) => new InvalidInput({ fields: [{ field, code: 'wrong', text }] })

/** @throws MeasureChanged 409 which tells what somebody else has changed meanwhile */
export async function ensureUnchanged(db: Db, { id, version }: MeasureRow, read: number): Promise<void> {
  if (version === read) return
  const changes = await listChangesSince(db, id, read)
  const told = changes.map((change) => [fieldName(change.field), changeWords(change)].filter(Boolean).join(': '))
  throw new MeasureChanged({ changes: told.length > 0 ? told.join('; ') : 'место в плане' })
}

/** A helper may be limited to sections: into another it puts nothing. */
export async function ensureSection(db: Db, ctx: Context, { roadmapId, region }: PlanOf, id: string): Promise<void> {
  const found = (await listSections(db, roadmapId)).some((section) => section.id === id)
  if (!found || !ctx.grants.allow(editingOf(region), placeOfPlan(region, id)))
    throw wrong('sectionId', 'Такого раздела в этой дорожной карте нет. Выберите другой')
}

export async function ensureIndicator(db: Db, roadmapId: string, id: string | null): Promise<void> {
  if (id === null || (await listIndicators(db, roadmapId)).some((indicator) => indicator.id === id)) return
  throw wrong('indicatorId', 'Такого показателя в этой дорожной карте нет. Выберите другой')
}

/** Measures of the same plan, and no ring: the one that would be closed is shown. */
export async function ensureAfter(db: Db, measure: PlanOf & { id: string }, after: readonly string[]): Promise<void> {
  if (after.length === 0) return
  const { id, roadmapId, region } = measure
  const planned = new Map((await listPlanned(db, roadmapId, region)).map((other) => [other.id, other]))
  if (after.some((other) => !planned.has(other))) throw wrong('after', 'Выберите мероприятия этого же плана')
  const ring = findRing(await listLinks(db, roadmapId, region), id, after)
  if (!ring) return
  const numbers = ring.map((each) => planned.get(each)?.number ?? 'новое')
  throw wrong('after', `Получается круг: ${numbers.join(' → ')}. Уберите одну из зависимостей`)
}
