/** Until when a decision is due, counted in working days of the calendar. */

/**
 * The end (18:00 in the zone) of the working day that is `days` working days after today.
 * @param zone IANA name of the installation's time zone
 */
export function dueAfterWorkingDays(now: Date, days: number, zone: string): Date {
  let day = dayIn(now, zone)
  for (let left = days; left > 0; ) {
    day = nextDay(day)
    if (isWorkingDay(day)) left -= 1
  }
  return momentIn(day, closingHour, zone)
}

/** How many working days a decision that is due then still has; 0 on its last day and after it. */
export function workingDaysBetween(now: Date, due: Date, zone: string): number {
  const last = dayIn(due, zone)
  let left = 0
  for (let day = nextDay(dayIn(now, zone)); day <= last; day = nextDay(day)) if (isWorkingDay(day)) left += 1
  return left
}

const closingHour = 18

/** Трудовой кодекс, article 112; days off moved by the government's yearly decree are not known beforehand. */
const holidays = new Set([
  ...['01-01', '01-02', '01-03', '01-04', '01-05', '01-06', '01-07', '01-08'],
  ...['02-23', '03-08', '05-01', '05-09', '06-12', '11-04'],
])

function isWorkingDay(day: string): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6 && !holidays.has(day.slice(5))
}

const nextDay = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)

/** The day of the calendar on which a moment falls, `YYYY-MM-DD`. */
export function dayIn(moment: Date, zone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(moment)
}

/** The zone's distance from UTC is taken at the moment itself, so a change of clocks between now and then is met. */
function momentIn(day: string, hour: number, zone: string): Date {
  const asUtc = Date.parse(`${day}T${String(hour).padStart(2, '0')}:00:00Z`)
  return new Date(asUtc - offsetAt(new Date(asUtc), zone))
}

function offsetAt(moment: Date, zone: string): number {
  const told = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(
    moment,
  )
  return Date.parse(`${told.replace(' ', 'T')}Z`) - Math.floor(moment.getTime() / 1000) * 1000
}
