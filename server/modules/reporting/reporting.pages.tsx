import { z } from 'zod'
import { CellQuery, NewCampaign, NewComment, Refusal, ReportQuery, versionField } from '../../../contracts/reporting.ts'
import { parseDate } from '../../../web/kit/dates.ts'
import { type Endpoint, type FormFailure, type PageContext, pages, seeOther } from '../../kernel/http/index.ts'
import { openCampaign } from './campaigns.ts'
import { enterTyped, removeEntry, saveCells } from './cells.ts'
import { checkReport } from './checks.ts'
import { AcceptancePage, NothingToDecidePage, RefusalPage } from './decision.pages.tsx'
import { acceptReport, refuseReport, sendReport } from './decisions.ts'
import { addComment, attachFile, detachFile, downloadAttachment, largestAttachment } from './discussion.ts'
import { FormsPage } from './forms.page.tsx'
import { publishForm, templateText, viewForms } from './forms.ts'
import { CellPage, ChangesPage } from './history.pages.tsx'
import { findExplanation, viewChanges, viewHistory } from './history.ts'
import { reportAddress } from './report.bar.tsx'
import { ReportPage, type ReportPageProps } from './report.page.tsx'
import { viewReportPage } from './report.view.ts'
import { CellsUnsaved, FileMissing } from './reporting.errors.ts'
import { ReportsPage } from './reports.page.tsx'
import { viewDecision, viewReport, viewReports } from './reports.ts'
import { formOfReport } from './sheets.ts'

const SectionCode = z.string().min(1).max(60)
/** Of a section too large to be drawn as fields at once; from 1. */
const PartNumber = z.coerce.number().int().min(1).max(10_000)
const PageQuery = z.object({
  section: SectionCode.optional().catch(undefined),
  level: z.enum(['error', 'warning']).optional().catch(undefined),
  /** Code of a row that repeats, of which one more is shown, still empty. */
  add: SectionCode.optional().catch(undefined),
  part: PartNumber.optional().catch(undefined),
})
const SectionOnly = z.object({ section: SectionCode.optional().catch(undefined) })

/** The fields of a section's form: cells by address, the version that was shown, and what to do after saving. */
const SectionFields = z.record(z.string().max(120), z.string().max(4000))

const reportPages = pages('/reports')
  .get('/', { needs: 'report.read', query: ReportQuery }, async (ctx, _params, query) => (
    <ReportsPage ctx={ctx} query={query} list={await viewReports(ctx, query)} />
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
      const { do: deed = 'save', [versionField]: version, part, ...changes } = fields
      const since = /^\d{1,9}$/.test(version ?? '') ? Number(version) : undefined
      const saved = await saveCells(ctx, id, { changes, since, source: 'page' })
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
  .get('/{id}/acceptance', { needs: 'report.decide' }, (ctx, { id }) => decisionPage(ctx, id, AcceptancePage))
  .post(
    '/{id}/acceptance',
    {
      needs: 'report.decide',
      again: (ctx, { id }, failure) => decisionPage(ctx, id, AcceptancePage, failure),
    },
    async (ctx, { id }) => {
      await acceptReport(ctx, id)
      return seeOther(reportAddress(id), 'report.accepted')
    },
  )
  .get('/{id}/refusal', { needs: 'report.decide' }, (ctx, { id }) => decisionPage(ctx, id, RefusalPage))
  .post(
    '/{id}/refusal',
    {
      needs: 'report.decide',
      form: Refusal,
      again: (ctx, { id }, failure) => decisionPage(ctx, id, RefusalPage, failure),
    },
    async (ctx, { id }, refusal) => {
      await refuseReport(ctx, id, refusal)
      return seeOther(reportAddress(id), 'report.refused')
    },
  )
  .post(
    '/{id}/comments',
    {
      needs: 'report.comment',
      form: NewComment.extend(SectionOnly.shape),
      again: (ctx, { id }, { values, problems, message }) =>
        reportPage(ctx, id, values.section, { message: message ?? problems[0]?.text, comment: values.text }),
    },
    async (ctx, { id }, { section, ...comment }) => {
      await addComment(ctx, id, comment)
      return seeOther(`${reportAddress(id, section)}#comments`, 'report.commented')
    },
  )
  .post(
    '/{id}/attachments',
    {
      needs: 'report.fill',
      form: SectionOnly.extend({ file: z.instanceof(File).optional().catch(undefined) }),
      largest: largestAttachment + 100_000,
      again: (ctx, { id }, { values, message }) => reportPage(ctx, id, values.section, { message }),
    },
    async (ctx, { id }, { section, file }) => {
      await attachFile(ctx, id, file)
      return seeOther(`${reportAddress(id, section)}#attachments`, 'report.attached')
    },
  )
  .get('/{id}/attachments/{attachmentId}', { needs: 'report.read' }, (ctx, { id, attachmentId }) =>
    downloadAttachment(ctx, id, attachmentId),
  )
  .post(
    '/{id}/attachments/{attachmentId}/removal',
    {
      needs: 'report.fill',
      form: SectionOnly,
      again: (ctx, { id }, { values, message }) => reportPage(ctx, id, values.section, { message }),
    },
    async (ctx, { id, attachmentId }, { section }) => {
      await detachFile(ctx, id, attachmentId)
      return seeOther(`${reportAddress(id, section)}#attachments`, 'report.detached')
    },
  )
  .get('/{id}/changes', { needs: 'report.read' }, async (ctx, { id }) => (
    <ChangesPage
      ctx={ctx}
      report={await viewReport(ctx, id)}
      form={await formOfReport(ctx.db, id)}
      changes={await viewChanges(ctx, id)}
    />
  ))
  .get('/{id}/history', { needs: 'report.read', query: CellQuery }, async (ctx, { id }, { cell }) => (
    <CellPage
      ctx={ctx}
      report={await viewReport(ctx, id)}
      form={await formOfReport(ctx.db, id)}
      history={await viewHistory(ctx, id, cell)}
      explanation={await findExplanation(ctx, id, cell)}
    />
  ))

/** The form of a decision while one is awaited; afterwards, or before the report was sent, how things stand. */
async function decisionPage(ctx: PageContext, id: string, Asking: typeof RefusalPage, failure?: FormFailure) {
  const report = await viewReport(ctx, id)
  if (report.state === 'sent') return <Asking ctx={ctx} report={report} failure={failure} />
  return <NothingToDecidePage ctx={ctx} report={report} decision={await viewDecision(ctx, id)} failure={failure} />
}

type Extras = Pick<ReportPageProps, 'level' | 'message' | 'unsaved' | 'comment' | 'part'> & { add?: string | undefined }

async function reportPage(ctx: PageContext, id: string, section: string | undefined, { add, ...extras }: Extras) {
  const view = await viewReportPage(ctx, id, section)
  if (add !== undefined && view.may.fill) view.sheet.addRow(view.section, add)
  return <ReportPage ctx={ctx} view={view} {...extras} />
}

const cameTooLate = ['session-ended', 'form-expired']

/** Of a section that came too late nothing has been saved: what was typed is put in its place again. */
async function sectionAgain(ctx: PageContext, id: string, code: string, { error, message, values }: FormFailure) {
  if (error instanceof CellsUnsaved) return reportPage(ctx, id, code, { unsaved: { ...error.unsaved, typed: values } })
  if (!cameTooLate.includes(error.code)) return reportPage(ctx, id, code, { message })
  const { do: _deed, [versionField]: version, part, ...typed } = values
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

const largestTemplate = 10_485_760

const formPages = pages('/forms')
  .get('/', { needs: 'form.manage' }, async (ctx) => <FormsPage ctx={ctx} forms={await viewForms(ctx)} />)
  .post(
    '/',
    {
      needs: 'form.manage',
      form: z.object({ file: z.instanceof(File).optional().catch(undefined) }),
      largest: largestTemplate + 100_000,
      again: async (ctx, _params, failure) => (
        <FormsPage ctx={ctx} forms={await viewForms(ctx)} failure={{ of: 'template', failure }} />
      ),
    },
    async (ctx, _params, { file }) => {
      if (!file || file.size === 0) throw new FileMissing()
      await publishForm(ctx, templateText(new Uint8Array(await file.arrayBuffer())))
      return seeOther('/forms', 'form.published')
    },
  )

/** The page asks for a day; the campaign ends with it. */
const CampaignFields = NewCampaign.extend({
  deadline: z
    .string()
    .transform((typed) => parseDate(typed) ?? '')
    .refine((day) => day !== '', 'Укажите срок: ДД.ММ.ГГГГ'),
})

const campaignPages = pages('/campaigns').post(
  '/',
  {
    needs: 'form.manage',
    form: CampaignFields,
    again: async (ctx, _params, failure) => (
      <FormsPage ctx={ctx} forms={await viewForms(ctx)} failure={{ of: 'campaign', failure }} />
    ),
  },
  async (ctx, _params, { deadline, ...campaign }) => {
    await openCampaign(ctx, { ...campaign, deadline: endOfDay(deadline, ctx.timeZone) })
    return seeOther('/forms', 'campaign.opened')
  },
)

/** 23:59:59 of a calendar day in a time zone. */
function endOfDay(day: string, timeZone: string): string {
  const asUtc = new Date(`${day}T23:59:59Z`)
  const there = new Date(`${asUtc.toLocaleString('sv', { timeZone }).replace(' ', 'T')}Z`)
  return new Date(asUtc.getTime() * 2 - there.getTime()).toISOString()
}

export const reportingPages: Endpoint[] = [...reportPages.endpoints, ...formPages.endpoints, ...campaignPages.endpoints]
