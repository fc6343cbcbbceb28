import type { Db, Tx } from './database.ts'

/** What must stand at the end of a transaction, in order: the journal's rows, which hold a lock until the commit. */
type AtEnd = (tx: Tx) => Promise<void>
const endings = new WeakMap<Tx, AtEnd[]>()
const afterwards = new WeakMap<Tx, (() => void)[]>()

/** Opens the one transaction of an action. What throws inside leaves nothing behind. */
export async function transaction<T>(ctx: { db: Db }, action: (tx: Tx) => Promise<T>): Promise<T> {
  let committed: Tx | undefined
  const result = await ctx.db.transaction().execute(async (tx) => {
    committed = tx
    const value = await action(tx)
    for (const ending of endings.get(tx) ?? []) await ending(tx)
    return value
  })
  for (const hint of committed ? (afterwards.get(committed) ?? []) : []) hint()
  return result
}

/** Runs before the commit, after all the action's own statements. */
export function atEnd(tx: Tx, ending: AtEnd): void {
  endings.set(tx, [...(endings.get(tx) ?? []), ending])
}

/** A hint after the commit, such as waking the sender of letters. Lost on a crash: never rely on it. */
export function afterCommit(tx: Tx, hint: () => void): void {
  afterwards.set(tx, [...(afterwards.get(tx) ?? []), hint])
}
