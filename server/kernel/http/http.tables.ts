import type { ColumnType } from 'kysely'

export interface HttpTables {
  idempotency_keys: {
    owner: string
    key: string
    fingerprint: string
    status: number | null
    headers: ColumnType<Record<string, string> | null, string | null | undefined, string | null>
    body: string | null
    created_at: ColumnType<Date, undefined, never>
  }
  /** Forms posted after their session had ended. */
  kept_posts: {
    /** SHA-256 of the token in the cookie. */
    token_hash: Buffer
    /** Address of the page at which the form stood. */
    back: string
    account_id: string
    sealed: Buffer
    expires_at: Date
  }
  rate_limits: { bucket: string; count: number; resets_at: ColumnType<Date, Date, Date> }
}

declare module '../db/database.ts' {
  interface Database extends HttpTables {}
}
