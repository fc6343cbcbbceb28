import type { Profile, ProfileChange } from '../../../../contracts/identity.ts'
import { type Tx, transaction } from '../../../kernel/db/index.ts'
import { StaleVersion } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { findProfile, updateProfile } from '../accounts/accounts.queries.ts'
import { ContactConfirmed } from '../contacts/contacts.errors.ts'
import { lockContacts } from '../contacts/contacts.queries.ts'

export const viewProfile = (ctx: Context): Promise<Profile> => findProfile(ctx.db, ctx.account.id)

/** @throws StaleVersion 409 when the profile was changed since `version` was read; ContactConfirmed 409 */
export const changeProfile = (ctx: Context, { version, ...changes }: ProfileChange): Promise<Profile> =>
  transaction(ctx, async (tx) => {
    if (changes.phone !== undefined) await refuseConfirmedPhone(tx, ctx, changes.phone)
    const profile = await updateProfile(tx, ctx.account.id, version, changes)
    if (!profile) throw new StaleVersion()
    journal(tx, ctx, 'profile.changed', { kind: 'account', id: profile.id }, { fields: Object.keys(changes) })
    return profile
  })

/** A confirmed telephone is a way in: it is changed by codes from both the old and the new one. */
async function refuseConfirmedPhone(tx: Tx, ctx: Context, phone: string | null): Promise<void> {
  const { phoneConfirmed, phone: present } = await lockContacts(tx, ctx.account.id)
  if (phoneConfirmed && phone !== present) throw new ContactConfirmed()
}
