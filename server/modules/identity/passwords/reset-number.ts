/**
 * The number of a request to set a password anew (manual 4): the same for one address within a day, worked out and not
 * kept, so that it tells nothing of whether anyone has the address. The journal holds it beside the account.
 */
import type { ResetAddress } from '../../../../contracts/password-reset.ts'
import { forgetAttempts, takeAttempt, type Visitor } from '../../../kernel/http/index.ts'
import { bucketOf } from '../secrets.ts'
import { attemptsAt } from './reset.queries.ts'

export function resetNumberOf(ctx: Visitor, { channel, to }: ResetAddress): string {
  const day = new Date().toISOString().slice(2, 10).replaceAll('-', '')
  const mark = ctx.vault.mark('one-time-code', `reset request ${day} ${channel} ${to}`)
  return `${day}-${String(mark.readUInt32BE() % 1_000_000).padStart(6, '0')}`
}

/** Askings and wrong codes after which the way to support is shown. */
const failuresBeforeSupport = 3
const anHour = 3600

export const noteFailure = (ctx: Visitor, address: ResetAddress): Promise<unknown> =>
  takeAttempt(ctx.db, bucketOfFailures(address), Number.MAX_SAFE_INTEGER, anHour)

export const forgetFailures = (db: Visitor['db'], address: ResetAddress): Promise<unknown> =>
  forgetAttempts(db, bucketOfFailures(address))

/** Whether it is time to say how support is reached. */
export const isSupportDue = async (ctx: Visitor, address: ResetAddress): Promise<boolean> =>
  (await attemptsAt(ctx.db, bucketOfFailures(address))) >= failuresBeforeSupport

const bucketOfFailures = ({ channel, to }: ResetAddress): string => bucketOf('reset:failures', `${channel} ${to}`)
