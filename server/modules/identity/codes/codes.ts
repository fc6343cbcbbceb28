/** One-time codes of six digits, by SMS or letter: bound to a purpose, an account and an address. */
import { randomInt } from 'node:crypto'
import type { Tx } from '../../../kernel/db/index.ts'
import { transaction } from '../../../kernel/db/index.ts'
import { InvalidInput, TooManyRequests } from '../../../kernel/errors/index.ts'
import { forgetAttempts, takeAttempt, type Visitor } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { pretendSms, sendSms } from '../../../kernel/sms/index.ts'
import { isSame } from '../../../kernel/vault.ts'
import { bucketOf } from '../secrets.ts'
import { CodeTooSoon } from './codes.errors.ts'
import { sendCodeLetter } from './codes.letters.ts'
import { purposeNames, wrongCode } from './codes.phrases.ts'
import { type CodeAddress, findCode, insertCode, markTaken } from './codes.queries.ts'

export type { CodeAddress } from './codes.queries.ts'

/** A code lives as long as a person needs to find a telephone. */
export const codeMinutes = 10
/** Before another can be asked for. */
export const resendSeconds = 60
const anHour = 3600
const aDay = 86_400

/** Guesses at one code; then, whatever new codes are asked for, at the person's codes within an hour and a day. */
const triesAtCode = 5
const triesInHour = 15
const triesInDay = 30
/** Of codes for one address, within an hour and a day; of askings and of wrong codes from one network address. */
const codesInHour = 5
const codesInDay = 10
const askingsByNetwork = 100
const mistakesByNetwork = 100

/**
 * Sends a new code, after which the earlier ones work no more.
 * @throws CodeTooSoon 429 within a minute of the last; TooManyRequests 429; SmsNotSet 503, SmsSpent 429
 */
export async function sendCode(tx: Tx, ctx: Visitor, address: CodeAddress): Promise<void> {
  await countAsking(tx, ctx, address)
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  await insertCode(tx, { ...address, mark: markOf(ctx, address, code), minutes: codeMinutes })
  if (address.channel === 'sms') await sendSms(tx, smsOf(address, code))
  else await sendCodeLetter(tx, address, code)
  journal(tx, ctx, 'code.sent', subjectOf(address), { purpose: address.purpose, channel: address.channel })
}

/** Answers and counts as `sendCode` does, for an address that nobody has: the two cannot be told apart. */
export async function pretendCode(tx: Tx, ctx: Visitor, address: CodeAddress): Promise<void> {
  await countAsking(tx, ctx, address)
  if (address.channel === 'sms') await pretendSms(tx, address.to)
}

/** What `checkCode` has found good; it is taken once. */
export type GoodCode = { id: string; address: CodeAddress }

/**
 * Checks a typed code, and counts the try before it looks, so that guesses sent all at once gain nothing. Not for the
 * inside of a transaction: a try must count though all else is undone. An unknown address, an expired code and a wrong
 * one are answered alike.
 * @returns what `takeCode` takes in the transaction of the action
 * @throws InvalidInput 422 at the field `code`; TooManyRequests 429
 */
export async function checkCode(ctx: Visitor, address: CodeAddress, typed: string): Promise<GoodCode> {
  const tries = bucketsOf(address)
  await takeAttempt(ctx.db, tries.inDay, triesInDay, aDay)
  await takeAttempt(ctx.db, tries.inHour, triesInHour, anHour)
  const left = await triesLeft(ctx, tries.atCode)
  const code = await findCode(ctx.db, address)
  const good = isSame(code?.mark ?? Buffer.alloc(32), markOf(ctx, address, digitsOf(typed)))
  if (!code || !good || left < 0) return refuse(ctx, address, Math.max(0, left))
  return { id: code.id, address }
}

/**
 * Uses the code up, in the transaction of what it was for; of two at once, the second is refused.
 * @throws InvalidInput 422 at the field `code`
 */
export async function takeCode(tx: Tx, { id, address }: GoodCode): Promise<void> {
  if (!(await markTaken(tx, id))) throw wrong(0)
  const tries = bucketsOf(address)
  // In one order everywhere, or two transactions would wait for each other.
  for (const bucket of [tries.inDay, tries.inHour, tries.atCode]) await forgetAttempts(tx, bucket)
}

async function countAsking(tx: Tx, ctx: Visitor, address: CodeAddress): Promise<void> {
  const key = keyOf(address)
  await takeAttempt(tx, bucketOf('code:asked:network', ctx.address), askingsByNetwork, anHour)
  await takeAttempt(tx, bucketOf('code:asked:day', key), codesInDay, aDay)
  await takeAttempt(tx, bucketOf('code:asked:hour', key), codesInHour, anHour)
  await notTooSoon(() => takeAttempt(tx, bucketOf('code:asked', key), 1, resendSeconds))
  await forgetAttempts(tx, bucketsOf(address).atCode)
}

async function notTooSoon(count: () => Promise<unknown>): Promise<void> {
  try {
    await count()
  } catch (error) {
    if (error instanceof TooManyRequests) throw new CodeTooSoon({ seconds: Number(error.params.seconds) })
    throw error
  }
}

/** Below zero when the code has been guessed at often enough. */
async function triesLeft(ctx: Visitor, bucket: string): Promise<number> {
  try {
    return await takeAttempt(ctx.db, bucket, triesAtCode, codeMinutes * 60)
  } catch (error) {
    if (error instanceof TooManyRequests) return -1
    throw error
  }
}

async function refuse(ctx: Visitor, address: CodeAddress, left: number): Promise<never> {
  await takeAttempt(ctx.db, bucketOf('code:wrong:network', ctx.address), mistakesByNetwork, anHour)
  await transaction(ctx, async (tx) =>
    journal(tx, ctx, 'code.refused', subjectOf(address), { purpose: address.purpose, channel: address.channel }),
  )
  throw wrong(left)
}

const wrong = (left: number) =>
  new InvalidInput({ fields: [{ field: 'code', code: 'wrong-code', text: wrongCode(left) }] })

/** People copy «123 456» and «123-456». */
const digitsOf = (typed: string): string => typed.replace(/\D/g, '')

const keyOf = ({ purpose, channel, to, accountId }: CodeAddress): string =>
  [purpose, channel, accountId ?? '', to].join(' ')

const markOf = (ctx: Visitor, address: CodeAddress, code: string): Buffer =>
  ctx.vault.mark('one-time-code', `${keyOf(address)} ${code}`)

const bucketsOf = (address: CodeAddress) => {
  const key = keyOf(address)
  return {
    inDay: bucketOf('code:tries:day', key),
    inHour: bucketOf('code:tries:hour', key),
    atCode: bucketOf('code:tries', key),
  }
}

const smsOf = ({ purpose, to }: CodeAddress, code: string) => ({
  to,
  subject: `Код ${purposeNames[purpose]}`,
  text: `Код ${code} ${purposeNames[purpose]}. Никому его не говорите.`,
  usefulMinutes: codeMinutes,
})

const subjectOf = ({ accountId }: CodeAddress) => (accountId ? { kind: 'account', id: accountId } : undefined)
