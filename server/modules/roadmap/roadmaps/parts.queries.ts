import { sql } from 'kysely'
import type { Db } from '../../../kernel/db/index.ts'

export type PartRow = { roadmap: string; kind: 'section' | 'indicator'; id: string; name: string }

/** Of published roadmaps: sections of plans, then indicators that regions have figures of. */
export async function listPartsOfRegions(db: Db, regions: readonly string[]): Promise<PartRow[]> {
  const { rows } = await sql<PartRow>`
    with taking as (
      select id, short_title, created_at from roadmaps
      where published_at is not null and exists (
        select from roadmap_regions r where r.roadmap_id = roadmaps.id and r.region_code = any(${regions}::text[]))
    )
    select short_title as roadmap, kind, part.id, name from taking join lateral (
      select 'section' as kind, s.id, s.number || '. ' || s.title as name, s.position
      from roadmap_sections s where s.roadmap_id = taking.id
      union all
      select 'indicator', i.id, i.title, i.position
      from indicators i where i.roadmap_id = taking.id and i.level = 'region' and i.archived_at is null
    ) as part on true
    order by taking.created_at desc, kind desc, part.position, part.id`.execute(db)
  return rows
}
