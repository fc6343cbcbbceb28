/**
 * The installation's own pair of keys, by which push services know it (VAPID, RFC 8292): made when it is first needed, kept
 * with the data, the private one sealed.
 */
import webPush from 'web-push'
import { type Db, transaction } from '../../../kernel/db/index.ts'
import { inUse } from '../configuration.ts'
import { findKeys, forgetKeys, insertKeys } from './push.queries.ts'

export type PushKeys = { publicKey: string; privateKey: string }

const known = new WeakMap<Db, Promise<PushKeys>>()

export function pushKeys(db: Db): Promise<PushKeys> {
  const before = known.get(db)
  if (before) return before
  const keys = findOrMake(db)
  known.set(db, keys)
  // A database that is away for a moment must not be remembered as the answer.
  keys.catch(() => known.delete(db))
  return keys
}

async function findOrMake(db: Db): Promise<PushKeys> {
  const kept = await findKeys(db)
  const opened = kept && openedKeys(kept.publicKey, kept.sealed)
  if (opened) return opened
  const made = webPush.generateVAPIDKeys()
  return transaction({ db }, async (tx) => {
    // Sealed under another SECRET_KEY: nobody can open it any more, and devices subscribe anew.
    if (kept) await forgetKeys(tx)
    await insertKeys(tx, made.publicKey, inUse().vault.seal('push-key', made.publicKey, made.privateKey))
    const standing = await findKeys(tx)
    const keys = standing && openedKeys(standing.publicKey, standing.sealed)
    if (!keys) throw new Error('The keys of push notifications are sealed under another SECRET_KEY')
    return keys
  })
}

function openedKeys(publicKey: string, sealed: Buffer): PushKeys | undefined {
  try {
    return { publicKey, privateKey: inUse().vault.open('push-key', publicKey, sealed) }
  } catch {
    return undefined
  }
}
