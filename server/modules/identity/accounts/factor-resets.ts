/** A second factor is taken away by two: one administrator asks, another consents. */
import type { FactorResetAsked } from '../../../../contracts/accounts.ts'
import { type Tx, transaction } from '../../../kernel/db/index.ts'
import { NotFound } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { endSessions } from '../sign-in/sessions.queries.ts'
import { accessAccountToChange } from './accounts.access.ts'
import { NoFactor, OwnConsent, ResetWaits } from './accounts.errors.ts'
import { sendFactorRemovedLetter } from './accounts.letters.ts'
import { findSurroundings } from './card.queries.ts'
import {
  insertFactorReset,
  listFactorResets,
  lockFactorReset,
  markConsented,
  markRefused,
  removeFactors,
} from './management.queries.ts'

/**
 * Asks for the second factor of an account to be taken away: a telephone was lost, a key is broken.
 * @throws OwnAccount, NoFactor, ResetWaits 409
 */
export const askFactorReset = (ctx: Context, id: string, reason: string): Promise<{ id: string }> =>
  transaction(ctx, async (tx) => {
    await accessAccountToChange(tx, ctx, id)
    const { authenticator, sms, passkeys } = await findSurroundings(tx, id, 0)
    if (!authenticator && !sms && passkeys === 0) throw new NoFactor()
    const reset = await insertFactorReset(tx, id, reason, ctx.account.id)
    if (!reset) throw new ResetWaits()
    journal(tx, ctx, 'factor.reset-asked', subjectOf(id), { reset: reset.id, reason })
    return reset
  })

/**
 * Takes every second factor of the account away and ends its sessions.
 * @throws NotFound 404 when nobody has asked, or it is decided; OwnConsent 409
 */
export const consentToFactorReset = (ctx: Context, resetId: string): Promise<{ accountId: string }> =>
  transaction(ctx, async (tx) => {
    const { accountId } = await accessReset(tx, ctx, resetId)
    const account = await accessAccountToChange(tx, ctx, accountId)
    await markConsented(tx, resetId, ctx.account.id)
    await removeFactors(tx, accountId)
    const ended = await endSessions(tx, accountId, undefined)
    await sendFactorRemovedLetter(tx, ctx.baseUrl, account)
    journal(tx, ctx, 'factor.reset', subjectOf(accountId), { reset: resetId, sessionsEnded: ended })
    return { accountId }
  })

/** The factor stays. Whoever asked may take it back too. */
export const refuseFactorReset = (ctx: Context, resetId: string): Promise<{ accountId: string }> =>
  transaction(ctx, async (tx) => {
    const reset = await lockFactorReset(tx, resetId)
    if (!reset) throw new NotFound({ what: 'factor-reset' })
    await markRefused(tx, resetId, ctx.account.id)
    journal(tx, ctx, 'factor.reset-refused', subjectOf(reset.accountId), { reset: resetId })
    return { accountId: reset.accountId }
  })

export async function viewFactorResets(ctx: Context): Promise<FactorResetAsked[]> {
  const waiting = await listFactorResets(ctx.db)
  return waiting.map((reset) => ({ ...reset, askedAt: reset.askedAt.toISOString() }))
}

async function accessReset(tx: Tx, ctx: Context, resetId: string) {
  const reset = await lockFactorReset(tx, resetId)
  if (!reset) throw new NotFound({ what: 'factor-reset' })
  if (reset.askedBy === ctx.account.id || reset.accountId === ctx.account.id) throw new OwnConsent()
  return reset
}

const subjectOf = (id: string) => ({ kind: 'account', id })
