import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Scopes } from '../../../kernel/access/index.ts'
import { type Db, randomUUIDv7, type Tx } from '../../../kernel/db/index.ts'
import { withinScopes } from '../../organisations/index.ts'
import type { ReportRow } from '../reports/reports.queries.ts'
import { isForOthers } from './levels.queries.ts'

/** Those to whom these deciders have handed such a report over today. */
export async function listDeputies(db: Db, deciders: readonly string[], report: ReportRow): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct h.to_id as id from decision_handovers h join accounts a on a.id = h.to_id
    where h.from_id = any(${[...deciders]}::uuid[]) and h.ended_at is null and a.blocked_at is null
      and current_date between h.starts_on and h.ends_on
      and (h.form_id is null or h.form_id = ${report.formId})
      and (h.organisation_id is null or h.organisation_id = ${report.organisationId})`.execute(db)
  return rows.map(({ id }) => id)
}

export type Colleague = { id: string; fullName: string; position: string | null }

/**
 * Who works in the same bodies: attached to an organisation to which the person is attached or over which it holds a role,
 * or holding a role over it.
 */
export async function listColleagues(db: Db, accountId: string): Promise<Colleague[]> {
  const { rows } = await sql<Colleague>`
    with tied as (
      select account_id, organisation_id from memberships
      where ended_at is null and starts_on <= current_date and coalesce(ends_on >= current_date, true)
      union
      select account_id, organisation_id from grants
      where organisation_id is not null and delegated_by is null and revoked_at is null
        and starts_on <= current_date and coalesce(ends_on >= current_date, true)),
    same_region as (
      select other.account_id from grants own join grants other
        on other.scope = own.scope and other.region_code is not distinct from own.region_code and other.role = own.role
      where own.account_id = ${accountId} and own.scope in ('region', 'everywhere')
        and own.delegated_by is null and other.delegated_by is null
        and own.revoked_at is null and other.revoked_at is null)
    select a.id, concat_ws(' ', a.surname, a.name, a.patronymic) as "fullName", a.position
    from accounts a
    where a.id <> ${accountId} and a.blocked_at is null and a.erased_at is null and (
      a.id in (select account_id from tied where organisation_id in (
        select organisation_id from tied where account_id = ${accountId}))
      or a.id in (select account_id from same_region))
    order by a.surname, a.id limit 300`.execute(db)
  return rows
}

type NewRow = {
  id: string
  fromId: string
  toId: string
  formId: string | null
  organisationId: string | null
  startsOn: string
  endsOn: string
  reason: string | null
}

export const newHandoverId = (): string => randomUUIDv7()

export const insertHandover = (tx: Tx, row: NewRow) =>
  tx
    .insertInto('decision_handovers')
    .values({
      id: row.id,
      from_id: row.fromId,
      to_id: row.toId,
      form_id: row.formId,
      organisation_id: row.organisationId,
      starts_on: row.startsOn,
      ends_on: row.endsOn,
      reason: row.reason,
    })
    .execute()

const nameOf = (alias: string) => {
  const column = (name: string) => sql.ref(`${alias}.${name}`)
  return sql<string>`concat_ws(' ', ${column('surname')}, ${column('name')}, ${column('patronymic')})`
}

export type HandoverRow = {
  id: string
  fromId: string
  from: string
  toId: string
  to: string
  form: string | null
  organisation: string | null
  startsOn: string
  endsOn: string
  reason: string | null
  active: boolean
}

/** Handed over by the person or to it, that go on, are to come, or ended within a month. */
export async function listHandoverRows(db: Db, accountId: string): Promise<HandoverRow[]> {
  const { rows } = await sql<HandoverRow>`
    select h.id, h.from_id as "fromId", ${nameOf('giver')} as "from", h.to_id as "toId", ${nameOf('taker')} as "to",
      f.cipher as form, o.short_name as organisation, h.starts_on::text as "startsOn", h.ends_on::text as "endsOn",
      h.reason, h.ended_at is null and current_date between h.starts_on and h.ends_on as active
    from decision_handovers h
    join accounts giver on giver.id = h.from_id
    join accounts taker on taker.id = h.to_id
    left join forms f on f.id = h.form_id
    left join organisations o on o.id = h.organisation_id
    where ${accountId} in (h.from_id, h.to_id)
      and h.ends_on >= current_date and h.ended_at is null
    order by h.starts_on, h.id limit 200`.execute(db)
  return rows
}

/** Ends it today. Returns whose it was, once. */
export const endHandoverRow = (tx: Tx, id: string, fromId: string) =>
  tx
    .updateTable('decision_handovers')
    .set({ ended_at: sql<Date>`now()`, ended_by: fromId })
    .where('id', '=', id)
    .where('from_id', '=', fromId)
    .where('ended_at', 'is', null)
    .returning(['to_id as toId'])
    .executeTakeFirst()

export type QueuePart = {
  scopes: Scopes
  formId: string | undefined
  operator: string
  /** How high the operator's own right counts. */
  levels: Scopes
}
export type QueueRow = {
  id: string
  organisation: string
  cipher: string
  title: string
  sentAt: Date
  level: string | null
  inNameOf: string
}

/** Reports that wait within what was lent by handovers, the longest waiting first. */
export async function listHandedOver(
  db: Db,
  accountId: string,
  parts: readonly QueuePart[],
  limit: number,
): Promise<QueueRow[]> {
  const queues = parts.map(
    ({ scopes, formId, operator, levels }): RawBuilder<unknown> => sql`
      select r.id, ${operator}::uuid as operator from reports r
      join organisations o on o.id = r.organisation_id
      left join organisations lo on lo.id = r.level_organisation_id
      join campaigns c on c.id = r.campaign_id
      join form_versions v on v.id = c.form_version_id
      where r.state = 'sent' and ${withinScopes(scopes, 'o')}
        and (lo.id is null or ${withinScopes(levels, 'lo')}) and not ${isForOthers(accountId, operator)}
        and ${formId === undefined ? sql<SqlBool>`true` : sql<SqlBool>`v.form_id = ${formId}`}`,
  )
  if (queues.length === 0) return []
  const { rows } = await sql<QueueRow>`
    select distinct on (r.sent_at, r.id) r.id, o.short_name as organisation, f.cipher, c.title, r.sent_at as "sentAt",
      r.level_name as level, ${nameOf('giver')} as "inNameOf"
    from (${sql.join(queues, sql` union all `)}) as queue
    join reports r on r.id = queue.id
    join organisations o on o.id = r.organisation_id
    join campaigns c on c.id = r.campaign_id
    join form_versions v on v.id = c.form_version_id
    join forms f on f.id = v.form_id
    join accounts giver on giver.id = queue.operator
    order by r.sent_at, r.id limit ${limit}`.execute(db)
  return rows
}

export const listFormNames = (db: Db) =>
  db.selectFrom('forms').select(['id', 'cipher', 'name']).orderBy('cipher').execute()

/** Organisations whose reports wait within these scopes: those worth handing over one by one. */
export const listWaitingOrganisations = (db: Db, scopes: Scopes) =>
  db
    .selectFrom('organisations as o')
    .select(['o.id', 'o.short_name as name'])
    .where(withinScopes(scopes, 'o'))
    .where('o.closed_at', 'is', null)
    .where((where) =>
      where.exists(where.selectFrom('reports as r').select('r.id').whereRef('r.organisation_id', '=', 'o.id')),
    )
    .orderBy('o.sort_name')
    .limit(300)
    .execute()
