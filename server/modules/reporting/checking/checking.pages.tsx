import { z } from 'zod'
import { problemKey } from '../../../../contracts/check-rules.ts'
import { HintDismissal, NewExplanation } from '../../../../contracts/checks.ts'
import { checkLines } from '../../../../web/report/index.ts'
import { type FormFailure, type PageContext, pages, seeOther } from '../../../kernel/http/index.ts'
import { seePulls } from '../pulls/seen.ts'
import { reportAddress } from '../reports/report.bar.tsx'
import { reportPage } from '../reports/reports.pages.tsx'
import { viewReport } from '../reports/reports.ts'
import { formOfReport } from '../reports/sheets.ts'
import { viewProblems } from './checks.ts'
import { explainWarning } from './explanations.ts'
import { dismissHint } from './hints.ts'
import { WarningPage } from './warning.page.tsx'

const WarningQuery = z.object({ problem: z.string().max(500), section: z.string().max(60).default('title') })

const Back = z.object({ section: z.string().min(1).max(60) })

const again = (ctx: PageContext, { id }: { id: string }, { problems, message, values }: FormFailure) =>
  reportPage(ctx, id, values.section, { message: message ?? problems?.[0]?.text })

/** Posts from the results of the check: each leads back to the section that was open. */
export const checkingPages = pages('/reports')
  .get('/{id}/warning', { needs: 'report.fill', query: WarningQuery }, (ctx, { id }, asked) =>
    warningPage(ctx, id, asked),
  )
  .post(
    '/{id}/explanation-of-warning',
    {
      needs: 'report.fill',
      form: NewExplanation.extend(Back.shape),
      again: (ctx, { id }, failure) =>
        warningPage(ctx, id, { section: failure.values.section ?? '', problem: failure.values.problem ?? '' }, failure),
    },
    async (ctx, { id }, { section, ...explanation }) => {
      await explainWarning(ctx, id, explanation)
      return seeOther(`${reportAddress(id, section)}#checks`, 'report.explained')
    },
  )
  .post(
    '/{id}/hints',
    { needs: 'report.fill', form: HintDismissal.extend(Back.shape), again },
    async (ctx, { id }, { section, ...dismissal }) => {
      await dismissHint(ctx, id, dismissal)
      return seeOther(`${reportAddress(id, section)}#hints`, 'report.hint-dismissed')
    },
  )
  .post('/{id}/pulls-seen', { needs: 'report.fill', form: Back, again }, async (ctx, { id }, { section }) => {
    await seePulls(ctx, id)
    return seeOther(reportAddress(id, section), 'report.pulls-seen')
  })

async function warningPage(
  ctx: PageContext,
  id: string,
  { problem: key, section }: { problem: string; section: string },
  failure?: FormFailure,
) {
  const report = await viewReport(ctx, id)
  const { problems } = await viewProblems(ctx, id)
  const lines = checkLines(problems.filter(({ level }) => level === 'warning'))
  const line = lines.find(({ problems: alike }) => alike.some((known) => problemKey(known) === key))
  const form = await formOfReport(ctx.db, id)
  return (
    <WarningPage
      ctx={ctx}
      report={report}
      form={form}
      problem={line?.first}
      alike={line?.problems.length ?? 0}
      section={section}
      failure={failure}
    />
  )
}
