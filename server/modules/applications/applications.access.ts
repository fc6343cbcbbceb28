import type { AttachmentRole } from '../../../contracts/applications.ts'
import type { Db } from '../../kernel/db/index.ts'
import { Forbidden, NotFound } from '../../kernel/errors/index.ts'
import type { Context } from '../../kernel/http/index.ts'
import { placeAbove, placeOf } from '../organisations/index.ts'
import { NotYoursToWithdraw, OwnApplication, SupervisorFromAbove } from './applications.errors.ts'
import { type Application, findApplication } from './applications.queries.ts'
import { attachmentFormOf } from './attachment.ts'

type Deed = 'read' | 'decide' | 'withdraw'

/**
 * An application on a person's behalf: the applicant and those who decide over its organisation see it, for others it
 * does not exist. Nobody decides on its own.
 * @throws NotFound 404, Forbidden 403, OwnApplication 403, SupervisorFromAbove 403, NotYoursToWithdraw 403
 */
export async function accessApplication(db: Db, ctx: Context, id: string, deed: Deed): Promise<Application> {
  const application = await findApplication(db, id)
  if (!application) throw new NotFound({ what: 'application' })
  const own = isOwn(ctx, application)
  const decides = ctx.grants.allow('application.decide', placeOfIts(application))
  if (!own && !decides) throw new NotFound({ what: 'application' })
  if (deed === 'decide' && !decides) throw new Forbidden()
  if (deed === 'decide' && own) throw new OwnApplication()
  if (deed === 'decide' && !decidesOver(ctx, application, attachmentFormOf(application).role))
    throw new SupervisorFromAbove()
  if (deed === 'withdraw' && !own) throw new NotYoursToWithdraw()
  return application
}

export const isOwn = (ctx: Context, { applicantId }: Pick<Application, 'applicantId'>): boolean =>
  applicantId === ctx.account.id

export const mayDecide = (ctx: Context, application: Application): boolean =>
  application.state === 'waiting' &&
  !isOwn(ctx, application) &&
  decidesOver(ctx, application, attachmentFormOf(application).role)

/** A supervisor is made from above: nobody gives away what it holds itself. */
export function decidesOver(ctx: Context, application: Application, role: AttachmentRole): boolean {
  const place = role === 'supervisor' ? placeAbove(application) : placeOfIts(application)
  return ctx.grants.allow('application.decide', place)
}

const placeOfIts = ({ organisationId, regionCode, lineage }: Application) =>
  placeOf({ id: organisationId, regionCode, lineage })
