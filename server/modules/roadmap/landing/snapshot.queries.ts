import { sql } from 'kysely'
import type { Better, Breaks, Merging, Periodicity } from '../../../../contracts/indicators.ts'
import type { Db } from '../../../kernel/db/index.ts'

/** Of a roadmap that everybody may see. */
export type OpenRoadmap = {
  id: string
  code: string
  title: string
  shortTitle: string
  purpose: string
  deadline: Date
  timeZone: string
  /** When the last of what the open pages tell has changed. */
  changedAt: Date
}
export type OpenRegion = { roadmapId: string; code: string; name: string }
export type OpenSection = { roadmapId: string; id: string; number: string; title: string }
export type OpenMeasure = {
  roadmapId: string
  sectionId: string
  region: string
  number: string
  title: string
  startsOn: string | null
  dueOn: string
  doneOn: string | null
  percent: number
  reported: boolean
}
export type OpenIndicator = {
  roadmapId: string
  id: string
  code: string
  title: string
  definition: string
  unit: string
  decimals: number
  better: Better
  level: 'region' | 'country'
  periodicity: Periodicity
  merging: Merging
  weightId: string | null
  breaks: Breaks
  countsPeople: boolean
  public: boolean
}
/** `*` stands for the one figure of the whole country. */
export type OpenFigure = {
  indicatorId: string
  region: string
  period: string
  plan: string | null
  fact: string | null
}

/**
 * Changes with whatever the open pages tell, but for what time alone brings. One cheap look instead of reading all anew.
 * What is confirmed, returned or remarked is seen by nobody outside, yet it may change a version: that costs one reading.
 */
export async function markOfAll(db: Db): Promise<string> {
  const { rows } = await sql<{ mark: string }>`
    select concat_ws(' ',
      (select concat_ws(' ', count(*), sum(version), max(published_at)) from roadmaps),
      (select concat_ws(' ', count(*), max(added_at)) from roadmap_regions),
      (select concat_ws(' ', count(*), sum(position), sum(hashtext(number || title))) from roadmap_sections),
      (select concat_ws(' ', count(*), sum(version), count(cancelled_at), count(done_on), sum(percent), max(reported_at))
        from measures),
      (select max(id) from measure_changes),
      (select concat_ws(' ', count(*), sum(version), count(archived_at)) from indicators),
      (select concat_ws(' ', count(published_at), max(published_at)) from indicator_figures),
      (select concat_ws(' ', count(*), max(published_at)) from roadmap_publications)) as mark`.execute(db)
  return rows[0]?.mark ?? ''
}

/** The latest first. */
export async function listOpenRoadmaps(db: Db): Promise<OpenRoadmap[]> {
  const { rows } = await sql<OpenRoadmap>`
    select id, code, title, short_title as "shortTitle", purpose, deadline, time_zone as "timeZone",
      greatest(published_at,
        (select max(greatest(reported_at, cancelled_at)) from measures m
          where m.roadmap_id = r.id and m.region_code is not null),
        (select max(published_at) from roadmap_publications p where p.roadmap_id = r.id)) as "changedAt"
    from roadmaps r where published_at is not null order by published_at desc, code`.execute(db)
  return rows
}

export const listOpenRegions = (db: Db, roadmapIds: readonly string[]): Promise<OpenRegion[]> =>
  db
    .selectFrom('roadmap_regions as taking')
    .innerJoin('regions as region', 'region.code', 'taking.region_code')
    .select(['taking.roadmap_id as roadmapId', 'region.code', 'region.name'])
    .where('taking.roadmap_id', 'in', roadmapIds)
    .orderBy('region.code')
    .execute()

export const listOpenSections = (db: Db, roadmapIds: readonly string[]): Promise<OpenSection[]> =>
  db
    .selectFrom('roadmap_sections')
    .select(['roadmap_id as roadmapId', 'id', 'number', 'title'])
    .where('roadmap_id', 'in', roadmapIds)
    .orderBy('position')
    .orderBy('id')
    .execute()

/** Those of regions, without what was cancelled; of the people who are responsible nothing is read. */
export const listOpenMeasures = (db: Db, roadmapIds: readonly string[]): Promise<OpenMeasure[]> =>
  db
    .selectFrom('measures')
    .select([
      'roadmap_id as roadmapId',
      'section_id as sectionId',
      sql<string>`region_code`.as('region'),
      'number',
      'title',
      'starts_on as startsOn',
      'due_on as dueOn',
      'done_on as doneOn',
      'percent',
      sql<boolean>`reported_at is not null`.as('reported'),
    ])
    .where('roadmap_id', 'in', roadmapIds)
    .where('region_code', 'is not', null)
    .where('cancelled_at', 'is', null)
    .orderBy('position')
    .orderBy('id')
    .execute()

/** With those that are not public, because one of them may weigh another's figures. */
export const listOpenIndicators = (db: Db, roadmapIds: readonly string[]): Promise<OpenIndicator[]> =>
  db
    .selectFrom('indicators')
    .select([
      'roadmap_id as roadmapId',
      'id',
      'code',
      'title',
      'definition',
      'unit',
      'decimals',
      'better',
      'level',
      'periodicity',
      'merging',
      'weight_id as weightId',
      'breaks',
      'counts_people as countsPeople',
      'public',
    ])
    .where('roadmap_id', 'in', roadmapIds)
    .where('archived_at', 'is', null)
    .orderBy('position')
    .orderBy('id')
    .execute()

/** As they were published, whatever was corrected later. */
export const listOpenFigures = (db: Db, roadmapIds: readonly string[]): Promise<OpenFigure[]> =>
  db
    .selectFrom('indicator_figures as figure')
    .innerJoin('indicators as indicator', 'indicator.id', 'figure.indicator_id')
    .select([
      'figure.indicator_id as indicatorId',
      'figure.region_code as region',
      'figure.period',
      'figure.published_plan as plan',
      'figure.published_fact as fact',
    ])
    .where('indicator.roadmap_id', 'in', roadmapIds)
    .where('indicator.archived_at', 'is', null)
    .where('figure.published_at', 'is not', null)
    .orderBy('figure.period')
    .execute()
