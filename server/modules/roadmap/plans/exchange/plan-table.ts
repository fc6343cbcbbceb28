/** A plan as rows for a file: the same for a book, a text of values and print. */
import type { MeasureLine, PlanQuery } from '../../../../../contracts/measures.ts'
import { formatDate } from '../../../../../web/kit/index.ts'
import type { Context } from '../../../../kernel/http/index.ts'
import type { SectionRow } from '../../roadmaps/roadmaps.queries.ts'
import { accessPlan, type PlanFound, readPlan } from '../plan.ts'
import { measureStateNames } from '../states.ts'
import { listNamedIndicators, listWholePlan, type PlannedMeasure } from './exchange.queries.ts'

export type TableMeasure = { measure: PlannedMeasure; line: MeasureLine; indicator: string }
export type PlanTable = {
  plan: PlanFound
  /** Those of the found measures alone. */
  sections: { section: SectionRow; measures: TableMeasure[] }[]
}

/** All that the query finds, whatever the page. */
export async function readPlanTable(ctx: Context, roadmapId: string, query: PlanQuery): Promise<PlanTable> {
  const plan = await accessPlan(ctx.db, ctx, roadmapId, query.region)
  const [{ measures: lines }, measures, indicators] = await Promise.all([
    readPlan(ctx, plan, { ...query, whole: 'yes', page: 1 }),
    listWholePlan(ctx.db, roadmapId, plan.region?.code ?? null),
    listNamedIndicators(ctx.db, roadmapId),
  ])
  const whole = new Map(measures.map((measure) => [measure.id, measure]))
  const titles = new Map(indicators.map(({ id, title }) => [id, title]))
  const bySection = Map.groupBy(lines, ({ sectionId }) => sectionId)
  return {
    plan,
    sections: plan.sections.flatMap((section) => {
      const found = (bySection.get(section.id) ?? []).flatMap((line) => {
        const measure = whole.get(line.id)
        return measure ? [{ measure, line, indicator: titles.get(measure.indicatorId ?? '') ?? '' }] : []
      })
      return found.length > 0 ? [{ section, measures: found }] : []
    }),
  }
}

const dayOf = (day: string | null): string => (day ? formatDate(day) : '')

/** Headings are those that the reading of tables knows; of the template nothing is done by anybody. */
export const tableColumns: readonly {
  heading: string
  /** In signs. */
  width: number
  ofRegion?: true
  cell: (row: TableMeasure) => string
}[] = [
  { heading: '№ п/п', width: 8, cell: ({ measure }) => measure.number },
  { heading: 'Наименование мероприятия', width: 52, cell: ({ measure }) => measure.title },
  { heading: 'Начало', width: 12, cell: ({ measure }) => dayOf(measure.startsOn) },
  { heading: 'Срок исполнения', width: 12, cell: ({ measure }) => dayOf(measure.dueOn) },
  { heading: 'Ответственный исполнитель', width: 32, ofRegion: true, cell: ({ measure }) => measure.organisation },
  { heading: 'Ответственное лицо', width: 26, ofRegion: true, cell: ({ measure }) => measure.responsiblePerson },
  {
    heading: 'Соисполнители',
    width: 28,
    ofRegion: true,
    cell: ({ measure }) => measure.coExecutors.map(({ name }) => name).join('\n'),
  },
  { heading: 'Ожидаемый результат', width: 32, cell: ({ measure }) => measure.expectedResult },
  { heading: 'Подтверждающие документы', width: 28, cell: ({ measure }) => measure.evidenceKinds.join('\n') },
  { heading: 'Показатель', width: 28, cell: ({ indicator }) => indicator },
  { heading: 'Состояние', width: 20, ofRegion: true, cell: ({ line }) => measureStateNames[line.state] },
  { heading: 'Сделано, %', width: 10, ofRegion: true, cell: ({ line }) => String(line.percent) },
  { heading: 'День выполнения', width: 14, ofRegion: true, cell: ({ line }) => dayOf(line.doneOn) },
]

export const columnsFor = ({ plan }: PlanTable) =>
  tableColumns.filter(({ ofRegion }) => !ofRegion || plan.region !== undefined)

export const sectionTitle = ({ number, title }: SectionRow): string => `${number}. ${title}`
