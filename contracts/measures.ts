/** Measures of a roadmap's plans on the wire: the federal template, its copies in regions, regions' own additions. */
import { z } from 'zod'
import { DayOfRoadmap, measureStates, RegionCode } from './roadmaps.ts'

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

/** A choice of the registry, or a name of whoever is not in it. */
const NamedOrganisation = z.object({
  organisationId: Id.nullable().default(null),
  name: z
    .string()
    .trim()
    .max(500, 'Название организации — не длиннее 500 знаков')
    .default('')
    .meta({ description: 'Как названа, если в реестре её нет' }),
})
export type NamedOrganisation = z.output<typeof NamedOrganisation>

const Responsible = {
  organisation: NamedOrganisation.default({ organisationId: null, name: '' }),
  responsiblePerson: z.string().trim().max(300, 'Ответственное лицо — не длиннее 300 знаков').default(''),
  coExecutors: z.array(NamedOrganisation).max(30, 'Не больше 30 соисполнителей').default([]),
}

const Fields = {
  sectionId: z.uuid('Выберите раздел'),
  number: z.string().trim().min(1, 'Укажите номер').max(20, 'Номер — не длиннее 20 знаков'),
  title: z.string().trim().min(3, 'Напишите, что нужно сделать').max(1000, 'Название — не длиннее 1000 знаков'),
  expectedResult: z.string().trim().max(2000, 'Ожидаемый результат — не длиннее 2000 знаков').default(''),
  startsOn: DayOfRoadmap.nullable().default(null),
  dueOn: DayOfRoadmap,
  ...Responsible,
  indicatorId: Id.nullable().default(null),
  evidenceKinds: z
    .array(z.string().trim().min(1).max(200, 'Название документа — не длиннее 200 знаков'))
    .max(20, 'Не больше 20 видов документов')
    .default([])
    .meta({ description: 'Чем подтверждается выполнение' }),
  after: z
    .array(Id)
    .max(50, 'Не больше 50 мероприятий')
    .default([])
    .meta({ description: 'После каких мероприятий того же плана выполняется' }),
}
export const MeasureReason = z.string().trim().max(1000, 'Причина — не длиннее 1000 знаков')
const Version = z.coerce.number().int().min(1).meta({ description: 'Версия, которую меняют' })

export const termsInOrder = ({ startsOn, dueOn }: { startsOn: string | null; dueOn: string }): boolean =>
  startsOn === null || startsOn <= dueOn
export const wrongTerms = { path: ['dueOn'], message: 'Срок раньше начала. Исправьте один из дней' }

export const NewMeasure = z
  .object({ region: RegionCode.meta({ description: 'Код региона или template: в шаблон плана' }), ...Fields })
  .refine(termsInOrder, wrongTerms)
export type NewMeasure = z.output<typeof NewMeasure>

export const MeasureChange = z
  .object({
    ...Fields,
    reason: MeasureReason.default('').meta({ description: 'Почему; нужна, когда меняется срок' }),
    version: Version,
  })
  .refine(termsInOrder, wrongTerms)
export type MeasureChange = z.output<typeof MeasureChange>

export const ResponsibleChange = z.object({ ...Responsible, version: Version })
export type ResponsibleChange = z.output<typeof ResponsibleChange>

export const MeasureDecision = z.object({
  reason: MeasureReason.min(3, 'Напишите причину: её увидят регионы'),
})
export type MeasureDecision = z.output<typeof MeasureDecision>

export const MeasureMove = z.object({ direction: z.enum(['up', 'down']) })
export type MeasureMove = z.output<typeof MeasureMove>

export const MeasureChanges = z.object({
  total: z.int(),
  changes: z.array(
    z.object({
      at: z.iso.datetime(),
      by: z.string().nullable().meta({ description: 'Кто; null: сама программа' }),
      field: z.string(),
      oldValue: z.string().nullable(),
      newValue: z.string().nullable(),
      reason: z.string().nullable(),
    }),
  ),
})
export const ChangesQuery = z.object({ page: z.coerce.number().int().min(1).max(100_000).default(1).catch(1) })

export const OrganisationWords = z.array(z.object({ text: z.string() }))
