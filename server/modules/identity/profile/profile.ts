import type { Profile, ProfileChange } from '../../../../contracts/identity.ts'
import { transaction } from '../../../kernel/db/index.ts'
import { StaleVersion } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { findProfile, updateProfile } from '../accounts/accounts.queries.ts'

export const viewProfile = (ctx: Context): Promise<Profile> => findProfile(ctx.db, ctx.account.id)

/** @throws StaleVersion 409 when the profile was changed since `version` was read */
export const changeProfile = (ctx: Context, { version, ...changes }: ProfileChange): Promise<Profile> =>
  transaction(ctx, async (tx) => {
    const profile = await updateProfile(tx, ctx.account.id, version, changes)
    if (!profile) throw new StaleVersion()
    journal(tx, ctx, 'profile.changed', { kind: 'account', id: profile.id }, { fields: Object.keys(changes) })
    return profile
  })
