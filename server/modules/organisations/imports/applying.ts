import type { Tx } from '../../../kernel/db/index.ts'
import { AppError, kernelPhrases, translator } from '../../../kernel/errors/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { publish } from '../../../kernel/outbox/index.ts'
import { phrases } from '../organisations.phrases.ts'
import { lockTree } from '../organisations.queries.ts'
import { changeRequisites, createOrganisation } from '../registry.ts'
import { surroundingsOf } from './checking.ts'
import { evaluate, type Surroundings } from './evaluation.ts'
import { lineProblems } from './imports.phrases.ts'
import { advanceImport, countLines, type Import, noteFinished, turnImport } from './imports.queries.ts'
import type { FieldChange } from './imports.tables.ts'
import { versionsOf } from './known.queries.ts'
import { type Applied, type Line, listPlacesAfter, noteApplied } from './lines.queries.ts'

const batchSize = 100

/** Adds and changes what the next lines say. What the registry refuses by now is told in its line, the rest goes on. */
export async function applyBatch(tx: Tx, held: Import): Promise<void> {
  // A batch that fails as a whole is tried line by line, and the line that fails by itself is passed over.
  const lines = await listPlacesAfter(tx, held.id, held.cursor, held.attempts > 1 ? 1 : batchSize)
  if (lines.length === 0) return finish(tx, held)
  const applied = held.attempts > 3 ? lines.map(broken) : await applyLines(tx, held, lines)
  await noteApplied(tx, held.id, await withVersions(tx, applied))
  await advanceImport(tx, held.id, lines.at(-1)?.place ?? 0, lines.length)
}

type Result = { number: number; organisationId: string | null; failed: string | null }

const broken = ({ number }: Line): Result => ({ number, organisationId: null, failed: lineProblems.broken })

async function applyLines(tx: Tx, held: Import, lines: readonly Line[]): Promise<Result[]> {
  await lockTree(tx)
  const around = await surroundingsOf(tx, held, lines)
  const results: Result[] = []
  for (const line of lines) results.push(await applyLine(tx, held, line, around))
  return results
}

async function applyLine(tx: Tx, held: Import, line: Line, around: Surroundings): Promise<Result> {
  const { number } = line
  try {
    return { number, organisationId: await carryOut(tx, held, line, around), failed: null }
  } catch (error) {
    // A rule refuses before anything is written, so the transaction is whole.
    if (!(error instanceof AppError)) throw error
    return { number, organisationId: line.organisationId, failed: textOf(error) }
  }
}

/** Judged anew under the lock: between the dry run and now the registry may have become another. */
async function carryOut(tx: Tx, held: Import, line: Line, around: Surroundings): Promise<string | null> {
  const { problems, known, organisation, changes, higherLine } = evaluate(line, around)
  if (line.outcome === 'add' && known) throw new LineRefused(lineProblems.appearedSince)
  if (line.outcome === 'change' && (!known || known.version !== line.versionBefore))
    throw new LineRefused(lineProblems.changedSince)
  if (problems.length > 0) throw new LineRefused(problems.join('; '))
  if (higherLine !== null) throw new LineRefused(lineProblems.higherFailed)
  const { actor } = held.ordered
  const cause = { reason: reasonOf(held) }
  if (known) {
    await changeRequisites(
      tx,
      actor,
      known.id,
      changesOf(changes, ({ becomes }) => becomes),
      cause,
    )
    return known.id
  }
  if (!organisation) return null
  const id = await createOrganisation(tx, actor, organisation, cause)
  await publish(tx, 'organisation.added', { organisationId: id })
  return id
}

class LineRefused extends AppError {
  constructor(text: string) {
    super('imports.line', 422, { text })
  }
}

const reasonOf = ({ fileName, createdAt }: Import): string =>
  `Импорт из файла «${fileName}» от ${createdAt.toISOString().slice(0, 10).split('-').reverse().join('.')}`

/** As the registry takes them. */
export const changesOf = (changes: readonly FieldChange[], value: (change: FieldChange) => unknown) =>
  Object.fromEntries(changes.map((change) => [change.field, value(change)]))

const translate = translator(kernelPhrases, phrases)

/** In the words of the registry, which has refused. */
export const textOf = (error: AppError): string =>
  error instanceof LineRefused ? String(error.params.text) : translate(error)

async function withVersions(tx: Tx, results: readonly Result[]): Promise<Applied[]> {
  const versions = await versionsOf(
    tx,
    results.flatMap(({ organisationId }) => organisationId ?? []),
  )
  return results.map(({ number, organisationId, failed }) => ({
    number,
    organisation_id: organisationId,
    version_after: failed === null ? (versions.get(organisationId ?? '')?.version ?? null) : null,
    failed,
  }))
}

async function finish(tx: Tx, { id, ordered }: Import): Promise<void> {
  const { applied, failed } = (await countLines(tx, [id]))(id)
  await turnImport(tx, id, 'applied')
  await noteFinished(tx, id)
  journal(tx, ordered.actor, 'organisations.imported', { kind: 'import', id }, { applied, failed })
}
