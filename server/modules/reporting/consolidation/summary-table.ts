/** What a summary shows: places or periods as rows, cells as columns; several places over several periods side by side. */
import type { ConsolidationQuery } from '../../../../contracts/consolidation.ts'
import { placeText } from '../../../../web/report/index.ts'
import { AppError } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { listGroups } from './behind.queries.ts'
import { type ConsolidationView, viewConsolidation } from './consolidation.ts'
import { layoutOf } from './layout.ts'
import { sourceOf } from './sources.ts'
import type { SummaryRow } from './summaries.queries.ts'
import { listPaths } from './summaries.queries.ts'
import { parsedPeriod, previousPeriod } from './totals.ts'

/** With how many organisations stand behind it. */
export type Figure = { value: string | null; reports: number }
/** @param path from the country down; undefined of what is no one place, which cannot be published */
type Place = { name: string; path: string[] | undefined; cells: Figure[] }
/** The figures of one period: of each place a line. */
type PeriodFigures = { key: string; title: string; places: Place[] }

export type SummaryTable = {
  /** Whether a row is a place or a period. */
  across: 'places' | 'periods'
  /** Names of the cells. */
  cells: string[]
  /** Names of the periods, the oldest first. */
  periods: string[]
  /** A cell each; where rows are places and there are several periods, a cell of a period each. */
  columns: string[]
  rows: { name: string; values: (Figure & { period: string; cell: string; path: string[] | undefined })[] }[]
  place: string
  asOf: string
}

type Choice = SummaryRow['choice']

export async function summaryTable(ctx: Context, { formCode, choice }: SummaryRow): Promise<SummaryTable> {
  const newest = await viewConsolidation(ctx, queryOf(formCode, choice))
  const byPeriod = [await figuresOf(ctx, newest, choice)]
  let period = parsedPeriod(newest.period.key)
  for (let back = 1; back < choice.periods; back += 1) {
    period = previousPeriod(period)
    const key = `${period.year}-${period.kind}-${period.number}`
    const view = await viewIfCollected(ctx, queryOf(formCode, { ...choice, period: key }))
    if (view) byPeriod.unshift(await figuresOf(ctx, view, choice))
  }
  const cells = choice.cells.map((cell) => placeText(newest.totals.form, cell))
  const head = { cells, periods: byPeriod.map(({ title }) => title), place: placeOf(newest, choice), asOf: newest.asOf }
  const manyPlaces = choice.grouping === 'children' || (choice.territories ?? []).length > 0
  return manyPlaces
    ? { ...head, ...placesDown(byPeriod, cells, choice) }
    : { ...head, ...periodsDown(byPeriod, cells, choice) }
}

const placeOf = ({ place }: ConsolidationView, { territories = [] }: Choice): string =>
  territories.length > 0 ? `территорий: ${territories.length}` : place

function periodsDown(byPeriod: readonly PeriodFigures[], cells: string[], choice: Choice) {
  const rows = byPeriod.map(({ key, title, places: [place] }) => ({
    name: title,
    values: choice.cells.map((cell, index) => ({ ...figureAt(place, index), period: key, cell, path: place?.path })),
  }))
  return { across: 'periods' as const, columns: cells, rows }
}

function placesDown(byPeriod: readonly PeriodFigures[], cells: string[], choice: Choice) {
  const names = [...new Set(byPeriod.toReversed().flatMap(({ places }) => places.map(({ name }) => name)))]
  const ordered = names.includes(whole) ? [...names.filter((name) => name !== whole), whole] : names
  const rows = ordered.map((name) => ({
    name,
    values: choice.cells.flatMap((cell, index) =>
      byPeriod.map(({ key, places }) => {
        const place = places.find((each) => each.name === name)
        return { ...figureAt(place, index), period: key, cell, path: place?.path }
      }),
    ),
  }))
  const columns =
    byPeriod.length === 1 ? cells : cells.flatMap((cell) => byPeriod.map(({ title }) => `${cell}, ${title}`))
  return { across: 'places' as const, columns, rows }
}

const figureAt = (place: Place | undefined, index: number): Figure => place?.cells[index] ?? { value: null, reports: 0 }

/** The name of the line that holds all parts of the territory. */
export const whole = 'Всего'

async function figuresOf(ctx: Context, view: ConsolidationView, choice: Choice): Promise<PeriodFigures> {
  const { key, title } = view.period
  const { territories = [] } = choice
  if (territories.length > 0) {
    const places: Place[] = []
    for (const territory of territories) {
      const one = await viewConsolidation(ctx, queryOf(view.form.code, { ...choice, period: key, territory }))
      places.push({ ...(await totalOf(ctx, one, choice)), name: one.place })
    }
    return { key, title, places: distinct(places) }
  }
  const total = { ...(await totalOf(ctx, view, choice)), name: whole }
  if (choice.grouping !== 'children') return { key, title, places: [total] }
  return { key, title, places: [...distinct(await partsOf(ctx, view, choice, total.path ?? [])), total] }
}

async function totalOf(ctx: Context, view: ConsolidationView, { cells }: Choice): Promise<Omit<Place, 'name'>> {
  const { values, wholes, counts } = view.totals
  return {
    path: await pathOf(ctx, view),
    cells: cells.map((cell) => ({ value: wholes[cell] ?? values[cell] ?? null, reports: counts[cell] ?? 0 })),
  }
}

/** Parts of the territory; of computed cells, which are worked out from the whole, there are none. */
async function partsOf(
  ctx: Context,
  view: ConsolidationView,
  { cells }: Choice,
  above: readonly string[],
): Promise<Place[]> {
  const { slots, places } = layoutOf(view.totals.form)
  const parts = new Map<string, Place>()
  const { territory, region } = view.selection
  for (const [column, cell] of cells.entries()) {
    const slot = slots[places.get(cell) ?? -1]
    if (!slot || (slot.computed && !slot.ruled)) continue
    const source = await sourceOf(ctx.db, view.campaigns, cell)
    for (const { id, name, value, reports } of await listGroups(ctx.db, source, view.selection)) {
      const part = parts.get(id) ?? { name, path: undefined, cells: cells.map(() => ({ value: null, reports: 0 })) }
      part.cells[column] = { value, reports }
      parts.set(id, part)
    }
  }
  if (!territory && !region) for (const [id, part] of parts) part.path = ['all', id]
  else
    for (const [id, path] of await listPaths(ctx.db, [...parts.keys()])) {
      const part = parts.get(id)
      // An organisation's own report lies beside those of the organisations below it.
      const alone = id === territory || (!territory && path.length === above.length + 1)
      if (part) part.path = alone ? [...path, 'own'] : path
    }
  return [...parts.values()]
}

/** Undefined where the person sees a part of the place only, or several places as one. */
async function pathOf(ctx: Context, { selection }: ConsolidationView): Promise<string[] | undefined> {
  const { scopes, territory, region } = selection
  if (territory) {
    const path = (await listPaths(ctx.db, [territory])).get(territory) ?? []
    const [, code = '', ...lineage] = path
    const seen =
      scopes.everywhere || scopes.regions.includes(code) || lineage.some((id) => scopes.subtrees.includes(id))
    return seen ? path : undefined
  }
  if (region) return scopes.everywhere || scopes.regions.includes(region) ? ['all', region] : undefined
  if (scopes.everywhere) return ['all']
  const [only, ...more] = scopes.regions
  const besides = more.length + scopes.subtrees.length + scopes.organisations.length
  return only !== undefined && besides === 0 ? ['all', only] : undefined
}

/** Places of one name are told apart. */
function distinct(places: Place[]): Place[] {
  const times = new Map<string, number>()
  return places.map((place) => {
    const time = (times.get(place.name) ?? 0) + 1
    times.set(place.name, time)
    return time === 1 ? place : { ...place, name: `${place.name} (${time})` }
  })
}

/** Periods that were not collected are left out. */
async function viewIfCollected(ctx: Context, query: ConsolidationQuery): Promise<ConsolidationView | undefined> {
  try {
    return await viewConsolidation(ctx, query)
  } catch (error) {
    if (error instanceof AppError && error.status === 404) return undefined
    throw error
  }
}

export const queryOf = (
  form: string,
  { period, territory, region, states }: Pick<Choice, 'period' | 'territory' | 'region' | 'states'>,
): ConsolidationQuery => ({ form, period, territory, region, states })
