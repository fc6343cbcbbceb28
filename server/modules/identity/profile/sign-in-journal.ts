/** The journal of one's own sign-ins: what was done at the door of one's account, by whom and from where. */
import { z } from 'zod'
import type { Db } from '../../../kernel/db/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { listEntriesAbout, type NotedEntry } from '../../../kernel/journal/index.ts'
import { networkOf } from '../sign-in/networks.ts'
import { isTold, signInActions, wordsOf } from './sign-in-journal.phrases.ts'

export const entriesOnPage = 50

const Body = z.object({
  address: z.string().optional(),
  details: z.record(z.string(), z.unknown()).default({}),
})

/**
 * Newest first.
 * @param before the id of the last entry of the page before
 * @returns one page, and the id to go on from when there is more
 */
export async function listOwnSignIns(ctx: Context, before: number | undefined) {
  const rows = await listSignIns(ctx.db, ctx.account.id, before)
  const entries = rows.slice(0, entriesOnPage).map((row) => entryOf(row, ctx.account.id))
  return { entries, next: rows.length > entriesOnPage ? (entries.at(-1)?.id ?? null) : null }
}

const listSignIns = (db: Db, accountId: string, before: number | undefined) =>
  listEntriesAbout(db, { kind: 'account', id: accountId }, { actions: signInActions, before, limit: entriesOnPage + 1 })

function entryOf({ id, at, action, actorId, body }: NotedEntry, accountId: string) {
  const { address, details } = Body.parse(JSON.parse(body))
  return {
    id,
    at: at.toISOString(),
    action,
    text: isTold(action) ? wordsOf(action, details) : action,
    good: action !== 'session.refused',
    byOther: actorId !== null && actorId !== accountId,
    address: address ?? null,
    network: address ? (networkOf(address) ?? null) : null,
  }
}
