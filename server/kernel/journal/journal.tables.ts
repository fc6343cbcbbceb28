import type { Generated, GeneratedAlways } from 'kysely'

export interface JournalTables {
  journal: {
    id: GeneratedAlways<number>
    at: Date | string
    action: string
    actor_id: string | null
    subject_kind: string | null
    subject_id: string | null
    body: string
    previous_hash: Buffer
    hash: Buffer
  }
  journal_head: { only_row: Generated<boolean>; length: number; hash: Buffer }
}

declare module '../db/database.ts' {
  interface Database extends JournalTables {}
}
