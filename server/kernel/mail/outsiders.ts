/**
 * Letters to mailboxes that nobody here has proved to be theirs: whoever writes in a stranger's name must not be able to
 * have it flooded by us (backscatter), however many of its letters are dealt with.
 */
import { createHash } from 'node:crypto'
import type { Tx } from '../db/index.ts'
import { numberOfAttempt } from '../http/index.ts'
import type { NewLetter } from './letter.html.ts'
import { isLookedAt, sendLetter } from './mail.ts'

const mostToOutsider = 10
const aDay = 86_400

const lastOfDay =
  'На этот адрес сегодня ушло уже много писем, это последнее: следующие сутки мы не пишем, чтобы не засыпать вас письмами. Заявки рассматривают как обычно. Если ответа на какую-то из них не было, напишите нам завтра.'

/** «name+tag@…» is the mailbox of «name@…»: a loop must not go on under ever new tags. */
export const mailboxOf = (address: string): string => address.toLowerCase().replace(/\+[^@]*@/, '@')

/** The tenth of a day says that it is the last; what would follow is not sent. */
export async function sendToOutsider(tx: Tx, letter: NewLetter): Promise<void> {
  if (isLookedAt(tx)) return sendLetter(tx, letter)
  const mailbox = createHash('sha256').update(mailboxOf(letter.to)).digest('base64url')
  const number = await numberOfAttempt(tx, `letters:outsider:${mailbox}`, aDay)
  if (number > mostToOutsider) return
  const isLast = number === mostToOutsider
  await sendLetter(tx, isLast ? { ...letter, paragraphs: [...letter.paragraphs, lastOfDay] } : letter)
}
