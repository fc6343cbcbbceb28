import { type Db, randomUUIDv7, type Tx } from '../../../kernel/db/index.ts'

const roadmapColumns = [
  'id',
  'code',
  'title',
  'short_title as shortTitle',
  'purpose',
  'starts_on as startsOn',
  'deadline',
  'time_zone as timeZone',
  'published_at as publishedAt',
  'version',
] as const

export type RoadmapRow = {
  id: string
  code: string
  title: string
  shortTitle: string
  purpose: string
  /** `YYYY-MM-DD`. */
  startsOn: string
  deadline: Date
  timeZone: string
  publishedAt: Date | null
  version: number
}

export const findRoadmap = (db: Db, id: string): Promise<RoadmapRow | undefined> =>
  db.selectFrom('roadmaps').select(roadmapColumns).where('id', '=', id).executeTakeFirst()

/** Others wait until the transaction ends. */
export const lockRoadmap = (tx: Tx, id: string): Promise<RoadmapRow | undefined> =>
  tx.selectFrom('roadmaps').select(roadmapColumns).where('id', '=', id).forUpdate().executeTakeFirst()

/** The latest first. */
export const listRoadmaps = (db: Db): Promise<RoadmapRow[]> =>
  db.selectFrom('roadmaps').select(roadmapColumns).orderBy('created_at', 'desc').execute()

export type NewRoadmapRow = Omit<RoadmapRow, 'id' | 'publishedAt' | 'version'>

export async function insertRoadmap(tx: Tx, roadmap: NewRoadmapRow, by: string | null): Promise<string> {
  const id = randomUUIDv7()
  await tx
    .insertInto('roadmaps')
    .values({
      id,
      code: roadmap.code,
      title: roadmap.title,
      short_title: roadmap.shortTitle,
      purpose: roadmap.purpose,
      starts_on: roadmap.startsOn,
      deadline: roadmap.deadline,
      time_zone: roadmap.timeZone,
      created_by: by,
    })
    .execute()
  return id
}

/** Those that take part, with their names, in the order of their codes. */
export const listRoadmapRegions = (db: Db, roadmapId: string): Promise<{ code: string; name: string }[]> =>
  db
    .selectFrom('roadmap_regions as taking')
    .innerJoin('regions as region', 'region.code', 'taking.region_code')
    .select(['region.code', 'region.name'])
    .where('taking.roadmap_id', '=', roadmapId)
    .orderBy('region.code')
    .execute()

export const insertRoadmapRegions = (tx: Tx, roadmapId: string, codes: readonly string[]) =>
  tx
    .insertInto('roadmap_regions')
    .values(codes.map((code) => ({ roadmap_id: roadmapId, region_code: code })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()

export type SectionRow = { id: string; position: number; number: string; title: string }

export const listSections = (db: Db, roadmapId: string): Promise<SectionRow[]> =>
  db
    .selectFrom('roadmap_sections')
    .select(['id', 'position', 'number', 'title'])
    .where('roadmap_id', '=', roadmapId)
    .orderBy('position')
    .orderBy('id')
    .execute()

export async function insertSection(tx: Tx, roadmapId: string, section: Omit<SectionRow, 'id'>): Promise<string> {
  const id = randomUUIDv7()
  await tx
    .insertInto('roadmap_sections')
    .values({ id, roadmap_id: roadmapId, ...section })
    .execute()
  return id
}

export const markPublished = (tx: Tx, id: string, by: string | null, at: Date) =>
  tx.updateTable('roadmaps').set({ published_at: at, published_by: by }).where('id', '=', id).execute()
