import type { Tx } from '../../../kernel/db/index.ts'
import { innOf } from './columns.ts'
import { type Evaluation, evaluate, type Surroundings } from './evaluation.ts'
import { advanceImport, type Import, notePlaces, turnImport } from './imports.queries.ts'
import { listKnown, listRegionCodes } from './known.queries.ts'
import {
  firstLines,
  type Line,
  listLinesAfter,
  notePlaceOfEach,
  noteVerdicts,
  noteWave,
  refuseRings,
  spreadWrong,
  type Verdict,
} from './lines.queries.ts'

const batchSize = 500

/** The dry run: what each line would do, and in which order; nothing of the registry changes. */
export async function checkBatch(tx: Tx, held: Import): Promise<void> {
  const lines = await listLinesAfter(tx, held.id, held.cursor, batchSize)
  if (lines.length === 0) return orderLines(tx, held)
  const around = await surroundingsOf(tx, held, lines)
  await noteVerdicts(
    tx,
    held.id,
    lines.map((line) => verdictOf(line, evaluate(line, around))),
  )
  await advanceImport(tx, held.id, lines.at(-1)?.number ?? 0, lines.length)
}

/** All that the lines of a batch are compared with. */
export async function surroundingsOf(tx: Tx, { id, ordered }: Import, lines: readonly Line[]): Promise<Surroundings> {
  const inns = [...new Set(lines.flatMap(({ inn, cells }) => [inn, innOf(cells.higherInn)]))].filter(Boolean)
  return {
    scopes: ordered.scopes,
    regions: await listRegionCodes(tx),
    known: await listKnown(tx, inns),
    lines: await firstLines(tx, id, inns),
  }
}

const verdictOf = ({ number }: Line, { problems, known, organisation, changes, higherLine }: Evaluation): Verdict => ({
  number,
  outcome: problems.length > 0 ? 'wrong' : organisation ? 'add' : changes.length > 0 ? 'change' : 'same',
  problems,
  changes: problems.length > 0 ? [] : changes,
  higher_line: problems.length > 0 ? null : higherLine,
  organisation_id: known?.id ?? null,
  version_before: known?.version ?? null,
})

/** Higher organisations come before those that stand under them, wherever they stand in the file. */
async function orderLines(tx: Tx, { id }: Import): Promise<void> {
  await spreadAllWrong(tx, id)
  for (let wave = 0; (await noteWave(tx, id, wave)) > 0; wave += 1);
  await refuseRings(tx, id)
  await notePlaces(tx, id, await notePlaceOfEach(tx, id))
  await turnImport(tx, id, 'ready')
}

async function spreadAllWrong(tx: Tx, id: string): Promise<void> {
  while ((await spreadWrong(tx, id)) > 0);
}
