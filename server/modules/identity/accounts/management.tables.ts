import type { ColumnType } from 'kysely'
import type { ImportedPerson, ImportProblem } from './imports/lines.ts'

type Moment = ColumnType<Date, Date | undefined, Date>
type OptionalMoment = ColumnType<Date | null, Date | null | undefined, Date | null>

export interface ManagementTables {
  factor_resets: {
    id: string
    account_id: string
    reason: string
    asked_by: string
    asked_at: Moment
    /** Never the one who asked. */
    consented_by: string | null
    consented_at: OptionalMoment
    refused_by: string | null
    refused_at: OptionalMoment
  }
  account_imports: {
    id: string
    created_by: string
    created_at: Moment
    file_name: string
    confirmed_at: OptionalMoment
    finished_at: OptionalMoment
  }
  account_import_lines: {
    import_id: string
    row_number: number
    /** As they stand in the table, for the report. */
    cells: ColumnType<string[], string, string>
    /** Null when the line has problems. */
    person: ColumnType<ImportedPerson | null, string | null, string | null>
    problems: ColumnType<ImportProblem[], string, string>
    done_at: OptionalMoment
    account_id: string | null
  }
}

declare module '../../../kernel/db/database.ts' {
  interface Database extends ManagementTables {}
}
