/**
 * Whoever a domain has proved arrives at an account: a new one the first time, the same ever after. Name, position and
 * what the groups give follow the domain; what was given by hand stays.
 */
import type { Grant } from '../../../kernel/access/index.ts'
import { type Tx, transaction } from '../../../kernel/db/index.ts'
import type { Context, Visitor } from '../../../kernel/http/index.ts'
import { type Actor, journal } from '../../../kernel/journal/index.ts'
import { findOwnerOf, lockAccountsOf, removeOtherRegistrations } from '../accounts/accounts.queries.ts'
import { openAccount } from '../accounts/accounts.ts'
import { getRule } from '../audiences/audiences.ts'
import { findTiedAccount, insertTied, noteUseOfTied } from '../external/external-identities.queries.ts'
import { DoorClosed } from '../steps/steps.errors.ts'
import { isOpen } from '../steps/steps.ts'
import {
  type DomainGrantRow,
  findOrganisationByNumber,
  insertDomainGrant,
  isRegion,
  listDomainGrants,
  lockAccount,
  revokeDomainGrant,
  updatePerson,
} from './arrivals.queries.ts'
import { type GroupGrant, grantOf } from './domain-file.ts'
import { DomainEmailKnown, DomainIncomplete, DomainTiedAlready, DomainTiedToAnother } from './domains.errors.ts'
import { sendTiedLetter } from './domains.letters.ts'
import type { Proof } from './proof.ts'

/**
 * The account of a proved person, made at the first sign-in.
 * @throws DomainEmailKnown 409 when the address is another account's, which is never taken over by itself;
 * DomainIncomplete 403 when a new account would have no address; DoorClosed 403 when its audience has no such door;
 * MailDomainFree, MailDomainNotListed 422
 */
export const arrive = (ctx: Visitor, proof: Proof): Promise<string> =>
  transaction(ctx, async (tx) => {
    const identity = identityOf(proof)
    const tied = await findTiedAccount(tx, identity)
    const accountId = tied?.accountId ?? (await makeAccount(tx, ctx, proof))
    if (tied) await followPerson(tx, ctx, accountId, proof)
    await followGroups(tx, actorOf(ctx), accountId, proof)
    if (tied) await noteUseOfTied(tx, identity)
    return accountId
  })

/**
 * Ties a proved person of a domain to the account that is signed in.
 * @throws DomainTiedToAnother, DomainTiedAlready 409
 */
export const tieTo = (ctx: Context, proof: Proof): Promise<void> =>
  transaction(ctx, (tx) => tieAccount(tx, ctx, { account: ctx.account, baseUrl: ctx.baseUrl }, proof))

type Tying = { account: { id: string; email: string | null }; baseUrl: string }

/**
 * The same by whoever answers for the tie: the person itself, or an administrator by command.
 * @throws DomainTiedToAnother, DomainTiedAlready 409
 */
export async function tieAccount(tx: Tx, actor: Actor, { account, baseUrl }: Tying, proof: Proof): Promise<void> {
  const { id, email } = account
  const { title, key } = proof.source
  const owner = await findTiedAccount(tx, identityOf(proof))
  if (owner && owner.accountId !== id) throw new DomainTiedToAnother({ title })
  if (!(await insertTied(tx, id, identityOf(proof)))) throw new DomainTiedAlready({ title })
  await followGroups(tx, actor, id, proof)
  if (email) await sendTiedLetter(tx, baseUrl, email, title)
  journal(tx, actor, 'account.tied', { kind: 'account', id }, { provider: key })
}

/** What the groups of a domain gave goes with it. */
export async function takeBackGrants(tx: Tx, actor: Actor, accountId: string, key: string): Promise<void> {
  for (const given of await listDomainGrants(tx, accountId, key)) await takeBack(tx, actor, accountId, key, given)
}

async function makeAccount(tx: Tx, ctx: Visitor, proof: Proof): Promise<string> {
  const { source, email, emailVouched } = proof
  if (!email) throw new DomainIncomplete({ title: source.title, lacks: 'почта' })
  if (!isOpen('domain', await getRule(tx, source.audience))) throw new DoorClosed()
  await lockAccountsOf(tx, email)
  if (await findOwnerOf(tx, email)) throw new DomainEmailKnown({ title: source.title })
  const { surname, name, patronymic, position, phone } = proof
  const person = { surname, name, patronymic, position, phone, email, emailConfirmed: emailVouched, passwordHash: null }
  const id = await openAccount(tx, actorOf(ctx), { ...person, audience: source.audience })
  // Whoever filled in a registration with this address, and has not confirmed it, does not own it.
  if (emailVouched) await removeOtherRegistrations(tx, id, email)
  if (!(await insertTied(tx, id, identityOf(proof)))) throw new DomainTiedToAnother({ title: source.title })
  journal(tx, actorOf(ctx), 'account.tied', { kind: 'account', id }, { provider: source.key, first: true })
  return id
}

async function followPerson(tx: Tx, ctx: Visitor, accountId: string, proof: Proof): Promise<void> {
  const known = await lockAccount(tx, accountId)
  const told = {
    surname: proof.surname,
    name: proof.name,
    patronymic: proof.patronymic ?? known.patronymic,
    position: proof.position ?? known.position,
  }
  const changed = (['surname', 'name', 'patronymic', 'position'] as const).filter((part) => told[part] !== known[part])
  if (changed.length === 0) return
  await updatePerson(tx, accountId, told)
  journal(
    tx,
    actorOf(ctx),
    'account.refreshed',
    { kind: 'account', id: accountId },
    { from: proof.source.key, changed },
  )
}

async function followGroups(tx: Tx, actor: Actor, accountId: string, { source, groups }: Proof): Promise<void> {
  const due = await grantsOf(tx, groups)
  const given = await listDomainGrants(tx, accountId, source.key)
  for (const row of given) {
    if (!due.some((grant) => sameGrant(grant, row))) await takeBack(tx, actor, accountId, source.key, row)
  }
  for (const grant of due) {
    if (given.some((row) => sameGrant(grant, row))) continue
    await insertDomainGrant(tx, accountId, source.key, grant)
    journal(tx, actor, 'grant.given', { kind: 'account', id: accountId }, { ...grant, domain: source.key })
  }
}

async function takeBack(tx: Tx, actor: Actor, accountId: string, domain: string, row: DomainGrantRow): Promise<void> {
  const { id, ...grant } = row
  await revokeDomainGrant(tx, id)
  journal(tx, actor, 'grant.revoked', { kind: 'account', id: accountId }, { ...grant, domain })
}

/** Each once. What the registry does not know, a closed organisation or a mistyped number, gives nothing. */
async function grantsOf(tx: Tx, groups: readonly GroupGrant[]): Promise<Grant[]> {
  const grants: Grant[] = []
  for (const group of groups) {
    if (group.region && !(await isRegion(tx, group.region))) continue
    const number = group.subtree ?? group.organisation
    const grant = grantOf(group, number && (await findOrganisationByNumber(tx, number)))
    if (grant && !grants.some((other) => sameGrant(other, rowOf(grant)))) grants.push(grant)
  }
  return grants
}

type Placing = Omit<DomainGrantRow, 'id'>
const rowOf = (grant: Grant): Placing => ({
  role: grant.role,
  scope: grant.scope,
  region: grant.scope === 'region' ? grant.region : null,
  organisationId: grant.scope === 'subtree' || grant.scope === 'organisation' ? grant.organisationId : null,
})
const sameGrant = (grant: Grant, row: Placing): boolean => {
  const { role, scope, region, organisationId } = rowOf(grant)
  return row.role === role && row.scope === scope && row.region === region && row.organisationId === organisationId
}

const identityOf = ({ source, subject }: Proof) => ({ provider: source.key, subject })
/** Before the session is opened nobody has acted but the domain. */
const actorOf = ({ requestId, address }: Visitor): Actor => ({ requestId, address })
