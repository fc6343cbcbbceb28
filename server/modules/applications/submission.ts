import type { ApplicationKind } from '../../../contracts/applications.ts'
import type { Tx } from '../../kernel/db/index.ts'
import type { Context } from '../../kernel/http/index.ts'
import { journal } from '../../kernel/journal/index.ts'
import { publish } from '../../kernel/outbox/index.ts'
import { DuplicateApplication } from './applications.errors.ts'
import { findWaiting, insertApplication } from './applications.queries.ts'
import { dayIn, dueAfterWorkingDays } from './deadlines.ts'

type Submission = { kind: ApplicationKind; organisationId: string; form: unknown; workingDays: number }

/**
 * Enters an application whose form its kind has checked.
 * @throws DuplicateApplication 409 when the same one waits already
 */
export async function submitApplication(
  tx: Tx,
  ctx: Context,
  { kind, organisationId, form, workingDays }: Submission,
): Promise<{ id: string; number: string }> {
  const now = new Date()
  const before = await findWaiting(tx, kind, ctx.account.id, organisationId)
  if (before) throw new DuplicateApplication({ number: before.number })
  const application = await insertApplication(tx, {
    kind,
    applicantId: ctx.account.id,
    organisationId,
    form,
    dueAt: dueAfterWorkingDays(now, workingDays, ctx.timeZone),
    year: Number(dayIn(now, ctx.timeZone).slice(0, 4)),
  })
  // Two windows at once: the other one's application is visible by now, for this insert has waited for its commit.
  if (!application) {
    const other = await findWaiting(tx, kind, ctx.account.id, organisationId)
    throw new DuplicateApplication({ number: other?.number ?? '' })
  }
  journal(tx, ctx, 'application.submitted', { kind: 'application', id: application.id }, { kind, organisationId })
  await publish(tx, 'application.submitted', { applicationId: application.id, timeZone: ctx.timeZone })
  return application
}
