/**
 * Argon2id, and a queue before it: each check takes a core for some milliseconds and 19 MiB, so only as many run at
 * once as there are cores, and when the wait grows too long newcomers are asked to come again.
 */
import { availableParallelism } from 'node:os'
import { hash, verify } from '@node-rs/argon2'
import { Busy } from '../../../kernel/errors/index.ts'

/** OWASP's least for Argon2id: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** As many as there are cores, and no more than the four threads that libuv gives to all such work. */
const atOnce = Math.min(availableParallelism(), 4)
const longestWait = 10_000

/** The moving average of what one check takes, in milliseconds. */
let usualTime = 30
let running = 0
const waiting: (() => void)[] = []

/** @throws Busy 503 when the password would wait for longer than ten seconds */
export const hashPassword = (password: string): Promise<string> => inTurn(() => hash(readable(password), cost))

/**
 * Takes the same time for an account that does not exist (`undefined`) or has no password.
 * @throws Busy 503 when the check would wait for longer than ten seconds
 */
export async function isPasswordOf(passwordHash: string | null | undefined, password: string): Promise<boolean> {
  const matches = await inTurn(async () => verify(passwordHash ?? (await nobodysHash()), readable(password)))
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

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if ((waiting.length * usualTime) / atOnce > longestWait) throw new Busy()
  if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve))
  else running += 1
  const started = performance.now()
  try {
    return await work()
  } finally {
    usualTime += (performance.now() - started - usualTime) / 20
    const next = waiting.shift()
    // The place goes straight to the next one, so that nobody slips in between.
    if (next) next()
    else running -= 1
  }
}
