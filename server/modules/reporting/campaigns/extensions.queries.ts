import { sql } from 'kysely'
import { type Db, randomUUIDv7, type Tx } from '../../../kernel/db/index.ts'
import { fullNameOf } from '../../organisations/index.ts'

export async function insertExtension(
  tx: Tx,
  extension: { reportId: string; until: Date; reason: string; by: string },
): Promise<void> {
  const { reportId, until, reason, by } = extension
  await tx
    .insertInto('report_extensions')
    .values({ id: randomUUIDv7(), report_id: reportId, until, reason, given_by: by })
    .execute()
  await tx.updateTable('reports').set({ extended_to: until }).where('id', '=', reportId).execute()
}

/** How the term of a report was moved, the latest first. */
export const listExtensions = (db: Db, reportId: string) =>
  db
    .selectFrom('report_extensions as e')
    .leftJoin('accounts as a', 'a.id', 'e.given_by')
    .select(['e.id', 'e.until', 'e.reason', 'e.given_at as givenAt', fullNameOf('a').as('by')])
    .where('e.report_id', '=', reportId)
    .orderBy('e.given_at', 'desc')
    .orderBy('e.id', 'desc')
    .execute()

/** Reports within a campaign that are there for the ids, in their order: what is another campaign's is left out. */
export async function listChosen(db: Db, campaignId: string, ids: readonly string[]) {
  const { rows } = await sql<{ id: string; organisation: string }>`
    select r.id, o.short_name as organisation from reports r join organisations o on o.id = r.organisation_id
    where r.campaign_id = ${campaignId} and r.id = any(${[...ids]}::uuid[]) order by o.short_name`.execute(db)
  return rows
}
