/** What is common to applications of every kind: deciding, withdrawing, the lists. */
import type { ApplicationsQuery, Granting, RefusalOfApplication } from '../../../contracts/applications.ts'
import { type Tx, transaction } from '../../kernel/db/index.ts'
import type { Context } from '../../kernel/http/index.ts'
import { journal } from '../../kernel/journal/index.ts'
import { publish } from '../../kernel/outbox/index.ts'
import { listDeciders } from '../organisations/index.ts'
import { accessApplication, decidesOver, isOwn, mayDecide } from './applications.access.ts'
import { NotWaiting, SupervisorFromAbove } from './applications.errors.ts'
import { type Application, closeApplication, findApplication, listApplications } from './applications.queries.ts'
import { attachApplicant } from './attachment.ts'

/**
 * Grants an application: its effect stands in the same transaction.
 * @throws NotWaiting 409 when it was decided or withdrawn meanwhile; SupervisorFromAbove 403
 */
export const grantApplication = (ctx: Context, id: string, granting: Granting): Promise<Application> =>
  transaction(ctx, async (tx) => {
    const application = await accessApplication(tx, ctx, id, 'decide')
    if (!decidesOver(ctx, application, granting.role)) throw new SupervisorFromAbove()
    await close(tx, ctx, application, 'granted', granting.reason || null)
    await takeEffect(tx, ctx, application, granting)
    journal(tx, ctx, 'application.granted', { kind: 'application', id }, { role: granting.role })
    await publish(tx, 'application.granted', { applicationId: id, role: granting.role })
    return reread(tx, id)
  })

/**
 * Refuses an application with a reason; the applicant may submit it again.
 * @throws NotWaiting 409 when it was decided or withdrawn meanwhile
 */
export const refuseApplication = (ctx: Context, id: string, { reason }: RefusalOfApplication): Promise<Application> =>
  transaction(ctx, async (tx) => {
    const application = await accessApplication(tx, ctx, id, 'decide')
    await close(tx, ctx, application, 'refused', reason)
    journal(tx, ctx, 'application.refused', { kind: 'application', id })
    await publish(tx, 'application.refused', { applicationId: id })
    return reread(tx, id)
  })

/**
 * Takes one's own application back; nothing decides on it afterwards.
 * @throws NotWaiting 409 when it is decided already
 */
export const withdrawApplication = (ctx: Context, id: string): Promise<Application> =>
  transaction(ctx, async (tx) => {
    const application = await accessApplication(tx, ctx, id, 'withdraw')
    await close(tx, ctx, application, 'withdrawn', null)
    journal(tx, ctx, 'application.withdrawn', { kind: 'application', id })
    await publish(tx, 'application.withdrawn', { applicationId: id })
    return reread(tx, id)
  })

async function close(
  tx: Tx,
  ctx: Context,
  { id, state }: Application,
  closed: 'granted' | 'refused' | 'withdrawn',
  reason: string | null,
): Promise<void> {
  if (state !== 'waiting') throw new NotWaiting({ state })
  if (await closeApplication(tx, id, { state: closed, by: ctx.account.id, reason })) return
  throw new NotWaiting({ state: (await reread(tx, id)).state })
}

function takeEffect(tx: Tx, ctx: Context, application: Application, granting: Granting): Promise<void> {
  switch (application.kind) {
    case 'attachment':
      return attachApplicant(tx, ctx, application, granting)
  }
}

async function reread(tx: Tx, id: string): Promise<Application> {
  const application = await findApplication(tx, id)
  if (!application) throw new TypeError('An application is never removed')
  return application
}

export type ApplicationView = Application & {
  mayDecide: boolean
  mayWithdraw: boolean
  deciders: { fullName: string; organisation: string | null }[]
}

export const viewApplication = async (ctx: Context, id: string): Promise<ApplicationView> =>
  viewOf(ctx, await accessApplication(ctx.db, ctx, id, 'read'))

/** With what the person may do, and, while it waits, in whose hands it is. */
export async function viewOf(ctx: Context, application: Application): Promise<ApplicationView> {
  const { organisationId, applicantId } = application
  const waiting = application.state === 'waiting'
  const deciders = waiting ? await listDeciders(ctx.db, organisationId, 'application.decide', applicantId) : []
  return {
    ...application,
    mayDecide: mayDecide(ctx, application),
    mayWithdraw: waiting && isOwn(ctx, application),
    deciders: deciders.map(({ fullName, organisation }) => ({ fullName, organisation })),
  }
}

/** The queue of those who decide, unless one's own are asked for. */
export async function viewApplications(ctx: Context, query: ApplicationsQuery) {
  const side = query.side ?? (ctx.grants.has('application.decide') ? 'queue' : 'own')
  const { rows, total } = await listApplications(
    ctx.db,
    side === 'own' ? { side, applicantId: ctx.account.id } : { side, scopes: ctx.grants.scopes('application.decide') },
    query,
  )
  return { rows, total, page: query.page, side }
}
