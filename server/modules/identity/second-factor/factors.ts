/** A person's factors: which there are, and what follows when one is added or taken away. */
import type { AddedFactor, OwnFactors } from '../../../../contracts/second-factor.ts'
import type { Tx } from '../../../kernel/db/index.ts'
import { SignInNeeded } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { advance } from '../steps/enter.ts'
import { findStanding } from '../steps/standing.queries.ts'
import type { Standing } from '../steps/steps.ts'
import { listOwnDevices, revokeTrustedDevices } from './devices.ts'
import { dropRecoveryCodes, findFactors, lockAccount } from './factors.queries.ts'
import { listPasskeys } from './passkeys.queries.ts'
import { giveRecoveryCodes } from './recovery-codes.ts'
import { FactorStepOver, LastFactor } from './second-factor.errors.ts'

export async function viewFactors(ctx: Context): Promise<OwnFactors> {
  const { id } = ctx.account
  const [standing, factors, passkeys, trustedDevices] = await Promise.all([
    standingHere(ctx.db, id),
    findFactors(ctx.db, id),
    listPasskeys(ctx.db, id),
    listOwnDevices(ctx),
  ])
  return {
    demanded: standing.factorDemanded,
    authenticatorSince: factors.authenticatorSince?.toISOString() ?? null,
    smsSince: factors.smsSince?.toISOString() ?? null,
    phone: factors.phone,
    passkeys: passkeys.map(({ id, name, backedUp, createdAt, lastUsedAt }) => ({
      id,
      name,
      backedUp,
      createdAt: createdAt.toISOString(),
      lastUsedAt: lastUsedAt?.toISOString() ?? null,
    })),
    recoveryCodesLeft: factors.recoveryCodesLeft,
    trustedDevices,
  }
}

async function standingHere(db: Tx | Context['db'], accountId: string): Promise<Standing> {
  const found = await findStanding(db, accountId, null)
  if (!found) throw new SignInNeeded()
  return found.standing
}

/**
 * Locks the account for a set-up. At the step of the second factor only who has none yet may set one up.
 * @throws FactorStepOver 409
 */
export async function admitSetUp(tx: Tx, ctx: Context): Promise<void> {
  await lockAccount(tx, ctx.account.id)
  const { hasFactor } = await standingHere(tx, ctx.account.id)
  if (ctx.signedIn.stage === 'second-factor' && hasFactor) throw new FactorStepOver()
}

/** After any factor was added and proved: recovery codes if there are none, older trust ends, the session goes on. */
export async function factorAdded(tx: Tx, ctx: Context, kind: string): Promise<AddedFactor> {
  const { recoveryCodesMade } = await findFactors(tx, ctx.account.id)
  const recoveryCodes = recoveryCodesMade ? null : await giveRecoveryCodes(tx, ctx)
  await revokeTrustedDevices(tx, ctx.account.id)
  journal(tx, ctx, 'factor.added', { kind: 'account', id: ctx.account.id }, { kind })
  return { stage: await advance(tx, ctx, { factorPassed: true }), recoveryCodes }
}

/**
 * After a factor was taken away.
 * @throws LastFactor 409 when one is demanded and this was the last
 */
export async function factorRemoved(tx: Tx, ctx: Context, kind: string): Promise<void> {
  const { hasFactor, factorDemanded } = await standingHere(tx, ctx.account.id)
  if (!hasFactor && factorDemanded) throw new LastFactor()
  if (!hasFactor) await dropRecoveryCodes(tx, ctx.account.id)
  await revokeTrustedDevices(tx, ctx.account.id)
  journal(tx, ctx, 'factor.removed', { kind: 'account', id: ctx.account.id }, { kind })
  await advance(tx, ctx)
}
