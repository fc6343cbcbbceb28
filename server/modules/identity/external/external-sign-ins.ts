/**
 * Ways out to another system's sign-in page. Each is remembered with what its answer will be checked by, comes back once,
 * soon, and into the very browser that went out: so nobody can be made to come in by an answer that was got elsewhere.
 */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { externalCookie, takeAttempt, type Visitor } from '../../../kernel/http/index.ts'
import { bucketOf, hashOf, newSecret } from '../secrets.ts'
import { ExternalSignInDead } from './external.errors.ts'
import { insertExternalSignIn, useExternalSignIn } from './external-sign-ins.queries.ts'

/** Long enough to find a telephone with a code; no longer. */
const openSeconds = 15 * 60
/** A whole institution may sit behind one network address. */
const mostByAddress = 300

export type WayOut = {
  /** `esia`, `openid:<name>` */
  provider: string
  /** `tie` belongs to whoever is signed in now, and must come back to the same person. */
  purpose: 'enter' | 'tie'
  /** What the answer is checked by, and where to after it: verifier, nonce, next. Kept sealed. */
  details: object
}

/**
 * Remembers a way out and binds it to this browser by a cookie. Begin it by a link (GET): a form that is answered by a
 * redirect to another site is stopped by the content security policy.
 * @returns `state` for the authorization request
 * @throws TooManyRequests 429
 */
export async function openExternalSignIn(ctx: Visitor, { provider, purpose, details }: WayOut): Promise<string> {
  await takeAttempt(ctx.db, bucketOf('external:address', ctx.address), mostByAddress, openSeconds)
  const state = randomUUID()
  // The same browser may have begun another in a second tab: both come back.
  const browser = ctx.externalBrowser ?? newSecret().token
  await insertExternalSignIn(ctx.db, {
    state,
    provider,
    purpose,
    accountId: purpose === 'tie' ? (ctx.signedIn?.account.id ?? null) : null,
    browserHash: hashOf(browser),
    sealedDetails: ctx.vault.seal('external-sign-in', state, JSON.stringify(details)),
    seconds: openSeconds,
  })
  ctx.setCookie({ name: externalCookie, value: browser, maxAgeSeconds: openSeconds })
  return state
}

/**
 * Takes a way out back, once.
 * @param contract of the details
 * @throws ExternalSignInDead 410
 */
export async function takeExternalSignIn<Contract extends z.ZodType>(
  ctx: Visitor,
  { provider, state, contract }: { provider: string; state: string | undefined; contract: Contract },
): Promise<{ purpose: 'enter' | 'tie'; accountId: string | null; details: z.output<Contract> }> {
  if (!ctx.externalBrowser || !z.uuid().safeParse(state).success || !state) throw new ExternalSignInDead()
  const taken = await useExternalSignIn(ctx.db, state, provider, hashOf(ctx.externalBrowser))
  if (!taken) throw new ExternalSignInDead()
  if (taken.purpose === 'tie' && (!taken.accountId || taken.accountId !== ctx.signedIn?.account.id))
    throw new ExternalSignInDead()
  const { purpose, accountId, sealedDetails } = taken
  return {
    purpose,
    accountId,
    details: contract.parse(JSON.parse(ctx.vault.open('external-sign-in', state, sealedDetails))),
  }
}
