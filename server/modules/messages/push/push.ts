/** Notifications on a person's devices (Web Push, RFC 8030): subscribing, and a notice for each device that is to be told. */
import { createECDH } from 'node:crypto'
import type { NewPushDevice, PushDevices } from '../../../../contracts/messages.ts'
import { afterCommit, type Tx, transaction } from '../../../kernel/db/index.ts'
import { NotFound } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { deviceOf } from '../../identity/index.ts'
import { DeviceWrong } from '../messages.errors.ts'
import { isPublicEndpoint } from './endpoints.ts'
import { pushKeys } from './keys.ts'
import {
  deleteSubscription,
  dropSuperfluous,
  insertNotices,
  listSubscriptions,
  writeSubscription,
} from './push.queries.ts'
import { wakeSenders } from './sender.ts'

/** More browsers than this nobody looks at; the oldest give way. */
const mostDevices = 10

export async function viewDevices(ctx: Context): Promise<PushDevices> {
  const [{ publicKey }, devices] = await Promise.all([pushKeys(ctx.db), listSubscriptions(ctx.db, ctx.account.id)])
  return {
    publicKey,
    devices: devices.map(({ id, endpoint, device, createdAt, toldAt }) => ({
      id,
      endpoint,
      device,
      createdAt: createdAt.toISOString(),
      toldAt: toldAt?.toISOString() ?? null,
    })),
  }
}

/** @throws DeviceWrong 422 when the browser's answer is no subscription of a push service */
export async function subscribeDevice(ctx: Context, { endpoint, p256dh, auth }: NewPushDevice): Promise<void> {
  if (!isPublicEndpoint(endpoint) || !isPoint(p256dh) || Buffer.from(auth, 'base64url').length !== 16)
    throw new DeviceWrong()
  await transaction(ctx, async (tx) => {
    await writeSubscription(tx, ctx.account.id, { endpoint, p256dh, auth, device: deviceOf(ctx.userAgent) })
    await dropSuperfluous(tx, ctx.account.id, mostDevices)
    journal(tx, ctx, 'push-device.added', { kind: 'account', id: ctx.account.id })
  })
}

/** @throws NotFound 404 when the device is another's */
export const unsubscribeDevice = (ctx: Context, id: string): Promise<void> =>
  transaction(ctx, async (tx) => {
    if (!(await deleteSubscription(tx, ctx.account.id, id))) throw new NotFound({ what: 'device' })
    journal(tx, ctx, 'push-device.removed', { kind: 'account', id: ctx.account.id })
  })

/** Tells the devices of these people that there is something new, after the commit. */
export async function tellDevices(tx: Tx, accountIds: readonly string[]): Promise<void> {
  if (accountIds.length === 0) return
  if ((await insertNotices(tx, accountIds)) > 0) afterCommit(tx, wakeSenders)
}

/** A point of P-256: with anything else the notification could not be encrypted (RFC 8291). */
function isPoint(base64url: string): boolean {
  const ecdh = createECDH('prime256v1')
  ecdh.generateKeys()
  try {
    const point = Buffer.from(base64url, 'base64url')
    return point.length === 65 && ecdh.computeSecret(point).length === 32
  } catch {
    return false
  }
}
