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
