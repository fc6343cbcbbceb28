/** Reports with a past, for the stand: as their people would have left them. */
import { openSheet } from '../../../engine/index.ts'
import type { Tx } from '../../kernel/db/index.ts'
import { readCells, writeCells } from './cells/cells.queries.ts'
import { explanationsOf, outcomeOf } from './checking/checks.ts'
import { explain, explainedWarnings } from './checking/explanations.ts'
import { frozen } from './decisions/frozen.ts'
import { insertDecision } from './decisions/levels.queries.ts'
import { riseFrom } from './decisions/levels.ts'
import { insertSubmission } from './decisions/submissions.queries.ts'
import { insertComment } from './discussion/discussion.queries.ts'
import { findReportId, writeDecided, writeLevel, writePast } from './planting.queries.ts'
import { freezeSources } from './pulls/pulls.queries.ts'
import { findReport, noteSaved, type ReportRow } from './reports/reports.queries.ts'
import { fillOf, fillTotal, type OpenReport, openReport } from './reports/sheets.ts'

export type PlantedReport = {
  campaignId: string
  organisationId: string
  values: Record<string, string>
  filledBy: string
} & (
  | { state: 'draft' }
  /** `risen`: accepted at its first step already. */
  | { state: 'sent'; sentAt: Date; risen?: { by: string; at: Date } }
  | { state: 'accepted' | 'refused'; sentAt: Date; decidedAt: Date; decidedBy: string; reason?: string }
)

/** Fills in a report that its campaign has given, and takes it as far as it has come. */
export async function plantReport(tx: Tx, planted: PlantedReport): Promise<void> {
  const id = await findReportId(tx, planted.campaignId, planted.organisationId)
  const report = id && (await findReport(tx, id))
  if (!report) throw new Error('The campaign has no report for this organisation')
  const entered = await enteredOnly(tx, report.id, planted.values)
  const before = await readCells(tx, report.id)
  await writeCells(tx, { reportId: report.id, number: 1, by: planted.filledBy, source: 'page', cells: entered, before })
  const open = await openReport(tx, report)
  await noteSaved(tx, report.id, 1, fillTotal(fillOf(open.form, open.sheet, open.title)))
  if (planted.state === 'draft') return

  await insertSubmission(tx, { reportId: report.id, ...frozen(open), by: planted.filledBy })
  const decided = planted.state === 'sent' ? undefined : planted
  const reason = decided?.reason ?? null
  if (decided && reason) {
    const comment = { reportId: report.id, authorId: decided.decidedBy, text: reason, cell: null }
    await insertComment(tx, { ...comment, kind: 'refusal' })
  }
  const { errors, warnings } = await explainAll(tx, open, planted)
  await writePast(tx, report.id, {
    state: planted.state,
    checkedAt: planted.sentAt,
    errors,
    warnings,
    sentAt: planted.sentAt,
    sentBy: planted.filledBy,
    decidedAt: decided?.decidedAt ?? null,
    decidedBy: decided?.decidedBy ?? null,
    reason,
  })
  if (planted.state === 'sent') await plantLevel(tx, report, planted.risen)
}

/** Where the form has steps of acceptance, the report waits at the first or, accepted there, at the next. */
async function plantLevel(tx: Tx, report: ReportRow, risen?: { by: string; at: Date }): Promise<void> {
  const first = await riseFrom(tx, report, null)
  if (!first) return
  await writeLevel(tx, report.id, first)
  if (!risen) return
  const decision = { outcome: 'accepted', reason: null, by: risen.by, onBehalfOf: null } as const
  await insertDecision(tx, { reportId: report.id, level: first, ...decision })
  await writeDecided(tx, report.id, risen.at)
  const next = await riseFrom(tx, report, first.code)
  if (next) await writeLevel(tx, report.id, next)
}

/** What its people would have written beside the warnings before they sent it. */
async function explainAll(tx: Tx, open: OpenReport, { sentAt, filledBy }: PlantedReport & { sentAt: Date }) {
  const { id } = open.report
  const before = outcomeOf(open, sentAt)
  for (const problem of before.problems)
    if (problem.level === 'warning')
      await explain(tx, id, problem, 'Проверено по журналу движения детей: число верное.', filledBy)
  const outcome = outcomeOf(open, sentAt, await explanationsOf(tx, id))
  await freezeSources(tx, id, open.pulled, explainedWarnings(outcome))
  return outcome
}

/** A file of values may hold worked-out cells too; they are worked out anew. */
async function enteredOnly(tx: Tx, id: string, values: Record<string, string>): Promise<Map<string, string>> {
  const report = await findReport(tx, id)
  if (!report) throw new Error('The report is gone')
  const { form } = await openReport(tx, report)
  return new Map(Object.entries(openSheet(form, values).values()))
}
