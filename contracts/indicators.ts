/** Indicators of a roadmap on the wire: what is measured, by whom it is entered, plan and fact by periods. */
import { z } from 'zod'
import { RegionCode } from './roadmaps.ts'

const Id = z.uuid()
const Moment = z.iso.datetime()

export const periodicities = ['month', 'quarter', 'half', 'year'] as const
export type Periodicity = (typeof periodicities)[number]

/** Where a figure comes from: the region enters it, it follows from other indicators, or from accepted reports. */
export const indicatorSources = ['entered', 'computed', 'reporting'] as const
export type IndicatorSource = (typeof indicatorSources)[number]

export const betters = ['more', 'less', 'neither'] as const
export type Better = (typeof betters)[number]

/** How the figures of regions make that of the country; `weighted` by another indicator. */
export const mergings = ['sum', 'average', 'weighted', 'max', 'min', 'none'] as const
export type Merging = (typeof mergings)[number]

/** How the map's classes are cut. */
export const breakKinds = ['quantile', 'equal', 'natural'] as const
export type Breaks = (typeof breakKinds)[number]

export const indicatorLevels = ['region', 'country'] as const
export type IndicatorLevel = (typeof indicatorLevels)[number]

/** A cell of a statistical form whose total over a region's accepted reports is the figure. */
export const IndicatorPull = z.object({
  form: z.string().trim().min(1).max(20).meta({ description: 'Шифр формы: 85-К' }),
  section: z.string().trim().min(1).max(20),
  row: z.string().trim().min(1).max(20),
  column: z.string().trim().min(1).max(20),
})
export type IndicatorPull = z.output<typeof IndicatorPull>

/** Instead of a region's code: the one figure of the whole country. */
export const wholeCountry = '*'

export const FirstDay = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])-01$/, 'Период задают первым днём: 2026-07-01')
  .meta({ description: 'Первый день периода: 2026-07-01' })

/** A published figure that was corrected is «Внесено» or «Подтверждено» again until it is published anew. */
export const figureStates = ['none', 'entered', 'confirmed', 'returned', 'published'] as const
export type FigureState = (typeof figureStates)[number]

export const FiguresQuery = z.object({
  region: RegionCode.optional(),
  period: FirstDay.optional(),
  periodicity: z.enum(periodicities).optional(),
})
export type FiguresQuery = z.output<typeof FiguresQuery>

/** What a check has noticed: a person passes it by writing why. */
export const figureWarnings = ['jump', 'below-plan', 'unlike-others'] as const
export const FigureWarning = z.object({ code: z.enum(figureWarnings), text: z.string() })
export type FigureWarning = z.output<typeof FigureWarning>

const Decimal = z.string().nullable().meta({ description: 'Точное десятичное число: "1234.5"' })

export const Figure = z.object({
  indicator: z.object({
    id: Id,
    code: z.string(),
    title: z.string(),
    definition: z.string(),
    unit: z.string(),
    decimals: z.int(),
    better: z.enum(betters),
    source: z.enum(indicatorSources),
  }),
  state: z.enum(figureStates),
  previous: Decimal.meta({ description: 'Факт прошлого периода' }),
  plan: Decimal,
  fact: Decimal,
  completion: Decimal.meta({ description: 'Факт в процентах от плана' }),
  explanation: z.string().nullable(),
  warnings: z.array(FigureWarning),
  returnReason: z.string().nullable(),
  publishedPlan: Decimal,
  publishedFact: Decimal,
  /** Of a computed or pulled one: from what it follows, or why there is no figure. */
  origin: z.string().nullable(),
  originHref: z.string().nullable(),
  editable: z.boolean().meta({ description: 'Можно ли вам внести факт или план' }),
  needsReason: z.boolean().meta({ description: 'Подтверждено или опубликовано: изменение требует причины' }),
  version: z.int().meta({ description: '0: ещё не внесено' }),
})
export type Figure = z.output<typeof Figure>

export const FigureTable = z.object({
  roadmapId: Id,
  region: z.object({ code: z.string(), name: z.string() }),
  periodicity: z.enum(periodicities),
  period: z.string(),
  periodName: z.string(),
  figures: z.array(Figure),
})
export type FigureTable = z.output<typeof FigureTable>

const Typed = z
  .string()
  .max(64, 'Слишком длинное число')
  .nullable()
  .optional()
  .meta({ description: 'Запятая или точка, пробелы любые; null или "" стирает; нет поля — не менять' })

const Reason = z.string().trim().max(2000, 'Не длиннее 2000 знаков')

export const FigureChange = z.object({
  indicatorId: Id,
  version: z.coerce.number().int().min(0).meta({ description: 'Версия, которую меняют; 0: ещё не внесено' }),
  plan: Typed,
  fact: Typed,
  explanation: Reason.nullable().optional().meta({ description: 'Почему число такое, если проверка предупреждает' }),
  reason: Reason.optional().meta({ description: 'Причина исправления подтверждённого или опубликованного' }),
})
export type FigureChange = z.output<typeof FigureChange>

export const FiguresChange = z.object({
  region: RegionCode,
  period: FirstDay,
  figures: z
    .array(FigureChange)
    .min(1, 'Нет ни одного показателя')
    .max(300)
    .refine(
      (figures) => new Set(figures.map(({ indicatorId }) => indicatorId)).size === figures.length,
      'Показатель указан дважды',
    ),
})
export type FiguresChange = z.output<typeof FiguresChange>

/** A cell that somebody else has changed meanwhile, to something else. */
export type FigureConflict = {
  indicatorId: string
  title: string
  field: 'plan' | 'fact' | 'explanation'
  theirs: string | null
  typed: string | null
  by: string | null
  at: string | null
  version: number
  /** The whole line: what this person has typed, and theirs elsewhere. */
  merged: { plan: string | null; fact: string | null; explanation: string | null }
}

export const FigureHistoryQuery = z.object({
  indicator: Id,
  region: RegionCode,
  period: FirstDay.optional(),
})
export type FigureHistoryQuery = z.output<typeof FigureHistoryQuery>
export const changeFields = ['plan', 'fact', 'explanation', 'confirmed', 'returned', 'published'] as const
export type ChangeField = (typeof changeFields)[number]
export const FigureHistory = z.object({
  indicator: z.object({ id: Id, title: z.string(), unit: z.string() }),
  region: z.object({ code: z.string(), name: z.string() }),
  changes: z.array(
    z.object({
      period: z.string(),
      periodName: z.string(),
      at: Moment,
      by: z.string().nullable(),
      field: z.enum(changeFields),
      old: z.string().nullable(),
      new: z.string().nullable(),
      reason: z.string().nullable(),
    }),
  ),
})
export type FigureHistory = z.output<typeof FigureHistory>

/** Which period's figures: of all regions that the person coordinates. */
export const PeriodQuery = z.object({ period: FirstDay.optional(), periodicity: z.enum(periodicities).optional() })
export type PeriodQuery = z.output<typeof PeriodQuery>

export const ConfirmationQuery = PeriodQuery.extend({
  region: RegionCode.optional().catch(undefined),
  indicator: Id.optional().catch(undefined),
  state: z.enum(figureStates).optional().catch(undefined),
  warnings: z.enum(['with', 'without', 'unexplained']).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(100_000).default(1).catch(1),
})
export type ConfirmationQuery = z.output<typeof ConfirmationQuery>

export const figuresOnPage = 50
export const ConfirmationList = z.object({
  periodicity: z.enum(periodicities),
  period: z.string(),
  periodName: z.string(),
  total: z.int(),
  /** Of the whole period, whatever is filtered. */
  counts: z.record(z.enum(figureStates), z.int()),
  /** Entered, and nothing is noticed in them: how many could be confirmed at once. */
  clean: z.int(),
  figures: z.array(Figure.extend({ region: z.object({ code: z.string(), name: z.string() }) })),
})
export type ConfirmationList = z.output<typeof ConfirmationList>

const FigureVersion = z.object({ indicatorId: Id, region: RegionCode, version: z.coerce.number().int().min(1) })

export const FiguresDecision = z.object({
  period: FirstDay,
  figures: z.array(FigureVersion, 'Отметьте показатели').min(1, 'Отметьте показатели').max(2000),
})
export type FiguresDecision = z.output<typeof FiguresDecision>

export const FiguresReturn = FiguresDecision.extend({
  reason: z
    .string('Напишите причину')
    .trim()
    .min(3, 'Напишите причину: её увидит оператор региона')
    .max(2000, 'Не длиннее 2000 знаков'),
})
export type FiguresReturn = z.output<typeof FiguresReturn>

export const CleanConfirmation = z.object({ period: FirstDay, periodicity: z.enum(periodicities) })
export type CleanConfirmation = z.output<typeof CleanConfirmation>

export const FiguresDecided = z.object({ decided: z.int() })
export type FiguresDecided = z.output<typeof FiguresDecided>

/** Of one indicator: in how many regions its figure would be published, and where it is not ready. */
export const Publication = z.object({
  periodicity: z.enum(periodicities),
  period: z.string(),
  periodName: z.string(),
  publishedAt: Moment.nullable(),
  indicators: z.array(
    z.object({
      id: Id,
      title: z.string(),
      unit: z.string(),
      source: z.enum(indicatorSources),
      ready: z.int().meta({ description: 'Подтверждено и будет опубликовано, новое или исправленное' }),
      published: z.int().meta({ description: 'Уже опубликовано и не изменилось' }),
      unconfirmed: z.array(z.string()).meta({ description: 'Регионы, где внесено, но не подтверждено' }),
      missing: z.array(z.string()).meta({ description: 'Регионы, где не внесено или возвращено' }),
      country: Decimal.meta({ description: 'Число страны из того, что будет опубликовано' }),
    }),
  ),
})
export type Publication = z.output<typeof Publication>

export const SeriesQuery = z.object({ indicator: Id, region: RegionCode })
export type SeriesQuery = z.output<typeof SeriesQuery>
export const IndicatorSeries = z.object({
  indicator: z.object({ id: Id, title: z.string(), unit: z.string(), definition: z.string() }),
  region: z.object({ code: z.string(), name: z.string() }),
  points: z.array(
    z.object({
      period: z.string(),
      periodName: z.string(),
      plan: Decimal,
      fact: Decimal,
      completion: Decimal,
      published: Decimal,
      state: z.enum(figureStates),
    }),
  ),
})
export type IndicatorSeries = z.output<typeof IndicatorSeries>
