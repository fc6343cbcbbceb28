import { dayIn } from '../../../kernel/calendar/index.ts'
import type { Db } from '../../../kernel/db/index.ts'
import { Forbidden } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { accessRoadmap, listOwnRegions } from '../roadmaps/roadmaps.access.ts'
import type { RoadmapRow } from '../roadmaps/roadmaps.queries.ts'

/** What a board is about: the regions that one coordinates, as they stand on this day. */
export type BoardPlace = {
  roadmap: RoadmapRow
  regions: readonly { code: string; name: string }[]
  codes: readonly string[]
  /** `YYYY-MM-DD` in the roadmap's time zone. */
  today: string
}

/**
 * The board of a roadmap on a coordinator's behalf: of a region's coordinator, with its own regions alone.
 * @throws NotFound 404, Forbidden 403 to whoever coordinates none of its regions
 */
export async function accessBoard(db: Db, ctx: Context, roadmapId: string): Promise<BoardPlace> {
  const roadmap = await accessRoadmap(db, ctx, roadmapId)
  const regions = await listOwnRegions(db, ctx, roadmapId, 'roadmap.coordinate')
  if (regions.length === 0) throw new Forbidden()
  return { roadmap, regions, codes: regions.map(({ code }) => code), today: dayIn(new Date(), roadmap.timeZone) }
}
