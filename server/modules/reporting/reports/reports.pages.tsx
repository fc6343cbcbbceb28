import { z } from 'zod'
import { reasonField } from '../../../../contracts/common-work.ts'
import { ReportQuery, versionField } from '../../../../contracts/reporting.ts'
import { type FormFailure, type PageContext, pages, seeOther } from '../../../kernel/http/index.ts'
import { enterTyped, removeEntry, saveCells } from '../cells/cells.ts'
import { checkReport } from '../checking/checks.ts'
import { sendReport } from '../decisions/sending.ts'
import { CellsUnsaved } from '../reporting.errors.ts'
import { reportAddress } from './report.bar.tsx'
import { ReportPage, type ReportPageProps } from './report.page.tsx'
import { viewReportPage } from './report.view.ts'
import { ReportsPage } from './reports.page.tsx'
import { viewReports } from './reports.ts'
import { listToDo } from './to-do.card.tsx'

const SectionCode = z.string().min(1).max(60)
/** Of a section too large to be drawn as fields at once; from 1. */
const PartNumber = z.coerce.number().int().min(1).max(10_000)
const PageQuery = z.object({
  section: SectionCode.optional().catch(undefined),
  level: z.enum(['error', 'warning', 'unexplained']).optional().catch(undefined),
  /** Code of a row that repeats, of which one more is shown, still empty. */
  add: SectionCode.optional().catch(undefined),
  part: PartNumber.optional().catch(undefined),
})

/** The fields of a section's form: cells by address, the version that was shown, and what to do after saving. */
const SectionFields = z.record(z.string().max(120), z.string().max(4000))

export const reportPages = pages('/reports')
  .get('/', { needs: 'report.read', query: ReportQuery }, async (ctx, _params, query) => (
    <ReportsPage ctx={ctx} query={query} list={await viewReports(ctx, query)} toDo={await listToDo(ctx)} />
  ))
  .get('/{id}', { needs: 'report.read', query: PageQuery }, (ctx, { id }, { section, ...extras }) =>
    reportPage(ctx, id, section, extras),
  )
  .post(
    '/{id}/sections/{code}',
    {
      needs: 'report.fill',
      form: SectionFields,
      params: { code: SectionCode },
      again: (ctx, { id, code }, failure) => sectionAgain(ctx, id, code, failure),
    },
    async (ctx, { id, code }, fields) => {
      const { do: deed = 'save', [versionField]: version, [reasonField]: reason, part, ...changes } = fields
      const since = /^\d{1,9}$/.test(version ?? '') ? Number(version) : undefined
      const saved = await saveCells(ctx, id, { changes, since, source: 'page', reason })
      if (saved.refused.length + saved.conflicts.length > 0) throw new CellsUnsaved(saved)
      const address = reportAddress(id, code) + (part ? `&part=${Number(part)}` : '')
      return afterSaving(ctx, { id, section: code, address, deed, saved: saved.saved })
    },
  )
  .post(
    '/{id}/sections/{code}/check',
    { needs: 'report.read', params: { code: SectionCode } },
    async (ctx, { id, code }) => {
      await checkReport(ctx, id)
      return seeOther(`${reportAddress(id, code)}#checks`)
    },
  )

type Extras = Pick<ReportPageProps, 'level' | 'message' | 'unsaved' | 'comment' | 'part'> & { add?: string | undefined }

/** The page of a report, with what a failed post of it is to show again. */
export async function reportPage(
  ctx: PageContext,
  id: string,
  section: string | undefined,
  { add, ...extras }: Extras,
) {
  const view = await viewReportPage(ctx, id, section)
  if (add !== undefined && view.may.fill) view.sheet.addRow(view.section, add)
  return <ReportPage ctx={ctx} view={view} {...extras} />
}

const cameTooLate = ['session-ended', 'form-expired', 'report.reason-missing']

/** Of a section that came too late nothing has been saved: what was typed is put in its place again. */
async function sectionAgain(ctx: PageContext, id: string, code: string, { error, message, values }: FormFailure) {
  if (error instanceof CellsUnsaved) return reportPage(ctx, id, code, { unsaved: { ...error.unsaved, typed: values } })
  if (!cameTooLate.includes(error.code)) return reportPage(ctx, id, code, { message })
  const { do: _deed, [versionField]: version, [reasonField]: _reason, part, ...typed } = values
  const view = await viewReportPage(ctx, id, code, Object.keys(typed))
  const unsaved = view.may.fill ? { refused: enterTyped(view, typed), conflicts: [], typed, since: version } : undefined
  const shownPart = PartNumber.optional().catch(undefined).parse(part)
  return <ReportPage ctx={ctx} view={view} message={message} unsaved={unsaved} part={shownPart} />
}

type Saving = { id: string; section: string; address: string; deed: string; saved: number }

/** What the button besides saving asked for. */
async function afterSaving(ctx: PageContext, { id, section, address, deed, saved }: Saving) {
  switch (deed) {
    case 'check': {
      const { errors } = await checkReport(ctx, id)
      return seeOther(`${address}#checks`, errors === 0 ? 'report.clean' : undefined)
    }
    case 'send':
      await sendReport(ctx, id)
      return seeOther(reportAddress(id), 'report.sent')
    default:
      if (deed.startsWith('remove:')) {
        const [row = '', entry = ''] = deed.slice('remove:'.length).split('#')
        await removeEntry(ctx, id, { section, row, entry: Number(entry) })
        return seeOther(`${address}#section`, 'report.saved')
      }
      if (deed.startsWith('add:')) return seeOther(`${address}&add=${encodeURIComponent(deed.slice(4))}#section`)
      return seeOther(address, saved > 0 ? 'report.saved' : 'report.unchanged')
  }
}
