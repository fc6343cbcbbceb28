import type { ColumnType, Generated } from 'kysely'

type OptionalMoment = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>

export interface OutboxTables {
  events: {
    id: string
    name: string
    payload: ColumnType<Record<string, unknown>, string, never>
    created_at: ColumnType<Date, undefined, never>
    handled_at: OptionalMoment
    attempts: Generated<number>
    next_attempt_at: ColumnType<Date, Date | undefined, Date>
    failed_at: OptionalMoment
    error: string | null
  }
}

declare module '../db/database.ts' {
  interface Database extends OutboxTables {}
}
