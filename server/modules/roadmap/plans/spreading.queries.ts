import { type SqlBool, sql } from 'kysely'
import type { Tx } from '../../../kernel/db/index.ts'

export type Spreading = {
  /** Codes; all regions of the roadmap when absent. */
  regions?: readonly string[]
  by?: string | null
}

/**
 * In one order, so that two at once wait for each other rather than for ever; a change of the template on its way is
 * waited for, so that no copy is made of what stood before it.
 */
export async function spreadMeasures(tx: Tx, roadmapId: string, { regions, by = null }: Spreading): Promise<number> {
  const wanted = regions ? sql<SqlBool>`taking.region_code = any(${regions}::text[])` : sql<SqlBool>`true`
  const { rows } = await sql<{ made: number }>`
    with spread as (
      insert into measures (id, roadmap_id, section_id, region_code, template_id, position, number, title,
        expected_result, starts_on, due_on, indicator_id, evidence_kinds, created_by)
      select gen_random_uuid(), template.roadmap_id, template.section_id, taking.region_code, template.id,
        template.position, template.number, template.title, template.expected_result, template.starts_on,
        template.due_on, template.indicator_id, template.evidence_kinds, ${by}::uuid
      from measures template join roadmap_regions taking on taking.roadmap_id = template.roadmap_id
      where template.roadmap_id = ${roadmapId} and template.region_code is null and template.cancelled_at is null
        and ${wanted}
        and not exists (select from measures copy
          where copy.template_id = template.id and copy.region_code = taking.region_code)
      order by template.id, taking.region_code
      for share of template
      on conflict (template_id, region_code) do nothing
      returning id, version),
    told as (
      insert into measure_changes (measure_id, by, field, version) select id, ${by}::uuid, 'added', version from spread)
    select count(*)::int as made from spread`.execute(tx)
  return rows[0]?.made ?? 0
}

/** What the copies are done after: the copies of the same region. */
export const spreadLinks = (tx: Tx, roadmapId: string) =>
  sql`
    insert into measure_links (measure_id, after_id)
    select copy.id, other.id from measure_links link
      join measures template on template.id = link.measure_id and template.region_code is null
      join measures copy on copy.template_id = template.id
      join measures other on other.template_id = link.after_id and other.region_code = copy.region_code
    where template.roadmap_id = ${roadmapId}
    order by copy.id, other.id
    on conflict do nothing`.execute(tx)
