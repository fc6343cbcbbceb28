/** What is said about a report: threads of comments, at the whole of it or at a cell. */
import type { Comment, ConcernedPerson, NewComment } from '../../../../contracts/discussion.ts'
import { shortName } from '../../../../web/kit/text.ts'
import { type Db, type Tx, transaction } from '../../../kernel/db/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { publish } from '../../../kernel/outbox/index.ts'
import { listDeciders, listMembers, membershipRoleNames } from '../../organisations/index.ts'
import { authorOf } from '../cells/cells.ts'
import { putCommentsRead } from '../presence/presence.queries.ts'
import { accessReport } from '../reporting.access.ts'
import type { ReportRow } from '../reports/reports.queries.ts'
import { NotConcerned, ThreadMissing } from './discussion.errors.ts'
import { type CommentRow, findThread, insertComment, listCommentRows, noteResolved } from './discussion.queries.ts'

/**
 * A comment of its own or an answer in a thread; an answer to a settled thread opens it again.
 * @throws ThreadMissing 404; NotConcerned 422 when somebody named has nothing to do with the report
 */
export const addComment = (ctx: Context, id: string, { text, cell, replyTo, mentions }: NewComment): Promise<void> =>
  transaction(ctx, async (tx) => {
    const report = await accessReport(tx, ctx, id, 'report.comment')
    const thread = replyTo === undefined ? undefined : await getThread(tx, id, replyTo)
    await ensureConcerned(tx, report, mentions)

    await insertComment(tx, {
      reportId: id,
      authorId: ctx.account.id,
      kind: 'comment',
      text,
      cell: thread ? thread.cell : (cell ?? null),
      threadId: thread?.id ?? null,
      mentions,
    })
    if (thread?.resolvedAt) await noteResolved(tx, thread.id, null)
    await putCommentsRead(tx, id, ctx.account.id)
    const place = thread?.cell ?? cell
    journal(tx, ctx, 'report.commented', { kind: 'report', id }, place ? { cell: place } : {})
    await publish(tx, 'report.commented', { reportId: id, authorId: ctx.account.id, mentions, threadId: thread?.id })
  })

/**
 * Settles a thread («решено»: a question is answered, a remark mended) or opens it again.
 * @throws ThreadMissing 404
 */
export const settleThread = (ctx: Context, id: string, commentId: string, resolved: boolean): Promise<void> =>
  transaction(ctx, async (tx) => {
    await accessReport(tx, ctx, id, 'report.comment')
    const thread = await getThread(tx, id, commentId)
    if ((thread.resolvedAt !== null) === resolved) return
    await noteResolved(tx, thread.id, resolved ? ctx.account.id : null)
    const details = thread.cell ? { cell: thread.cell } : {}
    journal(tx, ctx, resolved ? 'report.thread-resolved' : 'report.thread-reopened', { kind: 'report', id }, details)
  })

async function getThread(db: Db, reportId: string, commentId: string) {
  const thread = await findThread(db, reportId, commentId)
  if (!thread) throw new ThreadMissing()
  return thread
}

/** Whoever has read the comments sees no «новый» at them any more. */
export async function readComments(ctx: Context, id: string): Promise<undefined> {
  await accessReport(ctx.db, ctx, id, 'report.read')
  await putCommentsRead(ctx.db, id, ctx.account.id)
  return undefined
}

export async function viewComments(ctx: Context, id: string): Promise<Comment[]> {
  await accessReport(ctx.db, ctx, id, 'report.read')
  return listComments(ctx, id)
}

/** For one who is known to see the report; the newest first. */
export async function listComments(ctx: Context, reportId: string): Promise<Comment[]> {
  return (await listCommentRows(ctx.db, reportId, ctx.account.id)).map(commentOf)
}

const commentOf = (row: CommentRow): Comment => ({
  id: row.id,
  at: row.at.toISOString(),
  author: authorOf(row),
  authorOrganisation: row.organisation,
  kind: row.kind,
  text: row.text,
  cell: row.cell,
  thread: row.thread,
  resolvedAt: row.resolvedAt?.toISOString() ?? null,
  resolvedBy: row.settlerSurname
    ? authorOf({ surname: row.settlerSurname, name: row.settlerName, patronymic: row.settlerPatronymic })
    : null,
  mentions: (row.mentioned ?? []).map(authorOf),
  unread: row.unread,
})

/** Whom a word about the report may concern: those who fill it in and those who decide. */
export async function viewConcerned(ctx: Context, id: string): Promise<ConcernedPerson[]> {
  const report = await accessReport(ctx.db, ctx, id, 'report.comment')
  return (await listConcerned(ctx.db, report)).filter(({ id: person }) => person !== ctx.account.id)
}

/** For one who is known to see the report. */
export async function listConcerned(db: Db, { organisationId }: ReportRow): Promise<ConcernedPerson[]> {
  const [members, deciders] = await Promise.all([
    listMembers(db, organisationId),
    listDeciders(db, organisationId, 'report.decide'),
  ])
  const people = new Map<string, ConcernedPerson>()
  for (const { accountId, fullName, role } of members)
    people.set(accountId, { id: accountId, name: shortName(fullName), about: membershipRoleNames[role] })
  for (const { accountId, fullName } of deciders)
    if (!people.has(accountId))
      people.set(accountId, { id: accountId, name: shortName(fullName), about: 'проверяет отчёт' })
  return [...people.values()]
}

async function ensureConcerned(tx: Tx, report: ReportRow, mentions: readonly string[]): Promise<void> {
  if (mentions.length === 0) return
  const known = new Set((await listConcerned(tx, report)).map(({ id }) => id))
  if (mentions.some((id) => !known.has(id))) throw new NotConcerned()
}
