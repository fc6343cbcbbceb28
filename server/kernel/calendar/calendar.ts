/** Working days and hours: the law, the decrees and the region's days of `reference/calendar.csv`. */
import { readReference } from '../reference.ts'
import { dayAfter, dayAt, dayLength, momentOf, startOf, wallClockOf } from './days.ts'
import { type Decrees, decreesOf, file } from './file.ts'
import { type WorkingYear, workingYear } from './year.ts'

const hour = 3_600_000
const opening = 9 * hour
const lunch = { from: 13 * hour, to: 14 * hour }

let decrees: Decrees | undefined
const years = new Map<string, WorkingYear>()

/**
 * Reads the file, so that a mistake in it stops the start rather than a call.
 * @throws WrongCalendar
 */
export function loadCalendar(): void {
  decrees ??= decreesOf(readReference(file))
}

/** @param day `YYYY-MM-DD` */
export const isWorkingDay = (day: string): boolean => workingHoursOf(day) > 0

/**
 * Hours of a working week of forty: 8, 7 on the day before a holiday, 0 on a day off.
 * @param day `YYYY-MM-DD`
 * @throws RangeError when it is not a day of the calendar
 */
export const workingHoursOf = (day: string): number => hoursOn(startOf(day))

/** Whether no decree on moved days off is known for the year, so that some days may yet turn out otherwise. */
export const isPreliminary = (year: number): boolean => yearOf(year).preliminary

/**
 * Working hours from one moment to another, with fractions: 9–13 and 14–18 by the zone's clock on working days, an hour
 * less in the evening before a holiday. 0 when `to` is not later.
 * @param zone IANA name
 */
export function workingHoursBetween(from: Date, to: Date, zone: string): number {
  if (to <= from) return 0
  const [start, end] = [wallClockOf(from, zone), wallClockOf(to, zone)]
  const whole = sumBetween('hoursBefore', start, end)
  return whole + (workedOn(end) - workedOn(start)) / hour
}

/**
 * The end of the working day (18:00 in the zone, 17:00 before a holiday) that is `days` working days after today.
 * @param zone IANA name
 */
export function dueAfterWorkingDays(now: Date, days: number, zone: string): Date {
  let day = dayIn(now, zone)
  for (let left = days; left > 0; ) {
    day = dayAfter(day)
    if (isWorkingDay(day)) left -= 1
  }
  return momentOf(startOf(day) + closingOn(startOf(day)), zone)
}

/** How many working days something that is due then still has; 0 on its last day and after it. */
export function workingDaysBetween(now: Date, due: Date, zone: string): number {
  if (due <= now) return 0
  const [today, last] = [wallClockOf(now, zone), wallClockOf(due, zone)]
  return sumBetween('daysBefore', today + dayLength, last + dayLength)
}

/** The day of the calendar on which a moment falls, `YYYY-MM-DD`. */
export const dayIn = (moment: Date, zone: string): string => dayAt(wallClockOf(moment, zone))

/**
 * From which day something is to be kept that holds from this day on: where the day has already begun by the zone's
 * clock it must hold at once, though by the database's clock it may still be the day before.
 */
export function holdsFrom(day: string, zone: string, now = new Date()): string {
  const byTheDatabase = dayIn(now, 'UTC')
  return day > byTheDatabase && day <= dayIn(now, zone) ? byTheDatabase : day
}

/** When work ends that day, from midnight; a day off would end as an ordinary day does. */
const closingOn = (wall: number): number => opening + (lunch.to - lunch.from) + (hoursOn(wall) || 8) * hour

/** Milliseconds of that day's work that have passed when the clock on the wall shows this. */
function workedOn(wall: number): number {
  if (hoursOn(wall) === 0) return 0
  const time = wall - Math.floor(wall / dayLength) * dayLength
  const within = (start: number, end: number) => Math.min(Math.max(time, start), end) - start
  return within(opening, lunch.from) + within(lunch.to, closingOn(wall))
}

const hoursOn = (wall: number): number => yearAt(wall).hours[placeOf(wall)] ?? 0

/** Working hours or days from the beginning of one day to that of a later one. */
function sumBetween(what: 'hoursBefore' | 'daysBefore', from: number, to: number): number {
  const beforeIn = (wall: number) => yearAt(wall)[what][placeOf(wall)] ?? 0
  let sum = beforeIn(to) - beforeIn(from)
  for (let year = yearNumber(from); year < yearNumber(to); year += 1) sum += yearOf(year)[what].at(-1) ?? 0
  return sum
}

const yearNumber = (wall: number): number => new Date(wall).getUTCFullYear()

const yearAt = (wall: number): WorkingYear => yearOf(yearNumber(wall))

const placeOf = (wall: number): number => Math.floor((wall - Date.UTC(yearNumber(wall), 0, 1)) / dayLength)

function yearOf(year: number): WorkingYear {
  decrees ??= decreesOf(readReference(file))
  const key = decrees.years.has(year) ? `${year}` : kindOf(year)
  const known = years.get(key)
  if (known) return known
  const worked = workingYear(year, decrees)
  years.set(key, worked)
  return worked
}

/** Years that the file is silent about are alike when they are as long and begin on the same weekday. */
function kindOf(year: number): string {
  const [first, next] = [Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1)]
  return `${(next - first) / dayLength} days from ${new Date(first).getUTCDay()}`
}
