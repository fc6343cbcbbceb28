/**
 * Which wrong passwords close a sign-in, and for whom. A login is counted at each network address apart, and over all of
 * them for strangers; a browser in which its owner has signed in before has a count of its own, and a network from which
 * the owner came lately is not closed by what strangers do elsewhere. So guessing stays hopeless, from one place or from
 * thousands, and never locks the owner out.
 */
import type { Tx } from '../../../kernel/db/index.ts'
import type { Visitor } from '../../../kernel/http/index.ts'
import { bucketOf } from '../secrets.ts'
import { deviceBucket, isFamiliar } from './familiar.ts'
import type { FailureLimit, SessionLimits } from './sessions.queries.ts'
import { type Candidate, type Closed, type Closings, forgetLogin } from './sign-in.queries.ts'

/** For one login at one network address, or in one familiar browser. */
const mostHere = 10
/** For one login at all strange places together: a botnet gets no more guesses than these. */
const mostOverall = 50
/** For all logins of one network address: a school may share one. */
const mostByAddress = 100
export const closedSeconds = 15 * 60

/** The same login in any case, and a telephone in any spelling, is counted as one. */
export const loginKey = (login: string): string => login.normalize('NFKC').toLowerCase()

const overallBucket = (login: string): string => bucketOf('sign-in:login', loginKey(login))

export const closingsOf = (ctx: Visitor, login: string): Closings => ({
  here: { bucket: bucketOf(`${overallBucket(login)}:at`, ctx.address), most: mostHere },
  byAddress: { bucket: bucketOf('sign-in:address', ctx.address), most: mostByAddress },
  overall: { bucket: overallBucket(login), most: mostOverall },
  device: { bucket: deviceBucket(ctx), most: mostHere },
})

export type SignInPlace = {
  /** The owner has been here before: goes first when many wait. */
  known: boolean
  closedSeconds: number | null
  /** Where a wrong password is counted; of the first, the person is told how many are left. */
  counted: readonly [FailureLimit, ...FailureLimit[]]
  limits: SessionLimits & { seconds: number }
}

/** A login that nobody has is at a strange place everywhere. */
export function placeOf(
  ctx: Visitor,
  candidate: Candidate | undefined,
  closings: Closings,
  closed: Closed,
): SignInPlace {
  const { here, byAddress, overall, device } = closings
  if (candidate && isFamiliar(ctx, candidate.id)) {
    const limits = { byLogin: device, byAddress: device, overall: device, seconds: closedSeconds }
    return { known: true, closedSeconds: closed.device, counted: [device], limits }
  }
  if (candidate?.knownNetwork) {
    const limits = { byLogin: here, byAddress, overall: here, seconds: closedSeconds }
    return { known: true, closedSeconds: closed.here, counted: [here, byAddress], limits }
  }
  const limits = { byLogin: here, byAddress, overall, seconds: closedSeconds }
  const longest = closed.here ?? closed.overall
  return { known: false, closedSeconds: longest, counted: [here, byAddress, overall], limits }
}

/** What a reset of the password wipes out: the failures of its logins, wherever they were made. */
export async function forgetFailuresOf(tx: Tx, logins: readonly (string | null)[]): Promise<void> {
  for (const login of logins) if (login) await forgetLogin(tx, overallBucket(login))
}
