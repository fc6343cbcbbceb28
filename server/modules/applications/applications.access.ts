import { type Permission, permissions } from '../../kernel/access/index.ts'
import type { Db, Tx } from '../../kernel/db/index.ts'
import { Forbidden, NotFound, StaleVersion } from '../../kernel/errors/index.ts'
import { type Context, reachesOwn } from '../../kernel/http/index.ts'
import { placeAbove, placeOf } from '../organisations/index.ts'
import {
  NotWaiting,
  NotYourStage,
  NotYoursToAnswer,
  NotYoursToWithdraw,
  OwnApplication,
  SupervisorFromAbove,
  TakenByAnother,
} from './applications.errors.ts'
import { type Application, findApplication, lockApplication } from './applications.queries.ts'
import type { Deciding } from './list.queries.ts'

type Deed = 'read' | 'decide' | 'answer' | 'withdraw'

/**
 * An application on a person's behalf: the applicant and those who decide over its organisation see it, for others it
 * does not exist. Nobody decides on its own, nor what is another's stage. To a program without its person's own the person
 * is no applicant.
 * @throws NotFound 404; Forbidden, OwnApplication, SupervisorFromAbove, NotYourStage, NotYoursToAnswer,
 * NotYoursToWithdraw 403
 */
export async function accessApplication(db: Db, ctx: Context, id: string, deed: Deed): Promise<Application> {
  const application = await findApplication(db, id)
  // Until its visitor has confirmed the address it is nobody's.
  if (!application || application.state === 'unconfirmed') throw new NotFound({ what: 'application' })
  const isApplicant = isOwn(ctx, application)
  const own = isApplicant && reachesOwn(ctx)
  const decides = ctx.grants.allow('application.decide', placeOfIts(application))
  if (!own && !decides) throw new NotFound({ what: 'application' })
  switch (deed) {
    case 'read':
      return application
    case 'answer':
      if (!own) throw new NotYoursToAnswer()
      return application
    case 'withdraw':
      if (!own) throw new NotYoursToWithdraw()
      return application
    case 'decide':
      if (!decides) throw new Forbidden()
      if (isApplicant) throw new OwnApplication()
      refuseOthersStage(ctx, application)
      return application
  }
}

/**
 * As `accessApplication`, for an action that changes it: others wait until it ends, and it is not decided yet.
 * @param version that the person has read; undefined: whatever it is
 * @throws NotWaiting 409, StaleVersion 409
 */
export async function accessToChange(
  tx: Tx,
  ctx: Context,
  id: string,
  deed: Exclude<Deed, 'read'>,
  version?: number,
): Promise<Application> {
  await lockApplication(tx, id)
  const application = await accessApplication(tx, ctx, id, deed)
  const { state } = application
  if (state !== 'waiting' && state !== 'asked') throw new NotWaiting({ state })
  if (version !== undefined && version !== application.version) throw new StaleVersion()
  return application
}

/** @throws TakenByAnother 409: who has it in work decides, unless it is released */
export function refuseTaken(ctx: Context, { assigneeId, assigneeName }: Application): void {
  if (assigneeId !== null && assigneeId !== ctx.account.id) throw new TakenByAnother({ name: assigneeName })
}

function refuseOthersStage(ctx: Context, application: Application): void {
  if (reaches(ctx, application)) return
  throw application.fromAbove ? new SupervisorFromAbove() : new NotYourStage()
}

/** Whether the stage it stands at is the person's to decide, by permission and place. */
function reaches(ctx: Context, application: Application): boolean {
  const place = application.fromAbove && application.organisationId ? placeAbove(application) : placeOfIts(application)
  return ctx.grants.allow('application.decide', place) && ctx.grants.allow(application.needs, place)
}

export const isOwn = (ctx: Context, { applicantId }: Pick<Application, 'applicantId'>): boolean =>
  applicantId === ctx.account.id

export const isOpen = ({ state }: Pick<Application, 'state'>): boolean => state === 'waiting' || state === 'asked'

export const mayDecide = (ctx: Context, application: Application): boolean =>
  isOpen(application) && !isOwn(ctx, application) && reaches(ctx, application)

export const placeOfIts = ({ organisationId, regionCode, lineage }: Application) =>
  placeOf({ id: organisationId ?? '', regionCode, lineage })

/** The same for a list: everything by which some stage of some kind may be decided. */
export const decidingOf = ({ grants }: Context): Deciding => ({
  scopes: grants.scopes('application.decide'),
  permissions: permissions
    .filter((permission: Permission) => grants.has(permission))
    .map((permission) => ({ permission, scopes: grants.scopes(permission) })),
})
