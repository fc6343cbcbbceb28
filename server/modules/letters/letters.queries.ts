import { sql } from 'kysely'
import { type LetterState, type LettersQuery, lettersPageSize } from '../../../contracts/letters.ts'
import type { Scopes } from '../../kernel/access/index.ts'
import type { Db, Tx } from '../../kernel/db/index.ts'
import type { LetterKind } from './understanding/understanding.ts'

export type NewIncoming = {
  id: string
  mailbox: string
  uidValidity: string | null
  uid: number | null
  sameAs: string
  messageId: string | null
  answersTo: string[]
  sha256: string
  size: number
  regionCode: string | null
  sender: string | null
  senderName: string | null
  subject: string
  body: string
  attachments: readonly { name: string; size: number }[]
  writtenAt: Date | null
  kind: LetterKind
  understanding: string
  state: LetterState
}

/** False when the same letter is kept already, whichever way it came. */
export async function insertIncoming(tx: Tx, letter: NewIncoming): Promise<boolean> {
  const inserted = await tx
    .insertInto('incoming_letters')
    .values({
      id: letter.id,
      mailbox: letter.mailbox,
      uid_validity: letter.uidValidity,
      uid: letter.uid === null ? null : String(letter.uid),
      same_as: letter.sameAs,
      message_id: letter.messageId,
      answers_to: letter.answersTo,
      source_sha256: letter.sha256,
      size: String(letter.size),
      region_code: letter.regionCode,
      sender: letter.sender,
      sender_name: letter.senderName,
      subject: letter.subject,
      body: letter.body,
      attachments: JSON.stringify(letter.attachments),
      written_at: letter.writtenAt,
      kind: letter.kind,
      understanding: letter.understanding,
      state: letter.state,
    })
    .onConflict((conflict) => conflict.column('same_as').doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted !== undefined
}

const statesOf = (view: LettersQuery['view']): LetterState[] => {
  switch (view) {
    case 'waiting':
      return ['waiting']
    case 'decided':
      return ['opened', 'entered', 'refused', 'closed']
    case 'machine':
      return ['machine']
  }
}

/** A letter of a mailbox of no region is everybody's who looks after accounts. */
const within = ({ everywhere, regions }: Scopes) =>
  everywhere
    ? sql<boolean>`true`
    : sql<boolean>`(letter.region_code is null or letter.region_code = any(${regions}::text[]))`

export async function listIncoming(db: Db, scopes: Scopes, { view, q, page }: LettersQuery) {
  const found = db
    .selectFrom('incoming_letters as letter')
    .where('letter.state', 'in', statesOf(view))
    .where(within(scopes))
    .$if(q !== '', (query) =>
      query.where(
        sql<boolean>`strpos(lower(concat_ws(' ', letter.subject, letter.sender, letter.sender_name, letter.body)), lower(${q})) > 0`,
      ),
    )
  const { total } = await found.select(sql<number>`count(*)::int`.as('total')).executeTakeFirstOrThrow()
  const letters = await found
    .select([
      'letter.id',
      'letter.kind',
      'letter.state',
      'letter.sender',
      'letter.sender_name as senderName',
      'letter.subject',
      'letter.understanding',
      'letter.received_at as receivedAt',
    ])
    .orderBy('letter.received_at', 'desc')
    .orderBy('letter.id', 'desc')
    .limit(lettersPageSize)
    .offset((page - 1) * lettersPageSize)
    .execute()
  return { total, letters }
}

export const findIncoming = (db: Db, scopes: Scopes, id: string) =>
  db
    .selectFrom('incoming_letters as letter')
    .leftJoin('accounts as decider', 'decider.id', 'letter.decided_by')
    .selectAll('letter')
    .select(sql<string | null>`concat_ws(' ', decider.surname, decider.name, decider.patronymic)`.as('decider'))
    .where('letter.id', '=', id)
    .where(within(scopes))
    .executeTakeFirst()

export type Incoming = NonNullable<Awaited<ReturnType<typeof findIncoming>>>

/** Two operators at once: the second waits here and finds the first one's decision. */
export const lockIncoming = (tx: Tx, id: string) =>
  tx
    .selectFrom('incoming_letters')
    .select(['id', 'state', 'sender', 'kind', 'understanding'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()

export const markDecided = (tx: Tx, id: string, state: LetterState, by: string, reason: string | null) =>
  tx
    .updateTable('incoming_letters')
    .set({ state, decided_at: sql<Date>`now()`, decided_by: by, reason })
    .where('id', '=', id)
    .execute()

export const insertOpened = (tx: Tx, letterId: string, accountId: string) =>
  tx.insertInto('incoming_letter_accounts').values({ letter_id: letterId, account_id: accountId }).execute()

export const findEntered = (db: Db, letterId: string) =>
  db
    .selectFrom('applications')
    .select(['id', 'number'])
    .where('letter_id', '=', letterId)
    .orderBy('created_at')
    .limit(1)
    .executeTakeFirst()

const nameOf = sql<string>`concat_ws(' ', account.surname, account.name, account.patronymic)`

export const listOpened = (db: Db, letterId: string) =>
  db
    .selectFrom('incoming_letter_accounts as opened')
    .innerJoin('accounts as account', 'account.id', 'opened.account_id')
    .select(['account.id', nameOf.as('fullName')])
    .where('opened.letter_id', '=', letterId)
    .orderBy('account.surname')
    .execute()

export const listKnown = (db: Db, emails: readonly string[]) =>
  db
    .selectFrom('accounts as account')
    .select(['account.id', 'account.email', nameOf.as('fullName')])
    .where('account.email', '=', sql<string>`any(${emails}::text[])`)
    .execute()

/** The kept letter of the same sender that one answers. */
export const findAnswered = (db: Db, messageIds: readonly string[], sender: string | null) =>
  db
    .selectFrom('incoming_letters')
    .select(['id', 'subject'])
    .where('message_id', '=', sql<string>`any(${messageIds}::text[])`)
    .where('sender', 'is not distinct from', sender)
    .orderBy('received_at', 'desc')
    .limit(1)
    .executeTakeFirst()

export const countSentToday = async (db: Db, prefix: string): Promise<number> => {
  const row = await db
    .selectFrom('letters')
    .select(sql<number>`count(*)::int`.as('count'))
    .where(sql<boolean>`starts_with(unique_key, ${prefix})`)
    .executeTakeFirstOrThrow()
  return row.count
}

export async function countWaitingFor(db: Db, scopes: Scopes): Promise<number> {
  const { count } = await db
    .selectFrom('incoming_letters as letter')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('letter.state', '=', 'waiting')
    .where(within(scopes))
    .executeTakeFirstOrThrow()
  return count
}
