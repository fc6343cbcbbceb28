import { z } from 'zod'
import { BehindQuery, ConsolidationQuery, NewCorrection, Withdrawal } from '../../../../contracts/consolidation.ts'
import { russianNumber } from '../../../../engine/index.ts'
import { type PageContext, pages, seeOther } from '../../../kernel/http/index.ts'
import { tableReply } from '../../../kernel/spreadsheets/index.ts'
import { findOrganisation, placeOf } from '../../organisations/index.ts'
import { BehindPage } from './behind.page.tsx'
import { NoFormToConsolidate } from './consolidation.errors.ts'
import { behindHref } from './consolidation.links.ts'
import { ConsolidationPage, NothingToConsolidate } from './consolidation.page.tsx'
import { consolidationPhrases } from './consolidation.phrases.ts'
import { type BehindView, viewBehind, viewConsolidation } from './consolidation.ts'
import { correctTotal, withdrawCorrection } from './corrections.ts'
import { tableOf } from './table.ts'

/** Only an address of this program's own is gone back to. */
const WithdrawalForm = Withdrawal.extend({ back: z.string().regex(/^\/consolidation\/cell\?[^\s]*$/) })
const TableQuery = ConsolidationQuery.extend({ format: z.enum(['xlsx', 'csv']) })

export const consolidationPages = pages('/consolidation')
  .get('/', { needs: 'report.read', query: ConsolidationQuery }, async (ctx, _, query) => {
    try {
      return <ConsolidationPage ctx={ctx} view={await viewConsolidation(ctx, query)} />
    } catch (error) {
      // Before the first campaign the page says what is missing; an address that names a form is answered with 404.
      if (!(error instanceof NoFormToConsolidate) || query.form) throw error
      return <NothingToConsolidate ctx={ctx} message={consolidationPhrases['consolidation.no-form']} />
    }
  })
  .get('/cell', { needs: 'report.read', query: BehindQuery }, async (ctx, _, query) => {
    const view = await viewBehind(ctx, query)
    return <BehindPage ctx={ctx} view={view} page={query.page} may={await mayCorrect(ctx, view)} />
  })
  .get('/table', { needs: 'report.read', query: TableQuery }, async (ctx, _, { format, ...query }) => {
    const view = await viewConsolidation(ctx, query)
    return tableReply({
      format,
      name: `Свод ${view.form.cipher} за ${view.period.title}`,
      sheet: 'Свод',
      widths: [12, 50, 10, 40, 20, 20, 12],
      rows: tableOf(view, (moment) => moment, russianNumber),
    })
  })
  .post(
    '/corrections',
    {
      needs: 'report.decide',
      form: NewCorrection,
      again: async (ctx, _, failure) => {
        const query = BehindQuery.safeParse({ ...failure.values, page: 1 })
        // Without a cell there is no page to show it on again.
        if (!query.success) throw failure.error
        const view = await viewBehind(ctx, query.data)
        return <BehindPage ctx={ctx} view={view} page={1} may={await mayCorrect(ctx, view)} failure={failure} />
      },
    },
    async (ctx, _, correction) => {
      await correctTotal(ctx, correction)
      const { form, period, territory, cell, states } = correction
      return seeOther(`${behindHref({ form, period, territory, cell, states })}#corrections`, 'consolidation.corrected')
    },
  )
  .post('/corrections/{id}/withdrawal', { needs: 'report.decide', form: WithdrawalForm }, async (ctx, { id }, form) => {
    await withdrawCorrection(ctx, id, form)
    return seeOther(`${form.back}#corrections`, 'consolidation.withdrawn-now')
  })

async function mayCorrect(ctx: PageContext, { query }: BehindView): Promise<boolean> {
  const organisation = query.territory ? await findOrganisation(ctx.db, query.territory) : undefined
  return organisation !== undefined && ctx.grants.allow('report.decide', placeOf(organisation))
}
