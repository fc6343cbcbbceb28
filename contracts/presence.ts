/** Several people at one report: who is there, what they have saved since. */
import { z } from 'zod'
import { CellKey, ReportState } from './reporting.ts'

const Id = z.uuid()

export const PersonPresent = z.object({
  id: Id,
  name: z.string().meta({ description: 'Фамилия и инициалы' }),
  section: z.string(),
  cell: z.string().nullable(),
})
export type PersonPresent = z.output<typeof PersonPresent>

export const NewsQuery = z.object({
  since: z.coerce.number().int().min(0).meta({ description: 'Версия отчёта, которая уже есть' }),
})
export type NewsQuery = z.output<typeof NewsQuery>

export const ReportNews = z.object({
  version: z.int(),
  state: ReportState,
  form: Id.meta({ description: 'Версия формы: другая, если её заменили' }),
  cells: z.record(z.string(), z.string().nullable()).meta({ description: 'Ячейки, изменённые после этой версии' }),
  by: z.array(z.string()).meta({ description: 'Кто их изменил, кроме вас' }),
  people: z.array(PersonPresent).meta({ description: 'Кто ещё здесь: виден последние полминуты' }),
  comments: z.int().meta({ description: 'Сколько всего комментариев' }),
})
export type ReportNews = z.output<typeof ReportNews>

export const Presence = z.object({ section: z.string().min(1).max(60), cell: CellKey.nullable().default(null) })
export type Presence = z.output<typeof Presence>
