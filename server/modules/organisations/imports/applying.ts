import type { NewOrganisation } from '../../../../contracts/organisations.ts'
import type { Tx } from '../../../kernel/db/index.ts'
import { AppError, kernelPhrases, translator } from '../../../kernel/errors/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { publish } from '../../../kernel/outbox/index.ts'
import { changeManyRequisites, createOrganisations } from '../many.ts'
import { phrases } from '../organisations.phrases.ts'
import { lockTree } from '../organisations.queries.ts'
import { changeRequisites } from '../registry.ts'
import { surroundingsOf } from './checking.ts'
import { type Evaluation, evaluate, type Surroundings } from './evaluation.ts'
import { lineProblems } from './imports.phrases.ts'
import { advanceImport, countLines, type Import, noteFinished, turnImport } from './imports.queries.ts'
import type { FieldChange } from './imports.tables.ts'
import { type Known, versionsOf } from './known.queries.ts'
import { type Applied, type Line, listPlacesAfter, noteApplied } from './lines.queries.ts'
import { inParts } from './parts.ts'

/** Few enough that others who change the registry wait for a batch no longer than some seconds. */
export const batchSize = 500

/** Adds and changes what the next lines say. What the registry refuses by now is told in its line, the rest goes on. */
export async function applyBatch(tx: Tx, held: Import): Promise<void> {
  const lines = await listPlacesAfter(tx, held.id, held.cursor, batchSize)
  if (lines.length === 0) return finish(tx, held)
  await lockTree(tx)
  const results = await applyLines(tx, held, lines)
  await noteApplied(tx, held.id, await withVersions(tx, lines, results))
  await advanceImport(tx, held.id, lines.at(-1)?.place ?? 0, lines.length)
}

type Result = { organisationId: string | null; failed: string | null }
/** By the number of the line. */
type Results = Map<number, Result>

/** What moves in the tree goes before all else: lines that are judged after it know where things stand now. */
async function applyLines(tx: Tx, held: Import, lines: readonly Line[]): Promise<Results> {
  const results: Results = new Map()
  const first = await judge(tx, held, lines, results)
  const moves = first.flatMap((each) => (each.deed === 'move' ? [each] : []))
  for (const each of moves) await applyMove(tx, held, each, results)
  const rest = moves.length === 0 ? first : await judge(tx, held, linesWithout(lines, results), results)
  await applyAdditions(
    tx,
    held,
    rest.flatMap((each) => (each.deed === 'add' ? [each] : [])),
    results,
  )
  await applyChanges(
    tx,
    held,
    rest.flatMap((each) => (each.deed === 'change' ? [each] : [])),
    results,
  )
  return results
}

const linesWithout = (lines: readonly Line[], results: Results) => lines.filter(({ number }) => !results.has(number))

type ToAdd = { deed: 'add'; number: number; organisation: NewOrganisation; lineageAbove: readonly string[] }
type ToChange = { deed: 'change' | 'move'; number: number; id: string; changes: readonly FieldChange[] }
type Judged = ToAdd | ToChange

/** Judged anew under the lock: between the dry run and now the registry may have become another. */
async function judge(tx: Tx, held: Import, lines: readonly Line[], results: Results): Promise<Judged[]> {
  const around = await surroundingsOf(tx, held, lines)
  const named = new Set<string>()
  return lines.flatMap((line) => {
    const judged = deedOf(line, around)
    const again = typeof judged !== 'string' && judged.deed !== 'add' && named.has(judged.id)
    const failed = again ? lineProblems.changedSince : judged
    if (typeof failed === 'string') {
      results.set(line.number, { organisationId: line.organisationId, failed })
      return []
    }
    if (failed.deed !== 'add') named.add(failed.id)
    return [failed]
  })
}

/** @returns why the line is refused, when it is */
function deedOf(line: Line, around: Surroundings): Judged | string {
  const judged = evaluated(line, around)
  if (!judged) return lineProblems.broken
  const { problems, known, organisation, changes, higher, higherLine } = judged
  if (line.outcome === 'add' && known) return lineProblems.appearedSince
  if (line.outcome === 'change' && (!known || known.version !== line.versionBefore)) return lineProblems.changedSince
  if (problems.length > 0) return problems.join('; ')
  if (higherLine !== null) return lineProblems.higherFailed
  const { number } = line
  if (known) return { deed: isMove(changes) ? 'move' : 'change', number, id: known.id, changes }
  return organisation ? { deed: 'add', number, organisation, lineageAbove: lineageOf(higher) } : lineProblems.broken
}

/** A line that the program itself cannot cope with is told as such, and the others go on. */
function evaluated(line: Line, around: Surroundings): Evaluation | undefined {
  try {
    return evaluate(line, around)
  } catch {
    return undefined
  }
}

const lineageOf = (higher: Known | undefined): readonly string[] => higher?.lineage ?? []

const moving = ['parentId', 'level']
/** What changes the tree itself, or what the ИНН stands for, is looked at one by one. */
export const isMove = (changes: readonly FieldChange[]): boolean => changes.some(({ field }) => moving.includes(field))

async function applyMove(tx: Tx, held: Import, { number, id, changes }: ToChange, results: Results): Promise<void> {
  const failed = await moved(tx, held, id, changesOf(changes, becomes), reasonOf(held))
  results.set(number, { organisationId: id, failed })
}

/** @returns why it could not be done */
export async function moved(
  tx: Tx,
  { ordered: { actor } }: Import,
  id: string,
  changes: Partial<NewOrganisation>,
  reason: string,
): Promise<string | null> {
  let refused: string | null = null
  const work = async () => {
    try {
      await changeRequisites(tx, actor, id, changes, { reason })
    } catch (error) {
      // A rule refuses before anything is written, so the transaction is whole.
      if (!(error instanceof AppError)) throw error
      refused = textOf(error)
    }
  }
  await inParts(tx, [id], work, () => {
    refused = lineProblems.broken
  })
  return refused
}

const applyAdditions = (tx: Tx, held: Import, additions: readonly ToAdd[], results: Results): Promise<void> =>
  inParts(
    tx,
    additions,
    async (some) => {
      const ids = await createOrganisations(tx, held.ordered.actor, some, { reason: reasonOf(held) })
      for (const [index, { number }] of some.entries())
        results.set(number, { organisationId: ids[index] ?? null, failed: null })
    },
    ({ number }) => results.set(number, { organisationId: null, failed: lineProblems.broken }),
  )

const applyChanges = (tx: Tx, held: Import, given: readonly ToChange[], results: Results): Promise<void> =>
  inParts(
    tx,
    given,
    async (some) => {
      const asked = some.map(({ id, changes }) => ({ id, changes: changesOf(changes, becomes) }))
      const refused = await changeManyRequisites(tx, held.ordered.actor, asked, { reason: reasonOf(held) })
      for (const { number, id } of some) {
        const error = refused.get(id)
        results.set(number, { organisationId: id, failed: error ? textOf(error) : null })
      }
    },
    ({ number, id }) => results.set(number, { organisationId: id, failed: lineProblems.broken }),
  )

const reasonOf = ({ fileName, createdAt }: Import): string =>
  `Импорт из файла «${fileName}» от ${createdAt.toISOString().slice(0, 10).split('-').reverse().join('.')}`

const becomes = (change: FieldChange): unknown => change.becomes

/** As the registry takes them. */
export const changesOf = (
  changes: readonly FieldChange[],
  value: (change: FieldChange) => unknown,
): Partial<NewOrganisation> => Object.fromEntries(changes.map((change) => [change.field, value(change)]))

const translate = translator(kernelPhrases, phrases)

/** In the words of the registry, which has refused. */
export const textOf = (error: AppError): string => translate(error)

async function withVersions(tx: Tx, lines: readonly Line[], results: Results): Promise<Applied[]> {
  const versions = await versionsOf(
    tx,
    [...results.values()].flatMap(({ organisationId }) => organisationId ?? []),
  )
  return lines.map(({ number }) => {
    const { organisationId, failed } = results.get(number) ?? { organisationId: null, failed: lineProblems.broken }
    return {
      number,
      organisation_id: organisationId,
      version_after: failed === null ? (versions.get(organisationId ?? '')?.version ?? null) : null,
      failed,
    }
  })
}

async function finish(tx: Tx, { id, ordered }: Import): Promise<void> {
  const { applied, failed } = (await countLines(tx, [id]))(id)
  await turnImport(tx, id, 'applied')
  await noteFinished(tx, id)
  journal(tx, ordered.actor, 'organisations.imported', { kind: 'import', id }, { applied, failed })
  await publish(tx, 'organisations.import-ended', { importId: id, outcome: 'applied' })
}
