import type { ColumnType, Generated } from 'kysely'

type Moment = ColumnType<Date, Date | string | undefined, Date | string>
type OptionalMoment = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>

export interface MailTables {
  letters: {
    id: string
    channel: 'email' | 'sms'
    recipient: string
    subject: string
    body_text: string | null
    body_html: string | null
    unique_key: string | null
    created_at: Moment
    attempts: Generated<number>
    next_attempt_at: Moment
    leased_until: OptionalMoment
    /** Past it, trying again is useless. */
    useful_until: OptionalMoment
    sent_at: OptionalMoment
    sequence: number | null
    failed_at: OptionalMoment
    error: string | null
  }
}

declare module '../db/database.ts' {
  interface Database extends MailTables {}
}
