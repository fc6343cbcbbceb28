/**
 * What letters keep about one person: what it has written from its confirmed address, and the applications by which its
 * account was opened.
 */
import { sql } from 'kysely'
import { LetterUnderstanding } from '../../../contracts/letters.ts'
import type { Db, Tx } from '../../kernel/db/index.ts'
import type { Context } from '../../kernel/http/index.ts'
import { nothing } from './understanding/understanding.ts'

export const exportOwn = async ({ db, account }: Context): Promise<Record<string, unknown>> => {
  const email = await findAddress(db, account.id)
  return {
    lettersSent: email === undefined ? [] : await listSent(db, email),
    openedByLetters: await listOpening(db, account.id, email),
  }
}

/** Of an address that was never confirmed nothing is told: it may be a stranger's. */
async function findAddress(db: Db, accountId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('accounts')
    .select('email')
    .where('id', '=', accountId)
    .where('email_confirmed_at', 'is not', null)
    .executeTakeFirst()
  return row?.email?.toLowerCase()
}

const listSent = (db: Db, email: string) =>
  db
    .selectFrom('incoming_letters')
    .select([
      'sender',
      'sender_name as senderName',
      'subject',
      'body',
      'attachments',
      'received_at as receivedAt',
      'state',
      'decided_at as decidedAt',
      'reason',
    ])
    .where('sender', '=', email)
    .orderBy('received_at')
    .execute()

/** Of a letter that somebody else has written, what it says of this person alone. */
async function listOpening(db: Db, accountId: string, email: string | undefined) {
  const rows = await db
    .selectFrom('incoming_letter_accounts as opened')
    .innerJoin('incoming_letters as letter', 'letter.id', 'opened.letter_id')
    .select(['letter.received_at as receivedAt', 'letter.decided_at as decidedAt', 'letter.understanding'])
    .where('opened.account_id', '=', accountId)
    .orderBy('letter.received_at')
    .execute()
  return rows.map(({ receivedAt, decidedAt, understanding }) => {
    const { persons, organisation, systems } = LetterUnderstanding.parse(understanding)
    const only = persons.length === 1 ? persons[0] : undefined
    const person = persons.find((each) => each.email !== null && each.email === email) ?? only ?? null
    return { receivedAt, decidedAt, person, organisation, systems }
  })
}

/**
 * What the person has written is erased, and what others wrote of it alone. A letter about several people stays while it
 * is the ground of another's account; the person is taken out of what was understood. The row of an erased letter tells
 * when it came and what was decided (152-ФЗ, article 21, part 5), and keeps the mailbox from bringing it again.
 */
export async function eraseOwn(tx: Tx, accountId: string): Promise<void> {
  const email = await findAddress(tx, accountId)
  const named = await tx
    .deleteFrom('incoming_letter_accounts')
    .where('account_id', '=', accountId)
    .returning('letter_id as id')
    .execute()
  for (const { id } of named) await forgetPerson(tx, id, email)
  if (email === undefined) return
  const sent = await tx.selectFrom('incoming_letters').select('id').where('sender', '=', email).forUpdate().execute()
  await eraseLetters(
    tx,
    sent.map(({ id }) => id),
  )
}

async function forgetPerson(tx: Tx, id: string, email: string | undefined): Promise<void> {
  const others = await tx
    .selectFrom('incoming_letter_accounts')
    .select('account_id')
    .where('letter_id', '=', id)
    .execute()
  if (others.length === 0) {
    await eraseLetters(tx, [id])
    return
  }
  const { understanding } = await tx
    .selectFrom('incoming_letters')
    .select('understanding')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const read = LetterUnderstanding.parse(understanding)
  const persons = read.persons.filter((person) => person.email === null || person.email !== email)
  await tx
    .updateTable('incoming_letters')
    .set({ understanding: JSON.stringify({ ...read, persons }) })
    .where('id', '=', id)
    .execute()
}

const eraseLetters = (tx: Tx, ids: readonly string[]) =>
  ids.length === 0
    ? undefined
    : tx
        .updateTable('incoming_letters')
        .set({
          sender: null,
          sender_name: null,
          subject: '',
          body: '',
          attachments: '[]',
          reason: null,
          message_id: null,
          answers_to: [],
          understanding: sql`${JSON.stringify(nothing('request', false))}::jsonb || jsonb_build_object('kind', kind)`,
          state: sql`case state when 'waiting' then 'closed' else state end`,
          decided_at: sql`case state when 'waiting' then now() else decided_at end`,
          erased_at: sql<Date>`now()`,
        })
        .where('id', 'in', ids)
        .execute()

/** Letters whose row is erased and whose bytes still lie in the store. */
export const listToRemove = (db: Db) =>
  db
    .selectFrom('incoming_letters')
    .select(['id', 'source_sha256 as sha256'])
    .where('erased_at', 'is not', null)
    .where('source_sha256', 'is not', null)
    .limit(100)
    .execute()

/** The same bytes may have come as an attachment of something that stays. */
export const isHeldElsewhere = async (db: Db, sha256: string): Promise<boolean> => {
  const { rows } = await sql`
    select from files where sha256 = ${sha256}
    union all
    select from incoming_letters where source_sha256 = ${sha256} and erased_at is null
    limit 1`.execute(db)
  return rows.length > 0
}

export const markRemoved = (db: Db, id: string) =>
  db.updateTable('incoming_letters').set({ source_sha256: null }).where('id', '=', id).execute()
