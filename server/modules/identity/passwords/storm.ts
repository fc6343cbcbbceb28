/**
 * A storm: many more wrong passwords than people can mistype. While it lasts, only a few strangers at once are let
 * through to the database and to the queue of passwords; the others are asked to come again before they have cost
 * anything. Whoever signs in from a browser that has signed in before is no stranger.
 */
import { Busy } from '../../../kernel/errors/index.ts'

/** Wrong passwords and refusals of the last seconds, each of which fades away. */
let heat = 0
let heatedAt = performance.now()
const fading = 5000
/** Some twenty a second for some seconds: no morning of a campaign has as many. */
const stormy = 100
const strangersAtOnce = 4

const heatNow = (): number => heat * Math.exp(-(performance.now() - heatedAt) / fading)

export const isStormy = (): boolean => heatNow() > stormy

export function noteRefused(): void {
  heat = heatNow() + 1
  heatedAt = performance.now()
}

let strangers = 0

/**
 * @param claimsKnown the browser says that somebody has signed in from it before
 * @throws Busy 503 for a stranger in a storm
 */
export async function throughStorm<T>(claimsKnown: boolean, signIn: () => Promise<T>): Promise<T> {
  if (claimsKnown) return signIn()
  if (isStormy() && strangers >= strangersAtOnce) {
    noteRefused()
    throw new Busy()
  }
  strangers += 1
  try {
    return await signIn()
  } finally {
    strangers -= 1
  }
}
