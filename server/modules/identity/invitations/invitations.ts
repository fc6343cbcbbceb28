/** Invitations: a link in a letter, for seven days and once; it gives what the inviter holds when it is accepted. */
import type { InvitationView } from '../../../../contracts/helpers.ts'
import { type Tx, transaction } from '../../../kernel/db/index.ts'
import { InvalidInput, NotFound } from '../../../kernel/errors/index.ts'
import { type Context, takeAttempt } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { accountName } from '../accounts/account.ts'
import { getRule } from '../audiences/audiences.ts'
import { refusalOfMail } from '../audiences/mail-domains.ts'
import { bucketOf, newSecret } from '../secrets.ts'
import { InvitationWaits } from './invitations.errors.ts'
import { sendInvitation } from './invitations.letters.ts'
import {
  hasWaiting,
  insertInvitation,
  listInvitations,
  type NewInvitation,
  renewInvitation,
  withdrawInvitation,
} from './invitations.queries.ts'

/**
 * Sends a link by which the person joins. Whether the inviter may give what the invitation says is for the caller to
 * look at; it is looked at once more when the invitation is accepted.
 * @returns its id
 * @throws InvalidInput 422 for an address that the audience's rule refuses, and for one's own; InvitationWaits 409
 */
export async function invite(tx: Tx, ctx: Context, invitation: NewInvitation): Promise<string> {
  const { kind, email, audience } = invitation
  if (email === ctx.account.email) throw wrongAddress('Это ваша собственная почта')
  const refusal = await refusalOfMail(tx, await getRule(tx, audience), email)
  if (refusal) throw wrongAddress(refusal.text)
  if (await hasWaiting(tx, ctx.account.id, invitation)) throw new InvitationWaits()
  const { token, hash } = newSecret()
  const { id } = await insertInvitation(tx, ctx.account.id, invitation, hash)
  await sendInvitation(tx, ctx.baseUrl, { email, kind, inviter: accountName(ctx.account) }, token)
  journal(tx, ctx, 'invitation.sent', { kind: 'invitation', id }, { kind, grants: invitation.grants })
  return id
}

/** One's own that wait, or whose time is over. */
export async function listOwnInvitations(ctx: Context, kind: 'account' | 'helper'): Promise<InvitationView[]> {
  const rows = await listInvitations(ctx.db, ctx.account.id, kind)
  return rows.map(({ surname, name, patronymic, createdAt, expiresAt, ...row }) => ({
    ...row,
    fullName: accountName({ surname, name, patronymic }),
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    state: expiresAt > new Date() ? 'waiting' : 'expired',
  }))
}

/**
 * Under a new link, for seven days from now; the one before works no more.
 * @throws NotFound 404 when it is not one's own, or is over; TooManyRequests 429
 */
export async function sendInvitationAgain(ctx: Context, id: string): Promise<void> {
  await takeAttempt(ctx.db, bucketOf('invitation:again', id), 5, 3600)
  await transaction(ctx, async (tx) => {
    const { token, hash } = newSecret()
    const row = await renewInvitation(tx, ctx.account.id, id, hash)
    if (!row) throw new NotFound({ what: 'invitation' })
    await sendInvitation(tx, ctx.baseUrl, { ...row, inviter: accountName(ctx.account) }, token)
    journal(tx, ctx, 'invitation.sent-again', { kind: 'invitation', id })
  })
}

/** @throws NotFound 404 when it is not one's own, or is over */
export const withdrawOwnInvitation = (ctx: Context, id: string): Promise<void> =>
  transaction(ctx, async (tx) => {
    if (!(await withdrawInvitation(tx, ctx.account.id, id))) throw new NotFound({ what: 'invitation' })
    journal(tx, ctx, 'invitation.withdrawn', { kind: 'invitation', id })
  })

const wrongAddress = (text: string) => new InvalidInput({ fields: [{ field: 'email', code: 'email', text }] })
