import { sql } from 'kysely'
import type { Scopes } from '../../../kernel/access/index.ts'
import type { Db, Tx } from '../../../kernel/db/index.ts'
import type { Audience } from '../accounts/account.ts'

const columns = [
  'h.id',
  'h.account_id as accountId',
  'h.since',
  'h.suspended_at as suspendedAt',
  'a.surname',
  'a.name',
  'a.patronymic',
  'a.position',
  'a.email',
] as const

export const listHelpers = (db: Db, operatorId: string) =>
  db
    .selectFrom('helpers as h')
    .innerJoin('accounts as a', 'a.id', 'h.account_id')
    .select(columns)
    .where('h.operator_id', '=', operatorId)
    .where('h.removed_at', 'is', null)
    .orderBy('a.surname')
    .orderBy('h.id')
    .limit(500)
    .execute()

/** One of the operator's own, who is not removed. */
export const findHelper = (db: Db, operatorId: string, id: string) =>
  db
    .selectFrom('helpers as h')
    .innerJoin('accounts as a', 'a.id', 'h.account_id')
    .select(columns)
    .where('h.id', '=', id)
    .where('h.operator_id', '=', operatorId)
    .where('h.removed_at', 'is', null)
    .executeTakeFirst()

/** The same, locked until the commit. */
export const lockHelper = (tx: Tx, operatorId: string, id: string) =>
  tx
    .selectFrom('helpers as h')
    .innerJoin('accounts as a', 'a.id', 'h.account_id')
    .select(columns)
    .where('h.id', '=', id)
    .where('h.operator_id', '=', operatorId)
    .where('h.removed_at', 'is', null)
    .forUpdate('h')
    .executeTakeFirst()

export const setSuspended = (tx: Tx, id: string, suspended: boolean) =>
  tx
    .updateTable('helpers')
    .set({ suspended_at: suspended ? sql<Date>`now()` : null })
    .where('id', '=', id)
    .execute()

export const markRemoved = (tx: Tx, id: string) =>
  tx.updateTable('helpers').set({ removed_at: sql<Date>`now()` }).where('id', '=', id).execute()

/** Whose helper an account is now. */
export const listOperatorsOf = (db: Db, accountId: string) =>
  db
    .selectFrom('helpers as h')
    .innerJoin('accounts as o', 'o.id', 'h.operator_id')
    .select(['o.id', 'o.surname', 'o.name', 'o.patronymic', 'o.position', 'o.email'])
    .where('h.account_id', '=', accountId)
    .where('h.removed_at', 'is', null)
    .where('h.suspended_at', 'is', null)
    .orderBy('o.surname')
    .execute()

/** A helper is of its operator's audience: the same rules of signing in hold for both. */
export const findAudience = async (db: Db, accountId: string): Promise<Audience> =>
  (await db.selectFrom('accounts').select('audience').where('id', '=', accountId).executeTakeFirstOrThrow()).audience

/** Authorities within an operator's scopes: a helper can be given one of them with all below it. */
export async function listAuthorities(db: Db, { regions, subtrees }: Scopes): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, short_name as name from organisations
    where closed_at is null and kind = 'authority'
      and (region_code = any(${regions}::text[]) or lineage && ${subtrees}::uuid[])
    order by cardinality(lineage), search_text limit 300`.execute(db)
  return rows
}

export type DeedRow = { id: number; at: Date; action: string; kind: string | null; subject: string | null }

/** What an account has done in an operator's name, the newest first. @param page of these actions alone */
export async function listDeeds(
  db: Db,
  accountId: string,
  operatorId: string,
  page: { actions: readonly string[]; before: number | undefined; limit: number },
): Promise<DeedRow[]> {
  const { rows } = await sql<DeedRow>`
    select id, at, action, subject_kind as kind, subject_id as subject from journal
    where actor_id = ${accountId} and action = any(${page.actions}::text[])
      and body::jsonb #> '{details,onBehalfOf}' @> to_jsonb(${operatorId}::text)
      and (${page.before ?? null}::bigint is null or id < ${page.before ?? null}::bigint)
    order by id desc limit ${page.limit}`.execute(db)
  return rows
}
