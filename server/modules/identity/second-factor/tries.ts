/** Guesses at codes are few: counted for the account before the code is looked at, and for the network address after. */
import { type Tx, transaction } from '../../../kernel/db/index.ts'
import { TooManyRequests } from '../../../kernel/errors/index.ts'
import { type Context, forgetAttempts, takeAttempt } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { bucketOf } from '../secrets.ts'
import { secondsClosed } from './factors.queries.ts'

/** Five wrong codes close the step for a quarter of an hour, ten for an hour, twenty for a day. */
const byAccount = [
  { name: 'soon', most: 5, seconds: 15 * 60 },
  { name: 'hour', most: 10, seconds: 3600 },
  { name: 'day', most: 20, seconds: 86_400 },
] as const
/** A school may share one address; only what was wrong counts. */
const byAddress = { most: 100, seconds: 15 * 60 }

const accountBucket = (name: string, accountId: string): string => bucketOf(`second-factor:${name}`, accountId)
const addressBucket = (address: string): string => bucketOf('second-factor:address', address)

/**
 * Counted before the look, so that guesses sent all at once gain nothing. While it is closed a right code is refused too.
 * @throws TooManyRequests 429
 */
export async function takeTry(ctx: Context): Promise<void> {
  const seconds = await secondsClosed(ctx.db, addressBucket(ctx.address), byAddress.most)
  if (seconds !== null) throw new TooManyRequests({ seconds })
  for (const limit of byAccount)
    await takeAttempt(ctx.db, accountBucket(limit.name, ctx.account.id), limit.most, limit.seconds)
}

/** A right code: the count begins anew. */
export async function forgetTries(tx: Tx, ctx: Context): Promise<void> {
  for (const { name } of byAccount) await forgetAttempts(tx, accountBucket(name, ctx.account.id))
}

/** Stays, whatever became of the action. */
export async function noteRefused(ctx: Context, way: string): Promise<void> {
  const { count } = await countFor(ctx)
  await transaction(ctx, async (tx) =>
    journal(tx, ctx, 'second-factor.refused', { kind: 'account', id: ctx.account.id }, { way, count }),
  )
}

/** The address is closed by the next look at it, not by this one. */
async function countFor(ctx: Context): Promise<{ count: number }> {
  try {
    const left = await takeAttempt(ctx.db, addressBucket(ctx.address), byAddress.most, byAddress.seconds)
    return { count: byAddress.most - left }
  } catch (error) {
    if (error instanceof TooManyRequests) return { count: byAddress.most }
    throw error
  }
}
