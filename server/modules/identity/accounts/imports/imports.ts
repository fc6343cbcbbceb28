/** Many people invited at once: a table is looked through, its report shown, and what is good in it done when confirmed. */
import type { AccountsImport } from '../../../../../contracts/accounts.ts'
import { type Tx, transaction } from '../../../../kernel/db/index.ts'
import { NotFound } from '../../../../kernel/errors/index.ts'
import type { Context } from '../../../../kernel/http/index.ts'
import { type Actor, journal } from '../../../../kernel/journal/index.ts'
import { publish } from '../../../../kernel/outbox/index.ts'
import { getRule } from '../../audiences/audiences.ts'
import { refusalOfMail } from '../../audiences/mail-domains.ts'
import { listRegionsWithin } from '../../grants/administration.queries.ts'
import { phrases } from '../../identity.phrases.ts'
import { ImportConfirmed, ImportEmpty, ImportHeader, ImportNothing, ImportTooLarge } from '../accounts.errors.ts'
import { isAddressTaken } from '../card.queries.ts'
import { isOwnRegion, mayGiveOver, openChecked } from '../making.ts'
import {
  findImport,
  findUnfinished,
  type ImportRow,
  insertImport,
  type LineToDo,
  listLines,
  listTaken,
  lockNextLines,
  markConfirmed,
  markDone,
  markFinished,
} from './imports.queries.ts'
import { columns, type ImportedLine, readLine, titleOf } from './lines.ts'
import { mostLines, readWorkbook } from './workbook.ts'

declare module '../../../../kernel/outbox/outbox.ts' {
  interface Events {
    'accounts.import-goes-on': { importId: string; baseUrl: string }
  }
}

/** So many at once; more are a work of the background with progress. */
const atOnce = 100
const inOneTransaction = 50

/**
 * Looks a table through and keeps what it found; no account is made yet.
 * @throws ImportUnreadable, ImportHeader, ImportEmpty 422, ImportTooLarge 413
 */
export async function startImport(ctx: Context, file: File): Promise<{ id: string }> {
  const [header = [], ...rows] = await readWorkbook(new Uint8Array(await file.arrayBuffer()))
  if (columns.some(({ title }, index) => header[index]?.toLowerCase() !== title.toLowerCase())) throw new ImportHeader()
  const lines = rows.map((cells, index) => readLine(index + 2, cells)).filter(({ cells }) => cells.some(Boolean))
  if (lines.length === 0) throw new ImportEmpty()
  if (lines.length > mostLines) throw new ImportTooLarge()
  await addRules(ctx, lines)
  return transaction(ctx, async (tx) => {
    const id = await insertImport(tx, ctx.account.id, file.name.slice(0, 200), lines)
    journal(tx, ctx, 'accounts-import.started', { kind: 'accounts-import', id }, { lines: lines.length })
    return { id }
  })
}

/** What a contract cannot know: one's own regions and roles, addresses that are taken, domains that are refused. */
async function addRules(ctx: Context, lines: ImportedLine[]): Promise<void> {
  const emails = lines.flatMap(({ person }) => person?.email ?? [])
  const taken = await listTaken(ctx.db, emails)
  const known = await listRegionsWithin(ctx.db, ctx.grants.scopes('account.manage'))
  const codes = new Set(known.map(({ code }) => code))
  const refusals = await refusalsOf(ctx, emails)
  const firstRow = new Map<string, number>()
  for (const line of lines) {
    const { person, row } = line
    if (!person) continue
    const tell = (field: string, text: string) => line.problems.push({ column: titleOf(field), text })
    const before = firstRow.get(person.email)
    if (before !== undefined) tell('email', `Эта почта уже стоит в строке ${before}`)
    firstRow.set(person.email, before ?? row)
    if (taken.has(person.email)) tell('email', phrases['email-taken'])
    const refused = refusals.get(domainOf(person.email))
    if (refused) tell('email', refused)
    for (const region of person.regions) {
      if (!codes.has(region) || !isOwnRegion(ctx, region)) tell('regions', `Региона ${region} среди ваших нет`)
      else if (person.role !== null && !mayGiveOver(ctx, person.role, region))
        tell('role', `Такой роли нет, или дать её в регионе ${region} вы не можете`)
    }
    if (line.problems.length > 0) line.person = null
  }
}

/** One question for each domain, not for each person. */
async function refusalsOf(ctx: Context, emails: readonly string[]): Promise<Map<string, string>> {
  const rule = await getRule(ctx.db, 'staff')
  const refusals = new Map<string, string>()
  for (const email of new Map(emails.map((email) => [domainOf(email), email])).values()) {
    const refusal = await refusalOfMail(ctx.db, rule, email)
    if (refusal) refusals.set(domainOf(email), refusal.text)
  }
  return refusals
}

const domainOf = (email: string): string => email.slice(email.lastIndexOf('@') + 1)

/**
 * Invites everybody whose line is good: at once when they are few, else in the background.
 * @throws ImportConfirmed, ImportNothing 409
 */
export const confirmImport = (ctx: Context, id: string): Promise<void> =>
  transaction(ctx, async (tx) => {
    const { good } = await accessImport(tx, ctx, id)
    if (good === 0) throw new ImportNothing()
    if (!(await markConfirmed(tx, id))) throw new ImportConfirmed()
    journal(tx, ctx, 'accounts-import.confirmed', { kind: 'accounts-import', id }, { accounts: good })
    if (good > atOnce) return publish(tx, 'accounts.import-goes-on', { importId: id, baseUrl: ctx.baseUrl })
    for (const line of await lockNextLines(tx, id, atOnce)) await doLine(tx, ctx, ctx.baseUrl, id, line)
    await markFinished(tx, id)
  })

/** The next part of a long work, and the event of the part after it: stopped anywhere, it goes on where it stood. */
export async function continueImport(
  tx: Tx,
  { importId, baseUrl }: { importId: string; baseUrl: string },
): Promise<void> {
  const unfinished = await findUnfinished(tx, importId)
  if (!unfinished) return
  const actor: Actor = { requestId: `import:${importId}`, account: { id: unfinished.by } }
  const lines = await lockNextLines(tx, importId, inOneTransaction)
  for (const line of lines) await doLine(tx, actor, baseUrl, importId, line)
  if (lines.length < inOneTransaction) await markFinished(tx, importId)
  else await publish(tx, 'accounts.import-goes-on', { importId, baseUrl })
}

/** Between the report and this moment the address may have been taken: that is said of the line, and the others go on. */
async function doLine(
  tx: Tx,
  actor: Actor,
  baseUrl: string,
  importId: string,
  { row, person }: LineToDo,
): Promise<void> {
  if (await isAddressTaken(tx, person.email)) {
    await markDone(tx, importId, row, null, phrases['email-taken'])
    return
  }
  await markDone(tx, importId, row, await openChecked(tx, actor, baseUrl, person, null), null)
}

const mostShown = 200

export async function viewImport(ctx: Context, id: string): Promise<AccountsImport> {
  const found = await accessImport(ctx.db, ctx, id)
  const problems = await listLines(ctx.db, id, 'failed', mostShown)
  return {
    ...found,
    createdAt: found.createdAt.toISOString(),
    confirmedAt: found.confirmedAt?.toISOString() ?? null,
    finishedAt: found.finishedAt?.toISOString() ?? null,
    problems: problems.map(({ row, cells, problems }) => ({ row, name: cells.slice(0, 3).join(' ').trim(), problems })),
  }
}

/** Every line with what became of it. */
export async function viewAllLines(ctx: Context, id: string) {
  const { confirmedAt } = await accessImport(ctx.db, ctx, id)
  const lines = await listLines(ctx.db, id, 'all', mostLines)
  return lines.map(({ row, cells, problems, accountId }) => ({
    row,
    cells,
    outcome: accountId ? 'приглашён' : problems.length > 0 ? 'не приглашён' : confirmedAt ? 'в очереди' : 'без ошибок',
    problems: problems.map(({ column, text }) => `${column}: ${text}`).join('; '),
  }))
}

async function accessImport(db: Context['db'], ctx: Context, id: string): Promise<ImportRow> {
  const found = await findImport(db, ctx.account.id, id)
  if (!found) throw new NotFound({ what: 'accounts-import' })
  return found
}
