import { sql } from 'kysely'
import { type NewOrganisation, type OrganisationLine, pageSize } from '../../../contracts/organisations.ts'
import type { Scopes } from '../../kernel/access/index.ts'
import { type Db, randomUUIDv7, type Tx } from '../../kernel/db/index.ts'
import { matchesWords, withinScopes } from './scopes.queries.ts'

/** Wide enough to show, to place in a scope and to send by letter. */
const wholeOrganisation = (db: Db) =>
  db
    .selectFrom('organisations as organisation')
    .innerJoin('regions as region', 'region.code', 'organisation.region_code')
    .leftJoin('organisations as higher', 'higher.id', 'organisation.parent_id')
    .select([
      'organisation.id',
      'organisation.lineage',
      'organisation.level',
      'organisation.short_name as shortName',
      'organisation.full_name as fullName',
      'organisation.inn',
      'organisation.ogrn',
      'organisation.okpo',
      'organisation.region_code as regionCode',
      'region.name as regionName',
      'organisation.kind',
      'organisation.legal_form as legalForm',
      'organisation.address',
      'organisation.phone',
      'organisation.email',
      'organisation.site',
      'organisation.head_name as headName',
      'organisation.head_position as headPosition',
      'organisation.version',
      'organisation.closed_at as closedAt',
      'higher.id as higherId',
      'higher.short_name as higherShortName',
      'higher.inn as higherInn',
    ])

export type Organisation = NonNullable<Awaited<ReturnType<typeof findOrganisation>>>

export const findOrganisation = (db: Db, id: string) =>
  wholeOrganisation(db).where('organisation.id', '=', id).executeTakeFirst()

/** Another organisation that is open and has the number; divisions share theirs and are passed over. */
export const findByInn = (db: Db, inn: string, except: string | null = null) =>
  db
    .selectFrom('organisations')
    .select(['id', 'short_name as shortName'])
    .where('inn', '=', inn)
    .where('level', '<>', 'division')
    .where('closed_at', 'is', null)
    .where(sql<boolean>`id is distinct from ${except}::uuid`)
    .executeTakeFirst()

export async function insertOrganisation(
  tx: Tx,
  organisation: NewOrganisation,
  lineageAbove: readonly string[],
): Promise<string> {
  const id = randomUUIDv7()
  await tx
    .insertInto('organisations')
    .values({ id, lineage: [...lineageAbove, id], ...columnsOf(organisation) })
    .execute()
  return id
}

const columnsOf = (organisation: NewOrganisation) => ({
  parent_id: organisation.parentId,
  level: organisation.level,
  short_name: organisation.shortName,
  full_name: organisation.fullName,
  inn: organisation.inn,
  ogrn: organisation.ogrn,
  okpo: organisation.okpo,
  region_code: organisation.regionCode,
  kind: organisation.kind,
  legal_form: organisation.legalForm,
  address: organisation.address,
  phone: organisation.phone,
  email: organisation.email,
  site: organisation.site,
  head_name: organisation.headName,
  head_position: organisation.headPosition,
})

/** False when the version is not the newest. */
export async function updateOrganisation(
  tx: Tx,
  id: string,
  version: number,
  organisation: NewOrganisation,
): Promise<boolean> {
  const updated = await tx
    .updateTable('organisations')
    .set({ ...columnsOf(organisation), version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .returning('id')
    .executeTakeFirst()
  return updated !== undefined
}

/** The tree changes its shape by one action at a time: what is read of it after this holds until the commit. */
export const lockTree = (tx: Tx) => sql`select pg_advisory_xact_lock(hashtext('organisations.tree'))`.execute(tx)

/** Puts an organisation and all below it under another lineage. */
export const moveSubtree = (tx: Tx, id: string, lineageAbove: readonly string[]) =>
  tx
    .updateTable('organisations')
    .set({ lineage: sql<string[]>`${[...lineageAbove]}::uuid[] || lineage[array_position(lineage, ${id}::uuid):]` })
    .where('lineage', '@>', sql<string[]>`array[${id}]::uuid[]`)
    .execute()

export type ListFilter = {
  q: string
  kind?: OrganisationLine['kind'] | undefined
  sort: 'name' | '-name' | 'inn' | '-inn'
  page: number
}

/** One page of the organisations within the scopes, and how many there are of them all: one round trip. */
export async function listOrganisations(
  db: Db,
  scopes: Scopes,
  filter: ListFilter,
): Promise<{ rows: OrganisationLine[]; total: number }> {
  const direction = filter.sort.startsWith('-') ? 'desc' : 'asc'
  const column = filter.sort.endsWith('inn') ? 'organisation.inn' : 'organisation.search_text'
  const found = await db
    .with('found', (with_) =>
      with_
        .selectFrom('organisations as organisation')
        .select(['organisation.id', 'organisation.search_text', 'organisation.inn'])
        .where(withinScopes(scopes, 'organisation'))
        .where(matchesWords('organisation', filter.q))
        .where('organisation.closed_at', 'is', null)
        .$if(filter.kind !== undefined, (query) => query.where('organisation.kind', '=', filter.kind ?? 'other')),
    )
    .with('page', (with_) =>
      with_
        .selectFrom('found as organisation')
        .select('organisation.id')
        .orderBy(column, direction)
        .orderBy('organisation.id')
        .limit(pageSize)
        .offset((filter.page - 1) * pageSize),
    )
    .selectFrom('organisations as organisation')
    .innerJoin('page', 'page.id', 'organisation.id')
    .leftJoin('organisations as higher', 'higher.id', 'organisation.parent_id')
    .select([
      'organisation.id',
      'organisation.short_name as shortName',
      'organisation.inn',
      'organisation.kind',
      'organisation.level',
      'higher.id as higherId',
      'higher.short_name as higherShortName',
    ])
    .select(({ selectFrom }) =>
      selectFrom('found')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .as('total'),
    )
    .orderBy(column, direction)
    .orderBy('organisation.id')
    .execute()
  return {
    total: found[0]?.total ?? 0,
    rows: found.map(({ total: _total, higherId, higherShortName, ...line }) => ({
      ...line,
      higher: referenceOf(higherId, higherShortName),
    })),
  }
}

export const referenceOf = (id: string | null, shortName: string | null) =>
  id !== null && shortName !== null ? { id, shortName } : null

/** Names and ИНН only: what anyone who is signed in may find in the registry. */
export const searchRegistry = (db: Db, q: string, limit: number) =>
  db
    .selectFrom('organisations as organisation')
    .select(['organisation.id', 'organisation.short_name as shortName', 'organisation.inn'])
    .where(matchesWords('organisation', q))
    .where('organisation.closed_at', 'is', null)
    .orderBy(sql`position(${q.toLowerCase()} in organisation.search_text) = 1`, 'desc')
    .orderBy('organisation.search_text')
    .orderBy('organisation.id')
    .limit(limit)
    .execute()

/** What others may stand under, by words of the name or by ИНН; the highest levels first. */
export const searchHigher = (db: Db, scopes: Scopes, q: string, limit: number) =>
  db
    .selectFrom('organisations as organisation')
    .select(['organisation.id', 'organisation.short_name as shortName', 'organisation.inn'])
    .where(withinScopes(scopes, 'organisation'))
    .where(matchesWords('organisation', q))
    .where('organisation.level', '<>', 'division')
    .where('organisation.closed_at', 'is', null)
    .$if(q === '', (query) => query.where('organisation.level', 'in', ['region', 'municipality']))
    .orderBy(sql`array_position(array['region', 'municipality', 'institution'], organisation.level)`)
    .orderBy('organisation.search_text')
    .orderBy('organisation.id')
    .limit(limit)
    .execute()
