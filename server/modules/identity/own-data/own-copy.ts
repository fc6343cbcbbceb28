/** A person's copy of everything that is kept about it (152-ФЗ, article 14). */
import { type Tx, transaction } from '../../../kernel/db/index.ts'
import { InvalidInput } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { journal, listEntriesAbout } from '../../../kernel/journal/index.ts'
import { readPersonalData } from '../personal-data/personal-data.ts'
import { signInActions } from '../profile/sign-in-journal.phrases.ts'
import { findFactors } from '../second-factor/factors.queries.ts'
import { proven } from '../second-factor/proof.ts'
import { listConsents, listGrants, listSessions, listWaysIn, readAccount } from './export.queries.ts'
import { ownDataWords } from './own-data.phrases.ts'
import { ownDataParts } from './parts.ts'

/**
 * @param password asked for when the account has one: a screen left open must not give a whole life away
 * @throws InvalidInput, ProofRefused 422; TooManyRequests 429
 */
export async function takeOwnCopy(ctx: Context, password: string | undefined): Promise<Record<string, unknown>> {
  await byPassword(ctx, password, async (tx) =>
    journal(tx, ctx, 'account.copy-taken', { kind: 'account', id: ctx.account.id }),
  )
  const copy: Record<string, unknown> = { takenAt: new Date().toISOString() }
  for (const { name, exportOwn } of ownDataParts()) if (exportOwn) copy[name] = await exportOwn(ctx)
  return copy
}

/** Does the action for who has typed the password; whoever has none is let through. */
export async function byPassword<T>(
  ctx: Context,
  password: string | undefined,
  action: (tx: Tx) => Promise<T>,
): Promise<T> {
  if (!(await hasPassword(ctx))) return transaction(ctx, action)
  if (!password) throw wrongField('password', ownDataWords.passwordNeeded)
  return proven(ctx, { password }, action)
}

export const hasPassword = async (ctx: Context): Promise<boolean> =>
  (await findFactors(ctx.db, ctx.account.id)).hasPassword

export const wrongField = (field: string, text: string) =>
  new InvalidInput({ fields: [{ field, code: 'proof', text }] })

const mostEntries = 100_000

/** What this room itself keeps. */
export async function exportIdentity(ctx: Context): Promise<Record<string, unknown>> {
  const { id } = ctx.account
  const entries = await listEntriesAbout(
    ctx.db,
    { kind: 'account', id },
    { actions: signInActions, before: undefined, limit: mostEntries },
  )
  return {
    account: await readAccount(ctx.db, id),
    personalData: (await readPersonalData(ctx)) ?? null,
    consents: await listConsents(ctx.db, id),
    grants: await listGrants(ctx.db, id),
    waysIn: await listWaysIn(ctx.db, id),
    sessions: await listSessions(ctx.db, id),
    signInJournal: entries.map(({ body }): unknown => JSON.parse(body)),
  }
}
