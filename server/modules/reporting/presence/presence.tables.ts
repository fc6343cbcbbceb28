import type { ColumnType } from 'kysely'

type Moment = ColumnType<Date, Date | string | undefined, Date | string>

export interface PresenceTables {
  report_presence: { report_id: string; account_id: string; section: string; cell: string | null; seen_at: Moment }
  report_visits: {
    report_id: string
    account_id: string
    version: number
    visited_at: Moment
    comments_read_at: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>
  }
}

declare module '../../../kernel/db/database.ts' {
  interface Database extends PresenceTables {}
}
