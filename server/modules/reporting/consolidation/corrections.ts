/**
 * Corrections of totals: separate from reports, which stay as they were signed. A correction is the difference between
 * what was and what is to stand, over a territory; it goes into every higher total and is shown there by name.
 */
import type { NewCorrection, Withdrawal } from '../../../../contracts/consolidation.ts'
import { transaction } from '../../../kernel/db/index.ts'
import { NotFound } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { accessOrganisation } from '../../organisations/index.ts'
import { AlreadyWithdrawn, NotSummed, SameNumber } from './consolidation.errors.ts'
import { viewBehind } from './consolidation.ts'
import { insertCorrection, lockCorrection, markWithdrawn } from './corrections.queries.ts'
import { parsedPeriod } from './totals.ts'

/**
 * Puts another number into a total, under the name of who does it.
 * @throws NotSummed, SameNumber 422; Forbidden 403 without the right to decide over the territory
 */
export async function correctTotal(ctx: Context, correction: NewCorrection): Promise<{ id: string }> {
  const { form, period, territory, cell, states, becomes, reason } = correction
  await accessOrganisation(ctx.db, ctx, territory, 'report.decide')
  const view = await viewBehind(ctx, { form, period, territory, cell, states, page: 1 })
  if (view.slot.total !== 'sum' || view.slot.computed || view.slot.repeats) throw new NotSummed()
  const was = view.behind.total ?? '0'
  if (was === becomes) throw new SameNumber()
  return transaction(ctx, async (tx) => {
    const id = await insertCorrection(tx, {
      formId: view.form.id,
      period: parsedPeriod(period),
      organisationId: territory,
      cell,
      was,
      becomes,
      reason,
      by: ctx.account.id,
    })
    journal(tx, ctx, 'consolidation.corrected', { kind: 'total-correction', id }, { cell, was, becomes })
    return { id }
  })
}

/**
 * Takes a correction back; it stays in the history.
 * @throws AlreadyWithdrawn 409
 */
export const withdrawCorrection = (ctx: Context, id: string, { reason }: Withdrawal): Promise<void> =>
  transaction(ctx, async (tx) => {
    const correction = await lockCorrection(tx, id)
    if (!correction) throw new NotFound({ what: 'correction' })
    await accessOrganisation(tx, ctx, correction.organisationId, 'report.decide')
    if (correction.withdrawnAt) throw new AlreadyWithdrawn()

    await markWithdrawn(tx, id, ctx.account.id, reason)
    journal(tx, ctx, 'consolidation.withdrawn', { kind: 'total-correction', id }, { cell: correction.cell })
  })
