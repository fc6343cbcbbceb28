/** Periods of reporting: a year, a half, a quarter, a month, by kind (how many there are in a year) and number. */
export type ReportingPeriod = { year: number; periodKind: number; periodNumber: number }

const months = 'январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь'.split(' ')

/** «2026 год», «3 квартал 2026 года», «март 2026 года». */
export function periodTitle({ year, periodKind, periodNumber }: ReportingPeriod): string {
  switch (periodKind) {
    case 1:
      return `${year} год`
    case 12:
      return `${months[periodNumber - 1] ?? periodNumber} ${year} года`
    case 4:
      return `${periodNumber} квартал ${year} года`
    case 2:
      return `${periodNumber} полугодие ${year} года`
    default:
      return `${periodNumber} период ${year} года`
  }
}

export const nextPeriod = ({ year, periodKind, periodNumber }: ReportingPeriod): ReportingPeriod =>
  periodNumber < periodKind
    ? { year, periodKind, periodNumber: periodNumber + 1 }
    : { year: year + 1, periodKind, periodNumber: 1 }

/** A deadline of the next period: as many months on as a period has, the last day of a month staying the last. */
export function onePeriodOn(moment: Date, periodKind: number): Date {
  const on = 12 / periodKind
  const day = moment.getUTCDate()
  const next = new Date(moment)
  next.setUTCDate(1)
  next.setUTCMonth(next.getUTCMonth() + on)
  const lastDay = new Date(Date.UTC(next.getUTCFullYear(), next.getUTCMonth() + 1, 0)).getUTCDate()
  const isLast = day === new Date(Date.UTC(moment.getUTCFullYear(), moment.getUTCMonth() + 1, 0)).getUTCDate()
  next.setUTCDate(isLast ? lastDay : Math.min(day, lastDay))
  return next
}

/** 23:59:59 of a calendar day in a time zone. */
export function endOfDay(day: string, timeZone: string): string {
  const asUtc = new Date(`${day}T23:59:59Z`)
  const there = new Date(`${asUtc.toLocaleString('sv', { timeZone }).replace(' ', 'T')}Z`)
  return new Date(asUtc.getTime() * 2 - there.getTime()).toISOString()
}

/** The beginning of a calendar day in a time zone. */
export const startOfDay = (day: string, timeZone: string): string =>
  new Date(Date.parse(endOfDay(day, timeZone)) - (86_400 - 1) * 1000).toISOString()
