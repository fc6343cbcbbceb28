import type { ColumnType, Generated } from 'kysely'
import type { LetterState } from '../../../contracts/letters.ts'
import type { LetterKind } from './understanding/understanding.ts'

type Moment = ColumnType<Date, Date | undefined, Date>
type OptionalMoment = ColumnType<Date | null, Date | null | undefined, Date | null>

export interface LettersTables {
  mailboxes: {
    name: string
    uid_validity: string | null
    last_uid: Generated<string>
    leased_by: string | null
    leased_until: OptionalMoment
    looked_at: OptionalMoment
    problem: string | null
  }
  incoming_letters: {
    id: string
    mailbox: string
    uid_validity: string | null
    uid: string | null
    same_as: string
    message_id: string | null
    answers_to: string[]
    /** Null: the letter was erased, and its bytes with it. */
    source_sha256: string | null
    size: string
    region_code: string | null
    sender: string | null
    sender_name: string | null
    subject: string
    body: string
    attachments: ColumnType<{ name: string; size: number }[], string, string>
    written_at: OptionalMoment
    received_at: Moment
    kind: LetterKind
    /** jsonb: written as a text. */
    understanding: ColumnType<unknown, string, string>
    state: LetterState
    decided_at: OptionalMoment
    decided_by: string | null
    reason: string | null
    erased_at: OptionalMoment
  }
  incoming_letter_accounts: { letter_id: string; account_id: string }
}

declare module '../../kernel/db/database.ts' {
  interface Database extends LettersTables {}
}
