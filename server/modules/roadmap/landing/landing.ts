/** The open pages of roadmaps, as everybody sees them without signing in. */
import type { Db } from '../../../kernel/db/index.ts'
import { NotFound } from '../../../kernel/errors/index.ts'
import type { SharedContext, SharedReply } from '../../../kernel/http/index.ts'
import type { FrontLink } from '../../../kernel/room.ts'
import { pathOf } from './choice.ts'
import { hoursLeft } from './hours.ts'
import { percentOf } from './map-figures.ts'
import { type RegionSnapshot, type RoadmapSnapshot, takeSnapshots } from './snapshot.ts'

/** Seconds. */
const freshFor = 30

/** @throws NotFound 404 for what is not published, as for what is not there */
export async function getOpenRoadmap(ctx: SharedContext, code: string): Promise<RoadmapSnapshot> {
  const found = (await takeSnapshots(ctx.db)).find(({ roadmap }) => roadmap.code === code)
  if (!found) throw new NotFound({ what: 'roadmap' })
  return found
}

/** @throws NotFound 404 */
export function getRegion({ regions }: RoadmapSnapshot, code: string): RegionSnapshot {
  const found = regions.find((region) => region.code === code)
  if (!found) throw new NotFound({ what: 'region' })
  return found
}

/** Kept until something it tells has changed, or an hour of work has passed. */
export const sharedOf = (
  snapshot: RoadmapSnapshot,
  reply: Pick<SharedReply, 'address' | 'draw' | 'embeddable'>,
): SharedReply => ({ ...reply, mark: `${snapshot.mark} ${hoursLeft(snapshot.roadmap)}`, freshFor })

/** For the front door: each with how far it has come. */
export const openRoadmapLinks = async (db: Db): Promise<FrontLink[]> =>
  (await takeSnapshots(db)).map((snapshot) => ({
    title: snapshot.roadmap.title,
    href: pathOf(snapshot),
    text: `Дорожная карта: выполнено ${percentOf(snapshot.progress) ?? 0} % плана, карта регионов и показатели.`,
  }))
