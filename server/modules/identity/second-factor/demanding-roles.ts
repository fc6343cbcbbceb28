/** Whose people must pass a second factor, by role; an audience's own rule asks for it besides. */
import { isRole, type Role } from '../../../kernel/access/index.ts'
import { type Db, transaction } from '../../../kernel/db/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { listDemandingRoles, replaceDemandingRoles } from './demanding-roles.queries.ts'

export const viewDemandingRoles = async (db: Db): Promise<Role[]> =>
  (await listDemandingRoles(db)).map(({ role }) => role).filter(isRole)

/** Sessions that are open go on; the next sign-in asks. */
export const setDemandingRoles = (ctx: Context, roles: readonly Role[]): Promise<void> =>
  transaction(ctx, async (tx) => {
    const before = await viewDemandingRoles(tx)
    await replaceDemandingRoles(tx, roles, ctx.account.id)
    journal(tx, ctx, 'demanding-roles.changed', undefined, { before, after: roles })
  })
