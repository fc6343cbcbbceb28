/** Accepting an invitation: into one's own account, or into a new one that is made thereby. */

import type { InvitationAcceptance } from '../../../../contracts/helpers.ts'
import { consentVersion } from '../../../../contracts/identity.ts'
import { type Grant, Grants } from '../../../kernel/access/index.ts'
import { type Db, type Tx, transaction } from '../../../kernel/db/index.ts'
import { type Context, takeAttempt, type Visitor } from '../../../kernel/http/index.ts'
import { type Actor, journal } from '../../../kernel/journal/index.ts'
import { findOwnerOf, lockAccountsOf, removeOtherRegistrations } from '../accounts/accounts.queries.ts'
import { openAccount } from '../accounts/accounts.ts'
import { insertConsent } from '../consent/consent.queries.ts'
import { holdsGrant, listReaches } from '../grants/grants.queries.ts'
import { grantRole } from '../grants/grants.ts'
import { lend, lendableOf, ownGrantsOf } from '../grants/lending.ts'
import { mayGive } from '../grants/reach.ts'
import { refuseUnfit } from '../passwords/password-rule.ts'
import { hashPassword } from '../passwords/passwords.ts'
import { bucketOf, hashOf } from '../secrets.ts'
import { InvitationDead, InvitationForAnother, InvitationForOwner } from './invitations.errors.ts'
import { findInvitation, noteAccepter, takeInvitation } from './invitations.queries.ts'

export type OpenInvitation = NonNullable<Awaited<ReturnType<typeof findInvitation>>>

/**
 * What a link leads to. Looking does not use it up.
 * @throws InvitationDead 410, the same for every link that does not work
 */
export async function viewInvitation(ctx: Visitor, token: string) {
  const invitation = await findInvitation(ctx.db, hashOf(token))
  if (!invitation) throw new InvitationDead()
  const [owner, grants] = await Promise.all([findOwnerOf(ctx.db, invitation.email), stillGiven(ctx.db, invitation)])
  return { ...invitation, hasAccount: owner !== undefined, grants }
}

/**
 * Makes an account with a confirmed address, because the letter reached it, and gives it what was promised.
 * @throws InvitationDead 410; InvitationForOwner 409 when the address has an account; InvalidInput 422 for a password
 * that the audience's rule refuses; TooManyRequests 429
 */
export async function acceptAsNewcomer(ctx: Visitor, { token, password, ...named }: InvitationAcceptance) {
  await takeAttempt(ctx.db, bucketOf('invitation:address', ctx.address), 100, 3600)
  const invitation = await findInvitation(ctx.db, hashOf(token))
  if (!invitation) throw new InvitationDead()
  const { email, audience, position } = invitation
  const { surname, name, patronymic } = named
  await refuseUnfit(ctx.db, password, { surname, name, email, userName: null, audience })
  const passwordHash = await hashPassword(password)
  await transaction(ctx, async (tx) => {
    // Accounts first, as whoever confirms an address does, or two would stop each other.
    const accounts = await lockAccountsOf(tx, email)
    if (accounts.some(({ confirmedAt }) => confirmedAt)) throw new InvitationForOwner()
    await take(tx, token)
    const anyone = { requestId: ctx.requestId, address: ctx.address }
    const person = { surname, name, patronymic, position, email, emailConfirmed: true, passwordHash, audience }
    const id = await openAccount(tx, anyone, person)
    await removeOtherRegistrations(tx, id, email)
    await insertConsent(tx, id, consentVersion)
    await give(tx, { ...anyone, account: { id } }, invitation, id)
  })
}

/**
 * Gives what was promised to the account that is signed in, which must be that of the invited address.
 * @throws InvitationDead 410; InvitationForAnother 409
 */
export async function acceptSignedIn(ctx: Context, token: string): Promise<void> {
  const invitation = await findInvitation(ctx.db, hashOf(token))
  if (!invitation) throw new InvitationDead()
  if (ctx.account.email?.toLowerCase() !== invitation.email) throw new InvitationForAnother()
  await transaction(ctx, async (tx) => {
    await take(tx, token)
    await give(tx, ctx, invitation, ctx.account.id)
  })
}

async function take(tx: Tx, token: string): Promise<void> {
  if (!(await takeInvitation(tx, hashOf(token)))) throw new InvitationDead()
}

async function give(tx: Tx, actor: Actor, invitation: OpenInvitation, accountId: string): Promise<void> {
  const { id, kind, invitedBy } = invitation
  await noteAccepter(tx, id, accountId)
  const grants = await stillGiven(tx, invitation)
  journal(tx, actor, 'invitation.accepted', { kind: 'invitation', id }, { account: accountId, kind })
  if (kind === 'helper') {
    await lend(tx, actor, invitedBy, accountId, grants)
    return
  }
  for (const grant of grants)
    if (!(await holdsGrant(tx, accountId, grant)))
      await grantRole(tx, { ...actor, account: { id: invitedBy } }, accountId, grant)
}

/** Only what the inviter can give at this moment, however much it could when it invited. */
async function stillGiven(db: Db, { kind, invitedBy, grants }: OpenInvitation): Promise<Grant[]> {
  if (kind === 'helper') return lendableOf(db, invitedBy, grants)
  const giving = (await ownGrantsOf(db, invitedBy)).filter((grant) => new Grants([grant]).has('grant.give'))
  const ids = grants.flatMap((grant) => ('organisationId' in grant ? [grant.organisationId] : []))
  const places = new Map((await listReaches(db, ids)).map((place) => [place.id, place]))
  return grants.filter((grant) => {
    const place = 'organisationId' in grant ? places.get(grant.organisationId) : undefined
    const region = grant.scope === 'region' ? grant.region : (place?.region ?? null)
    const { role, scope } = grant
    return mayGive(giving, { role, scope, region, organisationId: place?.id ?? null, lineage: place?.lineage ?? null })
  })
}
