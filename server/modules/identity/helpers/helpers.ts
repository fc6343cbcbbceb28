/** R9: an operator's helpers. What they may is lent to them, and ends with the operator's own. */
import {
  type HelperDeeds,
  type HelperLimits,
  type HelpersView,
  type HelperView,
  type NewHelper,
  textOfPlace,
} from '../../../../contracts/helpers.ts'
import { type Grant, Grants, isPermission, lendable, type Permission } from '../../../kernel/access/index.ts'
import { type Db, type Tx, transaction } from '../../../kernel/db/index.ts'
import { NotFound } from '../../../kernel/errors/index.ts'
import { type Context, takeAttempt } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import type { LendablePart } from '../../../kernel/room.ts'
import { accountName } from '../accounts/account.ts'
import { listLent, revokeLent } from '../grants/lending.queries.ts'
import { lendableOf, ownGrantsOf, replaceLent } from '../grants/lending.ts'
import { lentInWords, namesOfPlaces, regionsIn } from '../grants/lent-in-words.ts'
import { invite, listOwnInvitations } from '../invitations/invitations.ts'
import { bucketOf } from '../secrets.ts'
import { grantOf } from '../sign-in/person.ts'
import { HelperLendsNothing } from './helpers.errors.ts'
import { sendHelperLetter } from './helpers.letters.ts'
import {
  findAudience,
  findHelper,
  listAuthorities,
  listDeeds,
  listHelpers,
  lockHelper,
  markRemoved,
  setSuspended,
} from './helpers.queries.ts'
import { deedsOfRooms, lendablePartsIn } from './rooms.ts'

/** One's own helpers, and who has been invited and has not answered. */
export async function viewHelpers(ctx: Context): Promise<HelpersView> {
  const [rows, invitations] = await Promise.all([
    listHelpers(ctx.db, ctx.account.id),
    listOwnInvitations(ctx, 'helper'),
  ])
  return { helpers: await viewsOf(ctx, rows), invitations }
}

/** @throws NotFound 404 when it is not one's own helper */
export async function viewHelper(ctx: Context, id: string): Promise<HelperView> {
  const row = await findHelper(ctx.db, ctx.account.id, id)
  const [view] = row ? await viewsOf(ctx, [row]) : []
  if (!view) throw new NotFound({ what: 'helper' })
  return view
}

type Row = Awaited<ReturnType<typeof listHelpers>>[number]

/** What is told is what holds now: of what was lent once, the operator may have lost a part. */
async function viewsOf(ctx: Context, rows: readonly Row[]): Promise<HelperView[]> {
  const lent = await listLent(
    ctx.db,
    ctx.account.id,
    rows.map(({ accountId }) => accountId),
  )
  const grantsOf = (accountId: string): Grant[] =>
    lent
      .filter((grant) => grant.accountId === accountId)
      .flatMap((grant) =>
        grantOf(grant).map((one) => ({
          ...one,
          permissions: grant.permissions.filter(isPermission),
          ...(grant.parts ? { parts: grant.parts } : {}),
        })),
      )
  const held = new Map<string, Grant[]>()
  for (const { accountId } of rows) held.set(accountId, await lendableOf(ctx.db, ctx.account.id, grantsOf(accountId)))
  const all = [...held.values()].flat()
  const nameOf = await namesOfPlaces(ctx.db, all)
  const parts = all.some((grant) => grant.parts) ? await lendablePartsIn(ctx.db, regionsIn(all)) : []
  return rows.map((row) => ({
    id: row.id,
    fullName: accountName(row),
    position: row.position,
    email: row.email,
    since: row.since.toISOString(),
    state: row.suspendedAt ? 'suspended' : 'working',
    ...lentInWords(held.get(row.accountId) ?? [], nameOf, parts),
  }))
}

const deedsOnPage = 30

/**
 * What a helper has done in one's name, the newest first: all that rooms have words for.
 * @throws NotFound 404 when it is not one's own helper
 */
export async function viewHelperDeeds(ctx: Context, id: string, before?: number): Promise<HelperDeeds> {
  const helper = await findHelper(ctx.db, ctx.account.id, id)
  if (!helper) throw new NotFound({ what: 'helper' })
  const { told, addresses } = deedsOfRooms()
  const page = { actions: Object.keys(told), before, limit: deedsOnPage + 1 }
  const rows = await listDeeds(ctx.db, helper.accountId, ctx.account.id, page)
  const shown = rows.slice(0, deedsOnPage)
  return {
    deeds: shown.map((row) => ({
      id: row.id,
      at: row.at.toISOString(),
      action: row.action,
      text: told[row.action] ?? row.action,
      href: (row.kind && row.subject && addresses[row.kind]?.(row.subject)) || null,
    })),
    next: rows.length > deedsOnPage ? (shown.at(-1)?.id ?? null) : null,
  }
}

export type Offer = {
  permissions: Permission[]
  places: { value: string; text: string }[]
  parts: LendablePart[]
}

/** What one can lend: of one's own permissions those that a helper can have, in one's own places and parts of them. */
export async function viewOffer(ctx: Context): Promise<Offer> {
  const own = await ownGrantsOf(ctx.db, ctx.account.id)
  const grants = new Grants(own)
  const permissions = lendable.filter((permission) => grants.has(permission))
  const over = own.filter((grant) => permissions.some((permission) => new Grants([grant]).has(permission)))
  const nameOf = await namesOfPlaces(ctx.db, over)
  const authorities = await listAuthorities(ctx.db, scopesOf(over))
  const places = [
    ...over.filter(({ scope }) => scope === 'region').map(nameOf),
    ...authorities.map(({ id, name }) => ({ scope: 'subtree', organisationId: id, name: `${name} и все, что ниже` })),
    ...over.filter(({ scope }) => scope === 'subtree' || scope === 'organisation').map(nameOf),
  ]
  // The membership of an operator in its own authority adds nothing to the authority with all below it.
  const offered = new Map<string, string>()
  for (const place of places) {
    const wider = `subtree:${place.organisationId}`
    if (!offered.has(wider)) offered.set(textOfPlace(place), place.name)
  }
  return {
    permissions,
    places: [...offered].map(([value, text]) => ({ value, text })),
    parts: await lendablePartsIn(ctx.db, regionsIn(over)),
  }
}

function scopesOf(own: readonly Grant[]) {
  const regions = own.flatMap((grant) => (grant.scope === 'region' ? [grant.region] : []))
  const subtrees = own.flatMap((grant) => (grant.scope === 'subtree' ? [grant.organisationId] : []))
  return { everywhere: false, regions, subtrees, organisations: [] }
}

/**
 * Sends an invitation to become one's helper, within these limits.
 * @returns the invitation's id
 * @throws HelperLendsNothing 422 for what one does not hold itself; else as `invite`
 */
export async function inviteHelper(
  ctx: Context,
  { permissions, places, parts, ...person }: NewHelper,
): Promise<string> {
  await takeAttempt(ctx.db, bucketOf('helper:invite', ctx.account.id), 100, 3600)
  return transaction(ctx, async (tx) => {
    const grants = await lentWithin(tx, ctx, { permissions, places, parts })
    const audience = await findAudience(tx, ctx.account.id)
    return invite(tx, ctx, { ...person, kind: 'helper', audience, grants })
  })
}

/** @throws NotFound 404, HelperLendsNothing 422 */
export const limitHelper = (ctx: Context, id: string, limits: HelperLimits): Promise<void> =>
  transaction(ctx, async (tx) => {
    const helper = await getHelper(tx, ctx, id)
    const grants = await lentWithin(tx, ctx, limits)
    await replaceLent(tx, ctx, ctx.account.id, helper.accountId, grants)
  })

/** Its rights stop at once, in open sessions too. @throws NotFound 404 */
export const suspendHelper = (ctx: Context, id: string): Promise<void> => pause(ctx, id, true)

/** @throws NotFound 404 */
export const resumeHelper = (ctx: Context, id: string): Promise<void> => pause(ctx, id, false)

const pause = (ctx: Context, id: string, suspended: boolean): Promise<void> =>
  transaction(ctx, async (tx) => {
    const helper = await getHelper(tx, ctx, id)
    if ((helper.suspendedAt !== null) === suspended) return
    await setSuspended(tx, id, suspended)
    await sendHelperLetter(tx, ctx.baseUrl, suspended ? 'suspended' : 'resumed', told(ctx, helper))
    journal(tx, ctx, suspended ? 'helper.suspended' : 'helper.resumed', subjectOf(helper))
  })

/** For good; to have the person back, one invites it anew. @throws NotFound 404 */
export const removeHelper = (ctx: Context, id: string): Promise<void> =>
  transaction(ctx, async (tx) => {
    const helper = await getHelper(tx, ctx, id)
    await revokeLent(tx, ctx.account.id, helper.accountId, ctx.account.id)
    await markRemoved(tx, id)
    await sendHelperLetter(tx, ctx.baseUrl, 'removed', told(ctx, helper))
    journal(tx, ctx, 'helper.removed', subjectOf(helper))
  })

async function getHelper(tx: Tx, ctx: Context, id: string): Promise<Row> {
  const helper = await lockHelper(tx, ctx.account.id, id)
  if (!helper) throw new NotFound({ what: 'helper' })
  return helper
}

/**
 * Every permission asked for must be one's own somewhere, every place must give at least one of them, and parts must be
 * of the work in these places.
 */
async function lentWithin(db: Db, ctx: Context, { permissions, places, parts }: HelperLimits): Promise<Grant[]> {
  const asked = lendable.filter((permission) => permissions.includes(permission))
  const wanted = places.map(
    (place): Grant => ({
      ...place,
      role: 'helper',
      permissions: asked,
      ...(parts && place.scope === 'region' ? { parts } : {}),
    }),
  )
  const grants = await lendableOf(db, ctx.account.id, wanted)
  if (parts) {
    const known = new Set((await lendablePartsIn(db, regionsIn(grants))).map(({ part }) => part))
    if (!parts.every((part) => known.has(part))) throw new HelperLendsNothing()
  }
  const lent = new Set(grants.flatMap((grant) => grant.permissions ?? []))
  if (
    grants.length < wanted.length ||
    permissions.some((permission) => !isPermission(permission) || !lent.has(permission))
  )
    throw new HelperLendsNothing()
  return grants
}

const told = (ctx: Context, { email }: Row) => ({ email, operator: accountName(ctx.account) })
const subjectOf = ({ accountId }: Row) => ({ kind: 'account', id: accountId })
