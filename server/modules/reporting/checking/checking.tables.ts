import type { ColumnType } from 'kysely'

type Moment = ColumnType<Date, Date | string | undefined, Date | string>

export interface CheckingTables {
  report_explanations: {
    report_id: string
    problem: string
    numbers: string
    text: string
    at: Moment
    by: string | null
  }
  report_hint_dismissals: {
    report_id: string
    kind: 'past' | 'peers'
    cell: string
    value: string
    text: string
    at: Moment
    by: string | null
  }
  peer_statistics: {
    campaign_id: string
    kind: string
    size_group: number
    cell: string
    organisations: number
    median: string
    deviation: string
  }
}

declare module '../../../kernel/db/database.ts' {
  interface Database extends CheckingTables {}
}
