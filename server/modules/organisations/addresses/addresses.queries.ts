import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Address, AddressParts } from '../../../../contracts/addresses.ts'
import { type Db, randomUUIDv7, type Tx } from '../../../kernel/db/index.ts'

export type GarAddress = {
  gar_id: string
  object_id: number
  level: number
  house: boolean
  postal_code: string | null
  parts: AddressParts
  text: string
  match_key: string
}

export const hasAddresses = async (db: Db): Promise<boolean> =>
  (await db.selectFrom('gar_loads').select('id').limit(1).executeTakeFirst()) !== undefined

export const clearRegion = (tx: Tx, regionCode: string) =>
  tx.deleteFrom('gar_addresses').where('region_code', '=', regionCode).execute()

/** One that stands in two files, as at the turn of a year, is taken once. */
export const insertAddresses = (tx: Tx, regionCode: string, addresses: readonly GarAddress[]) =>
  sql`
    insert into gar_addresses (region_code, gar_id, object_id, level, house, postal_code, parts, text, match_key)
    select ${regionCode}, gar_id, object_id, level, house, postal_code, parts, text, match_key
    from jsonb_to_recordset(${JSON.stringify(addresses)}::jsonb)
      as one (gar_id uuid, object_id bigint, level int, house boolean, postal_code text, parts jsonb, text text,
        match_key text)
    on conflict do nothing`.execute(tx)

export const noteLoad = (tx: Tx, regionCode: string, { objects, houses }: { objects: number; houses: number }) =>
  tx.insertInto('gar_loads').values({ id: randomUUIDv7(), region_code: regionCode, objects, houses }).execute()

/** What was worked out with an earlier dictionary is worked out anew. */
export const forgetResolved = (tx: Tx, regionCode: string) =>
  sql`
    delete from organisation_addresses resolved using organisations organisation
    where organisation.id = resolved.organisation_id and organisation.region_code = ${regionCode}`.execute(tx)

const mostOffered = 12

/** Addresses in which every word begins a word; of them the widest first, so that one goes on typing from there. */
export async function searchAddresses(
  db: Db,
  words: readonly string[],
  region: string | undefined,
): Promise<Address[]> {
  const query = words.map((word) => `${word}:*`).join(' & ')
  const inRegion: RawBuilder<SqlBool> = region ? sql`region_code = ${region}` : sql`true`
  const { rows } = await sql<Address>`
    select text, parts, gar_id as "garId" from gar_addresses
    where to_tsvector('simple', search_text) @@ to_tsquery('simple', ${query}) and ${inRegion}
    order by level, length(text), text limit ${mostOffered}`.execute(db)
  return rows
}

/** All that have one of the keys: two villages of a region may be called the same. */
export async function listByKeys(db: Db, regionCode: string, keys: readonly string[]): Promise<Map<string, Address[]>> {
  const rows = await db
    .selectFrom('gar_addresses')
    .select(['text', 'parts', 'gar_id as garId', 'match_key as key'])
    .where('region_code', '=', regionCode)
    .where(sql<SqlBool>`match_key = any(${[...keys]}::text[])`)
    .execute()
  const found = new Map<string, Address[]>()
  for (const { key, ...address } of rows) found.set(key, [...(found.get(key) ?? []), address])
  return found
}

export type Unresolved = { id: string; regionCode: string; address: string }

/** Organisations whose address has changed since its parts were worked out, or never were. */
export const listUnresolved = (db: Db, limit: number): Promise<Unresolved[]> =>
  db
    .selectFrom('organisations as organisation')
    .leftJoin('organisation_addresses as resolved', 'resolved.organisation_id', 'organisation.id')
    .select(['organisation.id', 'organisation.region_code as regionCode', 'organisation.address'])
    .where(sql<SqlBool>`resolved.address is distinct from organisation.address`)
    .limit(limit)
    .execute()

export type Resolved = { organisation_id: string; address: string; parts: AddressParts; gar_id: string | null }

export const keepResolved = (db: Db, resolved: readonly Resolved[]) =>
  sql`
    insert into organisation_addresses (organisation_id, address, parts, gar_id)
    select organisation_id, address, parts, gar_id from jsonb_to_recordset(${JSON.stringify(resolved)}::jsonb)
      as one (organisation_id uuid, address text, parts jsonb, gar_id uuid)
    on conflict (organisation_id) do update
      set address = excluded.address, parts = excluded.parts, gar_id = excluded.gar_id`.execute(db)

export const findResolved = (db: Db, organisationId: string) =>
  db
    .selectFrom('organisation_addresses')
    .select(['address as text', 'parts', 'gar_id as garId'])
    .where('organisation_id', '=', organisationId)
    .executeTakeFirst()
