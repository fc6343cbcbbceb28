/** A passkey as the door, where it is both factors at once, and as the second factor after another door. */
import type { AssertedCredential, PasskeyAnswer } from '../../../../contracts/second-factor.ts'
import { type Tx, transaction } from '../../../kernel/db/index.ts'
import type { Context, Stage, Visitor } from '../../../kernel/http/index.ts'
import { takeAttempt } from '../../../kernel/http/index.ts'
import { type Actor, journal } from '../../../kernel/journal/index.ts'
import { bucketOf } from '../secrets.ts'
import { advance, enter } from '../steps/enter.ts'
import { trustDevice } from './devices.ts'
import { findPasskey, insertChallenge, listPasskeys, notePasskeyUsed, takeChallenge } from './passkeys.queries.ts'
import { PasskeyRefused } from './second-factor.errors.ts'
import { assertionOptions, challengeMinutes, verifiedAssertion } from './webauthn.ts'

/** From one network address: a school may share one. */
const most = 200
const seconds = 15 * 60
const bucketFor = (ctx: Visitor): string => bucketOf('passkey', ctx.address)

/** For whoever comes: the answer tells who. @throws TooManyRequests 429 */
export async function askAnyPasskey(ctx: Visitor) {
  await takeAttempt(ctx.db, bucketFor(ctx), most, seconds)
  const options = await assertionOptions(ctx)
  const asked = {
    purpose: 'sign-in',
    challenge: options.challenge,
    sessionId: null,
    minutes: challengeMinutes,
  } as const
  return { id: await insertChallenge(ctx.db, asked), options: { ...options } }
}

/**
 * Signs in by a passkey alone.
 * @throws PasskeyRefused 422, and the refusals of `enter`
 */
export async function enterByPasskey(ctx: Visitor, { challenge, credential }: PasskeyAnswer) {
  const key = await provedKey(ctx, 'sign-in', null, challenge, credential)
  if (credential.response.userHandle !== handleOf(key.accountId)) throw await refused(ctx, key.accountId, 'handle')
  await useKey(ctx, key, async () => undefined)
  return enter(ctx, { accountId: key.accountId, door: 'passkey', factorPassed: true })
}

/** For the second step: only this person's keys. @throws PasskeyRefused 422 when there are none */
export async function askOwnPasskey(ctx: Context) {
  const known = await listPasskeys(ctx.db, ctx.account.id)
  if (known.length === 0) throw new PasskeyRefused()
  const options = await assertionOptions(ctx, known)
  const { sessionId } = ctx.signedIn
  const asked = {
    purpose: 'second-factor',
    challenge: options.challenge,
    sessionId,
    minutes: challengeMinutes,
  } as const
  return { id: await insertChallenge(ctx.db, asked), options: { ...options } }
}

/** @throws PasskeyRefused 422 also for the key of another account */
export async function passByPasskey(
  ctx: Context,
  { challenge, credential, trust }: PasskeyAnswer & { trust: boolean },
): Promise<Stage> {
  const key = await provedKey(ctx, 'second-factor', ctx.signedIn.sessionId, challenge, credential)
  if (key.accountId !== ctx.account.id) throw await refused(ctx, ctx.account.id, 'another’s key')
  return useKey(ctx, key, async (tx) => {
    if (trust) await trustDevice(tx, ctx)
    return advance(tx, ctx, { factorPassed: true })
  })
}

/** What the browser calls the person of the key. */
const handleOf = (accountId: string): string => Buffer.from(accountId).toString('base64url')

/** The challenge is used up whatever becomes of the answer. */
async function provedKey(
  ctx: Visitor,
  purpose: 'sign-in' | 'second-factor',
  sessionId: string | null,
  challengeId: string,
  credential: AssertedCredential,
) {
  const asked = await takeChallenge(ctx.db, challengeId, purpose, sessionId)
  const key = await findPasskey(ctx.db, credential.id)
  if (!asked || !key) throw new PasskeyRefused()
  const { newCounter } = await verifiedAssertion(ctx, asked.challenge, credential, key)
  return { ...key, newCounter }
}

type ProvedKey = Awaited<ReturnType<typeof provedKey>>

/** A counter that goes back says that the key has a copy (WebAuthn 3, 6.1.1). */
async function useKey<T>(ctx: Visitor, key: ProvedKey, action: (tx: Tx) => Promise<T>): Promise<T> {
  const used = await transaction(ctx, async (tx) => {
    const counted = await notePasskeyUsed(tx, key.id, key.newCounter)
    return counted ? { result: await action(tx) } : undefined
  })
  if (!used) throw await refused(ctx, key.accountId, 'counter went back')
  return used.result
}

async function refused(ctx: Visitor, accountId: string, why: string) {
  const actor: Actor = { requestId: ctx.requestId, address: ctx.address }
  await transaction(ctx, async (tx) =>
    journal(tx, actor, 'passkey.refused', { kind: 'account', id: accountId }, { why }),
  )
  return new PasskeyRefused()
}
