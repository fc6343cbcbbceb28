import { sql } from 'kysely'
import { type Db, randomUUIDv7, type Tx } from '../../../kernel/db/index.ts'

export const findKeys = (db: Db) =>
  db.selectFrom('push_keys').select(['public_key as publicKey', 'private_key as sealed']).executeTakeFirst()

/** Of two nodes that start together, the first one's keys stand. */
export const insertKeys = (tx: Tx, publicKey: string, sealed: Buffer) =>
  tx
    .insertInto('push_keys')
    .values({ public_key: publicKey, private_key: sealed })
    .onConflict((conflict) => conflict.column('singleton').doNothing())
    .execute()

/** A subscription belongs to the keys that it was made with: without them nothing reaches the device. */
export async function forgetKeys(tx: Tx): Promise<void> {
  await tx.deleteFrom('push_keys').execute()
  await tx.deleteFrom('push_subscriptions').execute()
}

export type NewSubscription = { endpoint: string; p256dh: string; auth: string; device: string }

/** The same browser again, perhaps with another person at it: the subscription is the one's who sits there now. */
export async function writeSubscription(tx: Tx, accountId: string, one: NewSubscription): Promise<string> {
  const { id } = await tx
    .insertInto('push_subscriptions')
    .values({ id: randomUUIDv7(), account_id: accountId, ...one })
    .onConflict((conflict) =>
      conflict.column('endpoint').doUpdateSet({
        account_id: (eb) => eb.ref('excluded.account_id'),
        p256dh: (eb) => eb.ref('excluded.p256dh'),
        auth: (eb) => eb.ref('excluded.auth'),
        device: (eb) => eb.ref('excluded.device'),
      }),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** The newest are kept. */
export const dropSuperfluous = (tx: Tx, accountId: string, most: number) =>
  sql`
    delete from push_subscriptions where id in (
      select id from push_subscriptions where account_id = ${accountId} order by id desc offset ${most})`.execute(tx)

export const listSubscriptions = (db: Db, accountId: string) =>
  db
    .selectFrom('push_subscriptions')
    .select(['id', 'endpoint', 'device', 'created_at as createdAt', 'told_at as toldAt'])
    .where('account_id', '=', accountId)
    .orderBy('id', 'desc')
    .execute()

/** False when it is another's or does not exist. */
export async function deleteSubscription(tx: Tx, accountId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('push_subscriptions')
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** A notice for each device of these people; how many there are. */
export async function insertNotices(tx: Tx, accountIds: readonly string[]): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into push_notices (id, subscription_id)
    select gen_random_uuid(), s.id from push_subscriptions s join accounts a on a.id = s.account_id
    where s.account_id = any(${accountIds}::uuid[]) and a.blocked_at is null`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

export type Leased = {
  subscriptionId: string
  endpoint: string
  p256dh: string
  auth: string
  attempts: number
  notices: string[]
}

/**
 * Takes all that is due for one device for two minutes: however many messages there are, one notification tells of them.
 * The device's row is locked meanwhile, so two nodes never take the same.
 */
export async function leaseDue(db: Db): Promise<Leased | undefined> {
  const { rows } = await sql<Leased>`
    with device as (
      select s.id, s.endpoint, s.p256dh, s.auth from push_subscriptions s
      where exists (
        select 1 from push_notices n where n.subscription_id = s.id
          and n.next_attempt_at <= now() and (n.leased_until is null or n.leased_until < now()))
      limit 1 for no key update skip locked),
    taken as (
      update push_notices n set leased_until = now() + interval '2 minutes', attempts = attempts + 1
      from device where n.subscription_id = device.id
        and n.next_attempt_at <= now() and (n.leased_until is null or n.leased_until < now())
      returning n.id, n.attempts)
    select device.id as "subscriptionId", device.endpoint, device.p256dh, device.auth,
      (select max(attempts) from taken) as attempts, (select array_agg(id) from taken) as notices
    from device where exists (select 1 from taken)`.execute(db)
  return rows[0]
}

export async function noteTold(tx: Tx, { subscriptionId, notices }: Leased): Promise<void> {
  await tx.deleteFrom('push_notices').where('id', 'in', notices).execute()
  await tx
    .updateTable('push_subscriptions')
    .set({ told_at: sql<Date>`now()` })
    .where('id', '=', subscriptionId)
    .execute()
}

/** The browser has taken the subscription back, or the push service has dropped it. */
export const forgetSubscription = (db: Db, id: string) =>
  db.deleteFrom('push_subscriptions').where('id', '=', id).execute()

export const postpone = (db: Db, notices: readonly string[], seconds: number, error: string) =>
  db
    .updateTable('push_notices')
    .set({ leased_until: null, error, next_attempt_at: sql<Date>`now() + make_interval(secs => ${seconds})` })
    .where('id', 'in', notices)
    .execute()

export const dropNotices = (db: Db, notices: readonly string[]) =>
  db.deleteFrom('push_notices').where('id', 'in', notices).execute()

/** A notification of yesterday's message is none. */
export const dropStale = (db: Db) =>
  db.deleteFrom('push_notices').where('created_at', '<', sql<Date>`now() - interval '1 day'`).execute()
