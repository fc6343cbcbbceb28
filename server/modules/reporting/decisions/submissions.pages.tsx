import { z } from 'zod'
import { NewHandover } from '../../../../contracts/decisions.ts'
import { parseDate } from '../../../../web/kit/index.ts'
import { type FormFailure, type PageContext, pages, seeOther } from '../../../kernel/http/index.ts'
import { accessReport } from '../reporting.access.ts'
import { placeOfReport } from '../reports/reports.queries.ts'
import { shownReport } from '../reports/reports.ts'
import { formOfVersion } from '../reports/sheets.ts'
import { SubmissionNumber } from './decisions.routes.ts'
import { HandoversPage } from './handovers.page.tsx'
import { endHandover, handOver, viewHandedQueue, viewHandoverChoices, viewHandovers } from './handovers.ts'
import { SigningPage } from './signing.page.tsx'
import { bytesToSign, downloadSignature, largestSignature, putSignature, viewSigning } from './signing.ts'
import { SubmissionPage, SubmissionsPage } from './submissions.page.tsx'
import { verifySubmission, viewSubmission, viewSubmissions } from './submissions.ts'

export const submissionPages = pages('/reports')
  .get('/{id}/submissions', { needs: 'report.read' }, async (ctx, { id }) => {
    const report = await accessReport(ctx.db, ctx, id, 'report.read')
    return <SubmissionsPage ctx={ctx} report={shownReport(report)} submissions={await viewSubmissions(ctx, id)} />
  })
  .get(
    '/{id}/submissions/{number}',
    {
      needs: 'report.read',
      params: SubmissionNumber,
      query: z.object({
        section: z.string().max(60).optional().catch(undefined),
        verify: z.string().max(10).optional().catch(undefined),
      }),
    },
    async (ctx, { id, number }, { section, verify }) => {
      const report = await accessReport(ctx.db, ctx, id, 'report.read')
      return (
        <SubmissionPage
          ctx={ctx}
          report={shownReport(report)}
          form={await formOfVersion(ctx.db, report.formVersionId)}
          submission={await viewSubmission(ctx, id, Number(number))}
          section={section}
          verification={verify ? await verifySubmission(ctx, id, Number(number)) : undefined}
        />
      )
    },
  )
  .get(
    '/{id}/submissions/{number}/signatures/{at}',
    { needs: 'report.read', params: { ...SubmissionNumber, at: SubmissionNumber.number } },
    async (ctx, { id, number, at }) => {
      const { contentHash } = await viewSubmission(ctx, id, Number(number))
      return downloadSignature(ctx, id, contentHash, Number(at) - 1)
    },
  )
  .get('/{id}/signature', { needs: 'report.read' }, (ctx, { id }) => signingPage(ctx, id))
  .get('/{id}/signature/content', { needs: 'report.read' }, (ctx, { id }) => bytesToSign(ctx, id))
  .post(
    '/{id}/signature',
    {
      needs: 'report.send',
      form: z.object({ file: z.instanceof(File).optional().catch(undefined) }),
      largest: largestSignature,
      again: (ctx, { id }, failure) => signingPage(ctx, id, failure),
    },
    async (ctx, { id }, { file }) => {
      await putSignature(ctx, id, file)
      return seeOther(`/reports/${id}/signature`, 'signature.put')
    },
  )

async function signingPage(ctx: PageContext, id: string, failure?: FormFailure) {
  const view = await viewSigning(ctx, id)
  const mayPut = ctx.grants.allow('report.send', placeOfReport(view.report))
  return <SigningPage ctx={ctx} view={view} mayPut={mayPut} failure={failure} />
}

const Day = (what: string) =>
  z
    .string(what)
    .transform((typed) => parseDate(typed) ?? '')
    .refine((day) => day !== '', what)

const HandoverForm = NewHandover.extend({
  startsOn: Day('Укажите первый день: ДД.ММ.ГГГГ'),
  endsOn: Day('Укажите последний день: ДД.ММ.ГГГГ'),
})

export const handoverPages = pages('/handovers')
  .get('/', { needs: 'report.decide' }, (ctx) => handoversPage(ctx))
  .post(
    '/',
    { needs: 'report.decide', form: HandoverForm, again: (ctx, _params, failure) => handoversPage(ctx, failure) },
    async (ctx, _params, asked) => {
      await handOver(ctx, asked)
      return seeOther('/handovers', 'handover.made')
    },
  )
  .post(
    '/{id}/ending',
    { needs: 'report.decide', again: (ctx, _params, failure) => handoversPage(ctx, failure) },
    async (ctx, { id }) => {
      await endHandover(ctx, id)
      return seeOther('/handovers', 'handover.ended')
    },
  )

async function handoversPage(ctx: PageContext, failure?: FormFailure) {
  const [handovers, queue, choices] = await Promise.all([
    viewHandovers(ctx),
    viewHandedQueue(ctx),
    viewHandoverChoices(ctx),
  ])
  return <HandoversPage ctx={ctx} handovers={handovers} queue={queue} choices={choices} failure={failure} />
}
