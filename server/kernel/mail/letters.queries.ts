import { sql } from 'kysely'
import type { Db, Tx } from '../db/index.ts'

export type Letter = {
  id: string
  channel: 'email' | 'sms'
  recipient: string
  subject: string
  text: string
  html: string | null
}
export type SentLetter = Letter & { sentAt: Date }

/** A letter with a unique key that stands already is not written again: an event handled twice tells once. */
export const insertLetter = (tx: Tx, letter: Letter & { uniqueKey: string | undefined; usefulMinutes?: number }) =>
  tx
    .insertInto('letters')
    .values({
      id: letter.id,
      channel: letter.channel,
      recipient: letter.recipient,
      subject: letter.subject,
      body_text: letter.text,
      body_html: letter.html,
      unique_key: letter.uniqueKey ?? null,
      ...(letter.usefulMinutes === undefined
        ? {}
        : { useful_until: sql<Date>`now() + make_interval(mins => ${letter.usefulMinutes})` }),
    })
    .onConflict((conflict) => conflict.column('unique_key').doNothing())
    .execute()

export type Leased = Letter & { attempts: number }

/** Takes one due letter for two minutes; others pass it over meanwhile. */
export async function leaseDueLetter(db: Db, channels: readonly Letter['channel'][]): Promise<Leased | undefined> {
  const { rows } = await sql<Leased>`
    update letters set leased_until = now() + interval '2 minutes', attempts = attempts + 1
    where id = (
      select id from letters
      where channel = any(${channels}::text[])
        and sent_at is null and failed_at is null and next_attempt_at <= now() and (leased_until is null or leased_until < now())
      order by next_attempt_at limit 1 for update skip locked)
    returning id, channel, recipient, subject, coalesce(body_text, '') as text, body_html as html, attempts`.execute(db)
  return rows[0]
}

/** What was written to a person who is no more known here, sent or not. */
export const forgetLettersTo = (tx: Tx, addresses: readonly string[]) =>
  tx.deleteFrom('letters').where('recipient', 'in', addresses).execute()

export const releaseLeases = (db: Db) =>
  db
    .updateTable('letters')
    .set({ leased_until: null })
    .where('sent_at', 'is', null)
    .where('leased_until', 'is not', null)
    .execute()

/** @param keepBody on the stand the built-in mailbox shows the letter; elsewhere its text, with its links, is not kept */
export const markSent = (db: Db, id: string, keepBody: boolean) =>
  db
    .updateTable('letters')
    .set({
      sent_at: sql<Date>`clock_timestamp()`,
      leased_until: null,
      error: null,
      sequence: sql<number>`nextval('letters_sent')`,
      ...(keepBody ? {} : { body_text: null, body_html: null }),
    })
    .where('id', '=', id)
    .where('sent_at', 'is', null)
    .execute()

export const postpone = (db: Db, id: string, seconds: number, error: string) =>
  db
    .updateTable('letters')
    .set({ leased_until: null, error, next_attempt_at: sql<Date>`now() + make_interval(secs => ${seconds})` })
    .where('id', '=', id)
    .execute()

export const giveUp = (db: Db, id: string, error: string) =>
  db
    .updateTable('letters')
    .set({ leased_until: null, error, failed_at: sql<Date>`now()` })
    .where('id', '=', id)
    .execute()

/** What would come too late does not go at all. */
export const giveUpLate = (db: Db) =>
  db
    .updateTable('letters')
    .set({ error: 'too late', failed_at: sql<Date>`now()`, body_text: null })
    .where('sent_at', 'is', null)
    .where('failed_at', 'is', null)
    .where('useful_until', '<', sql<Date>`now()`)
    .execute()

/** What the built-in mailbox shows: newest last. */
export async function listSentLetters(
  db: Db,
  filter: { to?: string | undefined; since?: string | undefined },
): Promise<SentLetter[]> {
  return db
    .selectFrom('letters')
    .select(['id', 'channel', 'recipient', 'subject', 'body_html as html'])
    .select(sql<string>`coalesce(body_text, '')`.as('text'))
    .select(sql<Date>`sent_at`.as('sentAt'))
    .where('sent_at', 'is not', null)
    .$if(filter.to !== undefined, (query) => query.where(sql`lower(recipient)`, '=', (filter.to ?? '').toLowerCase()))
    .$if(filter.since !== undefined, (query) => query.where('sent_at', '>', new Date(filter.since ?? 0)))
    .orderBy('sequence')
    .execute()
}

export const countWaitingLetters = (db: Db) =>
  db
    .selectFrom('letters')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('sent_at', 'is', null)
    .where('failed_at', 'is', null)
    .executeTakeFirstOrThrow()
