/** Coming in through ЕСИА: out to its page, back with a code, and whose session opens by what it tells. */
import { z } from 'zod'
import { transaction } from '../../../kernel/db/index.ts'
import type { AppError } from '../../../kernel/errors/index.ts'
import type { Visitor } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { insertAccount } from '../accounts/accounts.queries.ts'
import { getRule } from '../audiences/audiences.ts'
import { ExternalSignInDead } from '../external/external.errors.ts'
import { findTiedAccount, insertTied, noteUseOfTied } from '../external/external-identities.queries.ts'
import { openExternalSignIn, takeExternalSignIn } from '../external/external-sign-ins.ts'
import { hashOf } from '../secrets.ts'
import { enter } from '../steps/enter.ts'
import { EsiaAccountExists, EsiaNotTied, EsiaOtherPerson, EsiaStaff, EsiaTaken, refusalOfEsia } from './esia.errors.ts'
import {
  type EsiaAccount,
  esiaProvider,
  findBodyOfPower,
  findWaitingSignIn,
  followData,
  hasAccountLike,
  lockAccountOf,
  noteProof,
} from './esia.queries.ts'
import { addressOfSignIn, exchangeCode } from './exchange.ts'
import { type EsiaOrganisation, EsiaPerson, readPerson } from './person.ts'
import { getEsia } from './provider.ts'

/** What ЕСИА has proved: a person, and a token for later when it gave one. */
export const EsiaProof = z.object({ person: EsiaPerson, refreshToken: z.string().nullable() })
export type EsiaProof = z.infer<typeof EsiaProof>

const Next = z.string().max(2000).nullable()
/** A way out waits for an answer of ЕСИА, and once more for the person's choice of whom to act for. */
const Way = z.discriminatedUnion('step', [
  z.object({ step: z.literal('answer'), next: Next }),
  z.object({ step: z.literal('choice'), next: Next, proof: EsiaProof }),
])

/**
 * @returns the address at ЕСИА where the person signs in
 * @throws EsiaOff 404, TooManyRequests 429
 */
export async function leaveForEsia(ctx: Visitor, purpose: 'enter' | 'tie', next: string | undefined): Promise<string> {
  const esia = getEsia()
  const details: z.infer<typeof Way> = { step: 'answer', next: next ?? null }
  const state = await openExternalSignIn(ctx, { provider: esiaProvider, purpose, details })
  return addressOfSignIn(esia, state)
}

export type EsiaAnswer = { state?: string; code?: string; error?: string; error_description?: string }
export type Returned = { purpose: 'enter' | 'tie'; next: string | undefined }

/**
 * The way back, once and into the browser that went out.
 * @throws EsiaOff 404; ExternalSignInDead 410
 */
export async function takeReturn(ctx: Visitor, state: string | undefined): Promise<Returned> {
  getEsia()
  const { purpose, details } = await takeExternalSignIn(ctx, { provider: esiaProvider, state, contract: Way })
  if (details.step !== 'answer') throw new ExternalSignInDead()
  return { purpose, next: details.next ?? undefined }
}

/** @throws what ЕСИА refuses; EsiaUnconfirmed 403; EsiaUnavailable, EsiaUnreadable 502 */
export async function proveByEsia({ code, error, error_description }: EsiaAnswer): Promise<EsiaProof> {
  if (error !== undefined || !code) throw refusalOfEsia(error_description ?? '')
  const esia = getEsia()
  const grant = await exchangeCode(esia, code)
  return { person: await readPerson(esia, grant), refreshToken: esia.offline ? (grant.refreshToken ?? null) : null }
}

/** A person with organisations says for whom they come; an account that is somebody's staff or a doctor's is one's own. */
export async function mustChoose(ctx: Visitor, { person }: EsiaProof): Promise<boolean> {
  if (person.organisations.length === 0) return false
  const known = await transaction(ctx, (tx) => lockAccountOf(tx, person.subject))
  return known === undefined || known.audience === 'citizen'
}

/** @returns the state under which the choice is awaited */
export const awaitChoice = (ctx: Visitor, proof: EsiaProof, next: string | undefined): Promise<string> => {
  const details: z.infer<typeof Way> = { step: 'choice', next: next ?? null, proof }
  return openExternalSignIn(ctx, { provider: esiaProvider, purpose: 'enter', details })
}

/** @throws ExternalSignInDead 410 */
export async function viewChoice(ctx: Visitor, state: string): Promise<EsiaPerson> {
  const browser = ctx.externalBrowser
  const waiting =
    browser && z.uuid().safeParse(state).success && (await findWaitingSignIn(ctx.db, state, hashOf(browser)))
  if (!waiting) throw new ExternalSignInDead()
  const details = Way.parse(JSON.parse(ctx.vault.open('external-sign-in', state, waiting.sealedDetails)))
  if (details.step !== 'choice') throw new ExternalSignInDead()
  return details.proof.person
}

/**
 * @param oid of the organisation; undefined: oneself
 * @throws ExternalSignInDead 410, and all that `comeIn` throws
 */
export async function comeInAs(ctx: Visitor, state: string, oid: string | undefined) {
  const { details } = await takeExternalSignIn(ctx, { provider: esiaProvider, state, contract: Way })
  if (details.step !== 'choice') throw new ExternalSignInDead()
  const organisation = details.proof.person.organisations.find((one) => one.oid === oid)
  if (oid !== undefined && !organisation) throw new ExternalSignInDead()
  const opened = await comeIn(ctx, details.proof, organisation)
  return { stage: opened.stage, next: details.next ?? undefined }
}

/**
 * Opens the session of whom ЕСИА has proved. A subject that nobody has tied gets an account where the rule of citizens
 * says so; an account that looks like the person's is never tied by itself.
 * @throws EsiaStaff, EsiaNotTied 403; EsiaAccountExists, EsiaOtherPerson 409; what `enter` refuses
 */
export async function comeIn(ctx: Visitor, proof: EsiaProof, organisation: EsiaOrganisation | undefined) {
  const { person } = proof
  if (organisation && (await findBodyOfPower(ctx.db, organisation.ogrn))) throw new EsiaStaff()
  const known = await findTiedAccount(ctx.db, { provider: esiaProvider, subject: person.subject })
  const accountId = known ? await comeBack(ctx, proof, organisation) : await comeFirst(ctx, proof, organisation)
  return enter(ctx, { accountId, door: 'esia' })
}

const comeBack = (ctx: Visitor, proof: EsiaProof, organisation: EsiaOrganisation | undefined): Promise<string> =>
  transaction(ctx, async (tx) => {
    const account = await lockAccountOf(tx, proof.person.subject)
    if (!account) throw new ExternalSignInDead() // untied in this very moment
    if (!account.open) return account.id // `enter` says why
    checkSamePerson(account, proof.person)
    await noteUseOfTied(tx, { provider: esiaProvider, subject: proof.person.subject })
    const changed = await followData(tx, account.id, proof.person)
    await noteProof(tx, account.id, {
      organisation: account.audience === 'citizen' ? (organisation ?? null) : undefined,
      refreshToken: sealed(ctx, account.id, proof),
    })
    if (changed) journal(tx, actorOf(ctx, account.id), 'profile.followed-esia', subjectOf(account.id))
    return account.id
  })

async function comeFirst(ctx: Visitor, proof: EsiaProof, organisation: EsiaOrganisation | undefined): Promise<string> {
  const { person } = proof
  const { doors } = await getRule(ctx.db, 'citizen')
  if (await hasAccountLike(ctx.db, person)) throw new EsiaAccountExists()
  if (doors.esia !== 'yes') throw new EsiaNotTied()
  return transaction(ctx, async (tx) => {
    const account = await insertAccount(tx, {
      surname: person.surname,
      name: person.name,
      patronymic: person.patronymic,
      position: null,
      // Whoever has no confirmed address at ЕСИА names one at the step of contacts.
      email: person.email ?? '',
      emailConfirmedAt: person.email === null ? null : new Date(),
      userName: null,
      phone: null,
      phoneConfirmedAt: null,
      passwordHash: null,
      temporaryUntil: null,
      audience: 'citizen',
      inn: person.inn,
      snils: person.snils,
      regionCode: null,
      organisationName: organisation?.shortName ?? null,
      registeredAt: null,
      approvalAskedAt: null,
      createdBy: null,
    })
    if (!account) throw new EsiaAccountExists()
    const accountId = account.id
    journal(tx, actorOf(ctx, accountId), 'account.created', subjectOf(accountId), { audience: 'citizen', door: 'esia' })
    // Two first sign-ins at once: one of them has made the account.
    const tied = await insertTied(tx, accountId, { provider: esiaProvider, subject: person.subject })
    if (!tied) throw new EsiaTaken()
    await followData(tx, accountId, person)
    await noteProof(tx, accountId, {
      organisation: organisation ?? null,
      refreshToken: sealed(ctx, accountId, proof),
    })
    journal(tx, actorOf(ctx, accountId), 'esia.tied', subjectOf(accountId), { first: true })
    return accountId
  })
}

/** @throws EsiaOtherPerson 409 when what both know of the person differs */
export function checkSamePerson(account: EsiaAccount, person: Pick<EsiaPerson, 'snils' | 'inn'>): void {
  const differs = (one: string | null, other: string | null) => one !== null && other !== null && one !== other
  if (differs(account.snils, person.snils) || differs(account.inn, person.inn)) throw new EsiaOtherPerson()
}

export const sealed = (ctx: Visitor, accountId: string, { refreshToken }: EsiaProof): Buffer | undefined =>
  refreshToken === null ? undefined : ctx.vault.seal('external-token', accountId, refreshToken)

/** A way in that ended in a refusal; what ЕСИА itself answered is in `why`. */
export const noteRefusal = (ctx: Visitor, { code, cause }: AppError): Promise<void> =>
  transaction(ctx, async (tx) =>
    journal(tx, actorOf(ctx, ctx.signedIn?.account.id), 'session.refused', undefined, {
      door: 'esia',
      why: code,
      ...(cause instanceof Error ? { cause: cause.message.slice(0, 200) } : {}),
    }),
  )

const subjectOf = (id: string) => ({ kind: 'account', id })
const actorOf = ({ requestId, address }: Visitor, accountId?: string) => ({
  requestId,
  address,
  ...(accountId ? { account: { id: accountId } } : {}),
})
