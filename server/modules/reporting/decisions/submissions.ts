/** What was sent, as it was sent: its cells under their hash, who decided about it at each step, what changed since before. */
import type {
  CellDifference,
  Decision,
  Submission,
  Verification,
  WholeSubmission,
} from '../../../../contracts/decisions.ts'
import type { Db } from '../../../kernel/db/index.ts'
import { NotFound } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { accessReport } from '../reporting.access.ts'
import type { ReportRow } from '../reports/reports.queries.ts'
import { contentHash } from './frozen.ts'
import { listSignatures } from './signing.queries.ts'
import { shownSignature, signatureHolds } from './signing.ts'
import {
  type DecisionRow,
  findBaseOf,
  findExplanations,
  findLastNumber,
  findSubmission,
  listDecisionRows,
  listSubmissionRows,
} from './submissions.queries.ts'

type SubmissionRow = Awaited<ReturnType<typeof listSubmissionRows>>[number]

const shownSubmission = ({
  id,
  number,
  contentHash: hash,
  sentAt,
  sentBy,
  outcome,
  reason,
  decidedAt,
}: SubmissionRow): Submission => ({
  id,
  number,
  contentHash: hash,
  sentAt: sentAt.toISOString(),
  sentBy,
  outcome,
  reason,
  decidedAt: decidedAt?.toISOString() ?? null,
})

export async function viewSubmissions(ctx: Context, id: string): Promise<Submission[]> {
  await accessReport(ctx.db, ctx, id, 'report.read')
  return (await listSubmissionRows(ctx.db, id)).map(shownSubmission)
}

const shownDecision = ({ outcome, level, organisation, reason, at, by, onBehalfOf }: DecisionRow): Decision => ({
  outcome,
  level,
  organisation,
  reason,
  at: at.toISOString(),
  by,
  onBehalfOf,
})

/** The decisions about the newest submission. */
export async function decisionsOfLast(db: Db, reportId: string): Promise<Decision[]> {
  const number = await findLastNumber(db, reportId)
  const rows = await listDecisionRows(db, reportId)
  return rows.filter(({ submission }) => submission === number).map(shownDecision)
}

/** How the report was decided when it was sent last, and by whom; nothing while it waits. */
export async function viewDecision(ctx: Context, id: string): Promise<Decision | undefined> {
  await accessReport(ctx.db, ctx, id, 'report.read')
  return (await decisionsOfLast(ctx.db, id)).at(-1)
}

/** @throws NotFound 404 */
export async function viewSubmission(ctx: Context, id: string, number: number): Promise<WholeSubmission> {
  await accessReport(ctx.db, ctx, id, 'report.read')
  const row = await findSubmission(ctx.db, id, number)
  if (!row) throw new NotFound({ what: 'submission' })
  const [decisions, signatures, explanations, base] = await Promise.all([
    listDecisionRows(ctx.db, id),
    listSignatures(ctx.db, id, row.contentHash),
    findExplanations(ctx.db, row.id),
    findBaseOf(ctx.db, id, number),
  ])
  return {
    ...shownSubmission(row),
    cells: row.cells,
    decisions: decisions.filter(({ submission }) => submission === number).map(shownDecision),
    signatures: signatures.map(shownSignature),
    explanations,
    before: base?.number ?? null,
    differences: base ? differencesOf(base.cells, row.cells) : [],
  }
}

/** The newest submission with what changed in it; nothing when the report was never sent. */
export async function viewLastSubmission(ctx: Context, id: string): Promise<WholeSubmission | undefined> {
  const number = await findLastNumber(ctx.db, id)
  return number === undefined ? undefined : viewSubmission(ctx, id, number)
}

/** Hashes what is kept anew: what was changed past the program shows. @throws NotFound 404 */
export async function verifySubmission(ctx: Context, id: string, number: number): Promise<Verification> {
  const report: ReportRow = await accessReport(ctx.db, ctx, id, 'report.read')
  const row = await findSubmission(ctx.db, id, number)
  if (!row) throw new NotFound({ what: 'submission' })
  const computedHash = contentHash(row.cells)
  const signatures = await listSignatures(ctx.db, id, row.contentHash)
  return {
    number,
    contentHash: row.contentHash,
    computedHash,
    intact: computedHash === row.contentHash,
    signatures: signatures.map((signature) => ({
      subject: signature.subject,
      intact: signatureHolds(signature, report, row.cells),
    })),
  }
}

const order = new Intl.Collator('ru', { numeric: true })

export function differencesOf(was: Record<string, string>, is: Record<string, string>): CellDifference[] {
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((cell) => (was[cell] ?? '') !== (is[cell] ?? ''))
    .sort(order.compare)
    .map((cell) => ({ cell, was: was[cell] || null, is: is[cell] || null }))
}
