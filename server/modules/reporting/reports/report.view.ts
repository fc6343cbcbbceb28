/** All that the page of a report shows, read once. */
import type { CheckOutcome, Hint } from '../../../../contracts/checks.ts'
import type { Remark } from '../../../../contracts/decisions.ts'
import type {
  Attachment,
  CellThread,
  Comment,
  ConcernedPerson,
  DemandedAttachment,
} from '../../../../contracts/discussion.ts'
import { type Fill, type Report, titleKey } from '../../../../contracts/reporting.ts'
import type { FormSection } from '../../../../engine/index.ts'
import { cellThreadsOf } from '../../../../web/report/index.ts'
import type { PageContext } from '../../../kernel/http/index.ts'
import { listExtensions } from '../campaigns/extensions.queries.ts'
import { isOpen } from '../cells/cells.ts'
import { explanationsOf, outcomeOf } from '../checking/checks.ts'
import { hintsOf } from '../checking/hints.ts'
import { mayDecide } from '../decisions/deciding.ts'
import { remarksOf } from '../decisions/remarks.ts'
import { demandedOf, listAttachments } from '../discussion/attachments.ts'
import { listComments, listConcerned } from '../discussion/discussion.ts'
import { type Visit, visit } from '../presence/presence.ts'
import { accessReport } from '../reporting.access.ts'
import { placeOfReport } from './reports.queries.ts'
import { shownReport } from './reports.ts'
import { fillOf, type OpenReport, openReport } from './sheets.ts'

export type ReportView = OpenReport & {
  shown: Report
  /** Code of the section on the page; 'title' for the title page. */
  section: string
  /** Undefined on the title page. */
  current: FormSection | undefined
  fill: Fill[]
  /** Of the last check; undefined when cells have changed since. */
  outcome: CheckOutcome | undefined
  /** What is worth a second look; none before the report is checked. */
  hints: Hint[]
  comments: Comment[]
  /** How its term was moved, the latest first. */
  extensions: Awaited<ReturnType<typeof listExtensions>>
  attachments: Attachment[]
  demanded: DemandedAttachment[]
  /** Discussions at cells, for the grid. */
  threads: CellThread[]
  /** Whom a comment may name. */
  concerned: ConcernedPerson[]
  /** Who is here besides, and what others did since one's last visit. */
  visit: Visit
  /** To cells, by whoever decides; not settled ones of a report that came back stand at the cells. */
  remarks: Remark[]
  may: { fill: boolean; send: boolean; decide: boolean; comment: boolean }
}

/**
 * @param asked the section wanted; another, or none, is the first
 * @param expected cells that will be put into it: of rows that repeat there may not be as many yet
 */
export async function viewReportPage(
  ctx: PageContext,
  id: string,
  asked?: string,
  expected?: Iterable<string>,
): Promise<ReportView> {
  const report = await accessReport(ctx.db, ctx, id, 'report.read')
  const place = placeOfReport(report)
  const mayComment = ctx.grants.allow('report.comment', place)
  const [open, comments, attachments, explanations, extensions, visited, concerned, decides] = await Promise.all([
    openReport(ctx.db, report, expected),
    listComments(ctx, id),
    listAttachments(ctx, id),
    explanationsOf(ctx.db, id),
    listExtensions(ctx.db, id),
    visit(ctx, report),
    mayComment ? listConcerned(ctx.db, report) : [],
    mayDecide(ctx.db, ctx, report),
  ])
  const outcome = report.checkedAt ? outcomeOf(open, report.checkedAt, explanations) : undefined
  const mayChange = isOpen(report)
  const current = open.form.section(asked ?? '') ?? (asked === 'title' ? undefined : open.form.sections[0])
  return {
    ...open,
    shown: shownReport(report),
    section: current?.code ?? 'title',
    current,
    fill: fillOf(open.form, open.sheet, open.title),
    outcome,
    hints: outcome ? await hintsOf(ctx.db, open) : [],
    comments,
    attachments,
    extensions,
    remarks: await remarksOf(ctx, open),
    demanded: demandedOf(open.form, attachments),
    threads: cellThreadsOf(comments),
    concerned: concerned.filter((person) => person.id !== ctx.account.id),
    visit: visited,
    may: {
      fill: mayChange && ctx.grants.allow('report.fill', place),
      send: mayChange && ctx.grants.allow('report.send', place),
      decide: decides,
      comment: mayComment,
    },
  }
}

export const titleValue = (view: Pick<ReportView, 'title'>, field: string): string => view.title[titleKey(field)] ?? ''
