/** Several people at one report: who is there now, and what they have done since one looked last. */
import type { PersonPresent, Presence, ReportNews } from '../../../../contracts/presence.ts'
import { Forbidden, NotFound } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { authorOf } from '../cells/cells.ts'
import { accessReport } from '../reporting.access.ts'
import type { ReportRow } from '../reports/reports.queries.ts'
import { findNews, findVisit, listPresent, type PresentRow, putPresence, putVisit } from './presence.queries.ts'

/** What has changed in a report since the version, and who is at it. */
export async function viewNews(ctx: Context, id: string, since: number): Promise<ReportNews> {
  const news = await findNews(ctx.db, id, since, ctx.account.id)
  const place = news && { id: news.organisationId, region: news.region, lineage: news.lineage }
  if (!place || !ctx.grants.see(place)) throw new NotFound({ what: 'report' })
  if (!ctx.grants.allow('report.read', place)) throw new Forbidden()
  return {
    version: news.version,
    state: news.state,
    form: news.form,
    cells: news.cells ?? {},
    by: (news.by ?? []).map(authorOf),
    people: (news.people ?? []).map(present),
    comments: news.comments,
  }
}

const present = ({ id, section, cell, ...person }: PresentRow): PersonPresent => ({
  id,
  name: authorOf(person),
  section,
  cell,
})

/** The person is at the report, in this section and cell. */
export async function beAt(ctx: Context, id: string, presence: Presence): Promise<undefined> {
  await accessReport(ctx.db, ctx, id, 'report.read')
  await putPresence(ctx.db, id, ctx.account.id, presence)
  return undefined
}

export type Visit = {
  people: PersonPresent[]
  /** Since the person had the report open last; undefined when nobody else has changed anything. */
  changed: { since: string; version: number; by: { name: string; cells: number }[] } | undefined
}

/** The page of a report is opened by one who is known to see it: tells what others did meanwhile, and notes the visit. */
export async function visit(ctx: Context, report: ReportRow): Promise<Visit> {
  const [people, last] = await Promise.all([
    listPresent(ctx.db, report.id, ctx.account.id),
    findVisit(ctx.db, report.id, ctx.account.id),
  ])
  if (last?.version !== report.version) await putVisit(ctx.db, report.id, ctx.account.id, report.version)
  return {
    people: people.map(present),
    changed:
      last && last.others.length > 0
        ? {
            since: last.visitedAt.toISOString(),
            version: last.version,
            by: last.others.map(({ cells, ...person }) => ({ name: authorOf(person), cells })),
          }
        : undefined,
  }
}
