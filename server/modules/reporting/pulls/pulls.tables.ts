import type { ColumnType, JSONColumnType } from 'kysely'
import type { PulledCell } from '../../../../contracts/checks.ts'

type Moment = ColumnType<Date, Date | string | undefined, Date | string>

export interface PullTables {
  report_pulls: {
    report_id: string
    cell: string
    value: string | null
    source: JSONColumnType<PulledCell>
    seen_at: Moment
    seen_by: string | null
  }
}

declare module '../../../kernel/db/database.ts' {
  interface Database extends PullTables {}
}
