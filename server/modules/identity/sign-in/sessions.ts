/** Sessions: what a browser holds after signing in. */
import { type Grant, Grants } from '../../../kernel/access/index.ts'
import { type Db, transaction } from '../../../kernel/db/index.ts'
import { NotFound, TooManyRequests } from '../../../kernel/errors/index.ts'
import { type Context, type SignedIn, type Stage, sessionCookie, type Visitor } from '../../../kernel/http/index.ts'
import { entryOf, journal } from '../../../kernel/journal/index.ts'
import { hashOf, newSecret } from '../secrets.ts'
import type { Door } from '../steps/steps.ts'
import { deviceOf } from './device.ts'
import { networkOf } from './networks.ts'
import { accountOf, grantsOf, organisationOf, regionsOf } from './person.ts'
import {
  endSession,
  endSessions,
  findSessionOfAnyTime as findByHash,
  findSession,
  insertSession,
  listLiveSessions,
  type SessionLimits,
} from './sessions.queries.ts'

/** A working day: whoever signed in in the morning is not asked again after lunch; a forgotten screen closes by night. */
const idleHours = 12
/** A working week: a stolen cookie does not live longer, however much it is used (ASVS 5.0, 7.3.2). */
export const longestDays = 7

/** By the raw token of the cookie; undefined when it is unknown, ended, expired, or its account is closed. */
export async function readSession(db: Db, token: string): Promise<SignedIn | undefined> {
  const row = await findSession(db, hashOf(token), idleHours)
  if (!row) return undefined
  const regions = regionsOf(row)
  const region = regions.find(({ code }) => code === row.region)?.code
  return {
    sessionId: row.sessionId,
    stage: row.stage,
    account: accountOf(row),
    organisation: organisationOf(row),
    regions: { chosen: region ?? null, own: regions },
    grants: new Grants(grantsOf(row).filter((grant) => isWithin(grant, region))),
    unread: row.unread,
  }
}

/** By the raw token too, though the session may have ended or expired. */
export const findSessionOfAnyTime = (db: Db, token: string) => findByHash(db, hashOf(token))

/** R4: who has chosen one of several regions works in that one alone; what is held otherwise stays. */
const isWithin = (grant: Grant, region: string | undefined): boolean =>
  region === undefined || grant.scope !== 'region' || grant.region === region

export type OpenedSession = { stage: Stage; expiresAt: Date; token: string }

/**
 * Opens a session under a new token; the one that the browser came with ends. A whole action with its journal: not for
 * the inside of a transaction, which locks the journal's head last.
 * @param details what else the journal is to tell, such as the door
 * @throws TooManyRequests 429 when the sign-in was closed meanwhile
 */
export async function openSession(
  ctx: Visitor,
  account: { id: string },
  limits: SessionLimits & { seconds: number },
  come: { door: Door; stage: Stage; factorPassed: boolean },
): Promise<OpenedSession> {
  const { token, hash } = newSecret()
  const { door, stage } = come
  const actor = { requestId: ctx.requestId, address: ctx.address, account: { id: account.id } }
  const session = await insertSession(
    ctx.db,
    {
      accountId: account.id,
      tokenHash: hash,
      ...come,
      days: longestDays,
      address: ctx.address,
      userAgent: ctx.userAgent,
      instead: ctx.signedIn?.sessionId,
    },
    limits,
    entryOf(actor, 'session.started', { kind: 'account', id: account.id }, { door, stage }),
  )
  if (!session) throw new TooManyRequests({ seconds: limits.seconds })
  return { stage, expiresAt: session.expiresAt, token }
}

/** The cookie outlives the session by a day: of what is posted too late it is still known whose it was. */
export const giveSession = (ctx: Visitor, { token }: OpenedSession): void =>
  ctx.setCookie({ name: sessionCookie, value: token, maxAgeSeconds: (longestDays + 1) * 86_400 })

/** Ends the session of this very call, if it has one. */
export async function signOut(ctx: Visitor): Promise<void> {
  const { signedIn } = ctx
  if (signedIn) {
    await transaction(ctx, async (tx) => {
      await endSession(tx, signedIn.account.id, signedIn.sessionId)
      journal(tx, ctx, 'session.ended', { kind: 'account', id: signedIn.account.id })
    })
  }
  ctx.setCookie({ name: sessionCookie, value: '', maxAgeSeconds: 0 })
}

export async function listOwnSessions(ctx: Context) {
  const sessions = await listLiveSessions(ctx.db, ctx.account.id, idleHours)
  return sessions.map(({ id, address, userAgent, createdAt, lastSeenAt }) => ({
    id,
    current: id === ctx.signedIn.sessionId,
    device: deviceOf(userAgent),
    address,
    network: networkOf(address) ?? null,
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
  }))
}

/** @throws NotFound 404 when it is not one's own, or has ended */
export const endOwnSession = (ctx: Context, id: string): Promise<void> =>
  transaction(ctx, async (tx) => {
    const ended = await endSession(tx, ctx.account.id, id)
    if (!ended) throw new NotFound({ what: 'session' })
    journal(tx, ctx, 'session.ended', { kind: 'account', id: ctx.account.id }, { session: id })
  })

export const endOtherSessions = (ctx: Context): Promise<number> =>
  transaction(ctx, async (tx) => {
    const ended = await endSessions(tx, ctx.account.id, ctx.signedIn.sessionId)
    journal(tx, ctx, 'session.ended', { kind: 'account', id: ctx.account.id }, { others: ended })
    return ended
  })
