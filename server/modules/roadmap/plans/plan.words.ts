/** What is said of a measure's term, and the addresses of a plan. */
import type { MeasureLine, PlanQuery } from '../../../../contracts/measures.ts'
import { counted, daysUntil, formatDate, formatDue } from '../../../../web/kit/index.ts'
import { isWorkingDay } from '../../../kernel/calendar/index.ts'

type Dated = Pick<MeasureLine, 'state' | 'dueOn' | 'doneOn'>

export const measureForms = ['мероприятие', 'мероприятия', 'мероприятий'] as const
const days = ['день', 'дня', 'дней'] as const

/** With so few days left, working days are what counts. */
const soon = 21

/** @param today `YYYY-MM-DD` in the roadmap's time zone */
export function termWords({ state, dueOn, doneOn }: Dated, today: string): string | undefined {
  switch (state) {
    case 'cancelled':
      return undefined
    case 'done':
      return doneOn ? `выполнено ${formatDate(doneOn)}` : undefined
    case 'done-late':
      return doneOn
        ? `выполнено ${formatDate(doneOn)}, на ${counted(-daysUntil(dueOn, middayOf(doneOn), 'UTC'), days)} позже срока`
        : undefined
    case 'overdue':
      return formatDue(dueOn, middayOf(today), 'UTC')
    case 'planned':
    case 'going':
      return daysUntil(dueOn, middayOf(today), 'UTC') > soon
        ? formatDue(dueOn, middayOf(today), 'UTC')
        : workingDaysLeft(dueOn, today)
  }
}

function workingDaysLeft(dueOn: string, today: string): string {
  if (dueOn === today) return 'срок сегодня'
  let left = 0
  for (let day = nextDay(today); day <= dueOn; day = nextDay(day)) if (isWorkingDay(day)) left += 1
  if (left === 0) return `${formatDue(dueOn, middayOf(today), 'UTC')}, рабочих нет`
  const last = left % 10 === 1 && left % 100 !== 11
  return `${last ? 'остался' : 'осталось'} ${counted(left, ['рабочий день', 'рабочих дня', 'рабочих дней'])}`
}

const middayOf = (day: string): Date => new Date(`${day}T12:00:00Z`)

const nextDay = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)

/** «15.01.2026 – 01.03.2026», or the term alone. */
export const termOf = ({ startsOn, dueOn }: Pick<MeasureLine, 'startsOn' | 'dueOn'>): string =>
  startsOn ? `${formatDate(startsOn)} – ${formatDate(dueOn)}` : formatDate(dueOn)

/** The address keeps the region, what is narrowed, and the page. */
export function planAddress(roadmapId: string, query: Partial<PlanQuery>): string {
  const { region, section, state, organisation, q, whole, page = 1 } = query
  const parts = new URLSearchParams()
  for (const [name, value] of Object.entries({ region, section, state, organisation, q, whole }))
    if (value) parts.set(name, value)
  if (page > 1) parts.set('page', String(page))
  return parts.size > 0 ? `/roadmaps/${roadmapId}/plan?${parts}` : `/roadmaps/${roadmapId}/plan`
}
