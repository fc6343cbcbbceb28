import type { Db } from '../../kernel/db/index.ts'
import { Forbidden, NotFound } from '../../kernel/errors/index.ts'
import type { Context } from '../../kernel/http/index.ts'
import { placeOf } from '../organisations/index.ts'
import { NotYoursToWithdraw, OwnApplication } from './applications.errors.ts'
import { type Application, findApplication } from './applications.queries.ts'

type Deed = 'read' | 'decide' | 'withdraw'

/**
 * An application on a person's behalf: the applicant and those who decide over its organisation see it, for others it
 * does not exist. Nobody decides on its own.
 * @throws NotFound 404, Forbidden 403, OwnApplication 403, NotYoursToWithdraw 403
 */
export async function accessApplication(db: Db, ctx: Context, id: string, deed: Deed): Promise<Application> {
  const application = await findApplication(db, id)
  if (!application) throw new NotFound({ what: 'application' })
  const own = isOwn(ctx, application)
  const decides = ctx.grants.allow('application.decide', placeOfIts(application))
  if (!own && !decides) throw new NotFound({ what: 'application' })
  if (deed === 'decide' && !decides) throw new Forbidden()
  if (deed === 'decide' && own) throw new OwnApplication()
  if (deed === 'withdraw' && !own) throw new NotYoursToWithdraw()
  return application
}

export const isOwn = (ctx: Context, { applicantId }: Pick<Application, 'applicantId'>): boolean =>
  applicantId === ctx.account.id

export const mayDecide = (ctx: Context, application: Application): boolean =>
  application.state === 'waiting' &&
  !isOwn(ctx, application) &&
  ctx.grants.allow('application.decide', placeOfIts(application))

const placeOfIts = ({ organisationId, regionCode, lineage }: Application) =>
  placeOf({ id: organisationId, regionCode, lineage })
