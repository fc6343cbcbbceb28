import type { ColumnType } from 'kysely'
import type { CodePurpose } from './codes.phrases.ts'

type Moment = ColumnType<Date, Date | undefined, Date>
type OptionalMoment = ColumnType<Date | null, Date | null | undefined, Date | null>

export interface CodesTables {
  one_time_codes: {
    id: string
    account_id: string | null
    purpose: CodePurpose
    channel: 'email' | 'sms'
    address: string
    /** A keyed hash of the code with what it is for and whose it is. */
    code_mark: Buffer
    created_at: Moment
    expires_at: Moment
    used_at: OptionalMoment
  }
}

declare module '../../../kernel/db/database.ts' {
  interface Database extends CodesTables {}
}
