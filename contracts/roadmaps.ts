/** A roadmap on the wire: what it is for, its deadline, its regions and sections; the states of its measures. */
import { z } from 'zod'

const Id = z.uuid()

/**
 * Follows from dates and facts, never typed: done in time or late, cancelled, overdue past its term, begun when its
 * first day has come or something was reported, else to come.
 */
export const measureStates = ['planned', 'going', 'overdue', 'done', 'done-late', 'cancelled'] as const
export type MeasureState = (typeof measureStates)[number]

export const RegionCode = z.string().trim().min(1).max(20)

export const RoadmapSummary = z.object({
  id: Id,
  code: z.string(),
  title: z.string(),
  shortTitle: z.string(),
  deadline: z.iso.datetime(),
  timeZone: z.string(),
  published: z.boolean(),
})
export type RoadmapSummary = z.output<typeof RoadmapSummary>
export const RoadmapList = z.object({ roadmaps: z.array(RoadmapSummary) })

/** Zones of Russia, the capital's first: a deadline is a moment of one of them. */
export const roadmapZones = [
  'Europe/Moscow',
  'Europe/Kaliningrad',
  'Europe/Samara',
  'Asia/Yekaterinburg',
  'Asia/Omsk',
  'Asia/Krasnoyarsk',
  'Asia/Irkutsk',
  'Asia/Yakutsk',
  'Asia/Vladivostok',
  'Asia/Magadan',
  'Asia/Kamchatka',
] as const

const lastYear = 2200
export const DayOfRoadmap = z.iso
  .date('Укажите день: ДД.ММ.ГГГГ')
  .refine((day) => day >= '1990-01-01' && day <= `${lastYear}-12-31`, `Год — с 1990 по ${lastYear}`)

export const NewRoadmap = z.object({
  title: z.string().trim().min(3, 'Введите полное название').max(500, 'Можно не больше 500 знаков'),
  shortTitle: z.string().trim().min(3, 'Введите короткое название').max(120, 'Можно не больше 120 знаков'),
  purpose: z
    .string()
    .trim()
    .min(3, 'Напишите, для чего дорожная карта: это увидят все')
    .max(4000, 'Можно не больше 4000 знаков'),
  code: z
    .string()
    .trim()
    .toLowerCase()
    .max(60, 'Можно не больше 60 знаков')
    .regex(/^[a-z0-9](-?[a-z0-9])*$/, 'Строчные латинские буквы, цифры и дефис между ними, например profstandarty')
    .meta({ description: 'Часть адреса открытой страницы' }),
  startsOn: DayOfRoadmap,
  deadline: z.iso
    .datetime({ offset: true, error: 'Укажите срок' })
    .transform((moment) => new Date(moment).toISOString())
    .refine((moment) => new Date(moment).getUTCFullYear() <= lastYear, `Год — не позже ${lastYear}`),
  timeZone: z.enum(roadmapZones, 'Выберите часовой пояс').meta({ description: 'В нём считаются дни и сроки' }),
})
export type NewRoadmap = z.output<typeof NewRoadmap>

const Version = z.coerce.number().int().min(1).meta({ description: 'Версия, которую меняют' })

export const RoadmapChange = NewRoadmap.extend({ version: Version })
export type RoadmapChange = z.output<typeof RoadmapChange>

/** All that take part; who is left out leaves. */
export const RoadmapRegions = z.object({ regions: z.array(RegionCode).max(200), version: Version })
export type RoadmapRegions = z.output<typeof RoadmapRegions>

export const NewSection = z.object({
  number: z.string().trim().min(1, 'Введите номер раздела').max(20, 'Можно не больше 20 знаков'),
  title: z.string().trim().min(3, 'Введите название раздела').max(300, 'Можно не больше 300 знаков'),
})
export type NewSection = z.output<typeof NewSection>
export const SectionPlace = z.object({
  position: z.coerce.number().int().min(1).max(1000).meta({ description: 'Каким по счёту он станет' }),
})

const Named = z.object({ code: z.string(), name: z.string() })
export const Roadmap = z.object({
  ...RoadmapSummary.shape,
  purpose: z.string(),
  startsOn: z.string(),
  publishedAt: z.iso.datetime().nullable(),
  version: z.int(),
  regions: z.array(Named).meta({ description: 'Регионы, которые вам видны' }),
  sections: z.array(z.object({ id: Id, number: z.string(), title: z.string() })),
})
export type Roadmap = z.output<typeof Roadmap>

const AtMeasure = { measureId: Id, number: z.string(), title: z.string(), region: z.string(), regionName: z.string() }
/** What waits for the one who looks; each list holds the first of as many as `total` says. */
export const RoadmapToDo = z.object({
  overdue: z.object({
    total: z.int(),
    first: z.array(z.object({ ...AtMeasure, roadmapId: Id, dueOn: z.string(), days: z.int() })),
  }),
  remarks: z.object({
    total: z.int(),
    first: z.array(z.object({ ...AtMeasure, roadmapId: Id, text: z.string(), at: z.string() })),
  }),
  figures: z.object({
    total: z.int().meta({ description: 'Сколько показателей не введено за последний закончившийся период' }),
    first: z.array(
      z.object({
        roadmapId: Id,
        region: z.string(),
        regionName: z.string(),
        periodicity: z.enum(['month', 'quarter', 'half', 'year']),
        period: z.string(),
        missing: z.int(),
      }),
    ),
  }),
  confirming: z.object({
    total: z.int().meta({ description: 'Сколько показателей ждёт подтверждения' }),
    first: z.array(
      z.object({
        roadmapId: Id,
        periodicity: z.enum(['month', 'quarter', 'half', 'year']),
        period: z.string(),
        waiting: z.int(),
        confirmed: z.int().meta({ description: 'Подтверждено и ещё не опубликовано' }),
      }),
    ),
  }),
})
export type RoadmapToDo = z.output<typeof RoadmapToDo>

const States = z.record(z.enum(measureStates), z.int())
export const RoadmapOverview = z.object({
  roadmap: RoadmapSummary,
  states: States.meta({ description: 'Мероприятия всех видимых регионов по состояниям' }),
  regions: z
    .array(z.object({ code: z.string(), name: z.string(), states: States }))
    .meta({ description: 'Видимые регионы, сначала те, где больше просрочено' }),
  toDo: RoadmapToDo,
})
export type RoadmapOverview = z.output<typeof RoadmapOverview>
