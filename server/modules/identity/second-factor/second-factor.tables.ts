import type { ColumnType } from 'kysely'

type Moment = ColumnType<Date, Date | undefined, Date>
type OptionalMoment = ColumnType<Date | null, Date | null | undefined, Date | null>

export interface SecondFactorTables {
  authenticators: {
    id: string
    account_id: string
    sealed_secret: Buffer
    /** Where it was begun: until it is confirmed nobody else sees the secret. */
    session_id: string | null
    created_at: Moment
    /** Until the first code has come it is no factor. */
    confirmed_at: OptionalMoment
    /** The step of the last code that was taken (RFC 6238): no code of it or before is taken again. */
    last_step: ColumnType<string | null, number | null | undefined, number>
    removed_at: OptionalMoment
  }
  recovery_codes: {
    /** A keyed hash of the code with the account's id. */
    mark: Buffer
    account_id: string
    created_at: Moment
    used_at: OptionalMoment
  }
  passkeys: {
    id: string
    account_id: string
    credential_id: string
    public_key: Buffer
    counter: ColumnType<string, number, number>
    transports: string[]
    name: string
    backed_up: boolean
    created_at: Moment
    last_used_at: OptionalMoment
    removed_at: OptionalMoment
  }
  passkey_challenges: {
    id: string
    purpose: 'registration' | 'sign-in' | 'second-factor'
    challenge: string
    /** Whose answer it takes; null before signing in. */
    session_id: string | null
    expires_at: Moment
    used_at: OptionalMoment
  }
  trusted_devices: {
    id: string
    account_id: string
    /** SHA-256 of the token in the cookie. */
    token_hash: Buffer
    user_agent: string
    created_at: Moment
    last_used_at: OptionalMoment
    expires_at: Moment
    revoked_at: OptionalMoment
  }
}

declare module '../../../kernel/db/database.ts' {
  interface Database extends SecondFactorTables {}
}
