import type { ColumnType, Generated } from 'kysely'
import type { Role } from '../../kernel/access/index.ts'
import type { Stage } from '../../kernel/http/index.ts'
import type { Audience } from './account.ts'

type Moment = ColumnType<Date, Date | undefined, Date>
type OptionalMoment = ColumnType<Date | null, Date | null | undefined, Date | null>
/** A day of the calendar: `YYYY-MM-DD`. */
type Day = ColumnType<string, string | undefined, string>

export interface IdentityTables {
  accounts: {
    id: string
    surname: string
    name: string
    patronymic: string | null
    position: string | null
    /** In lower case. */
    email: string
    email_confirmed_at: OptionalMoment
    /** In lower case. */
    user_name: string | null
    /** As `+7XXXXXXXXXX`. */
    phone: string | null
    phone_confirmed_at: OptionalMoment
    password_hash: string | null
    password_changed_at: OptionalMoment
    audience: Audience
    /** When the person itself registered; null for accounts made by an administrator. */
    registered_at: OptionalMoment
    blocked_at: OptionalMoment
    version: Generated<number>
    created_at: Moment
  }
  consents: { id: string; account_id: string; version: string; given_at: Moment; withdrawn_at: OptionalMoment }
  sessions: {
    id: string
    account_id: string
    /** SHA-256 of the token in the cookie. */
    token_hash: Buffer
    stage: Stage
    created_at: Moment
    last_seen_at: Moment
    expires_at: Moment
    address: string
    user_agent: string
    ended_at: OptionalMoment
  }
  one_time_tokens: {
    id: string
    account_id: string
    kind: 'activation' | 'password-reset' | 'letter-ticket'
    /** SHA-256 of the token in the link. */
    token_hash: Buffer
    created_at: Moment
    expires_at: Moment
    used_at: OptionalMoment
  }
  grants: {
    id: string
    account_id: string
    role: Role
    scope: 'everywhere' | 'region' | 'subtree' | 'organisation'
    region_code: string | null
    organisation_id: string | null
    starts_on: Day
    ends_on: string | null
    granted_by: string | null
    granted_at: Moment
    revoked_at: OptionalMoment
    revoked_by: string | null
  }
}

declare module '../../kernel/db/database.ts' {
  interface Database extends IdentityTables {}
}
