import type { ColumnType, Generated } from 'kysely'
import type { Delivery } from '../../../contracts/messages.ts'

type Moment = ColumnType<Date, Date | undefined, Date>
type OptionalMoment = ColumnType<Date | null, Date | null | undefined, Date | null>

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
    read_at: OptionalMoment
    /** The same key is told to one account once. */
    unique_key: string | null
    /** As it was decided when the message was told; null: told before there was a choice. */
    delivery: ColumnType<Delivery | null, Delivery | null | undefined, Delivery>
    digested_at: OptionalMoment
  }
  message_choices: {
    account_id: string
    kind: string
    delivery: Delivery
    chosen_at: Moment
  }
  message_digests: {
    account_id: string
    /** The day, where the installation is, whose digest was made last. */
    last_day: ColumnType<string, string, string>
  }
  push_keys: {
    singleton: Generated<boolean>
    public_key: string
    /** Sealed in the vault. */
    private_key: Buffer
    created_at: Moment
  }
  push_subscriptions: {
    id: string
    account_id: string
    endpoint: string
    p256dh: string
    auth: string
    device: string
    created_at: Moment
    told_at: OptionalMoment
  }
  push_notices: {
    id: string
    subscription_id: string
    created_at: Moment
    attempts: Generated<number>
    next_attempt_at: Moment
    leased_until: OptionalMoment
    error: string | null
  }
}

declare module '../../kernel/db/database.ts' {
  interface Database extends MessagesTables {}
}
