/** How the history of a measure is told. */
import { formatDate } from '../../../../web/kit/index.ts'
import type { ChangeRow } from './details.queries.ts'

const fieldNames: Record<string, string> = {
  added: 'Мероприятие добавлено',
  section: 'Раздел',
  number: 'Номер',
  title: 'Название',
  expectedResult: 'Ожидаемый результат',
  startsOn: 'Начало',
  dueOn: 'Срок',
  organisation: 'Ответственная организация',
  responsiblePerson: 'Ответственное лицо',
  coExecutors: 'Соисполнители',
  indicator: 'Показатель',
  evidenceKinds: 'Подтверждающие документы',
  after: 'После каких мероприятий',
  position: 'Место в плане',
  percent: 'Сделано',
  doneOn: 'День выполнения',
  cancelled: 'Мероприятие отменено',
  restored: 'Мероприятие возвращено в план',
}

/** A field of another's noun is told by its own name. */
export const fieldName = (field: string): string => fieldNames[field] ?? field

/** «было → стало»; undefined when the field's name says all. */
export function changeWords({ oldValue, newValue }: Pick<ChangeRow, 'oldValue' | 'newValue'>): string | undefined {
  if (oldValue === null && newValue === null) return undefined
  return `${shown(oldValue)} → ${shown(newValue)}`
}

const shown = (value: string | null): string => {
  if (value === null || value === '') return 'не указано'
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? formatDate(value) : `«${value}»`
}
