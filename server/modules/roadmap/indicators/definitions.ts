/** Definitions of indicators: added, changed, ordered, put away. What would make published figures false is refused. */

import type { z } from 'zod'
import type {
  IndicatorChange,
  IndicatorDefinition,
  IndicatorDefinitions,
  IndicatorFields,
} from '../../../../contracts/indicator-definitions.ts'
import { compareExact, exactNumber } from '../../../../engine/decimal.ts'
import { typedNumber } from '../../../../engine/index.ts'
import { type Db, type Tx, transaction } from '../../../kernel/db/index.ts'
import { type FieldProblem, InvalidInput, NotFound, StaleVersion } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { accessRoadmap, accessRoadmapToManage } from '../roadmaps/roadmaps.access.ts'
import { lockRoadmap } from '../roadmaps/roadmaps.queries.ts'
import {
  countFigures,
  type FiguresCount,
  insertDefinition,
  markArchived,
  updateDefinition,
  writePositions,
} from './definitions.queries.ts'
import { checkFormula, parseFormula, referencesOf } from './formulas.ts'
import { IndicatorInUse } from './indicators.errors.ts'
import { type IndicatorRow, listIndicators } from './indicators.queries.ts'
import { figureSources } from './pulling.ts'

type Definitions = z.output<typeof IndicatorDefinitions>

/** In their order, archived ones too; whoever reads the roadmap reads what is measured. */
export async function viewDefinitions(ctx: Context, roadmapId: string): Promise<Definitions> {
  await accessRoadmap(ctx.db, ctx, roadmapId)
  const rows = await listIndicators(ctx.db, roadmapId)
  const counts = await countFigures(
    ctx.db,
    rows.map(({ id }) => id),
  )
  return { indicators: rows.map((row) => definitionOf(row, countOf(counts, row.id))) }
}

const countOf = (counts: readonly FiguresCount[], id: string): FiguresCount =>
  counts.find(({ indicatorId }) => indicatorId === id) ?? { indicatorId: id, figures: 0, publishedPeriods: 0 }

const definitionOf = (row: IndicatorRow, { publishedPeriods }: FiguresCount): IndicatorDefinition => ({
  id: row.id,
  position: row.position,
  code: row.code,
  title: row.title,
  definition: row.definition,
  unit: row.unit,
  decimals: row.decimals,
  better: row.better,
  level: row.level,
  source: row.source,
  formula: row.formula,
  pull: row.pull,
  periodicity: row.periodicity,
  merging: row.merging,
  weightId: row.weightId,
  breaks: row.breaks,
  public: row.public,
  countsPeople: row.countsPeople,
  least: row.least,
  most: row.most,
  jumpPercent: row.jumpPercent,
  version: row.version,
  archived: row.archivedAt !== null,
  publishedPeriods,
})

/** @throws NotFound 404, Forbidden 403, InvalidInput 422 */
export async function addIndicator(
  ctx: Context,
  roadmapId: string,
  sent: IndicatorFields,
): Promise<IndicatorDefinition> {
  const fields = await readFields(ctx.db, sent)
  const id = await transaction(ctx, async (tx) => {
    const indicators = await lockIndicators(tx, ctx, roadmapId)
    refuse(problemsOf(fields, indicators))
    const added = await insertDefinition(tx, roadmapId, fields)
    await place(tx, [...indicators.map(({ id: known }) => known), added], added, fields.position)
    journal(tx, ctx, 'indicator.added', { kind: 'indicator', id: added }, { roadmap: roadmapId, code: fields.code })
    return added
  })
  return viewDefinition(ctx, roadmapId, id)
}

/** @throws StaleVersion 409, InvalidInput 422 for what would make published figures false */
export async function changeIndicator(
  ctx: Context,
  roadmapId: string,
  id: string,
  { version, ...sent }: IndicatorChange,
): Promise<IndicatorDefinition> {
  const fields = await readFields(ctx.db, sent)
  await transaction(ctx, async (tx) => {
    const indicators = await lockIndicators(tx, ctx, roadmapId)
    const current = getIndicator(indicators, id)
    if (current.version !== version) throw new StaleVersion()
    const count = countOf(await countFigures(tx, [id]), id)
    const others = indicators.filter((indicator) => indicator.id !== id)
    refuse([...problemsOf(fields, others), ...falsified(current, fields, { count, others })])
    await updateDefinition(tx, id, fields)
    await place(
      tx,
      indicators.map((indicator) => indicator.id),
      id,
      fields.position,
    )
    journal(tx, ctx, 'indicator.changed', { kind: 'indicator', id }, { roadmap: roadmapId, code: fields.code })
  })
  return viewDefinition(ctx, roadmapId, id)
}

/** Put away: it is entered and shown no more; its figures stay. @throws IndicatorInUse 409 */
export async function archiveIndicator(
  ctx: Context,
  roadmapId: string,
  id: string,
  archived: boolean,
): Promise<IndicatorDefinition> {
  await transaction(ctx, async (tx) => {
    const indicators = await lockIndicators(tx, ctx, roadmapId)
    const current = getIndicator(indicators, id)
    const users = indicators.filter((other) => other.archivedAt === null && uses(other, current))
    if (archived && users.length > 0) throw new IndicatorInUse({ titles: users.map(({ title }) => title) })
    await markArchived(tx, id, archived)
    const action = archived ? 'indicator.archived' : 'indicator.restored'
    journal(tx, ctx, action, { kind: 'indicator', id }, { roadmap: roadmapId })
  })
  return viewDefinition(ctx, roadmapId, id)
}

const uses = (other: IndicatorRow, { id, code }: IndicatorRow): boolean =>
  other.weightId === id || codesIn(other.formula).includes(code)

function codesIn(formula: string | null): string[] {
  const parsed = formula === null ? undefined : parseFormula(formula)
  return parsed?.ok ? referencesOf(parsed.formula).map(({ code }) => code) : []
}

async function viewDefinition(ctx: Context, roadmapId: string, id: string): Promise<IndicatorDefinition> {
  const { indicators } = await viewDefinitions(ctx, roadmapId)
  const found = indicators.find((indicator) => indicator.id === id)
  if (!found) throw new NotFound({ what: 'indicator' })
  return found
}

async function lockIndicators(tx: Tx, ctx: Context, roadmapId: string): Promise<IndicatorRow[]> {
  await accessRoadmapToManage(tx, ctx, roadmapId)
  await lockRoadmap(tx, roadmapId)
  return listIndicators(tx, roadmapId)
}

function getIndicator(indicators: readonly IndicatorRow[], id: string): IndicatorRow {
  const found = indicators.find((indicator) => indicator.id === id)
  if (!found) throw new NotFound({ what: 'indicator' })
  return found
}

async function place(tx: Tx, ids: readonly string[], id: string, position: number | undefined): Promise<void> {
  const rest = ids.filter((other) => other !== id)
  const at = position === undefined ? ids.indexOf(id) : Math.min(position - 1, rest.length)
  await writePositions(tx, rest.toSpliced(at, 0, id))
}

const problem = (field: string, text: string): FieldProblem => ({ field, code: 'indicator', text })

function refuse(fields: FieldProblem[]): void {
  if (fields.length > 0) throw new InvalidInput({ fields })
}

/** What does not belong to the source is dropped; bounds become canonical; a pull's cell must be there. */
async function readFields(db: Db, sent: IndicatorFields): Promise<IndicatorFields> {
  const problems: FieldProblem[] = []
  const bound = (field: 'least' | 'most' | 'jumpPercent'): string | null => {
    const typed = sent[field]
    if (typed === null || typed === '') return null
    const value = typedNumber(typed)
    if (value === undefined) problems.push(problem(field, 'Нужно число, например 1\u00a0234,5'))
    return value ?? null
  }
  const fields: IndicatorFields = {
    ...sent,
    formula: sent.source === 'computed' ? sent.formula || null : null,
    pull: sent.source === 'reporting' ? sent.pull : null,
    weightId: sent.merging === 'weighted' ? sent.weightId : null,
    least: bound('least'),
    most: bound('most'),
    jumpPercent: bound('jumpPercent'),
  }
  if (fields.source === 'computed' && !fields.formula) problems.push(problem('formula', 'Напишите формулу'))
  if (fields.source === 'reporting' && !fields.pull)
    problems.push(problem('pull.form', 'Укажите форму, раздел, строку и графу'))
  const wrong = fields.pull ? await figureSources()?.problemOf(db, fields.pull) : undefined
  if (wrong) problems.push(problem('pull.form', wrong))
  const { least, most } = fields
  if (least !== null && most !== null && compareExact(exactNumber(least), exactNumber(most)) > 0)
    problems.push(problem('most', 'Наибольшее меньше наименьшего'))
  refuse(problems)
  return fields
}

function problemsOf(fields: IndicatorFields, others: readonly IndicatorRow[]): FieldProblem[] {
  const problems: FieldProblem[] = []
  if (others.some(({ code }) => code === fields.code)) problems.push(problem('code', `Код «${fields.code}» уже занят`))
  if (fields.merging === 'weighted') {
    const weight = others.find(({ id }) => id === fields.weightId)
    if (weight?.level !== 'region' || weight.periodicity !== fields.periodicity)
      problems.push(problem('weightId', 'Выберите показатель регионов той же периодичности, по которому взвешивать'))
  }
  if (fields.formula) problems.push(...formulaProblems(fields, fields.formula, others))
  return problems
}

function formulaProblems(fields: IndicatorFields, formula: string, others: readonly IndicatorRow[]): FieldProblem[] {
  const wrong = checkFormula(fields.code, formula, others)
  if (wrong) return [problem('formula', `Знак ${wrong.at}: ${wrong.text}`)]
  const unfit = others.find(
    (other) =>
      codesIn(formula).includes(other.code) &&
      (other.periodicity !== fields.periodicity || other.level !== fields.level),
  )
  return unfit
    ? [problem('formula', `«${unfit.title}» другой периодичности или уровня: считать через него нельзя`)]
    : []
}

const fixed = ['unit', 'source', 'formula'] as const
const fixedNames = { unit: 'единицу измерения', source: 'откуда число', formula: 'формулу' } as const

/** What is published would say another thing than what was meant; what is entered would be lost from sight. */
function falsified(
  current: IndicatorRow,
  fields: IndicatorFields,
  { count, others }: { count: FiguresCount; others: readonly IndicatorRow[] },
): FieldProblem[] {
  const problems: FieldProblem[] = []
  if (count.figures > 0)
    for (const field of ['level', 'periodicity'] as const)
      if (current[field] !== fields[field])
        problems.push(problem(field, 'Числа уже внесены. Заведите новый показатель, а этот уберите в архив'))
  if (count.publishedPeriods > 0)
    for (const field of fixed)
      if (current[field] !== fields[field])
        problems.push(
          problem(
            field,
            `Числа уже опубликованы: сменить ${fixedNames[field]} нельзя. Заведите новый показатель, а этот уберите в архив`,
          ),
        )
  const user = others.find(({ formula }) => codesIn(formula).includes(current.code))
  if (current.code !== fields.code && user)
    problems.push(problem('code', `Код стоит в формуле показателя «${user.title}»: сначала исправьте её`))
  return problems
}
