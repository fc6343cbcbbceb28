import { sql } from 'kysely'
import type { Audience, AudienceRule } from '../../../../contracts/audiences.ts'
import type { Db, Tx } from '../../../kernel/db/index.ts'

export const findChangedRule = (db: Db, audience: Audience) =>
  db
    .selectFrom('audience_rules as r')
    .leftJoin('accounts as a', 'a.id', 'r.changed_by')
    .select(['r.rule', 'r.version', 'r.changed_at as changedAt'])
    .select(sql<string>`concat_ws(' ', a.surname, a.name, a.patronymic)`.as('changedBy'))
    .where('r.audience', '=', audience)
    .executeTakeFirst()

export const listChangedRules = (db: Db) => db.selectFrom('audience_rules').select(['audience', 'rule']).execute()

export async function countAccounts(db: Db): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('accounts')
    .select(['audience', sql<number>`count(*)::int`.as('count')])
    .where('erased_at', 'is', null)
    .groupBy('audience')
    .execute()
  return new Map(rows.map(({ audience, count }) => [audience, count]))
}

/** Undefined when the version is not the newest; 0 is that of a rule nobody has changed. */
export const saveRule = (tx: Tx, audience: Audience, rule: AudienceRule, version: number, by: string) =>
  version === 0
    ? tx
        .insertInto('audience_rules')
        .values({ audience, rule: JSON.stringify(rule), changed_by: by })
        .onConflict((conflict) => conflict.column('audience').doNothing())
        .returning('version')
        .executeTakeFirst()
    : tx
        .updateTable('audience_rules')
        .set({ rule: JSON.stringify(rule), version: version + 1, changed_at: sql<Date>`now()`, changed_by: by })
        .where('audience', '=', audience)
        .where('version', '=', version)
        .returning('version')
        .executeTakeFirst()

export type RuleEntry = { at: Date; by: string | null; body: string }

/** What the journal holds of a rule, the newest first. */
export const listRuleEntries = (db: Db, audience: Audience, most: number): Promise<RuleEntry[]> =>
  db
    .selectFrom('journal as j')
    .leftJoin('accounts as a', 'a.id', 'j.actor_id')
    .select([sql<Date>`j.at`.as('at'), 'j.body'])
    .select(sql<string | null>`nullif(concat_ws(' ', a.surname, a.name, a.patronymic), '')`.as('by'))
    .where('j.action', '=', 'audience.changed')
    .where('j.subject_kind', '=', 'audience')
    .where('j.subject_id', '=', audience)
    .orderBy('j.id', 'desc')
    .limit(most)
    .execute()
