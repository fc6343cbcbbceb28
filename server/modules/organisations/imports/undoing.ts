import type { Tx } from '../../../kernel/db/index.ts'
import { AppError } from '../../../kernel/errors/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { endOrganisation } from '../ending.ts'
import { lockTree } from '../organisations.queries.ts'
import { changeRequisites } from '../registry.ts'
import { changesOf, textOf } from './applying.ts'
import { findHanging } from './hanging.queries.ts'
import { undoProblems } from './imports.phrases.ts'
import { advanceImport, countLines, type Import, turnImport } from './imports.queries.ts'
import { versionsOf } from './known.queries.ts'
import { type Line, listAppliedBefore, noteUndoneLines } from './lines.queries.ts'

const batchSize = 100

/** Takes back what the last lines did, as far as nobody has gone on from there; what could not be taken back is told. */
export async function undoBatch(tx: Tx, held: Import): Promise<void> {
  const lines = await listAppliedBefore(tx, held.id, held.cursor, held.attempts > 1 ? 1 : batchSize)
  if (lines.length === 0) return finish(tx, held)
  await noteUndoneLines(tx, held.id, await undoLines(tx, held, lines))
  await advanceImport(tx, held.id, lines.at(-1)?.place ?? 0, lines.length)
}

async function undoLines(tx: Tx, held: Import, lines: readonly Line[]) {
  await lockTree(tx)
  const ids = lines.flatMap(({ organisationId }) => organisationId ?? [])
  const versions = await versionsOf(tx, ids)
  const hanging = await findHanging(tx, ids)
  const undone: { number: number; undo_problem: string | null }[] = []
  for (const line of lines) {
    const id = line.organisationId ?? ''
    const now = versions.get(id)
    const changed = !now || now.closed || now.version !== line.versionAfter
    const hangs = line.outcome === 'add' ? hanging.get(id) : undefined
    const problem = changed
      ? undoProblems.changedSince
      : hangs
        ? undoProblems.hanging(hangs.join(', '))
        : await undoLine(tx, held, line, id)
    undone.push({ number: line.number, undo_problem: problem })
  }
  return undone
}

/** @returns why it could not be undone */
async function undoLine(
  tx: Tx,
  { ordered: { actor }, fileName }: Import,
  line: Line,
  id: string,
): Promise<string | null> {
  const reason = `Отмена импорта из файла «${fileName}»`
  try {
    if (line.outcome === 'add') {
      const on = new Date().toISOString().slice(0, 10)
      await endOrganisation(tx, actor, id, { state: 'liquidated', on, reason, successorId: null })
    } else
      await changeRequisites(
        tx,
        actor,
        id,
        changesOf(line.changes, ({ was }) => was),
        { reason },
      )
    return null
  } catch (error) {
    // A rule refuses before anything is written, so the transaction is whole.
    if (!(error instanceof AppError)) throw error
    return undoProblems.refused(textOf(error))
  }
}

async function finish(tx: Tx, { id, ordered }: Import): Promise<void> {
  const { undone, notUndone } = (await countLines(tx, [id]))(id)
  await turnImport(tx, id, 'undone')
  journal(tx, ordered.actor, 'organisations.import-undone', { kind: 'import', id }, { undone, notUndone })
}
