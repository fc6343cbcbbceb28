import type { ColumnType, Generated } from 'kysely'
import type { CheckState } from '../../../../contracts/personal-data.ts'

type Moment = ColumnType<Date, Date | undefined, Date>

export interface PersonalDataTables {
  personal_data: {
    account_id: string
    /** JSON, sealed for its account: the database alone cannot tell it. */
    sealed_data: Buffer
    state: CheckState
    /** Why the registry has refused. */
    reasons: ColumnType<string[], string, string>
    checked_at: ColumnType<Date | null, Date | null | undefined, Date | null>
    /** How often the registry was asked about this version and gave no answer. */
    attempts: Generated<number>
    next_check_at: Moment
    version: Generated<number>
    changed_at: Moment
  }
}

declare module '../../../kernel/db/database.ts' {
  interface Database extends PersonalDataTables {}
}
