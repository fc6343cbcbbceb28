import { setTimeout as delay } from 'node:timers/promises'

const quantum = 250

/** Answers at the end of a quarter of a second, so that the time of an answer does not tell what was found. */
export async function evenly<T>(action: () => Promise<T>): Promise<T> {
  const started = performance.now()
  try {
    return await action()
  } finally {
    await delay(quantum - ((performance.now() - started) % quantum))
  }
}
