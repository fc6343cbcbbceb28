/**
 * Sends what stands in `push_notices`, after the commit that wrote it. The table is the truth: a lost hint delays a
 * notification until the next look. What it says names nobody and nothing: it is shown on locked screens.
 */
import webPush from 'web-push'
import { type Db, transaction } from '../../../kernel/db/index.ts'
import { inUse } from '../configuration.ts'
import { notificationText } from '../messages.phrases.ts'
import { httpsPost, type Post } from './endpoints.ts'
import { pushKeys } from './keys.ts'
import {
  dropNotices,
  dropStale,
  forgetSubscription,
  type Leased,
  leaseDue,
  noteTold,
  postpone,
} from './push.queries.ts'

const wakers = new Set<() => void>()
export const wakeSenders = (): void => {
  for (const waker of wakers) waker()
}

const mostAttempts = 10
const daySeconds = 86_400

/** Tells every device that is due, one after another. Returns how many were told. */
export async function sendDueNotices(db: Db, post: Post = httpsPost): Promise<number> {
  let told = 0
  await dropStale(db)
  for (;;) {
    const device = await leaseDue(db)
    if (!device) return told
    if (await sent(db, device, post)) told += 1
  }
}

async function sent(db: Db, device: Leased, post: Post): Promise<boolean> {
  const outcome = await tried(db, device, post)
  if (outcome === 'told') await transaction({ db }, (tx) => noteTold(tx, device))
  else if (outcome === 'gone') await forgetSubscription(db, device.subscriptionId)
  else if (device.attempts >= mostAttempts) await dropNotices(db, device.notices)
  else await postpone(db, device.notices, backOff(device.attempts), outcome.error)
  return outcome === 'told'
}

async function tried(db: Db, device: Leased, post: Post): Promise<'told' | 'gone' | { error: string }> {
  try {
    const status = await post(await requestFor(db, device))
    if (status >= 200 && status < 300) return 'told'
    // RFC 8030, 7.3: the subscription is no more.
    return status === 404 || status === 410 ? 'gone' : { error: `status ${status}` }
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) }
  }
}

async function requestFor(db: Db, { endpoint, p256dh, auth }: Leased) {
  const { publicKey, privateKey } = await pushKeys(db)
  const { headers, body } = webPush.generateRequestDetails(
    { endpoint, keys: { p256dh, auth } },
    JSON.stringify({ text: notificationText }),
    {
      TTL: daySeconds,
      urgency: 'normal',
      // Of those that wait at the push service for a device that is off, the last one is enough.
      topic: 'messages',
      vapidDetails: { subject: contactOf(inUse().baseUrl), publicKey, privateKey },
    },
  )
  return { endpoint, headers: headersOf(headers), body }
}

const headersOf = (headers: object): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))

/** Whom a push service turns to (RFC 8292, 2.1); it takes an address of the web only when it is secure. */
const contactOf = (baseUrl: string): string =>
  baseUrl.startsWith('https:') ? baseUrl : `mailto:kabinet@${new URL(baseUrl).hostname}`

/** 15 s, 30 s, 1 min … up to an hour. */
const backOff = (attempts: number): number => Math.min(3600, 15 * 2 ** (attempts - 1))

export type PushSender = { stop: () => Promise<void> }

/** Looks every fifteen seconds, and at once when this process has written a notice. */
export function startPushSender(db: Db, onError: (error: unknown) => void): PushSender {
  let stopping = false
  let woken = false
  let awake: () => void = () => {}
  const waker = () => {
    woken = true
    awake()
  }
  wakers.add(waker)
  const loop = async () => {
    await pushKeys(db).catch(onError)
    while (!stopping) {
      woken = false
      await sendDueNotices(db).catch(onError)
      if (stopping || woken) continue
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 15_000)
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
    },
  }
}
