/**
 * Entering figures. All that is typed is saved together or not at all. Two who save at once do not take each other's
 * cells: what only one has changed stays as that one left it; what both have changed is shown to the second.
 */
import {
  type FigureChange,
  type FigureConflict,
  type FiguresChange,
  type FigureTable,
  wholeCountry,
} from '../../../../contracts/indicators.ts'
import { compareExact, exactNumber, isPlainNumber } from '../../../../engine/decimal.ts'
import { typedNumber } from '../../../../engine/index.ts'
import { counted, formatNumber } from '../../../../web/kit/index.ts'
import { type Tx, transaction } from '../../../kernel/db/index.ts'
import { type FieldProblem, InvalidInput, NotFound, StaleVersion } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { lockRoadmap } from '../roadmaps/roadmaps.queries.ts'
import {
  type ChangeRow,
  type FigureRow,
  insertChanges,
  listChangesIn,
  listFigures,
  lockRegions,
  type NewChange,
  writeFigure,
} from './figures.queries.ts'
import { chosenPeriod, indicatorsOfTable, refusePeriod, type TablePlace, totalOf, viewFigures } from './figures.ts'
import { accessFigures, maySetFigure } from './indicators.access.ts'
import { FiguresChanged } from './indicators.errors.ts'
import { type IndicatorRow, listIndicators } from './indicators.queries.ts'
import { dayIn } from './periods.ts'
import { pulledFrom } from './pulling.ts'

/**
 * Saves what is typed. The pulled figures of the table are taken anew at the same time.
 * @throws InvalidInput 422 with `figures.<line>.<field>`, FiguresChanged 409 when somebody else has changed the same cell
 */
export async function saveFigures(ctx: Context, roadmapId: string, sent: FiguresChange): Promise<FigureTable> {
  const totals = await pulledTotals(ctx, roadmapId, sent)
  const periodicity = await transaction(ctx, async (tx) => {
    const place = await accessFigures(tx, ctx, { roadmapId, region: sent.region, to: 'enter' })
    await lockPlace(tx, roadmapId, sent.region)
    const indicators = await listIndicators(tx, roadmapId)
    const first = indicators.find(({ id }) => id === sent.figures[0]?.indicatorId)
    const table: TablePlace = { ...place, ...chosenPeriod(place.roadmap, first ? [first] : [], sent) }
    const lines = await linesOf(tx, ctx, indicatorsOfTable(ctx, indicators, table), { table, sent, totals })
    refuseProblems(lines)
    await refuseConflicts(lines)
    const changed = lines.filter(({ changes }) => changes.length > 0)
    for (const line of changed) await write(tx, ctx, line, table)
    if (changed.length > 0)
      journal(tx, ctx, 'figures.entered', { kind: 'roadmap', id: roadmapId }, told(table, changed.length))
    return table.periodicity
  })
  return viewFigures(ctx, roadmapId, { region: sent.region, period: sent.period, periodicity })
}

/** Asked before the transaction: reporting may have to add its totals up first. */
async function pulledTotals(ctx: Context, roadmapId: string, { region, period, figures }: FiguresChange) {
  const totals = new Map<string, string | null>()
  const place = await accessFigures(ctx.db, ctx, { roadmapId, region, to: 'enter' })
  for (const indicator of await listIndicators(ctx.db, roadmapId)) {
    if (indicator.source !== 'reporting' || !figures.some(({ indicatorId }) => indicatorId === indicator.id)) continue
    const total = await totalOf(ctx.db, indicator, { region: place.region, period })
    if (total && total !== 'off') totals.set(indicator.id, total.value)
  }
  return totals
}

const told = ({ region, period }: TablePlace, count: number) => ({ region: region.code, period, figures: count })

/** Of one region, one at a time. */
async function lockPlace(tx: Tx, roadmapId: string, region: string): Promise<void> {
  if (region === wholeCountry) await lockRoadmap(tx, roadmapId)
  else await lockRegions(tx, roadmapId, [region])
}

type Cell = 'plan' | 'fact' | 'explanation'
type Values = Record<Cell, string | null>
type Line = {
  indicator: IndicatorRow
  row: FigureRow | undefined
  next: Values
  changes: { field: Cell; old: string | null; new: string | null; reason: string | null }[]
  problems: FieldProblem[]
  conflicts: FigureConflict[]
}

async function linesOf(
  tx: Tx,
  ctx: Context,
  indicators: readonly IndicatorRow[],
  { table, sent, totals }: { table: TablePlace; sent: FiguresChange; totals: ReadonlyMap<string, string | null> },
): Promise<Line[]> {
  const { region, period } = table
  refusePeriod(table.periodicity, period, dayIn(table.roadmap.timeZone))
  const indicatorIds = sent.figures.map(({ indicatorId }) => indicatorId)
  const rows = await listFigures(tx, { indicatorIds, region: region.code, from: period, until: period })
  const changes = await listChangesIn(tx, { indicatorIds, region: region.code, period })
  const lines: Line[] = []
  for (const [index, typed] of sent.figures.entries()) {
    const indicator = indicators.find(({ id }) => id === typed.indicatorId)
    if (!indicator || !maySetFigure(ctx, region.code, indicator.id)) throw new NotFound({ what: 'indicator' })
    const row = rows.find(({ indicatorId }) => indicatorId === indicator.id)
    // Nobody has seen a version that is not there yet.
    if (typed.version > (row?.version ?? 0)) throw new StaleVersion()
    const since = changes.filter(({ indicatorId, version }) => indicatorId === indicator.id && version > typed.version)
    lines.push(lineOf({ indicator, row, since, typed, index, fromReports: totals.get(indicator.id) ?? null }))
  }
  return lines
}

type Given = {
  indicator: IndicatorRow
  row: FigureRow | undefined
  /** What was changed after the version that the person saw. */
  since: readonly ChangeRow[]
  typed: FigureChange
  index: number
  /** What accepted reports say of a pulled one. */
  fromReports: string | null
}

function lineOf(given: Given): Line {
  const { indicator, row, typed, index, fromReports } = given
  const now: Values = {
    plan: canonical(row?.plan),
    fact: canonical(row?.fact),
    explanation: row?.explanation ?? null,
  }
  const line: Line = { indicator, row, next: { ...now }, changes: [], problems: [], conflicts: [] }
  for (const field of ['plan', 'fact'] as const) {
    if (typed[field] === undefined) continue
    const read = readNumber(indicator, field, typed[field])
    if ('problem' in read) line.problems.push(problem(index, field, read.problem))
    else setCell(line, given, field, read.value, now[field])
  }
  if (typed.explanation !== undefined) setCell(line, given, 'explanation', typed.explanation || null, now.explanation)
  if (indicator.source === 'computed' && (line.next.plan !== now.plan || line.next.fact !== now.fact))
    line.problems.push(problem(index, 'fact', `«${indicator.title}» считается сам: исправьте то, из чего он считается`))
  if (fromReports !== null && (!isFixed(row) || typed.reason)) line.next.fact = fromReports
  line.changes = (['plan', 'fact', 'explanation'] as const).flatMap((field) =>
    line.next[field] === now[field] ? [] : { field, old: now[field], new: line.next[field], reason: null },
  )
  explainChanges(line, given)
  return line
}

/** Whoever corrects what was confirmed or published says why; of a pulled figure the history tells from where. */
function explainChanges(line: Line, { typed, index, row, indicator, fromReports }: Given): void {
  const figures = line.changes.filter(({ field }) => field !== 'explanation')
  const reason = typed.reason || null
  if (figures.length > 0 && isFixed(row) && (reason === null || reason.length < 3))
    line.problems.push(problem(index, 'reason', `«${indicator.title}»: напишите, почему число исправлено`))
  for (const change of figures) {
    const pulled = change.field === 'fact' && fromReports !== null && indicator.pull
    change.reason = reason ?? (pulled ? pulledFrom(pulled) : null)
  }
}

const isFixed = (row: FigureRow | undefined): boolean =>
  row !== undefined && (row.confirmedAt !== null || row.publishedAt !== null)

/** What was typed is a change only against what the person saw; what others have changed meanwhile stays. */
function setCell(
  line: Line,
  { since, typed, indicator }: Given,
  field: Cell,
  value: string | null,
  now: string | null,
) {
  const changed = since.filter((change) => change.field === field)
  const seen = changed[0] ? changed[0].old : now
  if (value === seen || value === now) return
  line.next[field] = value
  const last = changed.at(-1)
  if (!last) return
  line.conflicts.push({
    indicatorId: indicator.id,
    title: indicator.title,
    field,
    theirs: now,
    typed: typed[field] ?? null,
    by: last.by,
    at: last.at.toISOString(),
    version: line.row?.version ?? 0,
    merged: line.next,
  })
}

const problem = (index: number, field: string, text: string): FieldProblem => ({
  field: `figures.${index}.${field}`,
  code: 'figure',
  text,
})

const longestWhole = 15

/** An exact decimal out of what was typed: any spaces, comma or point. */
function readNumber(
  { title, decimals, least, most }: IndicatorRow,
  field: 'plan' | 'fact',
  typed: string | null,
): { value: string | null } | { problem: string } {
  if (typed === null || typed.trim() === '') return { value: null }
  const value = typedNumber(typed)
  const name = `«${title}», ${field === 'plan' ? 'план' : 'факт'}`
  if (value === undefined) return { problem: `${name}: нужно число, например 1\u00a0234,5` }
  if (!isPlainNumber(value, longestWhole, 64)) return { problem: `${name}: слишком большое число` }
  if (!isPlainNumber(value, longestWhole, decimals))
    return {
      problem:
        decimals === 0
          ? `${name}: нужно целое число`
          : `${name}: не больше ${counted(decimals, ['знака', 'знаков', 'знаков'])} после запятой`,
    }
  if (least !== null && compareExact(exactNumber(value), exactNumber(least)) < 0)
    return { problem: `${name}: не меньше ${formatNumber(canonical(least) ?? least)}` }
  if (most !== null && compareExact(exactNumber(value), exactNumber(most)) > 0)
    return { problem: `${name}: не больше ${formatNumber(canonical(most) ?? most)}` }
  return { value }
}

const canonical = (stored: string | null | undefined): string | null =>
  stored == null ? null : (typedNumber(stored) ?? null)

function refuseProblems(lines: readonly Line[]): void {
  const fields = lines.flatMap(({ problems }) => problems)
  if (fields.length > 0) throw new InvalidInput({ fields })
}

async function refuseConflicts(lines: readonly Line[]): Promise<void> {
  const conflicts = lines.flatMap((line) => line.conflicts)
  if (conflicts.length > 0) throw new FiguresChanged({ conflicts })
}

async function write(tx: Tx, ctx: Context, { indicator, row, next, changes }: Line, table: TablePlace): Promise<void> {
  const place = { indicatorId: indicator.id, region: table.region.code, period: table.period }
  const version = (row?.version ?? 0) + 1
  const ofCountry = place.region === wholeCountry
  const unconfirms = changes.some(({ field }) => field !== 'explanation')
  await writeFigure(tx, { ...place, ...next, version, unconfirms, confirms: ofCountry }, ctx.account.id)
  const noted: NewChange[] = changes.map((change) => ({ ...place, ...change, version }))
  await insertChanges(tx, noted, ctx.account.id)
}
