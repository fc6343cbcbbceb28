/** Organisations by the hundred: one statement for all of them, whatever their number. */
import { type SqlBool, sql } from 'kysely'
import type { NewOrganisation } from '../../../contracts/organisations.ts'
import { type Db, randomUUIDv7, type Tx } from '../../kernel/db/index.ts'
import type { Cause, ChangedField } from './changes.queries.ts'
import type { EndingRow } from './ending.queries.ts'
import { columnsOf } from './organisations.queries.ts'

const types: Record<keyof ReturnType<typeof columnsOf>, string> = {
  parent_id: 'uuid',
  level: 'text',
  short_name: 'text',
  full_name: 'text',
  inn: 'text',
  ogrn: 'text',
  okpo: 'text',
  region_code: 'text',
  kind: 'text',
  legal_form: 'text',
  legal_standing: 'text',
  settlement: 'text',
  okved: 'text',
  okved_additional: 'text[]',
  kpp: 'text',
  oktmo: 'text',
  address: 'text',
  phone: 'text',
  email: 'text',
  site: 'text',
  head_name: 'text',
  head_position: 'text',
}
const names = Object.keys(types)
const namesInSql = sql.raw(names.join(', '))
const typesInSql = sql.raw(names.map((name) => `${name} ${types[name as keyof typeof types]}`).join(', ')) // as: a key of the same table

export type AddedRow = { id: string; lineage: readonly string[]; organisation: NewOrganisation }

export const insertOrganisations = (tx: Tx, added: readonly AddedRow[]) =>
  sql`
    insert into organisations (id, lineage, ${namesInSql})
    select id, lineage, ${namesInSql}
    from jsonb_to_recordset(${rowsOf(added, ({ id, lineage }) => ({ id, lineage }))}::jsonb)
      as added (id uuid, lineage uuid[], ${typesInSql})`.execute(tx)

export type ChangedRow = { id: string; version: number; formerNames: string; organisation: NewOrganisation }

/** Ids of those whose version was the newest; the others stay as they are. */
export async function updateOrganisations(tx: Tx, changed: readonly ChangedRow[]): Promise<ReadonlySet<string>> {
  const rows = rowsOf(changed, ({ id, version, formerNames }) => ({ id, version, former_names: formerNames }))
  const { rows: updated } = await sql<{ id: string }>`
    update organisations organisation
    set (${namesInSql}, former_names, version) =
      (${sql.raw(names.map((name) => `given.${name}`).join(', '))}, given.former_names, given.version + 1)
    from jsonb_to_recordset(${rows}::jsonb)
      as given (id uuid, version int, former_names text, ${typesInSql})
    where organisation.id = given.id and organisation.version = given.version
    returning organisation.id`.execute(tx)
  return new Set(updated.map(({ id }) => id))
}

function rowsOf<T extends { organisation: NewOrganisation }>(given: readonly T[], own: (one: T) => object): string {
  return JSON.stringify(given.map((one) => ({ ...own(one), ...columnsOf(one.organisation) })))
}

export const markManyEnded = (
  tx: Tx,
  ids: readonly string[],
  { state, on, reason, successorId }: EndingRow,
  by: string | null,
) =>
  sql`
    update organisations
    set state = ${state}, closed_at = now(), ended_on = ${on}::date, end_reason = ${reason}, ended_by = ${by}::uuid,
      successor_id = ${successorId}::uuid, version = version + 1
    where id = any(${[...ids]}::uuid[])`.execute(tx)

/** How many open ones stand right below each that has any. */
export async function countOpenBelow(db: Db, ids: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; count: number }>`
    select parent_id as id, count(*) from organisations
    where ${sql<SqlBool>`parent_id = any(${[...ids]}::uuid[])`} and closed_at is null
    group by parent_id`.execute(db)
  return new Map(rows.map(({ id, count }) => [id, count]))
}

export type ChangeOf = ChangedField & { organisationId: string }

export const insertChangesOfMany = (
  tx: Tx,
  changes: readonly ChangeOf[],
  by: string | null,
  { reason, applicationId = null }: Cause,
) =>
  sql`
    insert into organisation_changes (id, organisation_id, field, old, new, by, reason, application_id)
    select id, organisation_id, field, old, new, ${by}::uuid, ${reason}::text, ${applicationId}::uuid
    from jsonb_to_recordset(${JSON.stringify(
      changes.map(({ organisationId, ...changed }) => ({
        id: randomUUIDv7(),
        organisation_id: organisationId,
        ...changed,
      })),
    )}::jsonb) as changed (id uuid, organisation_id uuid, field text, old text, new text)`.execute(tx)
