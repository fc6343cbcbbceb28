import { sql } from 'kysely'
import { type Db, randomUUIDv7, type Tx } from '../../../kernel/db/index.ts'
import { fullNameOf } from '../../organisations/index.ts'

export const insertSubstitution = (
  tx: Tx,
  substitution: {
    organisationId: string
    absentId: string
    substituteId: string
    startsOn: string
    endsOn: string
    reason: string | null
    by: string
  },
) =>
  tx
    .insertInto('report_substitutions')
    .values({
      id: randomUUIDv7(),
      organisation_id: substitution.organisationId,
      absent_id: substitution.absentId,
      substitute_id: substitution.substituteId,
      starts_on: substitution.startsOn,
      ends_on: substitution.endsOn,
      reason: substitution.reason,
      set_by: substitution.by,
    })
    .execute()

export type SubstitutionRow = {
  id: string
  organisationId: string
  absentId: string
  substituteId: string
  startsOn: string
  endsOn: string
}

/** One that goes on or is to come, held until the transaction ends: it is ended once. */
export const lockSubstitution = (tx: Tx, id: string): Promise<SubstitutionRow | undefined> =>
  tx
    .selectFrom('report_substitutions')
    .select([
      'id',
      'organisation_id as organisationId',
      'absent_id as absentId',
      'substitute_id as substituteId',
      sql<string>`starts_on::text`.as('startsOn'),
      sql<string>`ends_on::text`.as('endsOn'),
    ])
    .where('id', '=', id)
    .where('ends_on', '>=', sql<string>`current_date`)
    .forUpdate()
    .executeTakeFirst()

/** Yesterday was its last day; what had not begun yet was never there. */
export async function endSubstitutionNow(tx: Tx, id: string): Promise<void> {
  await sql`delete from report_substitutions where id = ${id} and starts_on >= current_date`.execute(tx)
  await sql`update report_substitutions set ends_on = current_date - 1 where id = ${id}`.execute(tx)
}

/** Whether the responsible is away in some of these days already. */
export async function isSubstituted(
  tx: Tx,
  { organisationId, absentId, startsOn, endsOn }: Omit<SubstitutionRow, 'id' | 'substituteId'>,
): Promise<boolean> {
  const { rows } = await sql`
    select 1 from report_substitutions where organisation_id = ${organisationId} and absent_id = ${absentId}
      and starts_on <= ${endsOn}::date and ends_on >= ${startsOn}::date limit 1`.execute(tx)
  return rows.length > 0
}

/** Those that go on or are to come. */
export const listSubstitutions = (db: Db, organisationId: string) =>
  db
    .selectFrom('report_substitutions as s')
    .innerJoin('organisations as o', 'o.id', 's.organisation_id')
    .innerJoin('accounts as absent', 'absent.id', 's.absent_id')
    .innerJoin('accounts as substitute', 'substitute.id', 's.substitute_id')
    .select([
      's.id',
      'o.id as organisationId',
      'o.short_name as organisationName',
      fullNameOf('absent').as('absent'),
      fullNameOf('substitute').as('substitute'),
      sql<string>`s.starts_on::text`.as('startsOn'),
      sql<string>`s.ends_on::text`.as('endsOn'),
      's.reason',
    ])
    .where('s.organisation_id', '=', organisationId)
    .where('s.ends_on', '>=', sql<string>`current_date`)
    .orderBy('s.starts_on')
    .orderBy('s.id')
    .execute()
