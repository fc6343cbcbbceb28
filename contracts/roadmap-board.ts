/** The coordinator's board on the wire: regions by measures, who is late and why, reminders, comparison, the course. */
import { z } from 'zod'
import { periodicities } from './indicators.ts'
import { measureStates, RegionCode } from './roadmaps.ts'

const Id = z.uuid()
const Day = z.iso.date()
const optional = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined)
const Words = z.string().trim().max(200)
/** A filter left open in a form comes as an empty text. */
const chosen = <T extends z.ZodType>(schema: T) => optional(z.union([z.literal('').transform(() => undefined), schema]))

export const regionShows = ['late', 'clean'] as const
export type RegionShow = (typeof regionShows)[number]
export const boardSorts = ['region', '-region', 'done', '-done', 'late', '-late'] as const
export type BoardSort = (typeof boardSorts)[number]

export const RoadmapBoardQuery = z.object({
  q: chosen(Words).meta({ description: 'Слова из названия региона' }),
  section: chosen(Id).meta({ description: 'Только мероприятия раздела' }),
  show: chosen(z.enum(regionShows)).meta({ description: 'late: регионы с опозданием, clean: без него' }),
  sort: chosen(z.enum(boardSorts)),
})
export type RoadmapBoardQuery = z.output<typeof RoadmapBoardQuery>

const Counts = z.object({
  all: z.int().meta({ description: 'Мероприятий без отменённых' }),
  done: z.int().meta({ description: 'Выполнено, в том числе с опозданием' }),
  late: z.int().meta({ description: 'Просрочено сегодня' }),
})
export type MeasureCounts = z.output<typeof Counts>

const BoardColumn = Counts.extend({
  id: Id.meta({ description: 'Мероприятие шаблона' }),
  sectionId: Id,
  number: z.string(),
  title: z.string(),
  dueOn: Day,
})
export type BoardColumn = z.output<typeof BoardColumn>

const BoardRegion = Counts.extend({
  code: z.string(),
  name: z.string(),
  own: Counts.meta({ description: 'Из них собственные мероприятия региона, которых нет в шаблоне' }),
  states: z
    .array(z.enum(measureStates).nullable())
    .meta({ description: 'По одному на столбец, в его порядке; null: мероприятия у региона нет' }),
})
export type BoardRegion = z.output<typeof BoardRegion>

export const RoadmapBoard = z.object({
  today: Day,
  sections: z.array(z.object({ id: Id, number: z.string(), title: z.string() })),
  columns: z.array(BoardColumn),
  regions: z.array(BoardRegion),
  total: Counts.extend({ lateRegions: z.int() }),
})
export type RoadmapBoard = z.output<typeof RoadmapBoard>

export const lateOnPage = 50
export const lateSorts = ['due', '-due', 'region', '-region', 'measure', '-measure', 'percent', '-percent'] as const
export type LateSort = (typeof lateSorts)[number]
export const lateReasons = ['silent', 'remarks', 'waits'] as const
export type LateReason = (typeof lateReasons)[number]

export const LateFilter = z.object({
  q: chosen(Words).meta({ description: 'Слова из названия мероприятия, исполнителя или номер' }),
  region: chosen(RegionCode),
  section: chosen(Id),
  measure: chosen(Id).meta({ description: 'Мероприятие шаблона' }),
  why: chosen(z.enum(lateReasons)).meta({
    description: 'silent: ни одного отчёта, remarks: открытые замечания, waits: ждёт другое мероприятие',
  }),
})
export type LateFilter = z.output<typeof LateFilter>
export const LateQuery = LateFilter.extend({
  sort: chosen(z.enum(lateSorts)),
  page: z.coerce.number().int().min(1).max(100_000).default(1).catch(1),
})
export type LateQuery = z.output<typeof LateQuery>

const LateMeasure = z.object({
  id: Id,
  region: z.string(),
  regionName: z.string(),
  sectionNumber: z.string(),
  number: z.string(),
  title: z.string(),
  organisation: z.string(),
  person: z.string(),
  dueOn: Day,
  daysLate: z.int(),
  percent: z.int(),
  report: z.object({ text: z.string(), at: z.iso.datetime() }).nullable().meta({ description: 'Последний отчёт' }),
  remarks: z.int().meta({ description: 'Открытых замечаний' }),
  waitsFor: z.array(z.object({ id: Id, number: z.string(), title: z.string(), overdue: z.boolean() })),
  remindedOn: Day.nullable(),
})
export type LateMeasure = z.output<typeof LateMeasure>
export const LateList = z.object({ total: z.int(), page: z.int(), rows: z.array(LateMeasure) })
export type LateList = z.output<typeof LateList>

const mostWords = 1000
export const ReminderAsked = z.object({
  measures: z.array(Id).max(5000).optional().meta({ description: 'Только эти просроченные мероприятия' }),
  regions: z.array(RegionCode).max(500).optional().meta({ description: 'Только эти регионы' }),
  filter: LateFilter.optional().meta({ description: 'Только те, что находит этот отбор' }),
  words: z
    .string()
    .trim()
    .max(mostWords, `Не длиннее ${mostWords} знаков`)
    .nullable()
    .default(null)
    .meta({ description: 'Слова координатора, которые прочитает каждый' }),
})
export type ReminderAsked = z.output<typeof ReminderAsked>

export const ReminderOutcome = z.object({
  reminded: z
    .int()
    .meta({ description: 'О скольких мероприятиях или показателях; о напомненных сегодня — не повторно' }),
  people: z.int().meta({ description: 'Сколько человек получат сообщение' }),
  withoutOperator: z
    .array(z.object({ code: z.string(), name: z.string() }))
    .meta({ description: 'Регионы, где напоминать некому' }),
})
export type ReminderOutcome = z.output<typeof ReminderOutcome>

export const mostCompared = 6
const Month = z.string().regex(/^\d{4}-\d{2}$/)

export const CourseQuery = z.object({ section: chosen(Id).meta({ description: 'Только мероприятия раздела' }) })
export type CourseQuery = z.output<typeof CourseQuery>

const CourseMonth = z.object({
  month: Month,
  due: z.int().meta({ description: 'По плану к концу месяца, нарастающим итогом' }),
  done: z.int().nullable().meta({ description: 'Выполнено к концу месяца; null: месяц ещё не наступил' }),
  late: z.int().nullable().meta({ description: 'Просрочено на конец месяца, в этом месяце — сегодня' }),
})
export type CourseMonth = z.output<typeof CourseMonth>
export const Course = z.object({ today: Day, total: Counts, months: z.array(CourseMonth) })
export type Course = z.output<typeof Course>

const Compared = chosen(RegionCode)
/** One region a field: a form without scripts sends each of its choices by a name. */
export const ComparisonQuery = z.object({
  region1: Compared,
  region2: Compared,
  region3: Compared,
  region4: Compared,
  region5: Compared,
  region6: Compared,
})
export type ComparisonQuery = z.output<typeof ComparisonQuery>

/** The regions that are compared, each once, in their order. */
export const comparedRegions = (query: ComparisonQuery): string[] => [
  ...new Set(Object.values(query).filter((code) => code !== undefined)),
]

const ComparedRegion = Counts.extend({
  code: z.string(),
  name: z.string(),
  states: z.partialRecord(z.enum(measureStates), z.int()),
  shares: z.array(z.number()).meta({ description: 'Доля выполненного к концу каждого месяца, от 0 до 1' }),
})
export type ComparedRegion = z.output<typeof ComparedRegion>
const ComparedMeasure = z.object({
  id: Id.meta({ description: 'Мероприятие шаблона' }),
  number: z.string(),
  title: z.string(),
  states: z.array(z.enum(measureStates).nullable()).meta({ description: 'По одному на регион, в их порядке' }),
})
export type ComparedMeasure = z.output<typeof ComparedMeasure>
const ComparedIndicator = z.object({
  id: Id,
  title: z.string(),
  unit: z.string(),
  decimals: z.int(),
  periodicity: z.enum(periodicities),
  period: Day.meta({ description: 'Первый день последнего опубликованного периода' }),
  values: z.array(z.string().nullable()).meta({ description: 'Опубликованные факты, по одному на регион' }),
})
export type ComparedIndicator = z.output<typeof ComparedIndicator>
export const Comparison = z.object({
  months: z.array(Month),
  regions: z.array(ComparedRegion),
  differing: z.array(ComparedMeasure).meta({ description: 'Один выполнил, другой нет' }),
  indicators: z.array(ComparedIndicator),
})
export type Comparison = z.output<typeof Comparison>
