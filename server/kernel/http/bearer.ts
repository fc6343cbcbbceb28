/** Programs: `Authorization: Bearer kab_…` instead of a session, for the API alone (RFC 6750). */
import type { Context as HonoContext } from 'hono'
import { NotByToken, OwnNotByToken, TokenRefused } from '../errors/index.ts'
import type { SignedIn, Visitor } from './context.ts'
import type { ApiEndpoint } from './endpoint.ts'
import { takeAttempt } from './limits.ts'
import type { Services } from './services.ts'

/** Wrong tokens cannot be guessed right, but each costs a look into the database. */
const mostWrong = 30
const quarterOfAnHour = 15 * 60

/** Where a token is told; its cookies, if it sends any, then say nothing. */
export const isBearer = (c: HonoContext): boolean =>
  c.req.path.startsWith('/api/v1/') && /^bearer\b/i.test(c.req.header('authorization') ?? '')

/** A person does; a program, when its token was made so. */
export const reachesOwn = ({ apiToken }: Pick<SignedIn, 'apiToken'>): boolean => apiToken?.own ?? true

/**
 * The program behind the call, with what its token and its person may do by now. A route that is open to everyone does
 * not ask who comes.
 * @throws TokenRefused 401; NotByToken, OwnNotByToken 403 where no program is let in, or none without its person's own; TooManyRequests 429 after many wrong ones
 */
export async function knownByToken(
  c: HonoContext,
  visitor: Visitor,
  endpoint: ApiEndpoint,
  services: Services,
): Promise<Visitor> {
  if (!isBearer(c) || endpoint.needs === 'public') return visitor
  const [, token = ''] = /^bearer +(kab_[\w-]{43})$/i.exec(c.req.header('authorization') ?? '') ?? []
  const signedIn = token ? await services.readApiToken(services.db, token, visitor.address) : undefined
  if (!signedIn) {
    await takeAttempt(services.db, `token:address:${visitor.address}`, mostWrong, quarterOfAnHour)
    throw new TokenRefused()
  }
  if (!endpoint.tokens) throw new NotByToken()
  if (endpoint.tokens === 'own' && !reachesOwn(signedIn)) throw new OwnNotByToken()
  return Object.assign(visitor, { signedIn, account: signedIn.account })
}
