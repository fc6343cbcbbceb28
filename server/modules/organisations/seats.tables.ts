import type { ColumnType } from 'kysely'

type Moment = ColumnType<Date, Date | undefined, never>
type OptionalMoment = ColumnType<Date | null, Date | null | undefined, Date | null>

export interface SeatsTables {
  seats: {
    id: string
    organisation_id: string
    account_id: string
    held_from: Moment
    held_until: OptionalMoment
    ended_by: string | null
    reason: string | null
  }
  seat_offers: {
    id: string
    organisation_id: string
    to_account_id: string
    offered_by: string
    offered_at: Moment
    accepted_at: OptionalMoment
    refused_at: OptionalMoment
    withdrawn_at: OptionalMoment
  }
}

declare module '../../kernel/db/database.ts' {
  interface Database extends SeatsTables {}
}
