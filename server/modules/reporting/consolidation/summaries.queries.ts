import { sql } from 'kysely'
import type { PublishedSummary, SummaryChoice } from '../../../../contracts/consolidation.ts'
import type { Scopes } from '../../../kernel/access/index.ts'
import { type Db, randomUUIDv7, type Tx } from '../../../kernel/db/index.ts'
import { withinScopes } from '../../organisations/index.ts'
import type { PublishedFigure } from './hiding.ts'

export type SummaryRow = {
  id: string
  name: string
  ownerId: string
  formId: string
  formCode: string
  formCipher: string
  choice: SummaryChoice
  sharedWith: string | null
  publicKey: string | null
  publishedAt: Date | null
}

const selectSummaries = (db: Db) =>
  db
    .selectFrom('summaries as s')
    .innerJoin('forms as f', 'f.id', 's.form_id')
    .leftJoin('organisations as o', 'o.id', 's.shared_with')
    .select([
      's.id',
      's.name',
      's.owner_id as ownerId',
      's.form_id as formId',
      'f.code as formCode',
      'f.cipher as formCipher',
      's.choice',
      's.shared_with as sharedWith',
      's.public_key as publicKey',
      's.published_at as publishedAt',
    ])

/** One's own, and those shared with an organisation whose people one is among or looks over. */
const seenBy = (accountId: string, scopes: Scopes) =>
  sql<boolean>`(s.owner_id = ${accountId} or (s.shared_with is not null and ${withinScopes(scopes, 'o')}))`

export const listSummaries = (db: Db, accountId: string, scopes: Scopes): Promise<SummaryRow[]> =>
  selectSummaries(db).where(seenBy(accountId, scopes)).orderBy('s.created_at', 'desc').limit(200).execute()

export const findSummary = (db: Db, id: string, accountId: string, scopes: Scopes): Promise<SummaryRow | undefined> =>
  selectSummaries(db).where('s.id', '=', id).where(seenBy(accountId, scopes)).executeTakeFirst()

export async function insertSummary(
  tx: Tx,
  summary: { name: string; ownerId: string; formId: string; choice: SummaryChoice; sharedWith: string | null },
): Promise<string> {
  const id = randomUUIDv7()
  await tx
    .insertInto('summaries')
    .values({
      id,
      name: summary.name,
      owner_id: summary.ownerId,
      form_id: summary.formId,
      choice: JSON.stringify(summary.choice),
      shared_with: summary.sharedWith,
    })
    .execute()
  return id
}

export const deleteSummary = (tx: Tx, id: string) => tx.deleteFrom('summaries').where('id', '=', id).execute()

/** Publishing of one form goes one by one: two at once would not know of each other's figures. */
export async function lockPublishedFigures(tx: Tx, formId: string, except: string): Promise<PublishedFigure[]> {
  await sql`select id from forms where id = ${formId}::uuid for no key update`.execute(tx)
  const rows = await tx
    .selectFrom('summaries')
    .select('published_figures')
    .where('form_id', '=', formId)
    .where('id', '<>', except)
    .where('published_figures', 'is not', null)
    .execute()
  return rows.flatMap(({ published_figures: figures }) => figures ?? [])
}

export const markPublished = (
  tx: Tx,
  {
    id,
    by,
    key,
    published,
    figures,
  }: { id: string; by: string; key: string; published: PublishedSummary; figures: readonly PublishedFigure[] },
) =>
  tx
    .updateTable('summaries')
    .set({
      public_key: key,
      published: JSON.stringify(published),
      published_figures: JSON.stringify(figures),
      published_at: sql<Date>`now()`,
      published_by: by,
    })
    .where('id', '=', id)
    .execute()

/** Country, region, organisations from the highest down to each of these. */
export async function listPaths(db: Db, organisationIds: readonly string[]): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ id: string; region: string; lineage: string[] }>`
    select id, region_code as region, lineage from organisations
    where id::text = any(${organisationIds}::text[])`.execute(db)
  return new Map(rows.map(({ id, region, lineage }) => [id, ['all', region, ...lineage]]))
}

export const markUnpublished = (tx: Tx, id: string) =>
  tx
    .updateTable('summaries')
    .set({ public_key: null, published: null, published_figures: null, published_at: null, published_by: null })
    .where('id', '=', id)
    .execute()

export const findPublished = async (db: Db, key: string): Promise<PublishedSummary | undefined> =>
  (await db.selectFrom('summaries').select('published').where('public_key', '=', key).executeTakeFirst())?.published ??
  undefined
