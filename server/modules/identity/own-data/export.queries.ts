import { sql } from 'kysely'
import type { Db } from '../../../kernel/db/index.ts'

export const readAccount = (db: Db, accountId: string) =>
  db
    .selectFrom('accounts')
    .select([
      'id',
      'surname',
      'name',
      'patronymic',
      'position',
      'email',
      'email_confirmed_at as emailConfirmedAt',
      'user_name as userName',
      'phone',
      'phone_confirmed_at as phoneConfirmedAt',
      'audience',
      'inn',
      'snils',
      'region_code as regionCode',
      'organisation_name as organisationName',
      'registered_at as registeredAt',
      'approved_at as approvedAt',
      'password_changed_at as passwordChangedAt',
      'created_at as createdAt',
    ])
    .select(sql<boolean>`password_hash is not null`.as('hasPassword'))
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow()

export const listConsents = (db: Db, accountId: string) =>
  db
    .selectFrom('consents')
    .select(['version', 'given_at as givenAt', 'withdrawn_at as withdrawnAt'])
    .where('account_id', '=', accountId)
    .orderBy('given_at')
    .execute()

export const listGrants = (db: Db, accountId: string) =>
  db
    .selectFrom('grants')
    .select([
      'role',
      'scope',
      'region_code as regionCode',
      'organisation_id as organisationId',
      'starts_on as startsOn',
      'ends_on as endsOn',
      'granted_at as grantedAt',
      'revoked_at as revokedAt',
    ])
    .where('account_id', '=', accountId)
    .orderBy('granted_at')
    .execute()

export const listSessions = (db: Db, accountId: string) =>
  db
    .selectFrom('sessions')
    .select([
      'door',
      'created_at as createdAt',
      'last_seen_at as lastSeenAt',
      'ended_at as endedAt',
      'address',
      'user_agent as userAgent',
    ])
    .where('account_id', '=', accountId)
    .orderBy('created_at')
    .execute()

/** What the ways in are called; their secrets are nobody's to read, the owner's neither. */
export async function listWaysIn(db: Db, accountId: string) {
  const [passkeys, tied, devices, tokens] = await Promise.all([
    db
      .selectFrom('passkeys')
      .select(['name', 'created_at as createdAt', 'last_used_at as lastUsedAt', 'removed_at as removedAt'])
      .where('account_id', '=', accountId)
      .execute(),
    db
      .selectFrom('external_identities')
      .select(['provider', 'subject', 'organisation', 'tied_at as tiedAt', 'untied_at as untiedAt'])
      .where('account_id', '=', accountId)
      .execute(),
    db
      .selectFrom('trusted_devices')
      .select(['user_agent as userAgent', 'created_at as createdAt', 'revoked_at as revokedAt'])
      .where('account_id', '=', accountId)
      .execute(),
    db
      .selectFrom('api_tokens')
      .select([
        'name',
        'permissions',
        'own as reachesOwn',
        'created_at as createdAt',
        'expires_at as expiresAt',
        'last_used_at as lastUsedAt',
        'last_address as lastAddress',
        'revoked_at as revokedAt',
      ])
      .where('account_id', '=', accountId)
      .execute(),
  ])
  return { passkeys, tied, devices, tokens }
}
