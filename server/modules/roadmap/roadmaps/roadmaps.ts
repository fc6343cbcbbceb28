/** Roadmaps as those who work on them see them. */
import type { z } from 'zod'
import type { RoadmapList, RoadmapSummary } from '../../../../contracts/roadmaps.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { listOwnRegions, placeOfCountry } from './roadmaps.access.ts'
import { listRoadmaps, type RoadmapRow } from './roadmaps.queries.ts'

/** Those that one may read: drafts only for whoever sees all of the country. */
export async function viewRoadmaps(ctx: Context): Promise<z.input<typeof RoadmapList>> {
  const all = await listRoadmaps(ctx.db)
  if (ctx.grants.allow('roadmap.read', placeOfCountry)) return { roadmaps: all.map(summaryOf) }
  const published = all.filter(({ publishedAt }) => publishedAt !== null)
  const taking = await Promise.all(published.map(async ({ id }) => (await listOwnRegions(ctx.db, ctx, id)).length > 0))
  return { roadmaps: published.filter((_, index) => taking[index]).map(summaryOf) }
}

export const summaryOf = ({
  id,
  code,
  title,
  shortTitle,
  deadline,
  timeZone,
  publishedAt,
}: RoadmapRow): RoadmapSummary => ({
  id,
  code,
  title,
  shortTitle,
  deadline: deadline.toISOString(),
  timeZone,
  published: publishedAt !== null,
})
