import { sql } from 'kysely'
import type { CheckState } from '../../../../contracts/personal-data.ts'
import type { Db, Tx } from '../../../kernel/db/index.ts'

const columns = [
  'account_id as accountId',
  'sealed_data as sealed',
  'state',
  'reasons',
  'checked_at as checkedAt',
  'attempts',
  'version',
] as const

export type PersonalDataRow = NonNullable<Awaited<ReturnType<typeof findPersonalData>>>

export const findPersonalData = (db: Db, accountId: string) =>
  db.selectFrom('personal_data').select(columns).where('account_id', '=', accountId).executeTakeFirst()

/** Undefined when the version is not the newest: 0 says that there were none. */
export const savePersonalData = (
  tx: Tx,
  accountId: string,
  version: number,
  { sealed, state }: { sealed: Buffer; state: CheckState },
): Promise<{ version: number } | undefined> =>
  version === 0
    ? tx
        .insertInto('personal_data')
        .values({ account_id: accountId, sealed_data: sealed, state, reasons: '[]', next_check_at: soon })
        .onConflict((conflict) => conflict.doNothing())
        .returning('version')
        .executeTakeFirst()
    : tx
        .updateTable('personal_data')
        .set({
          sealed_data: sealed,
          state,
          reasons: '[]',
          checked_at: null,
          attempts: 0,
          next_check_at: soon,
          version: version + 1,
          changed_at: sql<Date>`now()`,
        })
        .where('account_id', '=', accountId)
        .where('version', '=', version)
        .returning('version')
        .executeTakeFirst()

/** The event comes first; the regular look only when the event was lost. */
const soon = sql<Date>`now() + interval '30 seconds'`

/** What still waits for the registry, with its person; undefined when it is decided, or in another's hands. */
export const lockToCheck = (tx: Tx, accountId: string, version: number | undefined) =>
  tx
    .selectFrom('personal_data as d')
    .innerJoin('accounts as a', 'a.id', 'd.account_id')
    .select(['d.account_id as accountId', 'd.sealed_data as sealed', 'd.version', 'd.attempts'])
    .select(['a.surname', 'a.name', 'a.patronymic'])
    .select(sql<string | null>`case when a.email_confirmed_at is not null then a.email end`.as('email'))
    .where('d.account_id', '=', accountId)
    .where('d.state', 'in', ['not-checked', 'checking'])
    .where('a.erasure_asked_at', 'is', null)
    .$if(version !== undefined, (query) => query.where('d.version', '=', version ?? 0))
    .forUpdate('d')
    .skipLocked()
    .executeTakeFirst()

export const markOutcome = (tx: Tx, accountId: string, state: 'accepted' | 'refused', reasons: readonly string[]) =>
  tx
    .updateTable('personal_data')
    .set({ state, reasons: JSON.stringify(reasons), checked_at: sql<Date>`now()` })
    .where('account_id', '=', accountId)
    .execute()

/** Asked again after a minute, two, four … up to an hour. */
export const markUnanswered = (tx: Tx, accountId: string) =>
  tx
    .updateTable('personal_data')
    .set((eb) => ({
      state: 'checking' as const,
      attempts: eb('attempts', '+', 1),
      next_check_at: sql<Date>`now() + make_interval(secs => least(3600, 60 * 2 ^ least(attempts, 10)))`,
    }))
    .where('account_id', '=', accountId)
    .execute()

/** A registry that was configured later looks at what was written before it, too. */
export const listDueChecks = async (db: Db, limit: number): Promise<string[]> => {
  const rows = await db
    .selectFrom('personal_data')
    .select('account_id as id')
    .where('state', 'in', ['not-checked', 'checking'])
    .where('next_check_at', '<=', sql<Date>`now()`)
    .orderBy('next_check_at')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}
