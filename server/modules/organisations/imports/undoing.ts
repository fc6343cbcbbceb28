import type { Tx } from '../../../kernel/db/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { publish } from '../../../kernel/outbox/index.ts'
import { countOpenBelow } from '../many.queries.ts'
import { changeManyRequisites, liquidateMany } from '../many.ts'
import { HasLower } from '../organisations.errors.ts'
import { lockTree } from '../organisations.queries.ts'
import { batchSize, changesOf, isMove, moved, textOf } from './applying.ts'
import { findHanging } from './hanging.queries.ts'
import { lineProblems, undoProblems } from './imports.phrases.ts'
import { advanceImport, countLines, type Import, turnImport } from './imports.queries.ts'
import type { FieldChange } from './imports.tables.ts'
import { versionsOf } from './known.queries.ts'
import { type Line, listAppliedBefore, noteUndoneLines } from './lines.queries.ts'
import { inParts } from './parts.ts'

/** Takes back what the last lines did, as far as nobody has gone on from there; what could not be taken back is told. */
export async function undoBatch(tx: Tx, held: Import): Promise<void> {
  const lines = await listAppliedBefore(tx, held.id, held.cursor, batchSize)
  if (lines.length === 0) return finish(tx, held)
  const problems = await undoLines(tx, held, lines)
  await noteUndoneLines(
    tx,
    held.id,
    lines.map(({ number }) => ({ number, undo_problem: problems.get(number) ?? null })),
  )
  await advanceImport(tx, held.id, lines.at(-1)?.place ?? 0, lines.length)
}

/** Why a line could not be undone, by its number. */
type Problems = Map<number, string>

async function undoLines(tx: Tx, held: Import, lines: readonly Line[]): Promise<Problems> {
  await lockTree(tx)
  const problems = await findProblems(tx, lines)
  const left = lines.filter(({ number }) => !problems.has(number))
  await takeAway(
    tx,
    held,
    left.filter(({ outcome }) => outcome === 'add'),
    problems,
  )
  const changed = left.filter(({ outcome }) => outcome === 'change')
  for (const line of changed.filter(({ changes }) => isMove(changes))) {
    const refused = await moved(tx, held, idOf(line), changesOf(line.changes, was), reasonOf(held))
    if (refused !== null) problems.set(line.number, undoProblems.refused(refused))
  }
  await changeBack(
    tx,
    held,
    changed.filter(({ changes }) => !isMove(changes)),
    problems,
  )
  return problems
}

async function findProblems(tx: Tx, lines: readonly Line[]): Promise<Problems> {
  const versions = await versionsOf(tx, lines.map(idOf))
  const added = lines.filter(({ outcome }) => outcome === 'add').map(idOf)
  const hanging = await findHanging(tx, added)
  const below = await countOpenBelow(tx, added)
  const problemOf = ({ outcome, organisationId, versionAfter }: Line): string | undefined => {
    const now = versions.get(organisationId ?? '')
    if (!now || now.closed || now.version !== versionAfter) return undoProblems.changedSince
    if (outcome !== 'add') return undefined
    const hangs = hanging.get(organisationId ?? '')
    if (hangs) return undoProblems.hanging(hangs.join(', '))
    const count = below.get(organisationId ?? '')
    return count ? undoProblems.refused(textOf(new HasLower({ count }))) : undefined
  }
  return new Map(
    lines.flatMap((line) => {
      const problem = problemOf(line)
      return problem === undefined ? [] : [[line.number, problem] as const]
    }),
  )
}

const takeAway = (tx: Tx, held: Import, lines: readonly Line[], problems: Problems): Promise<void> =>
  inParts(
    tx,
    lines,
    (some) =>
      liquidateMany(tx, held.ordered.actor, some.map(idOf), {
        on: new Date().toISOString().slice(0, 10),
        reason: reasonOf(held),
      }),
    ({ number }) => problems.set(number, undoProblems.refused(lineProblems.broken)),
  )

const changeBack = (tx: Tx, held: Import, lines: readonly Line[], problems: Problems): Promise<void> =>
  inParts(
    tx,
    lines,
    async (some) => {
      const asked = some.map((line) => ({ id: idOf(line), changes: changesOf(line.changes, was) }))
      const refused = await changeManyRequisites(tx, held.ordered.actor, asked, { reason: reasonOf(held) })
      for (const line of some) {
        const error = refused.get(idOf(line))
        if (error) problems.set(line.number, undoProblems.refused(textOf(error)))
      }
    },
    ({ number }) => problems.set(number, undoProblems.refused(lineProblems.broken)),
  )

const idOf = ({ organisationId }: Line): string => organisationId ?? ''
const was = (change: FieldChange): unknown => change.was
const reasonOf = ({ fileName }: Import): string => `Отмена импорта из файла «${fileName}»`

async function finish(tx: Tx, { id, ordered }: Import): Promise<void> {
  const { undone, notUndone } = (await countLines(tx, [id]))(id)
  await turnImport(tx, id, 'undone')
  journal(tx, ordered.actor, 'organisations.import-undone', { kind: 'import', id }, { undone, notUndone })
  await publish(tx, 'organisations.import-ended', { importId: id, outcome: 'undone' })
}
