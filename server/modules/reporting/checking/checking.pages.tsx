import { z } from 'zod'
import { HintDismissal, NewExplanation } from '../../../../contracts/checks.ts'
import { type FormFailure, type PageContext, pages, seeOther } from '../../../kernel/http/index.ts'
import { seePulls } from '../pulls/seen.ts'
import { reportAddress } from '../reports/report.bar.tsx'
import { reportPage } from '../reports/reports.pages.tsx'
import { explainWarning } from './explanations.ts'
import { dismissHint } from './hints.ts'

const Back = z.object({ section: z.string().min(1).max(60) })

const again = (ctx: PageContext, { id }: { id: string }, { problems, message, values }: FormFailure) =>
  reportPage(ctx, id, values.section, { message: message ?? problems?.[0]?.text })

/** Posts from the results of the check: each leads back to the section that was open. */
export const checkingPages = pages('/reports')
  .post(
    '/{id}/explanation-of-warning',
    { needs: 'report.fill', form: NewExplanation.extend(Back.shape), again },
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
