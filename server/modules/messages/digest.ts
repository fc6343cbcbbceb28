/**
 * The daily digest: what is new and unread of the kinds that a person wants told once a day, in one letter. It goes at
 * eight in the morning where the installation is: it lies on top when the working day begins. Whatever a node was doing at
 * eight, the digest goes when one looks next, once for each person and day.
 */
import { formatDateTime } from '../../../web/kit/dates.ts'
import { type Db, transaction } from '../../kernel/db/index.ts'
import { type NewLetter, sendLetter } from '../../kernel/mail/index.ts'
import { inUse } from './configuration.ts'
import { findAddress, listAwaiting, takeDay, takeWaiting } from './digest.queries.ts'

export const digestHour = 8

/** So many lines a letter holds; the rest is counted, and read in the cabinet. */
const mostLines = 50

/** Sends the day's digests that have not gone yet; before eight there are none. */
export async function sendDigests(db: Db, at = new Date()): Promise<void> {
  const moment = digestMoment(at, inUse().timeZone)
  if (!moment) return
  for (;;) {
    const accounts = await listAwaiting(db, moment.day, moment.began, 100)
    for (const accountId of accounts) await sendDigest(db, accountId, moment.began, moment.day)
    if (accounts.length < 100) return
  }
}

/** On the stand nobody waits until the morning. */
export async function sendDigestsNow(db: Db): Promise<void> {
  const now = new Date()
  // No day has this date yet, so whoever has had today's digest is among them.
  for (const accountId of await listAwaiting(db, '9999-12-31', now, 1000)) await sendDigest(db, accountId, now)
}

const sendDigest = (db: Db, accountId: string, before: Date, day?: string) =>
  transaction({ db }, async (tx) => {
    if (day && !(await takeDay(tx, accountId, day))) return
    const lines = await takeWaiting(tx, accountId, before)
    const to = await findAddress(tx, accountId)
    if (lines.length > 0 && to)
      await sendLetter(tx, { ...digestLetter(lines), to, ...(day ? { uniqueKey: `digest:${accountId}:${day}` } : {}) })
  })

type Line = { title: string; sender: string | null; createdAt: Date }

export function digestLetter(lines: readonly Line[]): Omit<NewLetter, 'to'> {
  const { baseUrl, timeZone } = inUse()
  const inOrder = [...lines].sort((one, other) => one.createdAt.getTime() - other.createdAt.getTime())
  const shown = inOrder
    .slice(0, mostLines)
    .map(
      ({ title, sender, createdAt }) =>
        `• ${title}\n${[formatDateTime(createdAt, timeZone), sender].filter(Boolean).join(', ')}`,
    )
  const rest = lines.length - shown.length
  return {
    subject: 'Новые сообщения в личном кабинете',
    paragraphs: [
      'С прошлой сводки в личном кабинете появились сообщения, которые вы ещё не читали:',
      ...shown,
      ...(rest > 0 ? [`И ещё сообщений: ${rest}. Все они в кабинете.`] : []),
      'Сводка приходит раз в день, и только когда есть новое. Как приходят письма, вы выбираете в настройках аккаунта, раздел «Уведомления».',
    ],
    action: { text: 'Открыть мои сообщения', url: `${baseUrl}/messages?unread=yes` },
  }
}

/** The day whose digest is due and the moment at which it became due; undefined before the hour. */
export function digestMoment(at: Date, timeZone: string): { day: string; began: Date } | undefined {
  const { year, month, day, hour, minute, second } = Object.fromEntries(
    new Intl.DateTimeFormat('en', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  )
  const sinceHour = (Number(hour) - digestHour) * 3600 + Number(minute) * 60 + Number(second)
  if (sinceHour < 0) return undefined
  return { day: `${year}-${month}-${day}`, began: new Date(at.getTime() - sinceHour * 1000 - at.getMilliseconds()) }
}
