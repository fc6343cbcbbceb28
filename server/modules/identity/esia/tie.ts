/** «Синхронизация с Госуслугами»: an account tied to a person at ЕСИА, its data refreshed, and untied. */
import type { EsiaTie } from '../../../../contracts/esia.ts'
import { transaction } from '../../../kernel/db/index.ts'
import type { Context, SignedIn, Visitor } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { getRule } from '../audiences/audiences.ts'
import { findTiedAccount, insertTied, untie } from '../external/external-identities.queries.ts'
import { checkSamePerson, type EsiaProof, leaveForEsia, sealed } from './entering.ts'
import {
  EsiaAlreadyTied,
  EsiaNoRefresh,
  EsiaNotAllowed,
  EsiaNothingTied,
  EsiaOnlyDoor,
  EsiaTaken,
  EsiaUnreadable,
} from './esia.errors.ts'
import { sendTiedLetter, sendUntiedLetter } from './esia.letters.ts'
import {
  closeWaysOut,
  endEsiaSessions,
  esiaProvider,
  findOtherDoors,
  findTie,
  followData,
  lockAccount,
  noteProof,
} from './esia.queries.ts'
import { exchangeRefreshToken } from './exchange.ts'
import { EsiaOrganisation, readPerson } from './person.ts'
import { getEsia, isEsiaConfigured } from './provider.ts'

/** How one's own account is tied, and what can be done about it. */
export async function viewTie(ctx: Context): Promise<EsiaTie> {
  const [tie, account] = await Promise.all([
    findTie(ctx.db, ctx.account.id),
    transaction(ctx, (tx) => lockAccount(tx, ctx.account.id)),
  ])
  const rule = await getRule(ctx.db, account?.audience ?? 'staff')
  return {
    available: isEsiaConfigured() && rule.doors.esia !== 'no',
    tied: tie
      ? {
          since: tie.tiedAt.toISOString(),
          refreshedAt: tie.refreshedAt?.toISOString() ?? null,
          organisation: EsiaOrganisation.safeParse(tie.organisation).data?.shortName ?? null,
          refreshable: tie.sealedRefreshToken !== null && isEsiaConfigured(),
        }
      : null,
  }
}

/**
 * @returns the address at ЕСИА where the person confirms
 * @throws EsiaOff 404, EsiaNotAllowed 403, EsiaAlreadyTied 409
 */
export async function beginTie(ctx: Context): Promise<string> {
  const { available, tied } = await viewTie(ctx)
  if (tied) throw new EsiaAlreadyTied()
  getEsia()
  if (!available) throw new EsiaNotAllowed()
  return leaveForEsia(ctx, 'tie', undefined)
}

/**
 * Ties an account to whom ЕСИА has proved. The data follow ЕСИА from now on.
 * @param own of the session, which began the tying itself
 * @throws EsiaNotAllowed 403; EsiaOtherPerson, EsiaAlreadyTied, EsiaTaken 409
 */
export const tieAccount = (ctx: Visitor, own: SignedIn['account'], proof: EsiaProof): Promise<void> =>
  transaction(ctx, async (tx) => {
    const account = await lockAccount(tx, own.id)
    const rule = await getRule(tx, account?.audience ?? 'staff')
    if (!account || rule.doors.esia === 'no') throw new EsiaNotAllowed()
    checkSamePerson(account, proof.person)
    const identity = { provider: esiaProvider, subject: proof.person.subject }
    if (!(await insertTied(tx, account.id, identity))) {
      const owner = await findTiedAccount(tx, identity)
      throw owner && owner.accountId !== account.id ? new EsiaTaken() : new EsiaAlreadyTied()
    }
    await followData(tx, account.id, proof.person)
    await noteProof(tx, account.id, { organisation: null, refreshToken: sealed(ctx, account.id, proof) })
    if (own.email) await sendTiedLetter(tx, ctx.baseUrl, own.email)
    journal(tx, ctx, 'esia.tied', { kind: 'account', id: account.id })
  })

/**
 * Unties: the proof, its token, ways out that have not come back, and sessions that it opened are worth nothing any more.
 * @throws EsiaNothingTied 404; EsiaOnlyDoor 409 when there would be no other way in
 */
export const untieAccount = (ctx: Context): Promise<void> =>
  transaction(ctx, async (tx) => {
    const account = await lockAccount(tx, ctx.account.id)
    if (!account || !(await findTie(tx, account.id))) throw new EsiaNothingTied()
    const rule = await getRule(tx, account.audience)
    const has = await findOtherDoors(tx, account.id)
    const { doors } = rule
    if (!((doors.password && has.password) || (doors.passkey && has.passkey) || (doors.domain && has.domain)))
      throw new EsiaOnlyDoor()
    await untie(tx, account.id, esiaProvider)
    await closeWaysOut(tx, account.id)
    await endEsiaSessions(tx, account.id, ctx.signedIn.sessionId)
    if (ctx.account.email) await sendUntiedLetter(tx, ctx.baseUrl, ctx.account.email)
    journal(tx, ctx, 'esia.untied', { kind: 'account', id: account.id })
  })

/**
 * Fetches the person's data anew by the token that is kept for it.
 * @throws EsiaNothingTied 404; EsiaNoRefresh, EsiaOtherPerson 409; EsiaUnavailable, EsiaUnreadable 502
 */
export async function refreshTie(ctx: Context): Promise<EsiaTie> {
  const esia = getEsia()
  const tie = await findTie(ctx.db, ctx.account.id)
  if (!tie) throw new EsiaNothingTied()
  if (!tie.sealedRefreshToken) throw new EsiaNoRefresh()
  const token = ctx.vault.open('external-token', ctx.account.id, tie.sealedRefreshToken)
  const grant = await exchangeRefreshToken(esia, token)
  if (grant.subject !== tie.subject) throw new EsiaUnreadable()
  const person = await readPerson(esia, grant)
  await transaction(ctx, async (tx) => {
    const account = await lockAccount(tx, ctx.account.id)
    const still = await findTie(tx, ctx.account.id)
    if (!account || still?.subject !== tie.subject) throw new EsiaNothingTied()
    checkSamePerson(account, person)
    await followData(tx, account.id, person)
    const proof = { person, refreshToken: grant.refreshToken ?? null }
    await noteProof(tx, account.id, { organisation: undefined, refreshToken: sealed(ctx, account.id, proof) })
    journal(tx, ctx, 'esia.refreshed', { kind: 'account', id: account.id })
  })
  return viewTie(ctx)
}
