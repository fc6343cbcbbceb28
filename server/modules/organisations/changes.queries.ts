/** The history of an organisation's requisites: appended to, never changed. */
import { sql } from 'kysely'
import { type Db, randomUUIDv7, type Tx } from '../../kernel/db/index.ts'

/** Why something about an organisation changes, and by which application when one asked for it. */
export type Cause = { reason: string | null; applicationId?: string | null }
export type ChangedField = { field: string; old: string | null; new: string | null }

export async function insertChanges(
  tx: Tx,
  organisationId: string,
  fields: readonly ChangedField[],
  by: string | null,
  { reason, applicationId = null }: Cause,
): Promise<void> {
  if (fields.length === 0) return
  await tx
    .insertInto('organisation_changes')
    .values(
      fields.map((changed) => ({
        id: randomUUIDv7(),
        organisation_id: organisationId,
        ...changed,
        by,
        reason,
        application_id: applicationId,
      })),
    )
    .execute()
}

export type ChangeRow = ChangedField & {
  at: Date
  by: string | null
  reason: string | null
  applicationId: string | null
}

const mostShown = 1000

/** The newest first. */
export const listChanges = (db: Db, organisationId: string): Promise<ChangeRow[]> =>
  db
    .selectFrom('organisation_changes as change')
    .leftJoin('accounts as account', 'account.id', 'change.by')
    .select(['change.field', 'change.old', 'change.new', 'change.at', 'change.reason'])
    .select('change.application_id as applicationId')
    .select(sql<string | null>`nullif(concat_ws(' ', account.surname, account.name, account.patronymic), '')`.as('by'))
    .where('change.organisation_id', '=', organisationId)
    .orderBy('change.at', 'desc')
    .orderBy('change.id', 'desc')
    .limit(mostShown)
    .execute()
