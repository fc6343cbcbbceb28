import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { allows, type Role, roles } from '../../../kernel/access/index.ts'
import { type Db, randomUUIDv7, type Tx } from '../../../kernel/db/index.ts'

export type Ancestor = { id: string; level: string; shortName: string }

/** Organisations above one, the nearest first; those that are closed decide nothing. */
export async function listAncestors(db: Db, organisationId: string): Promise<Ancestor[]> {
  const { rows } = await sql<Ancestor>`
    select above.id, above.level, above.short_name as "shortName"
    from organisations own join organisations above on above.id = any(own.lineage) and above.id <> own.id
    where own.id = ${organisationId} and above.closed_at is null
    order by array_position(own.lineage, above.id) desc`.execute(db)
  return rows
}

export type LevelDecider = { accountId: string; distance: number }

const deciding: readonly Role[] = roles.filter((role) => allows(role, 'report.decide'))

/** Rows of `place` and `held`: every grant by which somebody decides at the organisation's step. */
const decidersAt = (organisationId: RawBuilder<unknown>) => sql`
  (select id, lineage, region_code from organisations where id = ${organisationId}) as place
  join grants held on held.role = any(${[...deciding]}::text[]) and held.revoked_at is null and held.delegated_by is null
    and held.starts_on <= current_date and coalesce(held.ends_on >= current_date, true)
    and ((held.scope = 'subtree' and held.organisation_id = any(place.lineage))
      or (held.scope = 'region' and held.region_code = place.region_code)
      or held.scope = 'everywhere')
  join accounts account on account.id = held.account_id and account.blocked_at is null and account.erased_at is null`

/** Who decides at an organisation's step: whoever may over it or above it, the nearest first; helpers' operators answer. */
export async function listLevelDeciders(db: Db, organisationId: string): Promise<LevelDecider[]> {
  const { rows } = await sql<LevelDecider>`
    select held.account_id as "accountId", min(case held.scope
        when 'subtree' then cardinality(place.lineage) - array_position(place.lineage, held.organisation_id)
        when 'region' then 1000 else 2000 end) as distance
    from ${decidersAt(sql`${organisationId}::uuid`)}
    group by 1 order by 2, 1`.execute(db)
  return rows
}

/** People who have decided the newest submission of report `r` at one of its steps, and on whose behalf. */
const decidedOf = sql`
  select person.id from report_decisions d cross join lateral (values (d.by), (d.on_behalf_of)) as person (id)
  where d.outcome = 'accepted' and person.id is not null and d.submission_id = (
    select s.id from submissions s where s.report_id = r.id order by s.number desc limit 1)`

/**
 * For a list of what waits, of a report `r` and its organisation `o`: the step is not for this person, since it or whom it
 * stands for has accepted the report at another, and somebody else could decide (as `hasDecidedBefore` says of one report).
 */
export const isForOthers = (accountId: string, onBehalfOf?: string) => sql<SqlBool>`
  (r.level_code is not null
    and exists (select 1 from (${decidedOf}) as decided where decided.id in (${accountId}, ${onBehalfOf ?? null}))
    and exists (select 1 from ${decidersAt(sql`coalesce(r.level_organisation_id, o.id)`)}
      where held.account_id <> ${accountId} and held.account_id not in (${decidedOf})))`

type NewDecision = {
  reportId: string
  level: { code: string; name: string; organisationId: string | null } | null
  outcome: 'accepted' | 'refused' | 'passed' | 'returned'
  reason: string | null
  by: string | null
  onBehalfOf: string | null
}

/** Of the newest submission. */
export async function insertDecision(tx: Tx, decision: NewDecision): Promise<void> {
  const { level } = decision
  await sql`
    insert into report_decisions
      (id, submission_id, number, level_code, level_name, organisation_id, outcome, reason, by, on_behalf_of)
    select ${randomUUIDv7()}::uuid, s.id,
      (select coalesce(max(d.number), 0) + 1 from report_decisions d where d.submission_id = s.id),
      ${level?.code ?? null}, ${level?.name ?? null}, ${level?.organisationId ?? null}::uuid,
      ${decision.outcome}, ${decision.reason}, ${decision.by}::uuid, ${decision.onBehalfOf}::uuid
    from submissions s where s.report_id = ${decision.reportId} order by s.number desc limit 1`.execute(tx)
}

/** Everybody who has accepted the newest submission at one of its steps, and on whose behalf. */
export async function listWhoDecided(db: Db, reportId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct person.id
    from report_decisions d cross join lateral (values (d.by), (d.on_behalf_of)) as person (id)
    where d.outcome = 'accepted' and person.id is not null and d.submission_id = (
      select id from submissions where report_id = ${reportId} order by number desc limit 1)`.execute(db)
  return rows.map(({ id }) => id)
}

/** Reports of an organisation and all below it that wait at a step. */
export async function listStanding(tx: Tx, organisationIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select r.id from reports r join organisations o on o.id = r.organisation_id
    where r.state = 'sent' and r.level_code is not null and o.lineage && ${[...organisationIds]}::uuid[]`.execute(tx)
  return rows.map(({ id }) => id)
}

export const setLevelOrganisation = (tx: Tx, reportId: string, organisationId: string | null) =>
  tx.updateTable('reports').set({ level_organisation_id: organisationId }).where('id', '=', reportId).execute()
