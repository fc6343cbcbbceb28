/** The settings of a roadmap as they are typed. */
import { z } from 'zod'
import { type NewRoadmap, NewRoadmap as Sent } from '../../../../contracts/roadmaps.ts'
import { formatDate, formatTime, parseDate } from '../../../../web/kit/dates.ts'
import { momentIn } from './days.ts'
import type { RoadmapRow } from './roadmaps.queries.ts'

const Day = (told: string) =>
  z
    .string(told)
    .transform((typed) => parseDate(typed) ?? '')
    .refine((day) => /^(199\d|20\d\d|21\d\d)-/.test(day), told)

export const SettingsFields = z.object({
  title: Sent.shape.title,
  shortTitle: Sent.shape.shortTitle,
  purpose: Sent.shape.purpose,
  code: Sent.shape.code,
  startsOn: Day('Укажите первый день: ДД.ММ.ГГГГ'),
  deadlineDay: Day('Укажите день срока: ДД.ММ.ГГГГ'),
  deadlineTime: z
    .string()
    .trim()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Время: часы и минуты, например 18:00'),
  timeZone: Sent.shape.timeZone,
  version: z.coerce.number().int().min(1).default(1),
})
export type SettingsFields = z.output<typeof SettingsFields>

export const roadmapIn = ({ deadlineDay, deadlineTime, version: _, ...fields }: SettingsFields): NewRoadmap => ({
  ...fields,
  deadline: momentIn(fields.timeZone, deadlineDay, deadlineTime),
})

/** What the fields of a stored roadmap hold. */
export const valuesOf = (roadmap: RoadmapRow): Record<string, string> => ({
  title: roadmap.title,
  shortTitle: roadmap.shortTitle,
  purpose: roadmap.purpose,
  code: roadmap.code,
  startsOn: formatDate(roadmap.startsOn),
  deadlineDay: formatDate(roadmap.deadline, roadmap.timeZone),
  deadlineTime: formatTime(roadmap.deadline, roadmap.timeZone),
  timeZone: roadmap.timeZone,
  version: String(roadmap.version),
})

/** One ticked box comes as a text, several as a list, none not at all. */
export const RegionFields = z.object({
  regions: z
    .union([z.string(), z.array(z.string())])
    .default([])
    .transform((given) => [given].flat())
    .pipe(z.array(z.string().max(20)).max(200)),
  version: z.coerce.number().int().min(1),
  do: z.enum(['save', 'all', 'none']).default('save'),
})
