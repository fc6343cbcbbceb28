/** Who is asked: an audience as a condition, and the organisations that meet it. */
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Audience, AudiencePreview, AudienceRule, LeftOutReason } from '../../../../contracts/campaigns.ts'
import type { Scopes } from '../../../kernel/access/index.ts'
import type { Db } from '../../../kernel/db/index.ts'
import { withinScopes } from '../../organisations/index.ts'
import type { ReportingPeriod } from './periods.ts'

/** True for organisations, called `o` by the query, that a rule or the list names; those excepted are among them. */
function isNamed({ rules, also }: Audience): RawBuilder<SqlBool> {
  const parts = [...rules.map(meets), ...(also.length > 0 ? [isListed(also)] : [])]
  return parts.length === 0 ? sql<SqlBool>`false` : sql<SqlBool>`(${sql.join(parts, sql` or `)})`
}

/** True for organisations of the audience, called `o` by the query. */
export const inAudience = (audience: Audience): RawBuilder<SqlBool> =>
  audience.except.length === 0
    ? isNamed(audience)
    : sql<SqlBool>`(${isNamed(audience)} and not ${isListed(audience.except)})`

const isListed = (ids: readonly string[]) => sql<SqlBool>`o.id = any(${[...ids]}::uuid[])`

function meets({ kinds, levels, regions, under }: AudienceRule): RawBuilder<SqlBool> {
  const places = [
    ...(regions.length > 0 ? [sql<SqlBool>`o.region_code = any(${regions}::text[])`] : []),
    ...(under.length > 0 ? [sql<SqlBool>`o.lineage && ${under}::uuid[]`] : []),
  ]
  const parts = [
    ...(kinds.length > 0 ? [sql<SqlBool>`o.kind = any(${kinds}::text[])`] : []),
    ...(levels.length > 0 ? [sql<SqlBool>`o.level = any(${levels}::text[])`] : []),
    ...(places.length > 0 ? [sql<SqlBool>`(${sql.join(places, sql` or `)})`] : []),
  ]
  return parts.length === 0 ? sql<SqlBool>`true` : sql<SqlBool>`(${sql.join(parts, sql` and `)})`
}

export type AskedOrganisation = {
  id: string
  fullName: string
  inn: string
  ogrn: string
  okpo: string | null
  address: string
  phone: string | null
  email: string | null
  headName: string | null
  headPosition: string | null
}

/** What makes two campaigns ask for the same: a form and a period. `id` is the campaign's own, when it is there. */
export type Subject = ReportingPeriod & { formId: string; id: string | null }

/** An organisation that reports the same in another campaign is not asked twice. */
const reportsElsewhere = ({ formId, year, periodKind, periodNumber, id }: Subject) => sql<SqlBool>`
  exists (select from reports r
    join campaigns c on c.id = r.campaign_id and c.year = ${year} and c.period_kind = ${periodKind}
      and c.period_number = ${periodNumber} and c.id is distinct from ${id}::uuid
    join form_versions v on v.id = c.form_version_id and v.form_id = ${formId}
    where r.organisation_id = o.id)`

export type Asking = { audience: Audience; scopes: Scopes; subject: Subject }

/** Open organisations of the audience that have no report yet; of these alone when `only` names some. */
export const listAsked = (
  db: Db,
  { audience, scopes, subject }: Asking,
  only?: readonly string[],
): Promise<AskedOrganisation[]> =>
  db
    .selectFrom('organisations as o')
    .select([
      'o.id',
      'o.full_name as fullName',
      'o.inn',
      'o.ogrn',
      'o.okpo',
      'o.address',
      'o.phone',
      'o.email',
      'o.head_name as headName',
      'o.head_position as headPosition',
    ])
    .where('o.closed_at', 'is', null)
    .where(withinScopes(scopes, 'o'))
    .where(inAudience(audience))
    .where(sql<SqlBool>`not ${reportsElsewhere(subject)}`)
    .where(sql<SqlBool>`not exists (select from reports own where own.campaign_id = ${subject.id}::uuid
      and own.organisation_id = o.id)`)
    .$if(only !== undefined, (query) => query.where(isListed(only ?? [])))
    .orderBy('o.id')
    .execute()

/** How many of those whom the audience names report the same elsewhere: none but they is a campaign opened twice. */
export async function findCampaignOfSame(db: Db, { audience, scopes, subject }: Asking) {
  const { rows } = await sql<{ title: string }>`
    select c.title from organisations o
    join reports r on r.organisation_id = o.id
    join campaigns c on c.id = r.campaign_id and c.year = ${subject.year} and c.period_kind = ${subject.periodKind}
      and c.period_number = ${subject.periodNumber}
    join form_versions v on v.id = c.form_version_id and v.form_id = ${subject.formId}
    where ${withinScopes(scopes, 'o')} and ${inAudience(audience)} limit 1`.execute(db)
  return rows[0]
}

const shown = 50
type Named = { id: string; shortName: string; inn: string }
type Previewed = {
  total: number
  organisations: Named[] | null
  leftOutTotal: number
  leftOut: (Named & { why: LeftOutReason })[] | null
  joining: number
}

/** Who would be asked and who is left out though named, the first of each. */
export async function previewAudience(
  db: Db,
  { audience, scopes, subject }: Asking,
  page = 1,
): Promise<Omit<AudiencePreview, 'withdrawn' | 'kept'>> {
  const { rows } = await sql<Previewed>`
    with named as materialized (
      select o.id, o.short_name as "shortName", o.inn,
        case when o.closed_at is not null then 'closed'
          when o.id = any(${audience.except}::uuid[]) then 'excepted'
          when ${reportsElsewhere(subject)} then 'elsewhere' end as why,
        exists (select from reports own where own.campaign_id = ${subject.id}::uuid
          and own.organisation_id = o.id) as has
      from organisations o where ${withinScopes(scopes, 'o')} and ${isNamed(audience)}),
    -- An organisation that ended before is no news; one that has a report keeps it.
    asked as (select * from named where why is null or (has and why = 'closed')),
    page as (select id, "shortName", inn from asked order by "shortName", id
      limit ${shown} offset ${(page - 1) * shown}),
    out as (select id, "shortName", inn, why from named where why is not null and not (has and why = 'closed')
      order by why = 'closed', "shortName", id limit ${shown})
    select (select count(*)::int from asked) as total, (select json_agg(page) from page) as organisations,
      (select count(*)::int from named) - (select count(*)::int from asked) as "leftOutTotal",
      (select json_agg(out) from out) as "leftOut",
      (select count(*)::int from asked where not has) as joining`.execute(db)
  const [found] = rows
  return {
    total: found?.total ?? 0,
    organisations: found?.organisations ?? [],
    leftOutTotal: found?.leftOutTotal ?? 0,
    leftOut: found?.leftOut ?? [],
    joining: found?.joining ?? 0,
  }
}

/** Organisations within the scopes by their numbers; parts of a legal person share its number and are passed over. */
export async function findByNumbers(db: Db, scopes: Scopes, numbers: readonly string[]) {
  if (numbers.length === 0) return []
  const { rows } = await sql<{ id: string; inn: string }>`
    select o.id, o.inn from organisations o
    where o.inn = any(${[...numbers]}::text[]) and o.level not in ('division', 'branch') and ${withinScopes(scopes, 'o')}
    order by o.closed_at is not null`.execute(db)
  return rows
}

/** Parts of a legal person share its number. */
export async function listNamesOf(db: Db, ids: readonly string[]) {
  if (ids.length === 0) return []
  const { rows } = await sql<{ id: string; inn: string; shortName: string; isPart: boolean }>`
    select id, inn, short_name as "shortName", level in ('division', 'branch') as "isPart"
    from organisations where id = any(${[...ids]}::uuid[])`.execute(db)
  return rows
}

export type Place = { value: string; text: string }

/** Regions and municipalities that a rule can name, within the scopes. */
export async function listPlaces(db: Db, scopes: Scopes): Promise<Place[]> {
  const { rows } = await sql<Place>`
    (select 'region:' || r.code as value, r.name as text from regions r
      where exists (select from organisations o where o.region_code = r.code and ${withinScopes(scopes, 'o')})
      order by r.name)
    union all
    (select 'under:' || o.id, o.short_name from organisations o
      where o.level = 'municipality' and o.closed_at is null and ${withinScopes(scopes, 'o')}
      order by o.short_name limit 500)`.execute(db)
  return rows
}
