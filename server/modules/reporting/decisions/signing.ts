/**
 * The door for a qualified signature: detached CMS over the canonical bytes of what is about to be sent. The mathematics
 * is checked here, and the days of the certificate; whether its issuer is accredited is for whoever reads it to check.
 */
import type { Signature } from '../../../../contracts/decisions.ts'
import { formatDate } from '../../../../web/kit/dates.ts'
import { type Db, transaction } from '../../../kernel/db/index.ts'
import { NotFound } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import {
  type ReadSignature,
  readSignature,
  UnreadableSignature,
  verifyDetached,
} from '../../../kernel/signing/index.ts'
import { isOpen } from '../cells/cells.ts'
import { accessReport, accessReportToChange } from '../reporting.access.ts'
import { ReportNotOpen } from '../reporting.errors.ts'
import type { ReportRow } from '../reports/reports.queries.ts'
import { type OpenReport, openReport } from '../reports/sheets.ts'
import {
  CertificateExpired,
  SignatureAlgorithm,
  SignatureAttached,
  SignatureMissing,
  SignatureNotNeeded,
  SignatureUnreadable,
  SignatureWrong,
  SignedOtherContent,
} from './decisions.errors.ts'
import { frozen, orderedCells } from './frozen.ts'
import { insertSignature, listSignatures, type SignatureRow } from './signing.queries.ts'

/** What is signed: whose report it is, of which form and period, and every cell, as JSON in UTF-8. */
export const canonicalBytes = (report: ReportRow, cells: Record<string, string>): Buffer =>
  Buffer.from(
    JSON.stringify({
      report: report.id,
      form: report.formCode,
      organisation: report.organisationId,
      period: { year: report.year, kind: report.periodKind, number: report.periodNumber },
      cells: orderedCells(cells),
    }),
    'utf8',
  )

export const asksForSignature = ({ form }: Pick<OpenReport, 'form'>): boolean => form.template.signature === 'qualified'

/** Why a report cannot go without a signature; nothing when it is there or is not asked for. */
export async function missingSignature(db: Db, open: OpenReport, contentHash: string) {
  if (!asksForSignature(open)) return undefined
  const signatures = await listSignatures(db, open.report.id)
  if (signatures.some((signature) => signature.contentHash === contentHash)) return undefined
  return signatures.length > 0 ? new SignedOtherContent() : new SignatureMissing()
}

export type SigningView = {
  report: ReportRow
  asked: boolean
  contentHash: string
  /** Over what stands in the report now. */
  signatures: Signature[]
  /** Over what stood in it before. */
  outdated: number
  may: boolean
}

export async function viewSigning(ctx: Context, id: string): Promise<SigningView> {
  const report = await accessReport(ctx.db, ctx, id, 'report.read')
  const open = await openReport(ctx.db, report)
  const { contentHash } = frozen(open)
  const rows = await listSignatures(ctx.db, id)
  const current = rows.filter((row) => row.contentHash === contentHash)
  return {
    report,
    asked: asksForSignature(open),
    contentHash,
    signatures: current.map(shownSignature),
    outdated: rows.length - current.length,
    may: isOpen(report),
  }
}

/** The bytes to be signed, as the report stands now. @throws NotFound 404, Forbidden 403, SignatureNotNeeded 409 */
export async function bytesToSign(ctx: Context, id: string): Promise<Response> {
  const report = await accessReport(ctx.db, ctx, id, 'report.read')
  const open = await openReport(ctx.db, report)
  if (!asksForSignature(open)) throw new SignatureNotNeeded()
  const { cells, contentHash } = frozen(open)
  return new Response(new Uint8Array(canonicalBytes(report, cells)), {
    headers: {
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': `attachment; filename="report-${contentHash.slice(0, 12)}.json"`,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'private, no-store',
    },
  })
}

export const largestSignature = 1_048_576

/**
 * @throws NotFound 404, Forbidden 403; ReportNotOpen, SignatureNotNeeded 409; SignatureUnreadable, SignatureAttached,
 * SignatureAlgorithm, SignatureWrong, CertificateExpired 422
 */
export async function putSignature(ctx: Context, id: string, file: File | undefined): Promise<void> {
  await accessReport(ctx.db, ctx, id, 'report.send')
  const read = reading(new Uint8Array((await file?.arrayBuffer()) ?? new ArrayBuffer(0)))
  await transaction(ctx, async (tx) => {
    const report = await accessReportToChange(tx, ctx, id, 'report.send')
    if (!isOpen(report)) throw new ReportNotOpen({ state: report.state })
    const open = await openReport(tx, report)
    if (!asksForSignature(open)) throw new SignatureNotNeeded()
    const { cells, contentHash } = frozen(open)
    if (!verifyDetached(read.der, read.certificate, canonicalBytes(report, cells))) throw new SignatureWrong()
    const now = new Date()
    if (now < read.validFrom || now > read.validTo)
      throw new CertificateExpired({
        from: formatDate(read.validFrom, ctx.timeZone),
        to: formatDate(read.validTo, ctx.timeZone),
      })

    const { der, ...told } = read
    await insertSignature(tx, { ...told, reportId: id, contentHash, signature: der, by: ctx.account.id })
    journal(tx, ctx, 'report.signed', { kind: 'report', id }, { contentHash, serialNumber: read.serialNumber })
  })
}

function reading(bytes: Uint8Array): ReadSignature {
  try {
    return readSignature(bytes)
  } catch (error) {
    if (!(error instanceof UnreadableSignature)) throw error
    switch (error.why) {
      case 'attached':
        throw new SignatureAttached()
      case 'algorithm':
        throw new SignatureAlgorithm()
      case 'unreadable':
        throw new SignatureUnreadable()
    }
  }
}

export const signatureHolds = (
  { signature, certificate }: SignatureRow,
  report: ReportRow,
  cells: Record<string, string>,
): boolean => verifyDetached(signature, certificate, canonicalBytes(report, cells))

/** The signature itself, as it was put. @throws NotFound 404 */
export async function downloadSignature(ctx: Context, id: string, hash: string, at: number): Promise<Response> {
  await accessReport(ctx.db, ctx, id, 'report.read')
  const row = (await listSignatures(ctx.db, id, hash))[at]
  if (!row) throw new NotFound({ what: 'signature' })
  return new Response(new Uint8Array(row.signature), {
    headers: {
      'Content-Type': 'application/pkcs7-signature',
      'Content-Disposition': `attachment; filename="report-${hash.slice(0, 12)}.json.sig"`,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'private, no-store',
    },
  })
}

export const shownSignature = (row: SignatureRow): Signature => ({
  subject: row.subject,
  issuer: row.issuer,
  serialNumber: row.serialNumber,
  validFrom: row.validFrom.toISOString(),
  validTo: row.validTo.toISOString(),
  signedAt: row.signedAt?.toISOString() ?? null,
  putAt: row.putAt.toISOString(),
  putBy: row.putBy,
})
