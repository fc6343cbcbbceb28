import type { ColumnType } from 'kysely'

export interface MessagesTables {
  messages: {
    id: string
    account_id: string
    kind: string
    title: string
    body: string
    /** A path within the portal. */
    href: string
    sender: string | null
    created_at: ColumnType<Date, Date | undefined, never>
    read_at: ColumnType<Date | null, Date | null | undefined, Date | null>
    /** The same key is told to one account once. */
    unique_key: string | null
  }
}

declare module '../../kernel/db/database.ts' {
  interface Database extends MessagesTables {}
}
