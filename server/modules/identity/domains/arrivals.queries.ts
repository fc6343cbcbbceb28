import { sql } from 'kysely'
import type { Grant, Role } from '../../../kernel/access/index.ts'
import { type Db, randomUUIDv7, type Tx } from '../../../kernel/db/index.ts'
import type { OrganisationNumber } from './domain-file.ts'

export type DomainGrantRow = {
  id: string
  role: Role
  scope: Grant['scope']
  region: string | null
  organisationId: string | null
}

/** Locked, so that of two sign-ins at once the second sees what the first has given. */
export const lockAccount = (tx: Tx, accountId: string) =>
  tx
    .selectFrom('accounts')
    .select(['surname', 'name', 'patronymic', 'position'])
    .where('id', '=', accountId)
    .forUpdate()
    .executeTakeFirstOrThrow()

export const updatePerson = (
  tx: Tx,
  accountId: string,
  person: { surname: string; name: string; patronymic: string | null; position: string | null },
) =>
  tx
    .updateTable('accounts')
    .set((eb) => ({ ...person, version: eb('version', '+', 1) }))
    .where('id', '=', accountId)
    .execute()

export const listDomainGrants = (tx: Tx, accountId: string, key: string): Promise<DomainGrantRow[]> =>
  tx
    .selectFrom('grants')
    .select(['id', 'role', 'scope', 'region_code as region', 'organisation_id as organisationId'])
    .where('account_id', '=', accountId)
    .where('domain', '=', key)
    .where('revoked_at', 'is', null)
    .execute()

export const insertDomainGrant = (tx: Tx, accountId: string, key: string, grant: Grant) =>
  tx
    .insertInto('grants')
    .values({
      id: randomUUIDv7(),
      account_id: accountId,
      role: grant.role,
      scope: grant.scope,
      region_code: grant.scope === 'region' ? grant.region : null,
      organisation_id: grant.scope === 'subtree' || grant.scope === 'organisation' ? grant.organisationId : null,
      domain: key,
    })
    .execute()

export const revokeDomainGrant = (tx: Tx, id: string) =>
  tx.updateTable('grants').set({ revoked_at: sql<Date>`now()` }).where('id', '=', id).execute()

/** The independent organisation with this number; undefined when there is none, or not one alone. */
export async function findOrganisationByNumber(db: Db, { ogrn, inn }: OrganisationNumber): Promise<string | undefined> {
  const found = await db
    .selectFrom('organisations')
    .select('id')
    .where(ogrn ? 'ogrn' : 'inn', '=', ogrn ?? inn ?? '')
    .where('level', 'not in', ['division', 'branch'])
    .where('closed_at', 'is', null)
    .limit(2)
    .execute()
  return found.length === 1 ? found[0]?.id : undefined
}

export const isRegion = async (db: Db, code: string): Promise<boolean> =>
  (await db.selectFrom('regions').select('code').where('code', '=', code).executeTakeFirst()) !== undefined

/** Whether the account has a password of the cabinet's own. */
export const hasPassword = async (db: Db, accountId: string): Promise<boolean> =>
  (await db
    .selectFrom('accounts')
    .select('id')
    .where('id', '=', accountId)
    .where('password_hash', 'is not', null)
    .executeTakeFirst()) !== undefined
