/** SMS are written in the action's transaction into the outbox of letters, and leave after its commit as letters do. */
import { createHash } from 'node:crypto'
import type { Tx } from '../db/index.ts'
import { TooManyRequests } from '../errors/index.ts'
import { takeAttempt } from '../http/index.ts'
import { type NewSms, queueSms } from '../mail/index.ts'
import { SmsNotSet, SmsSpent } from './sms.errors.ts'
import { countOf } from './sms.queries.ts'

export type SmsLimits = {
  /** Whether there is a way for SMS to leave by. */
  available: boolean
  mostPerDay: number
  mostPerNumber: number
}

/** Set once, when the program is put together. */
let limits: SmsLimits = { available: false, mostPerDay: 0, mostPerNumber: 0 }

export function configureSms(configured: SmsLimits): void {
  limits = configured
}

/** Whether a page may offer SMS at all. */
export const isSmsAvailable = (): boolean => limits.available

const aDay = 86_400
const ofInstallation = 'sms:installation'

/**
 * Puts an SMS into the outbox; it leaves after the commit, or never when the transaction fails.
 * @throws SmsNotSet 503 without a gateway; SmsSpent 429 when the day's limit of the installation or the number is reached
 */
export async function sendSms(tx: Tx, sms: NewSms): Promise<void> {
  await countNumber(tx, sms.to)
  await spending(() => takeAttempt(tx, ofInstallation, limits.mostPerDay, aDay))
  await queueSms(tx, sms)
}

/**
 * Refuses just as `sendSms` would, and counts the number, but sends nothing and spends nothing: whoever asks on behalf
 * of a number that nobody has gets the same answer.
 */
export async function pretendSms(tx: Tx, to: string): Promise<void> {
  await countNumber(tx, to)
  if ((await countOf(tx, ofInstallation)) >= limits.mostPerDay) throw new SmsSpent()
}

async function countNumber(tx: Tx, to: string): Promise<void> {
  if (!limits.available) throw new SmsNotSet()
  await spending(() => takeAttempt(tx, bucketOfNumber(to), limits.mostPerNumber, aDay))
}

async function spending(count: () => Promise<unknown>): Promise<void> {
  try {
    await count()
  } catch (error) {
    if (error instanceof TooManyRequests) throw new SmsSpent()
    throw error
  }
}

/** The number itself is not kept readable. */
const bucketOfNumber = (to: string): string =>
  `sms:number:${createHash('sha256').update(to).digest('base64url').slice(0, 22)}`
