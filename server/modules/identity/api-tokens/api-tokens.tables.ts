import type { ColumnType } from 'kysely'
import type { Permission } from '../../../kernel/access/index.ts'

type Moment = ColumnType<Date, Date | undefined, Date>
type OptionalMoment = ColumnType<Date | null, Date | null | undefined, Date | null>

export interface ApiTokensTables {
  api_tokens: {
    id: string
    account_id: string
    name: string
    /** SHA-256 of the token, which is shown once. */
    token_hash: Buffer
    permissions: Permission[]
    /** Whether it reaches what is its person's own: messages and applications. */
    own: ColumnType<boolean, boolean | undefined, boolean>
    created_at: Moment
    expires_at: Moment
    last_used_at: OptionalMoment
    last_address: string | null
    revoked_at: OptionalMoment
  }
}

declare module '../../../kernel/db/database.ts' {
  interface Database extends ApiTokensTables {}
}
