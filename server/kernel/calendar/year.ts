/** A year of the production calendar (производственный календарь), five days of eight hours a week. */
import { dayAfter, dayAt, dayLength, isWeekend } from './days.ts'
import type { Decrees } from './file.ts'
import { isLegalHoliday, isNewYearHoliday } from './holidays.ts'

export type WorkingYear = {
  /** Working hours of each day, from 1 January on. */
  hours: Uint8Array
  /** Working hours of the year before each day; one longer than the year, its last is the year's sum. */
  hoursBefore: Uint16Array
  /** Working days of the year before each day, in the same way. */
  daysBefore: Uint16Array
  /** No decree on the year is known: of 1–8 January's days off two are still to be moved. */
  preliminary: boolean
}

/** Works the year out by Трудовой кодекс, articles 95 and 112, and what decrees and the region's law say. */
export function workingYear(year: number, decrees: Decrees): WorkingYear {
  const days = daysOf(year)
  const hours = Uint8Array.from(hoursOf(days, decrees))
  const hoursBefore = new Uint16Array(days.length + 1)
  const daysBefore = new Uint16Array(days.length + 1)
  for (const [index, worked] of hours.entries()) {
    hoursBefore[index + 1] = (hoursBefore[index] ?? 0) + worked
    daysBefore[index + 1] = (daysBefore[index] ?? 0) + (worked > 0 ? 1 : 0)
  }
  return { hours, hoursBefore, daysBefore, preliminary: !days.some((day) => decrees.moved.has(day)) }
}

function hoursOf(days: readonly string[], { moved, holidays }: Decrees): number[] {
  const isHoliday = (day: string) => isLegalHoliday(day) || holidays.has(day)
  const freed = new Set(moved.values())
  const isFree = (day: string) => isHoliday(day) || freed.has(day) || (isWeekend(day) && !moved.has(day))

  // Article 112, part 2: a day off that coincides with a holiday moves to the next working day after the holiday.
  for (const day of days)
    if (isHoliday(day) && isWeekend(day) && !isNewYearHoliday(day) && !moved.has(day)) freed.add(nextOf(day, isFree))

  // Article 95: the day right before a holiday is an hour shorter; before a day that is merely off it is not.
  const isEve = (day: string) => isHoliday(dayAfter(day))
  // Приказ Минздравсоцразвития of 13 August 2009, 588н: a day off that is worked is as long as the day it was moved to.
  const isShort = (day: string) => isEve(day) || isEve(moved.get(day) ?? day)
  return days.map((day) => (isFree(day) ? 0 : isShort(day) ? 7 : 8))
}

function nextOf(day: string, isFree: (day: string) => boolean): string {
  let next = dayAfter(day)
  while (isFree(next)) next = dayAfter(next)
  return next
}

function daysOf(year: number): string[] {
  const first = Date.UTC(year, 0, 1)
  const count = (Date.UTC(year + 1, 0, 1) - first) / dayLength
  return Array.from({ length: count }, (_, index) => dayAt(first + index * dayLength))
}
