/** A letter is kept: first its bytes, then in one transaction its row, what was understood and what is answered at once. */
import { createHash } from 'node:crypto'
import { type Db, randomUUIDv7, type Tx, transaction } from '../../kernel/db/index.ts'
import type { FileStore } from '../../kernel/files/index.ts'
import { journal } from '../../kernel/journal/index.ts'
import { mailboxOf } from '../../kernel/mail/index.ts'
import { getRule, refusalOfMail } from '../identity/index.ts'
import { sendWrongSenderLetter } from './letters.letters.ts'
import { countSentToday, insertIncoming } from './letters.queries.ts'
import { isForged } from './understanding/marks.ts'
import type { ReadLetter } from './understanding/reading.ts'
import { blocksOf, nothing, type Understanding, type Understood, understand } from './understanding/understanding.ts'

export type Arrival = {
  raw: Buffer
  /** `imap:…`, or `stand` for a file that was dropped there. */
  mailbox: string
  uidValidity: string | null
  uid: number | null
  regionCode: string | null
  /** Addresses of our own: what comes from them has come round. */
  own: readonly string[]
}

export type Kept = { id: string; isNew: boolean }

/**
 * Keeps a letter once, whichever way and however often it comes; nothing of what it says can stop it from being kept.
 * @param alongside what must stand in the same transaction: how far the mailbox has been read
 */
export async function keepLetter(
  { db, files }: { db: Db; files: FileStore },
  arrival: Arrival,
  alongside: (tx: Tx) => Promise<void> = async () => undefined,
): Promise<Kept> {
  const { letter, understanding } = await understood(db, arrival)
  const stored = await files.put(arrival.raw)
  const id = randomUUIDv7()
  return transaction({ db }, async (tx) => {
    const isNew = await insertIncoming(tx, {
      id,
      mailbox: arrival.mailbox,
      uidValidity: arrival.uidValidity,
      uid: arrival.uid,
      sameAs: sameAs(arrival.raw, letter),
      messageId: plain(letter?.messageId ?? null),
      answersTo: letter ? [letter.inReplyTo, ...letter.references].flatMap((each) => plain(each ?? null) ?? []) : [],
      sha256: stored.sha256,
      size: stored.size,
      regionCode: arrival.regionCode,
      sender: plain(letter?.from?.address ?? null),
      senderName: plain(letter?.from?.name || null),
      subject: plain(letter?.subject ?? '') ?? '',
      body: letter ? bodyOf(letter) : '',
      attachments: (letter?.attachments ?? []).map(({ name, size }) => ({ name: plain(name) ?? '', size })),
      writtenAt: letter?.date ?? null,
      kind: understanding.kind,
      understanding: plain(JSON.stringify(understanding).replaceAll('\\u0000', '')) ?? '{}',
      state: isOfMachine(understanding, letter, arrival) ? 'machine' : 'waiting',
    })
    await alongside(tx)
    if (isNew) {
      journal(tx, { requestId: id }, 'letter.received', { kind: 'letter', id }, { of: understanding.kind })
      await explainToSender(tx, understanding, letter, arrival)
    }
    return { id, isNew }
  })
}

/** By the rule of staff that holds now. A letter that cannot be understood is kept all the same. */
async function understood(db: Db, { raw }: Arrival): Promise<Understood> {
  const rule = await getRule(db, 'staff')
  try {
    return await understand(raw, async (email) => (await refusalOfMail(db, rule, email)) === undefined)
  } catch {
    return { letter: undefined, understanding: nothing('unparseable', false) }
  }
}

const isOfMachine = ({ kind }: Understanding, letter: ReadLetter | undefined, { own }: Arrival): boolean =>
  kind === 'auto-reply' || kind === 'bounce' || isOwn(letter?.from?.address ?? '', own)

const isOwn = (address: string, own: readonly string[]): boolean => own.map(mailboxOf).includes(mailboxOf(address))

/** However many addresses a flood is sent from, so many explanations leave in a day. */
const mostExplanations = 300

/**
 * Told only to whoever wrote an application itself: a forged sender would be a stranger. An organisation may be asked for
 * from any address: whoever asks confirms it.
 */
async function explainToSender(
  tx: Tx,
  { kind, senderAllowed, adding }: Understanding,
  letter: ReadLetter | undefined,
  { own }: Arrival,
): Promise<void> {
  const to = letter?.from?.address
  if (kind !== 'application' || adding || senderAllowed || !letter || !to || isForged(letter) || own.includes(to))
    return
  if (!/^[\x21-\x7e]+@[\x21-\x7e]+\.[\x21-\x7e]+$/.test(to) || to.length > 254) return
  const day = new Date().toISOString().slice(0, 10)
  if ((await countSentToday(tx, `letters:wrong-sender:${day}:`)) >= mostExplanations) return
  await sendWrongSenderLetter(tx, to, day)
}

/**
 * One letter comes twice under one Message-ID: by a second way, or after UIDVALIDITY has changed. Another letter under a
 * used Message-ID is another letter.
 */
function sameAs(raw: Buffer, letter: ReadLetter | undefined): string {
  const hash = createHash('sha256')
  if (!letter?.messageId) return hash.update(raw).digest('hex')
  const { messageId, from, subject, text, html, attachments } = letter
  hash.update(JSON.stringify([messageId, from?.address, subject, text, html]))
  for (const { content } of attachments) hash.update(createHash('sha256').update(content).digest())
  return hash.digest('hex')
}

const longestBody = 200_000

/** The letter as plain text; HTML of it is never shown. */
function bodyOf(letter: ReadLetter): string {
  const text = blocksOf(letter)
    .map((block) => (block.kind === 'line' ? block.text : block.rows.map((row) => row.join(' | ')).join('\n')))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
  return plain(text.slice(0, longestBody)) ?? ''
}

/** PostgreSQL keeps no zero sign and no half of a pair. */
const plain = <T extends string | null>(text: T): T | string =>
  text === null ? text : text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '')
