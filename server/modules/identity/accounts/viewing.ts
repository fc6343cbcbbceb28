/** What is shown of others' accounts. Who has looked at whose personal details is in the journal (152-ФЗ). */
import type { AccountsQuery, AccountView, RightsView } from '../../../../contracts/accounts.ts'
import {
  allows,
  type Grant,
  isRole,
  permissionNames,
  permissions,
  type Role,
  roleNames,
  type Scopes,
} from '../../../kernel/access/index.ts'
import { transaction } from '../../../kernel/db/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { isFirstAttempt } from '../../../kernel/http/index.ts'
import { journal, listEntriesAbout } from '../../../kernel/journal/index.ts'
import { isAnswerable } from '../grants/reach.ts'
import { deviceOf } from '../sign-in/device.ts'
import { accountName } from './account.ts'
import { accessAccount, givingGrants, mayManage } from './accounts.access.ts'
import { deeds, roleNameOf } from './accounts.phrases.ts'
import { findAccounts } from './accounts.queries.ts'
import { type AccountRow, countReached, findSurroundings } from './card.queries.ts'
import { listAccounts } from './list.queries.ts'

/** A session that has been idle for longer is over. */
const idleHours = 12

export const viewAccounts = (ctx: Context, query: AccountsQuery) =>
  listAccounts(ctx.db, ctx.grants.scopes('account.read'), query)

/** @throws NotFound 404 outside one's scopes */
export async function viewAccount(ctx: Context, id: string): Promise<AccountView> {
  const account = await accessAccount(ctx.db, ctx, id)
  const around = await findSurroundings(ctx.db, id, idleHours)
  await noteViewing(ctx, id)
  const { authenticator, sms, passkeys, recoveryCodes, factorReset } = around
  const manages = mayManage(ctx, account)
  return {
    ...account,
    createdAt: account.createdAt.toISOString(),
    registeredAt: momentOf(account.registeredAt),
    temporaryPasswordUntil: momentOf(account.temporaryPasswordUntil),
    approvalAskedAt: momentOf(account.approvalAskedAt),
    blockedAt: momentOf(account.blockedAt),
    grants: (account.grants ?? []).map((grant) => ({ ...grant, roleName: roleNameOf(grant.role) })),
    memberships: account.memberships ?? [],
    sessions: (around.sessions ?? []).map(({ userAgent, ...session }) => ({ ...session, device: deviceOf(userAgent) })),
    factors: { authenticator, sms, passkeys, recoveryCodes },
    helpers: around.helpers ?? [],
    factorReset,
    may: {
      manage: manages,
      give: manages && ctx.grants.has('grant.give'),
      resetFactor: manages && ctx.grants.has('factor.reset'),
    },
  }
}

/** Which of the grants this person may take back. */
export const revocable = (ctx: Context, account: AccountView): Set<string> =>
  new Set(
    account.may.give
      ? account.grants
          .filter(({ role, scope, region, organisationId }) =>
            isAnswerableAbout(ctx, { role, scope, region, organisationId }),
          )
          .map(({ id }) => id)
      : [],
  )

type About = { role: string; scope: Grant['scope']; region: string | null; organisationId: string | null }

/** The account is managed, so each of its grants lies within one's own: only the permission to give is to be looked at. */
const isAnswerableAbout = (ctx: Context, { role, scope, region, organisationId }: About): boolean =>
  isRole(role) &&
  (region === null && scope !== 'everywhere'
    ? givingGrants(ctx).length > 0
    : isAnswerable(givingGrants(ctx), { role, scope, region, organisationId, lineage: null }))

/** At most once an hour for each who looks and each who is looked at; one's own is nobody's concern. */
async function noteViewing(ctx: Context, id: string): Promise<void> {
  if (id === ctx.account.id) return
  await transaction(ctx, async (tx) => {
    if (await isFirstAttempt(tx, `account-viewed:${ctx.account.id}:${id}`, 3600))
      journal(tx, ctx, 'account.viewed', { kind: 'account', id })
  })
}

const mostEntries = 100

/** What has been done with the account, the newest first. */
export async function viewAccountHistory(ctx: Context, id: string) {
  await accessAccount(ctx.db, ctx, id)
  const entries = await listEntriesAbout(
    ctx.db,
    { kind: 'account', id },
    { actions: undefined, before: undefined, limit: mostEntries },
  )
  const actors = [...new Set(entries.flatMap(({ actorId }) => actorId ?? []))]
  const people = actors.length > 0 ? await findAccounts(ctx.db, actors) : []
  const names = new Map(people.map((person) => [person.id, accountName(person)]))
  return entries.map(({ at, action, actorId }) => ({
    at: at.toISOString(),
    action,
    text: deeds[action] ?? action,
    by: actorId ? (names.get(actorId) ?? null) : null,
  }))
}

/**
 * What this person can see and do: the policy table applied to what it holds, by role and place. A view of rights, not
 * a way to act in another's name.
 */
export async function viewRights(ctx: Context, id: string): Promise<RightsView> {
  const account = await accessAccount(ctx.db, ctx, id)
  const held = heldBy(account)
  const counts = await countReached(
    ctx.db,
    held.map(({ scopes }) => scopes),
  )
  return held.map(({ role, scope, where, scopes: _, ...rest }, index) => ({
    ...rest,
    role,
    roleName: roleNames[role],
    scope,
    where,
    organisations: counts[index] ?? 0,
    permissions: permissions
      .filter((permission) => allows(role, permission))
      .map((permission) => ({ permission, text: permissionNames[permission].name })),
  }))
}

type Held = { role: Role; scope: Grant['scope']; where: string; scopes: Scopes }

const nowhere: Scopes = { everywhere: false, regions: [], subtrees: [], organisations: [] }

function heldBy({ grants, memberships }: AccountRow): Held[] {
  const day = new Date().toISOString().slice(0, 10)
  const ofGrants = (grants ?? []).filter(({ startsOn }) => startsOn <= day).flatMap(heldByGrant)
  const ofMemberships = (memberships ?? []).flatMap(({ role, organisation, organisationId, startsOn }): Held[] =>
    isRole(role) && startsOn <= day
      ? [{ role, scope: 'organisation', where: organisation, scopes: { ...nowhere, organisations: [organisationId] } }]
      : [],
  )
  return [...ofGrants, ...ofMemberships]
}

function heldByGrant(grant: NonNullable<AccountRow['grants']>[number]): Held[] {
  const { role, scope, region, regionName, organisationId, organisation } = grant
  if (!isRole(role)) return []
  switch (scope) {
    case 'everywhere':
      return [{ role, scope, where: 'везде', scopes: { ...nowhere, everywhere: true } }]
    case 'region':
      return [{ role, scope, where: regionName ?? region ?? '', scopes: { ...nowhere, regions: [region ?? ''] } }]
    case 'subtree':
      return [
        { role, scope, where: `${organisation} и ниже`, scopes: { ...nowhere, subtrees: [organisationId ?? ''] } },
      ]
    case 'organisation':
      return [{ role, scope, where: organisation ?? '', scopes: { ...nowhere, organisations: [organisationId ?? ''] } }]
  }
}

const momentOf = (moment: Date | null): string | null => moment?.toISOString() ?? null
