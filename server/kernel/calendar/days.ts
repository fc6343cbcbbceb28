/** Days of the calendar, `YYYY-MM-DD`, without a time or a zone, and the clock on the wall of a zone. */

export const dayLength = 86_400_000

/** Whether the text is a day as this calendar writes it; 30 February is none. */
export function isDay(text: string): boolean {
  const start = Date.parse(`${text}T00:00:00Z`)
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(start) && dayAt(start) === text
}

/** @throws RangeError when it is not a day of the calendar */
export function startOf(day: string): number {
  if (!isDay(day)) throw new RangeError(`${day} is not a day of the calendar`)
  return Date.parse(`${day}T00:00:00Z`)
}

/** The day at a number of milliseconds that `startOf` or `wallClockOf` gave. */
export const dayAt = (wall: number): string => new Date(wall).toISOString().slice(0, 10)

/** @param days how many days later; negative: earlier */
export const dayAfter = (day: string, days = 1): string => dayAt(startOf(day) + days * dayLength)

/** 0 is Sunday. */
export const weekdayOf = (day: string): number => new Date(startOf(day)).getUTCDay()

export const isWeekend = (day: string): boolean => [0, 6].includes(weekdayOf(day))

/**
 * What the clock on the wall shows at a moment, in milliseconds as if it showed UTC.
 * @param zone IANA name
 */
export function wallClockOf(moment: Date, zone: string): number {
  const told = clockOf(zone).format(moment)
  const wholeSeconds = Math.floor(moment.getTime() / 1000) * 1000
  return Date.parse(`${told.replace(' ', 'T')}Z`) + moment.getTime() - wholeSeconds
}

/** The moment at which the clock on the wall of the zone shows what `wallClockOf` told. */
export function momentOf(wall: number, zone: string): Date {
  const offsetAt = (moment: number) => wallClockOf(new Date(moment), zone) - moment
  // The first answer is some hours off, and the zone's offset may have changed within them.
  return new Date(wall - offsetAt(wall - offsetAt(wall)))
}

/** Making a formatter takes a hundred times as long as using it. */
function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone)
  if (known) return known
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
  clocks.set(zone, clock)
  return clock
}

const clocks = new Map<string, Intl.DateTimeFormat>()
