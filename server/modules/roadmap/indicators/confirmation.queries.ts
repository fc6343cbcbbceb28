import { type RawBuilder, sql } from 'kysely'
import type { Db, Tx } from '../../../kernel/db/index.ts'

export type FigureKey = { indicatorId: string; region: string; period: string }

const chosen = (keys: readonly FigureKey[]): RawBuilder<unknown> =>
  sql`jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as k ("indicatorId" uuid, region text, period date)`

export const markConfirmed = (tx: Tx, keys: readonly FigureKey[], by: string) =>
  sql`
    update indicator_figures as f
    set confirmed_at = now(), confirmed_by = ${by}, version = version + 1
    from ${chosen(keys)}
    where f.indicator_id = k."indicatorId" and f.region_code = k.region and f.period = k.period`.execute(tx)

export const markReturned = (tx: Tx, keys: readonly FigureKey[], { by, reason }: { by: string; reason: string }) =>
  sql`
    update indicator_figures as f
    set returned_at = now(), returned_by = ${by}, return_reason = ${reason}, confirmed_at = null, confirmed_by = null,
      version = version + 1
    from ${chosen(keys)}
    where f.indicator_id = k."indicatorId" and f.region_code = k.region and f.period = k.period`.execute(tx)

/** Accounts that answer for the figures of a region today: its operators; their helpers hear of it from them. */
export async function listRegionOperators(db: Db, region: string): Promise<string[]> {
  const rows = await db
    .selectFrom('grants')
    .innerJoin('accounts', 'accounts.id', 'grants.account_id')
    .select('grants.account_id as accountId')
    .distinct()
    .where('grants.role', '=', 'region-operator')
    .where('grants.scope', '=', 'region')
    .where('grants.region_code', '=', region)
    .where('grants.starts_on', '<=', sql<string>`current_date`)
    .where((where) =>
      where.or([where('grants.ends_on', 'is', null), where('grants.ends_on', '>=', sql<string>`current_date`)]),
    )
    .execute()
  return rows.map(({ accountId }) => accountId)
}
