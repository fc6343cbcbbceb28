/** Periods of indicators: a month, a quarter, half a year, a year, known by their first day. */
import { type Periodicity, periodicities } from '../../../../contracts/indicators.ts'

/** `YYYY-MM-DD`. */
type Day = string

const months = 'январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь'.split(' ')
const romans = ['I', 'II', 'III', 'IV']
export const monthsIn: Record<Periodicity, number> = { month: 1, quarter: 3, half: 6, year: 12 }

export const periodicityNames: Record<Periodicity, string> = {
  month: 'Каждый месяц',
  quarter: 'Каждый квартал',
  half: 'Каждое полугодие',
  year: 'Каждый год',
}

/** «март 2026 года», «III квартал 2026 года», «I полугодие 2026 года», «2026 год». */
export function periodName(periodicity: Periodicity, first: Day): string {
  const { year, month } = partsOf(first)
  const number = romans[(month - 1) / monthsIn[periodicity]]
  switch (periodicity) {
    case 'month':
      return `${months[month - 1]} ${year} года`
    case 'quarter':
      return `${number} квартал ${year} года`
    case 'half':
      return `${number} полугодие ${year} года`
    case 'year':
      return `${year} год`
  }
}

/** The first day of the period that holds a day. */
export function periodOf(periodicity: Periodicity, day: Day): Day {
  const { year, month } = partsOf(day)
  return firstDay(year, month - ((month - 1) % monthsIn[periodicity]))
}

export const isFirstDay = (periodicity: Periodicity, day: Day): boolean =>
  /^\d{4}-\d{2}-01$/.test(day) && isMonth(partsOf(day).month) && periodOf(periodicity, day) === day

/** So many periods on, or back. */
export function periodsOn(periodicity: Periodicity, first: Day, count: number): Day {
  const { year, month } = partsOf(first)
  return firstDay(year, month + count * monthsIn[periodicity])
}

export const previousPeriod = (periodicity: Periodicity, first: Day): Day => periodsOn(periodicity, first, -1)

/** Which is entered now: the last that has ended. */
export const periodToEnter = (periodicity: Periodicity, today: Day): Day =>
  previousPeriod(periodicity, periodOf(periodicity, today))

/** From the one in which a roadmap begins to the current one, the latest first. */
export function periodsBetween(periodicity: Periodicity, startsOn: Day, today: Day): Day[] {
  const first = periodOf(periodicity, startsOn)
  const found: Day[] = []
  for (let at = periodOf(periodicity, today); at >= first; at = previousPeriod(periodicity, at)) found.push(at)
  return found
}

/** In which rhythms a period may begin on this day: 1 July begins a month, a quarter and a half. */
export const periodicitiesOf = (day: Day): Periodicity[] =>
  periodicities.filter((periodicity) => isFirstDay(periodicity, day))

/** Today in a time zone, `YYYY-MM-DD`. */
export const dayIn = (timeZone: string, now = new Date()): Day => now.toLocaleDateString('sv', { timeZone })

function partsOf(day: Day): { year: number; month: number } {
  const [year = 0, month = 0] = day.split('-').map(Number)
  return { year, month }
}

/** @param month counted on past the twelfth, or back before the first */
function firstDay(year: number, month: number): Day {
  const years = Math.floor((month - 1) / 12)
  return `${String(year + years).padStart(4, '0')}-${String(month - years * 12).padStart(2, '0')}-01`
}

const isMonth = (month: number): boolean => month >= 1 && month <= 12
