/** R2, R3: an administrator or an operator opens an account for somebody. */
import type { InitialPassword, NewManagedAccount } from '../../../../contracts/accounts.ts'
import { isRole } from '../../../kernel/access/index.ts'
import { type Tx, transaction } from '../../../kernel/db/index.ts'
import { InvalidInput } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { type Actor, journal } from '../../../kernel/journal/index.ts'
import { getRule } from '../audiences/audiences.ts'
import { refusalOfMail } from '../audiences/mail-domains.ts'
import { findRegionName } from '../grants/administration.queries.ts'
import { grantRole } from '../grants/grants.ts'
import { mayGive } from '../grants/reach.ts'
import { phrases } from '../identity.phrases.ts'
import { hashPassword } from '../passwords/passwords.ts'
import { newSecret } from '../secrets.ts'
import { insertToken } from '../tokens.queries.ts'
import { givingGrants } from './accounts.access.ts'
import { sendInvitationLetter } from './accounts.letters.ts'
import { openAccount } from './accounts.ts'
import { initialPassword } from './administrators.ts'
import { isAddressTaken } from './card.queries.ts'
import { temporaryDays } from './management.ts'

/**
 * Makes an account with a temporary password, gives it the role in each of its regions, and sends the letter that
 * confirms its address.
 * @returns the password, which is kept nowhere: it is shown to the caller this once
 * @throws InvalidInput 422 in the field: an address that is taken or not allowed, a region or a role not one's to give
 */
export async function makeAccount(
  ctx: Context,
  made: NewManagedAccount,
): Promise<{ id: string; initialPassword: InitialPassword }> {
  const password = initialPassword()
  const passwordHash = await hashPassword(password)
  const until = new Date(Date.now() + temporaryDays * 86_400_000)
  const id = await transaction(ctx, async (tx) => {
    await checkMade(tx, ctx, made)
    return openChecked(tx, ctx, ctx.baseUrl, made, { passwordHash, temporaryUntil: until })
  })
  ctx.showOnce(`/accounts/${id}`)
  return { id, initialPassword: { password, until: until.toISOString() } }
}

type Password = { passwordHash: string; temporaryUntil: Date }

/**
 * The account and its roles, within an action's transaction; whether they may be given, `checkMade` has looked.
 * @param password null: the person makes up its own by the link of an invitation
 */
export async function openChecked(
  tx: Tx,
  actor: Actor,
  baseUrl: string,
  { regions, role, organisation, ...person }: NewManagedAccount,
  password: Password | null,
): Promise<string> {
  const account = {
    ...person,
    emailConfirmed: false,
    passwordHash: password?.passwordHash ?? null,
    temporaryUntil: password?.temporaryUntil ?? null,
    regionCode: regions[0] ?? null,
    organisationName: organisation,
  }
  const id = await openAccount(tx, actor, account, password ? { baseUrl } : undefined)
  if (role !== null && isRole(role))
    for (const region of regions) await grantRole(tx, actor, id, { role, scope: 'region', region })
  if (!password) await invite(tx, actor, baseUrl, { ...person, id, userName: null })
  return id
}

/** Two weeks, as long as a temporary password: the link is used once, by whoever reads the letter. */
async function invite(tx: Tx, actor: Actor, baseUrl: string, account: Invited): Promise<void> {
  const { token, hash } = newSecret()
  await insertToken(tx, account.id, 'password-reset', hash, temporaryDays * 24)
  await sendInvitationLetter(tx, baseUrl, account, token)
  journal(tx, actor, 'account.invited', { kind: 'account', id: account.id })
}

type Invited = Parameters<typeof sendInvitationLetter>[2] & { id: string; userName: string | null }

/** @throws InvalidInput 422 in the field that is wrong */
async function checkMade(tx: Tx, ctx: Context, { audience, email, regions, role }: NewManagedAccount): Promise<void> {
  for (const region of regions) {
    if (!isOwnRegion(ctx, region) || !(await findRegionName(tx, region)))
      throw wrongField('regions', 'Выберите регионы из своих')
    if (role !== null && !mayGiveOver(ctx, role, region))
      throw wrongField('role', 'Такую роль в этом регионе вы дать не можете')
  }
  const refusal = await refusalOfMail(tx, await getRule(tx, audience), email)
  if (refusal) throw wrongField('email', refusal.text)
  if (await isAddressTaken(tx, email)) throw wrongField('email', phrases['email-taken'])
}

/** An operator makes accounts within its own regions: in those in which it works now. */
export function isOwnRegion({ grants }: Context, region: string): boolean {
  const { everywhere, regions } = grants.scopes('account.manage')
  return everywhere || regions.includes(region)
}

export const mayGiveOver = (ctx: Context, role: string, region: string): boolean =>
  isRole(role) && mayGive(givingGrants(ctx), { role, scope: 'region', region, organisationId: null, lineage: null })

const wrongField = (field: string, text: string) => new InvalidInput({ fields: [{ field, code: 'account', text }] })
