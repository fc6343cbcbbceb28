import { sql } from 'kysely'
import type { NewOrganisation, OrganisationKind } from '../../../contracts/organisations.ts'
import type { Db } from '../../kernel/db/index.ts'

export type Candidate = {
  id: string
  shortName: string
  fullName: string
  inn: string
  kind: OrganisationKind
  address: string
  higherId: string | null
  higherShortName: string | null
  sameNumber: boolean
}

/**
 * Open organisations that share the ИНН and the level, or stand in the same municipality: a municipality has hundreds at
 * most, and how alike their names are is judged outside the database, so that every PostgreSQL will do.
 * @param municipality under which names are compared; none when null
 */
export async function listCandidates(
  db: Db,
  { inn, level }: Pick<NewOrganisation, 'inn' | 'level'>,
  municipality: string | null,
): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`
    select o.id, o.short_name as "shortName", o.full_name as "fullName", o.inn, o.kind, o.address,
      higher.id as "higherId", higher.short_name as "higherShortName",
      (o.inn = ${inn} and o.level = ${level}) as "sameNumber"
    from organisations o left join organisations higher on higher.id = o.parent_id
    where o.closed_at is null
      and ((o.inn = ${inn} and o.level = ${level})
        or (${municipality}::uuid is not null and o.lineage @> array[${municipality}::uuid] and o.id <> ${municipality}))
    order by o.id limit 5000`.execute(db)
  return rows
}
