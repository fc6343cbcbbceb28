import { type Db, randomUUIDv7, type Tx } from '../../../kernel/db/index.ts'

export const insertComment = (
  tx: Tx,
  comment: { reportId: string; authorId: string; kind: 'comment' | 'refusal'; text: string; cell: string | null },
) =>
  tx
    .insertInto('report_comments')
    .values({
      id: randomUUIDv7(),
      report_id: comment.reportId,
      author_id: comment.authorId,
      kind: comment.kind,
      text: comment.text,
      cell: comment.cell,
    })
    .execute()

/** Newest first, with who wrote them and from which organisation. */
export const listCommentRows = (db: Db, reportId: string) =>
  db
    .selectFrom('report_comments as comment')
    .leftJoin('accounts as account', 'account.id', 'comment.author_id')
    .leftJoinLateral(
      (lateral) =>
        lateral
          .selectFrom('memberships as membership')
          .innerJoin('organisations as organisation', 'organisation.id', 'membership.organisation_id')
          .select('organisation.short_name as organisation')
          .whereRef('membership.account_id', '=', 'comment.author_id')
          .where('membership.ended_at', 'is', null)
          .orderBy('membership.attached_at')
          .limit(1)
          .as('place'),
      (join) => join.onTrue(),
    )
    .select([
      'comment.id',
      'comment.at',
      'comment.kind',
      'comment.text',
      'comment.cell',
      'account.surname',
      'account.name',
      'account.patronymic',
      'place.organisation',
    ])
    .where('comment.report_id', '=', reportId)
    .orderBy('comment.at', 'desc')
    .orderBy('comment.id', 'desc')
    .limit(500)
    .execute()

export const insertAttachment = (tx: Tx, attachment: { reportId: string; fileId: string; by: string }) =>
  tx
    .insertInto('report_attachments')
    .values({
      id: randomUUIDv7(),
      report_id: attachment.reportId,
      file_id: attachment.fileId,
      added_by: attachment.by,
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
