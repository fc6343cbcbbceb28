import type { ColumnType } from 'kysely'

type Moment = ColumnType<Date, Date | undefined, Date>
type OptionalMoment = ColumnType<Date | null, Date | null | undefined, Date | null>

export interface ContactsTables {
  contact_changes: {
    id: string
    account_id: string
    kind: 'email' | 'phone'
    new_value: string
    /** Also when there was no confirmed one. */
    old_confirmed_at: OptionalMoment
    new_confirmed_at: OptionalMoment
    asked_at: Moment
    expires_at: Moment
    done_at: OptionalMoment
    cancelled_at: OptionalMoment
  }
}

declare module '../../../kernel/db/database.ts' {
  interface Database extends ContactsTables {}
}
