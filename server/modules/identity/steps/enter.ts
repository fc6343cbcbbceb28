/** Coming in: every door ends here with a proved person, and every step done on the way leads here again. */
import { afterCommit, type Tx, transaction } from '../../../kernel/db/index.ts'
import { NotFound, SignInNeeded } from '../../../kernel/errors/index.ts'
import type { Context, Stage, Visitor } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { hashOf, newSecret } from '../secrets.ts'
import { giveSession, longestDays, type OpenedSession } from '../sign-in/sessions.ts'
import { insertEnteredSession, lockSession, moveSession } from './enter.queries.ts'
import { findStanding } from './standing.queries.ts'
import { type Door, refusalOf, stageOf } from './steps.ts'

export type Entrance = {
  accountId: string
  door: Door
  /** A passkey with the person verified is both factors at once; nothing else is. */
  factorPassed?: boolean
  /** Named in the journal beside the door: which domain, which provider. */
  details?: Record<string, string>
}

/**
 * Opens a session for a person whom a door has proved, as far as the person's steps allow, and gives its cookie.
 * @throws AccountBlocked, AccountWaits, AccountRefused, DoorClosed, TemporaryPasswordExpired 403
 */
export async function enter(ctx: Visitor, { accountId, door, factorPassed = false, details }: Entrance) {
  const found = await findStanding(ctx.db, accountId, ctx.device ? hashOf(ctx.device) : null)
  if (!found) throw new NotFound({ what: 'account' })
  const refusal = refusalOf(found.standing, door)
  if (refusal) {
    await transaction(ctx, async (tx) =>
      journal(tx, anyoneOf(ctx), 'session.refused', subjectOf(accountId), { ...details, door, why: refusal.code }),
    )
    throw refusal
  }
  const passed = factorPassed || found.trusted
  const stage = stageOf(found.standing, door, passed)
  const opened = await transaction(ctx, (tx) => openSessionBy(tx, ctx, { accountId, door, details, passed, stage }))
  giveSession(ctx, opened)
  return opened
}

type Opening = { accountId: string; door: Door; details: Entrance['details']; passed: boolean; stage: Stage }

async function openSessionBy(tx: Tx, ctx: Visitor, opening: Opening): Promise<OpenedSession> {
  const { accountId, door, details, passed, stage } = opening
  const { token, hash } = newSecret()
  const { expiresAt } = await insertEnteredSession(tx, {
    accountId,
    tokenHash: hash,
    stage,
    door,
    factorPassed: passed,
    days: longestDays,
    address: ctx.address,
    userAgent: ctx.userAgent,
    instead: ctx.signedIn?.sessionId,
  })
  const actor = { ...anyoneOf(ctx), account: { id: accountId } }
  journal(tx, actor, 'session.started', subjectOf(accountId), { ...details, door, stage })
  return { stage, expiresAt, token }
}

/**
 * Looks again at how far this session has come, after a step of it was done in the same transaction: its stage rises
 * and its token is new.
 * @param factorPassed the step was the second factor
 * @returns the stage reached
 * @throws SignInNeeded 401 when the session has ended meanwhile
 */
export async function advance(tx: Tx, ctx: Context, { factorPassed = false } = {}): Promise<Stage> {
  const session = await lockSession(tx, ctx.signedIn.sessionId)
  const found = await findStanding(tx, ctx.account.id, null)
  if (!session || !found) throw new SignInNeeded()
  const stage = stageOf(found.standing, session.door, factorPassed || session.secondFactorAt !== null)
  const { token, hash } = newSecret()
  await moveSession(tx, ctx.signedIn.sessionId, { stage, tokenHash: hash, factorPassed })
  journal(tx, ctx, 'session.advanced', subjectOf(ctx.account.id), { stage })
  afterCommit(tx, () => giveSession(ctx, { stage, expiresAt: session.expiresAt, token }))
  return stage
}

const subjectOf = (id: string) => ({ kind: 'account', id })
const anyoneOf = ({ requestId, address }: Visitor) => ({ requestId, address })
