import type { ColumnType } from 'kysely'

type Moment = ColumnType<Date, Date | undefined, Date>
type OptionalMoment = ColumnType<Date | null, Date | null | undefined, Date | null>

export interface ExternalTables {
  /** Whom another system knows this account as: one subject, one account. */
  external_identities: {
    id: string
    account_id: string
    /** `esia`, `domain:<name>`, `openid:<name>` */
    provider: string
    /** What that system never gives to anyone else: an oid, a GUID, `sub`. */
    subject: string
    organisation: ColumnType<unknown, string | null | undefined, string | null>
    sealed_refresh_token: Buffer | null
    tied_at: Moment
    last_used_at: OptionalMoment
    refreshed_at: OptionalMoment
    untied_at: OptionalMoment
  }
  external_sign_ins: {
    state: string
    provider: string
    purpose: 'enter' | 'tie'
    account_id: string | null
    /** SHA-256 of the token in the browser's cookie. */
    browser_hash: Buffer
    sealed_details: Buffer
    created_at: Moment
    expires_at: Moment
    used_at: OptionalMoment
  }
}

declare module '../../../kernel/db/database.ts' {
  interface Database extends ExternalTables {}
}
