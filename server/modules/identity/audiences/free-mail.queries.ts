import { sql } from 'kysely'
import type { Db, Tx } from '../../../kernel/db/index.ts'

/** Those not yet known are added; what an administrator has taken out stays out. */
export const insertKnownDomains = (tx: Tx, domains: readonly string[]) =>
  tx
    .insertInto('free_mail_domains')
    .values(domains.map((domain) => ({ domain })))
    .onConflict((conflict) => conflict.column('domain').doNothing())
    .execute()

export async function listDomains(db: Db, q: string): Promise<string[]> {
  const rows = await db
    .selectFrom('free_mail_domains')
    .select('domain')
    .where('removed_at', 'is', null)
    .$if(q !== '', (query) => query.where(sql<boolean>`strpos(domain, ${q}) > 0`))
    .orderBy('domain')
    .execute()
  return rows.map(({ domain }) => domain)
}

/** The first of these domains that is a free mail service; undefined when none is. */
export const findFreeOf = (db: Db, domains: readonly string[]) =>
  db
    .selectFrom('free_mail_domains')
    .select('domain')
    .where('removed_at', 'is', null)
    .where('domain', '=', sql<string>`any(${domains}::text[])`)
    .limit(1)
    .executeTakeFirst()

/** Undefined when it stands in the list already. */
export const putDomain = (tx: Tx, domain: string, by: string) =>
  tx
    .insertInto('free_mail_domains')
    .values({ domain, changed_by: by })
    .onConflict((conflict) =>
      conflict
        .column('domain')
        .doUpdateSet({ removed_at: null, changed_by: by })
        .where('free_mail_domains.removed_at', 'is not', null),
    )
    .returning('domain')
    .executeTakeFirst()

/** Undefined when it does not stand in the list. */
export const takeDomainOut = (tx: Tx, domain: string, by: string) =>
  tx
    .updateTable('free_mail_domains')
    .set({ removed_at: sql<Date>`now()`, changed_by: by })
    .where('domain', '=', domain)
    .where('removed_at', 'is', null)
    .returning('domain')
    .executeTakeFirst()
