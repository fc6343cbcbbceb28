import type { Db } from '../db/index.ts'
import { TooManyRequests } from '../errors/index.ts'
import { countAttempt } from './http.queries.ts'

/**
 * Counts one attempt against a bucket such as `sign-in:address:192.0.2.7`.
 * @param most how many are allowed within `seconds`
 * @returns how many are left
 * @throws TooManyRequests 429 with the seconds to wait
 */
export async function takeAttempt(db: Db, bucket: string, most: number, seconds: number): Promise<number> {
  const { count, secondsLeft } = await countAttempt(db, bucket, seconds)
  if (count > most) throw new TooManyRequests({ seconds: Math.max(1, secondsLeft) })
  return most - count
}

/** Which attempt of its bucket this is within `seconds`, from 1: where more than enough is not an error. */
export const numberOfAttempt = async (db: Db, bucket: string, seconds: number): Promise<number> =>
  (await countAttempt(db, bucket, seconds)).count

/** Whether this is the first of its bucket within `seconds`: what is to be noted once, however often it is done. */
export const isFirstAttempt = async (db: Db, bucket: string, seconds: number): Promise<boolean> =>
  (await numberOfAttempt(db, bucket, seconds)) === 1
