/** Measures of a roadmap's plans on the wire: the federal template, its copies in regions, regions' own additions. */
import { z } from 'zod'
import { measureStates, RegionCode } from './roadmaps.ts'

const Id = z.uuid()
const Day = z.iso.date()

export const templatePlan = 'template'

export const measuresOnPage = 50
export const PlanQuery = z.object({
  region: RegionCode.optional()
    .catch(undefined)
    .meta({ description: 'Код региона или template: шаблон плана; без него — регион, выбранный в углу' }),
  section: Id.optional().catch(undefined),
  state: z.enum(measureStates).optional().catch(undefined),
  organisation: z
    .string()
    .trim()
    .max(500)
    .optional()
    .catch(undefined)
    .meta({ description: 'Ответственная организация, как она названа в плане' }),
  q: z.string().trim().max(200).optional().catch(undefined),
  whole: z
    .literal('yes')
    .optional()
    .catch(undefined)
    .meta({ description: 'yes: весь план сразу, а не по 50 мероприятий' }),
  page: z.coerce.number().int().min(1).max(100_000).default(1).catch(1),
})
export type PlanQuery = z.output<typeof PlanQuery>

const Terms = {
  startsOn: Day.nullable().meta({ description: 'Первый день; null: не сказан' }),
  dueOn: Day.meta({ description: 'Срок: последний день' }),
}

export const MeasureLine = z.object({
  id: Id,
  sectionId: Id,
  number: z.string(),
  title: z.string(),
  ...Terms,
  state: z.enum(measureStates),
  percent: z.int(),
  doneOn: Day.nullable(),
  organisation: z.string().meta({ description: 'Ответственная организация; пусто: не назначена' }),
  responsiblePerson: z.string(),
  own: z.boolean().meta({ description: 'true: дополнение региона, в шаблоне его нет' }),
})
export type MeasureLine = z.output<typeof MeasureLine>

export const Plan = z.object({
  region: RegionCode.nullable().meta({ description: 'null: шаблон плана' }),
  total: z.int().meta({ description: 'Сколько мероприятий нашлось' }),
  counts: z.record(z.enum(measureStates), z.int()).meta({ description: 'Сколько в каком состоянии во всём плане' }),
  sections: z.array(z.object({ id: Id, number: z.string(), title: z.string() })),
  measures: z.array(MeasureLine),
})
export type Plan = z.output<typeof Plan>

export const LinkedMeasure = z.object({
  id: Id,
  number: z.string(),
  title: z.string(),
  dueOn: Day,
  state: z.enum(measureStates),
})
export type LinkedMeasure = z.output<typeof LinkedMeasure>

export const Measure = MeasureLine.omit({ organisation: true }).extend({
  roadmapId: Id,
  region: RegionCode.nullable(),
  regionName: z.string().nullable(),
  templateId: Id.nullable().meta({ description: 'Мероприятие шаблона, копией которого стало это' }),
  section: z.object({ id: Id, number: z.string(), title: z.string() }),
  expectedResult: z.string(),
  organisation: z.object({ id: Id.nullable(), name: z.string() }),
  coExecutors: z.array(z.object({ organisationId: Id.nullable(), name: z.string() })),
  indicatorId: Id.nullable(),
  evidenceKinds: z.array(z.string()),
  after: z.array(LinkedMeasure).meta({ description: 'После чего выполняется' }),
  before: z.array(LinkedMeasure).meta({ description: 'Что выполняется после него' }),
  reportedAt: z.iso.datetime().nullable(),
  cancelledAt: z.iso.datetime().nullable(),
  cancelReason: z.string().nullable(),
  version: z.int(),
})
export type Measure = z.output<typeof Measure>
