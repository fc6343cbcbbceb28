/**
 * Imports of organisations: a file is uploaded, checked line by line without changing anything, confirmed, applied, and
 * may be undone as a whole. The work itself goes on in `work.ts`.
 */
import type { ImportLine, ImportLinesQuery, OrganisationImport } from '../../../../contracts/imports.ts'
import { afterCommit, type Tx, transaction } from '../../../kernel/db/index.ts'
import { NotFound } from '../../../kernel/errors/index.ts'
import { recordFile } from '../../../kernel/files/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { readRows, UnreadableTable } from '../../../kernel/spreadsheets/index.ts'
import { shownValue, titleOf } from './columns.ts'
import { ImportUnreadable, ImportWrongState, NothingToImport } from './imports.errors.ts'
import {
  countLines,
  findImport,
  type Import,
  insertImport,
  listImports,
  lockImport,
  noteConfirmed,
  noteFinished,
  noteUndone,
  turnImport,
} from './imports.queries.ts'
import type { Order } from './imports.tables.ts'
import { type Line, listReport } from './lines.queries.ts'
import { readStart } from './reading.ts'
import { workSoon } from './work.ts'

/**
 * Takes a file in; its lines are read and checked in the background, nothing of the registry changes.
 * @throws ImportUnreadable 422 when it is no table, or its first line holds no headings
 */
export async function uploadImport(ctx: Context, file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const { format, headings } = await startOf(bytes)
  const stored = await ctx.files.put(bytes)
  return transaction(ctx, async (tx) => {
    const fileId = await recordFile(tx, stored, file.name, ctx.account.id)
    const id = await insertImport(tx, { fileId, format, headings, createdBy: ctx.account.id, order: orderOf(ctx) })
    journal(tx, ctx, 'organisations.import-uploaded', { kind: 'import', id }, { sha256: stored.sha256 })
    afterCommit(tx, () => workSoon(ctx.db))
    return id
  })
}

async function startOf(bytes: Uint8Array) {
  try {
    return { format: readRows(bytes).format, headings: await readStart(bytes) }
  } catch (error) {
    if (error instanceof UnreadableTable) throw new ImportUnreadable({ why: error.message }, { cause: error })
    throw error
  }
}

/** @throws NothingToImport 409 when no line adds or changes anything; ImportWrongState 409 */
export const confirmImport = (ctx: Context, id: string): Promise<void> =>
  transaction(ctx, async (tx) => {
    const found = await accessToTurn(tx, ctx, id, ['ready'])
    if (found.places === 0) throw new NothingToImport()
    await turnImport(tx, id, 'applying', { order: orderOf(ctx) })
    await noteConfirmed(tx, id, ctx.account.id)
    journal(tx, ctx, 'organisations.import-confirmed', { kind: 'import', id }, { lines: found.places })
    afterCommit(tx, () => workSoon(ctx.db))
  })

/** Stops it where it is. What has been applied stays, and can be undone. @throws ImportWrongState 409 */
export const cancelImport = (ctx: Context, id: string): Promise<void> =>
  transaction(ctx, async (tx) => {
    const found = await accessToTurn(tx, ctx, id, ['reading', 'checking', 'ready', 'applying'])
    const begun = found.state === 'applying'
    await turnImport(tx, id, begun ? 'applied' : 'cancelled')
    if (begun) await noteFinished(tx, id)
    journal(tx, ctx, 'organisations.import-cancelled', { kind: 'import', id }, { applied: begun ? found.done : 0 })
  })

/** Orders the undoing of all that was applied; what has been worked on since stays and is told. */
export const undoImport = (ctx: Context, id: string): Promise<void> =>
  transaction(ctx, async (tx) => {
    const found = await accessToTurn(tx, ctx, id, ['applied'])
    await turnImport(tx, id, 'undoing', { cursor: found.places + 1, order: orderOf(ctx) })
    await noteUndone(tx, id, ctx.account.id)
    journal(tx, ctx, 'organisations.import-undo-ordered', { kind: 'import', id })
    afterCommit(tx, () => workSoon(ctx.db))
  })

/** Lets one that an error of the program has stopped go on. @throws ImportWrongState 409 */
export const resumeImport = (ctx: Context, id: string): Promise<void> =>
  transaction(ctx, async (tx) => {
    const found = await accessToTurn(tx, ctx, id, ['reading', 'checking', 'applying', 'undoing'])
    if (!found.stoppedAt) throw new ImportWrongState({ state: found.state })
    await turnImport(tx, id, found.state, { cursor: found.cursor })
    journal(tx, ctx, 'organisations.import-resumed', { kind: 'import', id })
    afterCommit(tx, () => workSoon(ctx.db))
  })

/** In whose name the work goes on, and where that person may manage organisations when it is ordered. */
const orderOf = ({ requestId, address, account, onBehalfOf = [], apiToken, grants }: Context): Order => ({
  actor: { requestId, address, account: { id: account.id }, onBehalfOf, apiToken: apiToken && { id: apiToken.id } },
  scopes: grants.scopes('organisation.manage'),
})

/** One's own; who keeps the registry for all sees everybody's. @throws NotFound 404 */
async function accessImport(ctx: Context, id: string): Promise<Import> {
  const found = await findImport(ctx.db, id)
  return seen(ctx, found)
}

function seen(ctx: Context, found: Import | undefined): Import {
  if (found && (found.createdBy === ctx.account.id || seesAll(ctx))) return found
  throw new NotFound({ what: 'import' })
}

const seesAll = (ctx: Context): boolean => ctx.grants.scopes('organisation.manage').everywhere

async function accessToTurn(tx: Tx, ctx: Context, id: string, states: readonly Import['state'][]): Promise<Import> {
  const found = seen(ctx, await lockImport(tx, id))
  if (!states.includes(found.state)) throw new ImportWrongState({ state: found.state })
  return found
}

export async function viewImport(ctx: Context, id: string): Promise<OrganisationImport> {
  const found = await accessImport(ctx, id)
  return told(found, (await countLines(ctx.db, [id]))(id))
}

const mostListed = 50

export async function viewImports(ctx: Context): Promise<OrganisationImport[]> {
  const found = await listImports(ctx.db, seesAll(ctx) ? undefined : ctx.account.id, mostListed)
  const counts = await countLines(
    ctx.db,
    found.map(({ id }) => id),
  )
  return found.map((one) => told(one, counts(one.id)))
}

function told(found: Import, counts: OrganisationImport['counts']): OrganisationImport {
  const { id, fileName, state, problem, lines, done, stoppedAt, createdAt, finishedAt } = found
  const of = totalOf(found, counts)
  return {
    id,
    fileName,
    state,
    problem,
    lines,
    done,
    of,
    secondsLeft: stoppedAt ? null : secondsLeft(found, of),
    stopped: stoppedAt !== null,
    counts,
    createdAt: createdAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
  }
}

/** How many lines the work of this state has to go through; 0 while nobody knows. */
function totalOf({ state, lines, places }: Import, { applied }: OrganisationImport['counts']): number {
  switch (state) {
    case 'checking':
      return lines
    case 'applying':
      return places
    case 'undoing':
      return applied
    case 'reading':
    case 'ready':
    case 'applied':
    case 'undone':
    case 'cancelled':
    case 'unreadable':
      return 0
  }
}

function secondsLeft({ done, stageSeconds }: Import, of: number): number | null {
  if (of === 0 || done === 0) return null
  return Math.ceil((Number(stageSeconds) / done) * (of - done))
}

export async function viewImportLines(ctx: Context, id: string, query: ImportLinesQuery) {
  await accessImport(ctx, id)
  const { rows, total } = await listReport(ctx.db, id, query)
  return { rows: rows.map(lineOf), total, page: query.page }
}

export const lineOf = (line: Line & { organisationName?: string | null }): ImportLine => ({
  number: line.number,
  name: line.cells.shortName || line.cells.fullName || line.organisationName || '',
  inn: line.inn,
  outcome: line.outcome,
  problems: line.problems,
  changes: line.changes.map(({ field, was, becomes }) => ({
    field: titleOf(field),
    was: shownValue(field, was),
    becomes: shownValue(field, becomes),
  })),
  organisationId: line.organisationId,
  applied: line.appliedAt !== null,
  failed: line.failed,
  undone: line.undoneAt !== null,
  undoProblem: line.undoProblem,
})

export const importToDownload = accessImport
