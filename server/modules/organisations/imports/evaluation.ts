/** What a line of a file would do to the registry: the same for the dry run and, under the lock, for the deed. */
import { isPart, NewOrganisation, OrganisationChange } from '../../../../contracts/organisations.ts'
import type { Scopes } from '../../../kernel/access/index.ts'
import { AppError, type FieldProblem } from '../../../kernel/errors/index.ts'
import { validated } from '../../../kernel/http/index.ts'
import { checkOkved } from '../okved.ts'
import { titleOf, typedValues } from './columns.ts'
import { lineProblems } from './imports.phrases.ts'
import type { FieldChange } from './imports.tables.ts'
import type { Known } from './known.queries.ts'

/** Fields that may change; the reason of an import is the import. */
const Change = OrganisationChange.omit({ reason: true, version: true })

export type Evaluation = {
  problems: string[]
  /** The one that stands in the registry already. */
  known: Known | undefined
  /** Whole, to be added. */
  organisation: NewOrganisation | undefined
  changes: FieldChange[]
  /** The one under which it is to stand, when that is in the registry. */
  higher: Known | undefined
  /** The line of the file in which the higher organisation is to be added. */
  higherLine: number | null
}

export type Surroundings = {
  scopes: Scopes
  regions: ReadonlySet<string>
  /** Open organisations of the registry by ИНН, divisions among them. */
  known: ReadonlyMap<string, readonly Known[]>
  /** First line of the file of each independent organisation by ИНН. */
  lines: ReadonlyMap<string, number>
}
type LineToJudge = { number: number; cells: Record<string, string>; independent: boolean }

export function evaluate(line: LineToJudge, around: Surroundings): Evaluation {
  const { values, problems } = typedValues(line.cells)
  const { inn = '', higherInn, ...fields } = values
  const first = around.lines.get(inn)
  if (line.independent && first !== undefined && first !== line.number) problems.push(lineProblems.twice(first))
  const higher = higherOf(higherInn, line, around, problems)
  const known = knownOf(inn, line, values, higher, around, problems)
  const judged = {
    problems,
    known,
    organisation: undefined,
    changes: [],
    higher: higher.known,
    higherLine: higher.line,
  }
  if (problems.length > 0) return judged
  return known ? change(judged, known, fields, higher, around) : addition(judged, { inn, ...fields }, higher, around)
}

type Higher = { told: boolean; known: Known | undefined; line: number | null }

function higherOf(inn: string | undefined, line: LineToJudge, around: Surroundings, problems: string[]): Higher {
  if (inn === undefined || inn === '') return { told: inn === '', known: undefined, line: null }
  const known = (around.known.get(inn) ?? []).find(({ independent }) => independent)
  if (known) {
    if (!reaches(around.scopes, known)) problems.push(lineProblems.higherForeign)
    return { told: true, known, line: null }
  }
  const inFile = around.lines.get(inn)
  if (inFile === line.number) problems.push(lineProblems.higherOwn)
  else if (inFile === undefined) problems.push(lineProblems.higherMissing(inn))
  return { told: true, known: undefined, line: inFile ?? null }
}

/** An independent organisation is known by its ИНН; a division by that of its organisation and by КПП or name under it. */
function knownOf(
  inn: string,
  line: LineToJudge,
  values: Record<string, string>,
  higher: Higher,
  around: Surroundings,
  problems: string[],
): Known | undefined {
  const all = (around.known.get(inn) ?? []).filter(({ independent }) => independent === line.independent)
  if (line.independent) return all[0]
  const under = all.filter(({ parentId }) => !higher.told || parentId === (higher.known?.id ?? null))
  const told = (field: string) => under.filter((known) => known.values[field] === values[field])
  const byNumber = values.kpp ? told('kpp') : []
  const found = byNumber.length > 0 ? byNumber : [...told('fullName'), ...told('shortName')]
  if (new Set(found.map(({ id }) => id)).size > 1) problems.push(lineProblems.several)
  return found[0]
}

function change(
  judged: Evaluation,
  known: Known,
  fields: Record<string, string>,
  higher: Higher,
  around: Surroundings,
): Evaluation {
  if (!reaches(around.scopes, known)) return { ...judged, problems: [lineProblems.foreignRegion] }
  const { problems, value = {} } = attempt(() => withActivity(validated(Change, fields)))
  const changes = Object.entries(value)
    .filter(([, becomes]) => becomes !== undefined)
    .map(([field, becomes]) => ({ field, was: known.values[field] ?? null, becomes }))
    .filter(({ was, becomes }) => JSON.stringify(was) !== JSON.stringify(becomes))
  if (changes.some(({ field, becomes }) => field === 'regionCode' && !inRegion(String(becomes), higher, around)))
    problems.push(lineProblems.foreignRegion)
  const moves = higher.told && (higher.line !== null || (higher.known?.id ?? null) !== known.parentId)
  if (moves) changes.push({ field: 'parentId', was: known.parentId, becomes: higher.known?.id ?? null })
  return { ...judged, problems, changes }
}

function addition(
  judged: Evaluation,
  fields: Record<string, string>,
  higher: Higher,
  around: Surroundings,
): Evaluation {
  const whole = { ...fields, parentId: higher.known?.id ?? null }
  const { problems, value } = attempt(() => withActivity(validated(NewOrganisation, whole)), lineProblems.missingForNew)
  if (value && !inRegion(value.regionCode, higher, around)) problems.push(lineProblems.foreignRegion)
  if (value && isPart(value.level) && !higher.known && higher.line === null) problems.push(lineProblems.higherNeeded)
  return { ...judged, problems, organisation: value }
}

/** @throws InvalidInput in the field of a code that no classification has */
function withActivity<T extends Partial<NewOrganisation>>(organisation: T): T {
  checkOkved({ okved: organisation.okved ?? null, okvedAdditional: organisation.okvedAdditional ?? [] })
  return organisation
}

/** @param missing what is said once of all that is not there at all */
function attempt<T>(read: () => T, missing?: string): { value?: T; problems: string[] } {
  try {
    return { value: read(), problems: [] }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    // as: InvalidInput is all that `validated` throws, and this is the shape of its parameters
    const fields = (error.params.fields ?? []) as FieldProblem[]
    const lacking = missing ? fields.filter(({ code }) => code === 'invalid_type' || code === 'invalid_value') : []
    const told = fields
      .filter((field) => !lacking.includes(field))
      .map(({ field, text }) => `${titleOf(field)}: ${text}`)
    if (lacking.length === 0) return { problems: told }
    const titles = [...new Set(lacking.map(({ field }) => `«${titleOf(field)}»`))].join(', ')
    return { problems: [`${missing} не хватает: ${titles}`, ...told] }
  }
}

/** What stands under a line of the same file stands where that line may. */
const inRegion = (code: string, higher: Higher, { regions, scopes }: Surroundings): boolean =>
  regions.has(code) &&
  (reaches(scopes, { id: '', region: code, lineage: higher.known?.lineage ?? [] }) || higher.line !== null)

const reaches = (
  { everywhere, regions, subtrees, organisations }: Scopes,
  { id, region, lineage }: Pick<Known, 'id' | 'region' | 'lineage'>,
) =>
  everywhere ||
  regions.includes(region) ||
  organisations.includes(id) ||
  lineage.some((above) => subtrees.includes(above))
