import { sql } from 'kysely'
import { type Db, randomUUIDv7, type Tx } from '../../../kernel/db/index.ts'

export type NewCommentRow = {
  reportId: string
  authorId: string
  kind: 'comment' | 'refusal'
  text: string
  cell: string | null
  /** The first comment of the thread that this one answers. */
  threadId?: string | null
  mentions?: string[]
}

/** Returns the id of the comment. */
export async function insertComment(tx: Tx, comment: NewCommentRow): Promise<string> {
  const id = randomUUIDv7()
  await tx
    .insertInto('report_comments')
    .values({
      id,
      report_id: comment.reportId,
      author_id: comment.authorId,
      kind: comment.kind,
      text: comment.text,
      cell: comment.cell,
      thread_id: comment.threadId ?? null,
      mentions: comment.mentions ?? [],
    })
    .execute()
  return id
}

/** Newest first, with who wrote them and from which organisation. */
export const listCommentRows = (db: Db, reportId: string, readerId: string) =>
  db
    .selectFrom('report_comments as comment')
    .leftJoin('accounts as account', 'account.id', 'comment.author_id')
    .leftJoin('accounts as settler', 'settler.id', 'comment.resolved_by')
    .leftJoin('report_visits as visit', (join) =>
      join.onRef('visit.report_id', '=', 'comment.report_id').on('visit.account_id', '=', readerId),
    )
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
      'comment.thread_id as thread',
      'comment.resolved_at as resolvedAt',
      'account.surname',
      'account.name',
      'account.patronymic',
      'settler.surname as settlerSurname',
      'settler.name as settlerName',
      'settler.patronymic as settlerPatronymic',
      'place.organisation',
      sql<Named[] | null>`(select json_agg(json_build_object('surname', a.surname, 'name', a.name,
        'patronymic', a.patronymic) order by a.surname) from accounts a where a.id = any(comment.mentions))`.as(
        'mentioned',
      ),
      // Before one has ever said that they are read, all that others wrote is new.
      sql<boolean>`comment.author_id is distinct from ${readerId}::uuid
        and comment.at > coalesce(visit.comments_read_at, '-infinity')`.as('unread'),
    ])
    .where('comment.report_id', '=', reportId)
    .orderBy('comment.at', 'desc')
    .orderBy('comment.id', 'desc')
    .limit(500)
    .execute()

type Named = { surname: string; name: string; patronymic: string | null }
export type CommentRow = Awaited<ReturnType<typeof listCommentRows>>[number]

/** The first comment of a thread: `id` may be that of any in it. */
export const findThread = (db: Db, reportId: string, id: string) =>
  db
    .selectFrom('report_comments as asked')
    .innerJoin('report_comments as first', (join) =>
      join.on('first.id', '=', sql<string>`coalesce(asked.thread_id, asked.id)`),
    )
    .select(['first.id', 'first.cell', 'first.author_id as authorId', 'first.resolved_at as resolvedAt'])
    .where('asked.report_id', '=', reportId)
    .where('asked.id', '=', id)
    .executeTakeFirst()

/** Everybody who has written in the thread. */
export const listThreadAuthors = async (db: Db, threadId: string): Promise<string[]> => {
  const rows = await db
    .selectFrom('report_comments')
    .select('author_id as authorId')
    .distinct()
    .where((or) => or.or([or('id', '=', threadId), or('thread_id', '=', threadId)]))
    .execute()
  return rows.flatMap(({ authorId }) => authorId ?? [])
}

export const noteResolved = (tx: Tx, threadId: string, by: string | null) =>
  tx
    .updateTable('report_comments')
    .set({ resolved_at: by === null ? null : sql<Date>`now()`, resolved_by: by })
    .where('id', '=', threadId)
    .execute()
