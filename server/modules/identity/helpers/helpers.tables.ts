import type { ColumnType } from 'kysely'

type Moment = ColumnType<Date, Date | undefined, Date>
type OptionalMoment = ColumnType<Date | null, Date | null | undefined, Date | null>

export interface HelpersTables {
  /** Who helps which operator; what it was lent are rows of `grants` with `delegated_by`. */
  helpers: {
    id: string
    account_id: string
    operator_id: string
    since: Moment
    suspended_at: OptionalMoment
    removed_at: OptionalMoment
  }
}

declare module '../../../kernel/db/database.ts' {
  interface Database extends HelpersTables {}
}
