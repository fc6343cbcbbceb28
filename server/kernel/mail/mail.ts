/**
 * Letters and SMS. An action writes them inside its transaction; the sender takes them after the commit. The table is
 * the truth: a lost hint only delays a letter until the next look.
 */
import { afterCommit, type Db, randomUUIDv7, type Tx } from '../db/index.ts'
import { letterHtml, type NewLetter } from './letter.html.ts'
import {
  giveUp,
  giveUpLate,
  insertLetter,
  type Leased,
  leaseDueLetter,
  markSent,
  postpone,
  releaseLeases,
} from './letters.queries.ts'
import { isPermanent, type Transport } from './transport.ts'

const wakers = new Set<() => void>()
const wake = () => {
  for (const waker of wakers) waker()
}

/** Puts a letter into the outbox; it leaves after the commit, or never when the transaction fails. */
export async function sendLetter(tx: Tx, letter: NewLetter): Promise<void> {
  const looked = lookedAt.get(tx)
  if (looked) {
    looked.push(letter)
    return
  }
  await insertLetter(tx, {
    id: randomUUIDv7(),
    channel: 'email',
    recipient: oneLine(letter.to),
    ...renderLetter(letter),
    uniqueKey: letter.uniqueKey,
  })
  afterCommit(tx, wake)
}

/** A letter as it leaves: the text says all that the HTML says. */
export function renderLetter(letter: NewLetter): { subject: string; text: string; html: string } {
  const subject = oneLine(letter.subject)
  return { subject, text: plainText(letter), html: letterHtml({ ...letter, subject }) }
}

const lookedAt = new WeakMap<Tx, NewLetter[]>()

export const isLookedAt = (tx: Tx): boolean => lookedAt.has(tx)

/** What `send` would send: looked at, not sent. It must need nothing of the transaction but to send. */
export async function lookAtLetters(send: (tx: Tx) => Promise<unknown>): Promise<NewLetter[]> {
  const tx = {} as Tx // as: nothing is asked of it but its identity
  const letters: NewLetter[] = []
  lookedAt.set(tx, letters)
  await send(tx)
  return letters
}

export type NewSms = {
  /** As `+7XXXXXXXXXX`. */
  to: string
  /** For the list of what was sent; the text, with its code, is not kept. */
  subject: string
  text: string
  /** After this an SMS that is still waiting is given up: a code that comes too late only confuses. */
  usefulMinutes: number
}

/** Puts an SMS into the same outbox. Whether it may be sent at all, `sendSms` of kernel/sms decides. */
export async function queueSms(tx: Tx, { to, subject, text, usefulMinutes }: NewSms): Promise<void> {
  await insertLetter(tx, {
    id: randomUUIDv7(),
    channel: 'sms',
    recipient: to,
    subject,
    text,
    html: null,
    uniqueKey: undefined,
    usefulMinutes,
  })
  afterCommit(tx, wake)
}

const plainText = ({ paragraphs, action }: NewLetter): string =>
  [...paragraphs, ...(action ? [`${action.text}:\n${action.url}`] : [])].join('\n\n')

/** A line break in a subject or an address would let a sender add headers of its own. */
const oneLine = (text: string): string => text.replace(/[\r\n\t\0]+/g, ' ').trim()

const mostAttempts = 12

/** Sends every letter that is due, one after another. Returns how many were sent. */
export async function sendDueLetters(db: Db, transport: Transport): Promise<number> {
  let sent = 0
  await giveUpLate(db)
  for (;;) {
    const letter = await leaseDueLetter(db, transport.channels)
    if (!letter) return sent
    if (await delivered(db, transport, letter)) sent += 1
  }
}

async function delivered(db: Db, transport: Transport, letter: Leased): Promise<boolean> {
  try {
    await transport.deliver(letter)
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    if (isPermanent(error) || letter.attempts >= mostAttempts) await giveUp(db, letter.id, text)
    else await postpone(db, letter.id, backOff(letter.attempts), text)
    return false
  }
  await insist(() => markSent(db, letter.id, transport.keepsBodies))
  return true
}

/** A letter is gone: while the lease lasts, a database that restarts must still learn of it, or it would go again. */
async function insist(note: () => Promise<unknown>): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await note()
      return
    } catch (error) {
      if (attempt >= 90) throw error
      await new Promise((resolve) => setTimeout(resolve, 1000))
    }
  }
}

/** 10 s, 20 s, 40 s … up to an hour. */
const backOff = (attempts: number): number => Math.min(3600, 10 * 2 ** (attempts - 1))

export type LetterSender = { stop: () => Promise<void> }

/**
 * Looks every five seconds, and at once when this process has written a letter.
 * @param alone no other program sends from this database, so what is leased was leased by one that died
 */
export function startLetterSender(
  db: Db,
  transport: Transport,
  alone: boolean,
  onError: (error: unknown) => void,
): LetterSender {
  let stopping = false
  let awake: () => void = () => {}
  let woken = false
  const waker = () => {
    woken = true
    awake()
  }
  wakers.add(waker)
  const loop = async () => {
    if (alone) await releaseLeases(db).catch(onError)
    while (!stopping) {
      woken = false
      await sendDueLetters(db, transport).catch(onError)
      if (stopping || woken) continue
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 5000)
        awake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }
  const finished = loop()
  return {
    stop: async () => {
      stopping = true
      wakers.delete(waker)
      awake()
      await finished
      transport.close()
    },
  }
}
