import { sql } from 'kysely'
import { type Db, randomUUIDv7, type Tx } from '../../../kernel/db/index.ts'

export const insertAttachment = (
  tx: Tx,
  attachment: { reportId: string; fileId: string; by: string; kind: string | null },
) =>
  tx
    .insertInto('report_attachments')
    .values({
      id: randomUUIDv7(),
      report_id: attachment.reportId,
      file_id: attachment.fileId,
      added_by: attachment.by,
      kind: attachment.kind,
    })
    .execute()

const selectAttachments = (db: Db) =>
  db
    .selectFrom('report_attachments as attachment')
    .innerJoin('files as file', 'file.id', 'attachment.file_id')
    .leftJoin('accounts as account', 'account.id', 'attachment.added_by')
    .select([
      'attachment.id',
      'attachment.added_at as addedAt',
      'attachment.kind',
      'file.name as fileName',
      'file.size',
      'file.media_type as mediaType',
      'file.sha256',
      'account.surname',
      'account.name',
      'account.patronymic',
    ])

export const listAttachmentRows = (db: Db, reportId: string) =>
  selectAttachments(db).where('attachment.report_id', '=', reportId).orderBy('attachment.added_at').execute()

export const findAttachment = (db: Db, reportId: string, id: string) =>
  selectAttachments(db).where('attachment.report_id', '=', reportId).where('attachment.id', '=', id).executeTakeFirst()

export const deleteAttachment = (tx: Tx, id: string) =>
  tx.deleteFrom('report_attachments').where('id', '=', id).execute()

export const listAttachedKinds = async (db: Db, reportId: string): Promise<Set<string>> => {
  const rows = await db
    .selectFrom('report_attachments')
    .select('kind')
    .distinct()
    .where('report_id', '=', reportId)
    .where('kind', 'is not', null)
    .execute()
  return new Set(rows.flatMap(({ kind }) => kind ?? []))
}

/** What has just been sent keeps its files with their kinds, whatever becomes of those of the report. */
export async function freezeAttachments(tx: Tx, reportId: string): Promise<void> {
  await sql`
    update submissions set attachments = (
      select coalesce(jsonb_agg(jsonb_build_object('kind', a.kind, 'name', f.name, 'size', f.size, 'sha256', f.sha256)
        order by a.added_at), '[]')
      from report_attachments a join files f on f.id = a.file_id where a.report_id = ${reportId})
    where report_id = ${reportId} and outcome is null`.execute(tx)
}
