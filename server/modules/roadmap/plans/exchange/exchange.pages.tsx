import { z } from 'zod'
import { PlanQuery } from '../../../../../contracts/measures.ts'
import { largestPlanFile, PlanFile } from '../../../../../contracts/plan-exchange.ts'
import { RegionCode } from '../../../../../contracts/roadmaps.ts'
import { pages, seeOther } from '../../../../kernel/http/index.ts'
import { GivePage } from './give.page.tsx'
import { ImportPage } from './import.page.tsx'
import { accessPlanToChange, applyPlanImport, givePlan, viewPlanImport } from './imports.ts'
import { exportPlan } from './plan-files.ts'

const room = 1_100_000

const Region = z.object({ region: RegionCode.optional().catch(undefined) })

/** A field in which no file was chosen sends an empty one. */
export const planExchangePages = pages('/roadmaps')
  .get(
    '/{id}/plan/export',
    { needs: 'roadmap.read', query: PlanQuery.extend({ format: z.enum(['xlsx', 'csv', 'pdf']).catch('xlsx') }) },
    (ctx, { id }, query) => exportPlan(ctx, id, query),
  )
  .get('/{id}/plan/import', { needs: 'roadmap.read', query: Region }, async (ctx, { id }, { region }) => (
    <GivePage ctx={ctx} plan={await accessPlanToChange(ctx.db, ctx, id, region)} />
  ))
  .post(
    '/{id}/plan/import',
    {
      needs: 'roadmap.read',
      form: PlanFile,
      largest: largestPlanFile + room,
      again: async (ctx, { id }, failure) => (
        <GivePage ctx={ctx} plan={await accessPlanToChange(ctx.db, ctx, id, failure.values.region)} failure={failure} />
      ),
    },
    async (ctx, { id }, given) => seeOther(`/roadmaps/${id}/plan/imports/${await givePlan(ctx, id, given)}`),
  )
  .get('/{id}/plan/imports/{importId}', { needs: 'roadmap.read' }, (ctx, { id, importId }) =>
    importPage(ctx, id, importId),
  )
  .post(
    '/{id}/plan/imports/{importId}/application',
    {
      needs: 'roadmap.read',
      form: z.object({ unsure: z.literal('yes').optional().catch(undefined) }),
      again: (ctx, { id, importId }, { message }) => importPage(ctx, id, importId, message),
    },
    async (ctx, { id, importId }, { unsure }) => {
      await applyPlanImport(ctx, id, importId, { unsure: unsure === 'yes' })
      return seeOther(`/roadmaps/${id}/plan/imports/${importId}`, 'plan.import-applied')
    },
  )

async function importPage(
  ctx: Parameters<typeof GivePage>[0]['ctx'],
  id: string,
  importId: string,
  message?: string | undefined,
) {
  const found = await viewPlanImport(ctx, id, importId)
  const plan = await accessPlanToChange(ctx.db, ctx, id, found.region ?? 'template')
  return <ImportPage ctx={ctx} plan={plan} found={found} message={message} />
}
