/** Tokens of the API: a program acts in a person's name, within a part of the person's rights, for a year at most. */
import type { ApiToken, IssuedApiToken, NewApiToken } from '../../../../contracts/api-tokens.ts'
import { Grants, isPermission, type Permission, permissionNames, tokenable } from '../../../kernel/access/index.ts'
import { type Db, transaction } from '../../../kernel/db/index.ts'
import { InvalidInput, NotFound } from '../../../kernel/errors/index.ts'
import type { Context, SignedIn } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { hashOf, newSecret } from '../secrets.ts'
import { accountOf, grantsOf, organisationOf, regionsOf } from '../sign-in/person.ts'
import { standingOf } from '../steps/standing.queries.ts'
import { type Standing, stageOf } from '../steps/steps.ts'
import { TooManyTokens } from './api-tokens.errors.ts'
import { sendTokenLetter } from './api-tokens.letters.ts'
import {
  countLiveTokens,
  findLiveToken,
  insertApiToken,
  listApiTokens,
  revokeApiToken,
  type TokenRow,
} from './api-tokens.queries.ts'

const most = 20
/** Lets a leaked token be found by those who look for such in published code. */
const prefix = 'kab_'

/** By the raw token: what its permissions and its person's own have in common at this moment. */
export async function readApiToken(db: Db, token: string, address: string): Promise<SignedIn | undefined> {
  const row = await findLiveToken(db, hashOf(token), address)
  if (!row || !comesAllTheWay(row)) return undefined
  return {
    sessionId: row.tokenId,
    apiToken: { id: row.tokenId, own: row.own },
    stage: 'full',
    account: accountOf(row),
    organisation: organisationOf(row),
    regions: { chosen: null, own: regionsOf(row) },
    grants: new Grants(grantsOf(row)).limitedTo(row.permissions.filter(isTokenable)),
    unread: row.own ? row.unread : 0,
  }
}

/** Whether the person, coming in by itself, would be let in without a step left to do but the second factor. */
function comesAllTheWay(row: TokenRow): boolean {
  const standing: Standing = standingOf(row)
  const isLetIn = standing.approval === 'not-needed' || standing.approval === 'granted'
  return !standing.blocked && isLetIn && stageOf(standing, 'password', true) === 'full'
}

/** What of one's own a token can be given. */
export const permissionsToGive = ({ grants }: Context): Permission[] =>
  tokenable.filter((permission) => grants.has(permission))

export async function listOwnTokens(ctx: Context): Promise<ApiToken[]> {
  return (await listApiTokens(ctx.db, ctx.account.id)).map(viewOf)
}

/**
 * @returns the token itself, this once
 * @throws InvalidInput 422 for a permission that one has not, or that no token has; TooManyTokens 409
 */
export async function issueApiToken(
  ctx: Context,
  { name, permissions, own, days }: NewApiToken,
): Promise<IssuedApiToken> {
  const chosen = permissionsToGive(ctx).filter((permission) => permissions.includes(permission))
  if (chosen.length < new Set(permissions).size) throw notGiven()
  const { token: secret } = newSecret()
  const token = prefix + secret
  return transaction(ctx, async (tx) => {
    if ((await countLiveTokens(tx, ctx.account.id)) >= most) throw new TooManyTokens()
    const made = { name, permissions: chosen, own, days, tokenHash: hashOf(token) }
    const row = await insertApiToken(tx, ctx.account.id, made)
    await sendTokenLetter(tx, ctx, name)
    journal(tx, ctx, 'token.issued', subjectOf(ctx), { issued: row.id, permissions: chosen, own, days })
    return { ...viewOf(row), token }
  })
}

/** @throws NotFound 404 when it is not one's own, or is revoked already */
export const revokeOwnToken = (ctx: Context, id: string): Promise<void> =>
  transaction(ctx, async (tx) => {
    if (!(await revokeApiToken(tx, ctx.account.id, id))) throw new NotFound({ what: 'token' })
    journal(tx, ctx, 'token.revoked', subjectOf(ctx), { revoked: id })
  })

type Row = Awaited<ReturnType<typeof listApiTokens>>[number]

function viewOf(row: Row): ApiToken {
  return {
    id: row.id,
    name: row.name,
    permissions: row.permissions
      .filter(isTokenable)
      .map((permission) => ({ permission, name: permissionNames[permission].name })),
    own: row.own,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    lastAddress: row.lastAddress,
    state: row.revokedAt ? 'revoked' : row.expiresAt <= new Date() ? 'expired' : 'works',
  }
}

const isTokenable = (permission: string): permission is Permission =>
  isPermission(permission) && tokenable.includes(permission)

const notGiven = () =>
  new InvalidInput({
    fields: [
      { field: 'permissions', code: 'permission', text: 'Токен получает только права, которые есть у вас самих' },
    ],
  })

const subjectOf = ({ account }: Context) => ({ kind: 'account', id: account.id })
