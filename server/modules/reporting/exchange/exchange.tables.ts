import type { ColumnType } from 'kysely'
import type { GivenFile } from './given.ts'

type Moment = ColumnType<Date, Date | undefined, Date>
type OptionalMoment = ColumnType<Date | null, Date | null | undefined, Date | null>

export interface ExchangeTables {
  report_imports: {
    id: string
    report_id: string
    file_name: string
    format: GivenFile['format']
    since: number
    given: ColumnType<GivenFile, string, string>
    created_at: Moment
    created_by: string | null
    applied_at: OptionalMoment
    applied_by: string | null
  }
}

declare module '../../../kernel/db/database.ts' {
  interface Database extends ExchangeTables {}
}
