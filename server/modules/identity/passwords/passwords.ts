/**
 * Argon2id, and a queue before it: each check takes a core for some milliseconds and 19 MiB, so only as many run at
 * once as there are cores, and when the wait grows too long newcomers are asked to come again.
 */
import { availableParallelism } from 'node:os'
import { hash, verify } from '@node-rs/argon2'
import { Busy } from '../../../kernel/errors/index.ts'
import { isStormy } from './storm.ts'

/** OWASP's least for Argon2id: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** As many as there are cores, and no more than the four threads that libuv gives to all such work. */
const atOnce = Math.min(availableParallelism(), 4)
const longestWait = 10_000
/** In a storm of wrong passwords strangers have one place of the queue, and so many wait for it. */
const strangersInStorm = 1
const waitingInStorm = 4

/** Who has signed in from this browser or network before goes before the others. */
export type Lane = 'known' | 'stranger'

/** The moving average of what one check takes, in milliseconds. */
let usualTime = 30
const running: Record<Lane, number> = { known: 0, stranger: 0 }
type Turn = { begin: () => void; giveUp: (error: Error) => void }
const waiting: Record<Lane, Turn[]> = { known: [], stranger: [] }

/** @throws Busy 503 when the password would wait for longer than ten seconds */
export const hashPassword = (password: string): Promise<string> => inTurn('known', () => hash(readable(password), cost))

/**
 * Takes the same time for an account that does not exist (`undefined`) or has no password.
 * @throws Busy 503 when the check would wait for longer than ten seconds
 */
export async function isPasswordOf(
  passwordHash: string | null | undefined,
  password: string,
  lane: Lane = 'known',
): Promise<boolean> {
  const matches = await inTurn(lane, async () => verify(passwordHash ?? (await nobodysHash()), readable(password)))
  return matches && Boolean(passwordHash)
}

let nobodys: Promise<string> | undefined
const nobodysHash = (): Promise<string> => {
  nobodys ??= hash(crypto.randomUUID(), cost)
  return nobodys
}
// Made beforehand, or the first unknown login would take twice as long as the others.
void nobodysHash()

/** The same letters typed on different systems come as different code points (й as one or as two). */
const readable = (password: string): string => password.normalize('NFKC')

async function inTurn<T>(lane: Lane, work: () => Promise<T>): Promise<T> {
  const ahead = waiting.known.length + (lane === 'stranger' ? waiting.stranger.length : 0)
  if ((ahead * usualTime) / atOnce > longestWait) throw new Busy()
  if (isFull(lane)) await new Promise<void>((begin, giveUp) => waiting[lane].push({ begin, giveUp }))
  else running[lane] += 1
  const started = performance.now()
  try {
    return await work()
  } finally {
    usualTime += (performance.now() - started - usualTime) / 20
    running[lane] -= 1
    callNext()
  }
}

const isFull = (lane: Lane): boolean =>
  running.known + running.stranger >= atOnce ||
  (lane === 'stranger' && isStormy() && running.stranger >= strangersInStorm)

/** The place is taken before the next one wakes, so that nobody slips in between. */
function callNext(): void {
  // Those who came before it was known to be a storm.
  if (isStormy()) for (const { giveUp } of waiting.stranger.splice(waitingInStorm)) giveUp(new Busy())
  for (const lane of ['known', 'stranger'] as const) {
    while (waiting[lane].length > 0 && !isFull(lane)) {
      running[lane] += 1
      waiting[lane].shift()?.begin()
    }
  }
}
