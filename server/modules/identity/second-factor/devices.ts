/** Devices on which a person has asked not to be asked for the second factor, for a month. */
import { afterCommit, type Tx, transaction } from '../../../kernel/db/index.ts'
import { NotFound } from '../../../kernel/errors/index.ts'
import { type Context, deviceCookie } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { hashOf, newSecret } from '../secrets.ts'
import { deviceOf } from '../sign-in/device.ts'
import { insertTrustedDevice, listTrustedDevices, markRevoked } from './devices.queries.ts'

export const trustDays = 30

export async function trustDevice(tx: Tx, ctx: Context): Promise<void> {
  const { token, hash } = newSecret()
  const { account, userAgent } = ctx
  await insertTrustedDevice(tx, { accountId: account.id, tokenHash: hash, userAgent, days: trustDays })
  journal(tx, ctx, 'device.trusted', { kind: 'account', id: account.id })
  afterCommit(tx, () => ctx.setCookie({ name: deviceCookie, value: token, maxAgeSeconds: trustDays * 86_400 }))
}

export async function listOwnDevices(ctx: Context) {
  const own = ctx.device ? hashOf(ctx.device) : undefined
  const devices = await listTrustedDevices(ctx.db, ctx.account.id)
  return devices.map(({ id, tokenHash, userAgent, createdAt, lastUsedAt, expiresAt }) => ({
    id,
    device: deviceOf(userAgent),
    current: own?.equals(tokenHash) ?? false,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    expiresAt: expiresAt.toISOString(),
  }))
}

/** For whatever makes the old trust worth nothing: a new password, a factor added or taken away, a blocked account. */
export const revokeTrustedDevices = (tx: Tx, accountId: string): Promise<number> => markRevoked(tx, accountId)

/** @throws NotFound 404 when it is not one's own, or is trusted no more */
export const revokeOwnDevice = (ctx: Context, id: string): Promise<void> =>
  transaction(ctx, async (tx) => {
    if ((await markRevoked(tx, ctx.account.id, id)) === 0) throw new NotFound({ what: 'device' })
    journal(tx, ctx, 'device.revoked', { kind: 'account', id: ctx.account.id }, { device: id })
  })

export const revokeOwnDevices = (ctx: Context): Promise<void> =>
  transaction(ctx, async (tx) => {
    const revoked = await revokeTrustedDevices(tx, ctx.account.id)
    journal(tx, ctx, 'device.revoked', { kind: 'account', id: ctx.account.id }, { all: revoked })
  })
