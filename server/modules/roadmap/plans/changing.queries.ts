/** What changes measures; of the template, all its copies in one statement. */
import { sql } from 'kysely'
import type { MeasureChange, NamedOrganisation } from '../../../../contracts/measures.ts'
import type { Db, Tx } from '../../../kernel/db/index.ts'
import type { MeasureRow } from './measures.queries.ts'

/** Others who would change the same plan wait: rings of dependencies and places are looked at for the whole of it. */
export async function lockPlan(tx: Tx, { roadmapId, region }: Pick<MeasureRow, 'roadmapId' | 'region'>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext(${`plan:${roadmapId}:${region ?? 'template'}`}))`.execute(tx)
}

export type PlannedMeasure = {
  id: string
  sectionId: string
  number: string
  title: string
  position: number
  own: boolean
}

/** All measures of one plan, as they follow each other: within a section those of the template stand first. */
export const listPlanned = (db: Db, roadmapId: string, region: string | null): Promise<PlannedMeasure[]> =>
  db
    .selectFrom('measures')
    .innerJoin('roadmap_sections as section', 'section.id', 'measures.section_id')
    .select([
      'measures.id',
      'measures.section_id as sectionId',
      'measures.number',
      'measures.title',
      'measures.position',
      sql<boolean>`measures.region_code is not null and measures.template_id is null`.as('own'),
    ])
    .where('measures.roadmap_id', '=', roadmapId)
    .where('measures.region_code', region === null ? 'is' : '=', region)
    .orderBy('section.position')
    .orderBy('section.id')
    .orderBy('own')
    .orderBy('measures.position')
    .orderBy('measures.id')
    .execute()

export type Link = { measureId: string; afterId: string }

export const listLinks = (db: Db, roadmapId: string, region: string | null): Promise<Link[]> =>
  db
    .selectFrom('measure_links as link')
    .innerJoin('measures', 'measures.id', 'link.measure_id')
    .select(['link.measure_id as measureId', 'link.after_id as afterId'])
    .where('measures.roadmap_id', '=', roadmapId)
    .where('measures.region_code', region === null ? 'is' : '=', region)
    .execute()

type Written = Omit<
  MeasureChange,
  'version' | 'reason' | 'after' | 'coExecutors' | 'organisation' | 'responsiblePerson'
>

/** Raises the version: whoever has read an older one is told. */
export const writeFields = (tx: Tx, id: string, fields: Written) =>
  tx
    .updateTable('measures')
    .set((eb) => ({
      section_id: fields.sectionId,
      number: fields.number,
      title: fields.title,
      expected_result: fields.expectedResult,
      starts_on: fields.startsOn,
      due_on: fields.dueOn,
      indicator_id: fields.indicatorId,
      evidence_kinds: fields.evidenceKinds,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', id)
    .execute()

export const writeResponsible = (tx: Tx, id: string, organisation: NamedOrganisation, responsiblePerson: string) =>
  tx
    .updateTable('measures')
    .set((eb) => ({
      organisation_id: organisation.organisationId,
      organisation_name: organisation.organisationId ? '' : organisation.name,
      responsible_person: responsiblePerson,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', id)
    .execute()

export async function replaceCoExecutors(tx: Tx, id: string, taking: readonly NamedOrganisation[]): Promise<void> {
  await tx.deleteFrom('measure_co_executors').where('measure_id', '=', id).execute()
  if (taking.length === 0) return
  await tx
    .insertInto('measure_co_executors')
    .values(
      taking.map(({ organisationId, name }, position) => ({
        measure_id: id,
        position,
        organisation_id: organisationId,
        name: organisationId ? '' : name,
      })),
    )
    .execute()
}

/** Of the measure itself and, when it is one of the template, of its copies, each within its region. */
export async function replaceLinks(tx: Tx, id: string, after: readonly string[]): Promise<void> {
  await sql`
    delete from measure_links
    where measure_id = ${id} or measure_id in (select id from measures where template_id = ${id})`.execute(tx)
  if (after.length === 0) return
  await sql`
    insert into measure_links (measure_id, after_id)
    select ${id}::uuid, id from measures where id = any(${after}::uuid[])
    union all
    select copy.id, other.id from measures copy
      join measures other on other.region_code = copy.region_code and other.template_id = any(${after}::uuid[])
    where copy.template_id = ${id}`.execute(tx)
}

/** What is the template's, as it stands there now. */
export async function followTemplate(tx: Tx, templateIds: readonly string[]): Promise<void> {
  await sql`
    update measures copy set section_id = template.section_id, number = template.number, title = template.title,
      expected_result = template.expected_result, starts_on = template.starts_on, due_on = template.due_on,
      indicator_id = template.indicator_id, evidence_kinds = template.evidence_kinds, position = template.position,
      version = copy.version + 1
    from measures template
    where template.id = any(${templateIds}::uuid[]) and copy.template_id = template.id`.execute(tx)
}

/** Also of all copies. */
export async function markCancelled(tx: Tx, id: string, by: string, reason: string): Promise<void> {
  await sql`
    update measures set cancelled_at = now(), cancelled_by = ${by}, cancel_reason = ${reason}, version = version + 1
    where (id = ${id} or template_id = ${id}) and cancelled_at is null`.execute(tx)
}

/** Also of all copies. */
export async function markRestored(tx: Tx, id: string): Promise<void> {
  await sql`
    update measures set cancelled_at = null, cancelled_by = null, cancel_reason = null, version = version + 1
    where (id = ${id} or template_id = ${id}) and cancelled_at is not null`.execute(tx)
}

/** Whether anything was reported of it or of one of its copies, be it returned or remarked on. */
export async function isReported(db: Db, id: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from measures
    where (id = ${id} or template_id = ${id}) and (reported_at is not null
      or exists (select from measure_reports where measure_id = measures.id)
      or exists (select from measure_remarks where measure_id = measures.id))
    limit 1`.execute(db)
  return rows.length > 0
}

/** With its copies; their links, co-executors and history go too. */
export async function deleteMeasure(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('measures').where('template_id', '=', id).execute()
  await tx.deleteFrom('measures').where('id', '=', id).execute()
}

/** The places of a section's measures, in the order of the ids. */
export async function writePositions(tx: Tx, ids: readonly string[], first: number): Promise<void> {
  await sql`
    update measures set position = ${first} + place.index::int - 1
    from unnest(${ids}::uuid[]) with ordinality as place (id, index) where measures.id = place.id`.execute(tx)
  await sql`
    update measures copy set position = template.position from measures template
    where template.id = any(${ids}::uuid[]) and copy.template_id = template.id
      and copy.position <> template.position`.execute(tx)
}

export type FieldChange = { field: string; oldValue: string | null; newValue: string | null }

/** Of the measure and of all its copies: they were the same before, and are after. */
export async function noteChanges(
  tx: Tx,
  id: string,
  changes: readonly FieldChange[],
  { by, reason }: { by: string | null; reason?: string },
): Promise<void> {
  await sql`
    insert into measure_changes (measure_id, by, field, old_value, new_value, reason, version)
    select measures.id, ${by}, change.field, change."oldValue", change."newValue", ${reason || null}, measures.version
    from measures cross join jsonb_to_recordset(${JSON.stringify(changes)}::jsonb)
      as change (field text, "oldValue" text, "newValue" text)
    where measures.id = ${id} or measures.template_id = ${id}`.execute(tx)
}

/** What has changed since a version, each field once, as it stands now. */
export const listChangesSince = (db: Db, id: string, version: number): Promise<FieldChange[]> =>
  db
    .selectFrom('measure_changes')
    .distinctOn('field')
    .select(['field', 'old_value as oldValue', 'new_value as newValue'])
    .where('measure_id', '=', id)
    .where('version', '>', version)
    .orderBy('field')
    .orderBy('id', 'desc')
    .execute()

export const listIndicators = (db: Db, roadmapId: string): Promise<{ id: string; title: string }[]> =>
  db
    .selectFrom('indicators')
    .select(['id', 'title'])
    .where('roadmap_id', '=', roadmapId)
    .where('archived_at', 'is', null)
    .orderBy('position')
    .execute()
