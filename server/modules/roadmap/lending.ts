/** What an operator's helper may be limited to, and what its acts are called. */
import type { Db } from '../../kernel/db/index.ts'
import type { Deeds, LendablePart } from '../../kernel/room.ts'
import { listPartsOfRegions } from './roadmaps/parts.queries.ts'

/** Sections and indicators of the roadmaps that these regions take part in. */
export async function lendableParts(db: Db, regions: readonly string[]): Promise<LendablePart[]> {
  const rows = await listPartsOfRegions(db, regions)
  const many = new Set(rows.map(({ roadmap }) => roadmap)).size > 1
  return rows.map(({ roadmap, kind, id, name }) => ({
    group: `${kind === 'section' ? 'Разделы плана' : 'Показатели'}${many ? ` — ${roadmap}` : ''}`,
    part: `${kind}:${id}`,
    name,
  }))
}

export const deeds: Deeds = {
  told: {
    'measure.added': 'Добавлено мероприятие',
    'measure.changed': 'Изменено мероприятие',
    'measure.moved': 'Мероприятие переставлено',
    'measure.removed': 'Удалено мероприятие',
    'measure.cancelled': 'Отменено мероприятие',
    'measure.restored': 'Возвращено в план мероприятие',
    'measure.responsible-changed': 'Назначены ответственные за мероприятие',
    'measure.reported': 'Сообщено о ходе мероприятия',
    'measure.report-withdrawn': 'Отозвано сообщение о ходе мероприятия',
    'measure.remark-answered': 'Дан ответ на замечание к мероприятию',
    'figures.entered': 'Введены показатели',
  },
  addresses: {
    roadmap: (id) => `/roadmaps/${id}`,
    measure: (id) => `/measures/${id}`,
  },
}
