import { type Grant, Grants, isRole, type Permission } from '../../../kernel/access/index.ts'
import type { Db } from '../../../kernel/db/index.ts'
import { Forbidden, NotFound } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { isAnswerable } from '../grants/reach.ts'
import { AccountAboveYours, OwnAccount } from './accounts.errors.ts'
import { type AccountRow, findManaged } from './card.queries.ts'

/**
 * An account on another's behalf, for reading.
 * @throws NotFound 404 outside one's scopes
 */
export async function accessAccount(db: Db, ctx: Context, id: string): Promise<AccountRow> {
  const account = await findManaged(db, ctx.grants.scopes('account.read'), id, false)
  if (!account) throw new NotFound({ what: 'account' })
  return account
}

/**
 * An account that is to be changed, locked until the commit. It is one's to change when one could give every role that
 * it holds: else a new password for it would be a way to more than one's own rights.
 * @throws NotFound 404, OwnAccount 409, Forbidden and AccountAboveYours 403
 */
export async function accessAccountToChange(db: Db, ctx: Context, id: string): Promise<AccountRow> {
  const account = await findManaged(db, ctx.grants.scopes('account.read'), id, true)
  if (!account) throw new NotFound({ what: 'account' })
  if (id === ctx.account.id) throw new OwnAccount()
  if (!ctx.grants.has('account.manage')) throw new Forbidden()
  if (!mayManage(ctx, account)) throw new AccountAboveYours()
  return account
}

export function mayManage(ctx: Context, account: AccountRow): boolean {
  const managing = ctx.grants.list.filter((grant) => allowsAlone(grant, 'account.manage'))
  if (account.id === ctx.account.id || managing.length === 0) return false
  const everywhere = managing.some(({ scope }) => scope === 'everywhere')
  const inReach = everywhere || isPlacedWithin(ctx, account)
  return inReach && (account.grants ?? []).every((grant) => isHeldBelow(managing, grant))
}

/** Wherever the account belongs, the permission must hold: a person of two regions is managed by whoever answers for both. */
function isPlacedWithin({ grants }: Context, { region, memberships }: AccountRow): boolean {
  const inRegion = region === null || grants.scopes('account.manage').regions.includes(region)
  return (
    inRegion &&
    (memberships ?? []).every(({ organisationId, region: place, lineage }) =>
      grants.allow('account.manage', { id: organisationId, region: place, lineage }),
    )
  )
}

function isHeldBelow(holder: readonly Grant[], grant: NonNullable<AccountRow['grants']>[number]): boolean {
  const { role, scope, grantRegion, organisationId, lineage } = grant
  return isRole(role) && isAnswerable(holder, { role, scope, region: grantRegion, organisationId, lineage })
}

/** The grants by which one gives roles to others. */
export const givingGrants = ({ grants }: Context): Grant[] =>
  grants.list.filter((grant) => allowsAlone(grant, 'grant.give'))

const allowsAlone = (grant: Grant, permission: Permission): boolean => new Grants([grant]).has(permission)
