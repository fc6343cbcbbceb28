import { sql } from 'kysely'
import { levelsOfParts, type NewOrganisation } from '../../../contracts/organisations.ts'
import { type Db, randomUUIDv7, type Tx } from '../../kernel/db/index.ts'

/** Wide enough to show, to place in a scope and to send by letter. */
const wholeOrganisation = (db: Db) =>
  db
    .selectFrom('organisations as organisation')
    .innerJoin('regions as region', 'region.code', 'organisation.region_code')
    .leftJoin('organisations as higher', 'higher.id', 'organisation.parent_id')
    .leftJoin('organisations as successor', 'successor.id', 'organisation.successor_id')
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
      'organisation.legal_standing as legalStanding',
      'organisation.settlement',
      'organisation.okved',
      'organisation.okved_additional as okvedAdditional',
      'organisation.kpp',
      'organisation.oktmo',
      'organisation.address',
      'organisation.phone',
      'organisation.email',
      'organisation.site',
      'organisation.head_name as headName',
      'organisation.head_position as headPosition',
      'organisation.version',
      'organisation.created_at as createdAt',
      'organisation.closed_at as closedAt',
      'organisation.state',
      'organisation.ended_on as endedOn',
      'organisation.end_reason as endReason',
      'organisation.former_names as formerNames',
      'successor.id as successorId',
      'successor.short_name as successorShortName',
      'higher.id as higherId',
      'higher.short_name as higherShortName',
      'higher.inn as higherInn',
    ])

export type Organisation = NonNullable<Awaited<ReturnType<typeof findOrganisation>>>

export const findOrganisation = (db: Db, id: string) =>
  wholeOrganisation(db).where('organisation.id', '=', id).executeTakeFirst()

export const findOrganisations = (db: Db, ids: readonly string[]): Promise<Organisation[]> =>
  wholeOrganisation(db)
    .where(sql<boolean>`organisation.id = any(${[...ids]}::uuid[])`)
    .execute()

/** Another organisation that is open and has the number; parts of a legal person share its own and are passed over. */
export const findByInn = (db: Db, inn: string, except: string | null = null) =>
  db
    .selectFrom('organisations')
    .select(['id', 'short_name as shortName'])
    .where('inn', '=', inn)
    .where('level', 'not in', levelsOfParts)
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

export const columnsOf = (organisation: NewOrganisation) => ({
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
  legal_standing: organisation.legalStanding,
  settlement: organisation.settlement,
  okved: organisation.okved,
  okved_additional: organisation.okvedAdditional,
  kpp: organisation.kpp,
  oktmo: organisation.oktmo,
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
  formerNames: string,
): Promise<boolean> {
  const updated = await tx
    .updateTable('organisations')
    .set({ ...columnsOf(organisation), former_names: formerNames, version: version + 1 })
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

export const referenceOf = (id: string | null, shortName: string | null) =>
  id !== null && shortName !== null ? { id, shortName } : null
