import { sql } from 'kysely'
import type { Template } from '../../../../engine/index.ts'
import { type Db, randomUUIDv7, type Tx } from '../../../kernel/db/index.ts'
import type { BookSheet } from './books.ts'

type Origin = 'blank' | 'version' | 'xml' | 'yaml' | 'xlsx'
type Person = { surname: string | null; name: string | null; patronymic: string | null }

const draftColumns = [
  'd.id',
  'd.version',
  'd.origin',
  'd.changed_at as changedAt',
  'd.published_id as publishedId',
  'd.discarded_at as discardedAt',
  'v.number as base',
  'a.surname',
  'a.name',
  'a.patronymic',
] as const

const selectDrafts = (db: Db) =>
  db
    .selectFrom('form_drafts as d')
    .leftJoin('form_versions as v', 'v.id', 'd.base_id')
    .leftJoin('accounts as a', 'a.id', 'd.changed_by')
    .select(draftColumns)

export type DraftRow = Person & {
  id: string
  version: number
  origin: Origin
  changedAt: Date
  publishedId: string | null
  discardedAt: Date | null
  base: number | null
}
export type ListedDraft = DraftRow & { code: string; cipher: string; formName: string }
export type FoundDraft = DraftRow & {
  template: Template
  baseId: string | null
  sample: Record<string, string>
  fired: string[]
}

/** Open ones, those changed last first. */
export const listDrafts = (db: Db): Promise<ListedDraft[]> =>
  selectDrafts(db)
    .select([
      sql<string>`d.template->>'code'`.as('code'),
      sql<string>`d.template->>'cipher'`.as('cipher'),
      sql<string>`d.template->>'name'`.as('formName'),
    ])
    .where('d.published_id', 'is', null)
    .where('d.discarded_at', 'is', null)
    .orderBy('d.changed_at', 'desc')
    .limit(200)
    .execute()

export const findDraft = (db: Db, id: string): Promise<FoundDraft | undefined> =>
  selectDrafts(db)
    .select(['d.template', 'd.base_id as baseId', 'd.sample', 'd.fired'])
    .where('d.id', '=', id)
    .executeTakeFirst()

/** As `findDraft`, and nobody else changes it until the end of the transaction. */
export async function lockDraft(tx: Tx, id: string): Promise<FoundDraft | undefined> {
  await tx.selectFrom('form_drafts').select('id').where('id', '=', id).forUpdate().execute()
  return findDraft(tx, id)
}

export async function insertDraft(
  tx: Tx,
  draft: { template: Template; origin: Origin; baseId: string | null; by: string },
): Promise<string> {
  const id = randomUUIDv7()
  await tx
    .insertInto('form_drafts')
    .values({
      id,
      template: JSON.stringify(draft.template),
      origin: draft.origin,
      base_id: draft.baseId,
      created_by: draft.by,
      changed_by: draft.by,
    })
    .execute()
  return id
}

export type NewChange = { draftId: string; number: number; by: string; part: string; told: string; before: unknown }

export async function writeTemplate(tx: Tx, change: NewChange, template: Template, fired: string[]): Promise<void> {
  await tx
    .updateTable('form_drafts')
    .set({
      template: JSON.stringify(template),
      version: change.number,
      fired,
      changed_at: sql<Date>`now()`,
      changed_by: change.by,
    })
    .where('id', '=', change.draftId)
    .execute()
  await insertChange(tx, change)
}

export const insertChange = (tx: Tx, change: NewChange) =>
  tx
    .insertInto('form_draft_changes')
    .values({
      draft_id: change.draftId,
      number: change.number,
      by: change.by,
      part: change.part,
      told: change.told,
      before: change.before === undefined ? null : JSON.stringify(change.before),
    })
    .execute()

export const writeSample = (tx: Tx, id: string, sample: Record<string, string>, fired: string[]) =>
  tx
    .updateTable('form_drafts')
    .set({ sample: JSON.stringify(sample), fired })
    .where('id', '=', id)
    .execute()

export type ChangeRow = Person & { number: number; at: Date; part: string; told: string; restorable: boolean }

const selectChanges = (db: Db, draftId: string) =>
  db
    .selectFrom('form_draft_changes as c')
    .leftJoin('accounts as a', 'a.id', 'c.by')
    .select(['c.number', 'c.at', 'c.part', 'c.told', 'a.surname', 'a.name', 'a.patronymic'])
    .select(sql<boolean>`c.before is not null`.as('restorable'))
    .where('c.draft_id', '=', draftId)
    .orderBy('c.number', 'desc')

/** Newest first. */
export const listChanges = (db: Db, draftId: string): Promise<ChangeRow[]> =>
  selectChanges(db, draftId).limit(300).execute()

export const listChangesAfter = (db: Db, draftId: string, version: number): Promise<ChangeRow[]> =>
  selectChanges(db, draftId).where('c.number', '>', version).execute()

export const findChange = (db: Db, draftId: string, number: number) =>
  db
    .selectFrom('form_draft_changes')
    .select(['part', 'before'])
    .where('draft_id', '=', draftId)
    .where('number', '=', number)
    .executeTakeFirst()

export const markDraftPublished = (tx: Tx, id: string, versionId: string, template: Template) =>
  tx
    .updateTable('form_drafts')
    .set({ published_id: versionId, template: JSON.stringify(template) })
    .where('id', '=', id)
    .execute()

export const markDiscarded = (tx: Tx, id: string, by: string) =>
  tx.updateTable('form_drafts').set({ discarded_at: sql<Date>`now()`, discarded_by: by }).where('id', '=', id).execute()

/** Notes that a person has a part open, and says who else had something open within five minutes. */
export async function visitDraft(db: Db, draftId: string, accountId: string, part: string) {
  await sql`
    insert into form_draft_visits (draft_id, account_id, part) values (${draftId}::uuid, ${accountId}::uuid, ${part})
    on conflict (draft_id, account_id) do update set part = excluded.part, at = now()`.execute(db)
  return db
    .selectFrom('form_draft_visits as v')
    .innerJoin('accounts as a', 'a.id', 'v.account_id')
    .select(['a.surname', 'a.name', 'a.patronymic', 'v.part'])
    .where('v.draft_id', '=', draftId)
    .where('v.account_id', '<>', accountId)
    .where('v.at', '>', sql<Date>`now() - interval '5 minutes'`)
    .orderBy('v.at', 'desc')
    .limit(5)
    .execute()
}

export async function insertBook(tx: Tx, book: { fileName: string; sheets: BookSheet[]; by: string }): Promise<string> {
  const id = randomUUIDv7()
  await sql`delete from form_draft_books where created_at < now() - interval '7 days'`.execute(tx)
  await tx
    .insertInto('form_draft_books')
    .values({ id, file_name: book.fileName, sheets: JSON.stringify(book.sheets), created_by: book.by })
    .execute()
  return id
}

export const findBook = (db: Db, id: string, by: string) =>
  db
    .selectFrom('form_draft_books')
    .select(['id', 'file_name as fileName', 'sheets'])
    .where('id', '=', id)
    .where('created_by', '=', by)
    .executeTakeFirst()

/** Reports of a form that anybody may take sample values from: those sent or accepted last. */
export const findLastReport = (db: Db, formCode: string) =>
  db
    .selectFrom('reports as r')
    .innerJoin('campaigns as c', 'c.id', 'r.campaign_id')
    .innerJoin('form_versions as v', 'v.id', 'c.form_version_id')
    .innerJoin('forms as f', 'f.id', 'v.form_id')
    .innerJoin('organisations as o', 'o.id', 'r.organisation_id')
    .select(['r.id', 'o.id as organisationId', 'o.short_name as organisation', 'c.title'])
    .where('f.code', '=', formCode)
    .where('r.filled', '>', 0)
    .orderBy(sql`r.accepted_at is null`)
    .orderBy('c.year', 'desc')
    .orderBy('c.period_number', 'desc')
    .orderBy('r.id')
    .limit(50)
    .execute()
