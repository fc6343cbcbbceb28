import { describe, expect, it } from 'vitest'
import { readReference } from '../reference.ts'
import { decreesOf } from './file.ts'
import {
  dueAfterWorkingDays,
  holdsFrom,
  isPreliminary,
  isWorkingDay,
  loadCalendar,
  workingDaysBetween,
  workingHoursBetween,
  workingHoursOf,
} from './index.ts'
import { workingYear } from './year.ts'

const moscow = 'Europe/Moscow'
const at = (text: string) => new Date(text)

const daysOf = (year: number): string[] =>
  Array.from({ length: 366 }, (_, index) => new Date(Date.UTC(year, 0, 1 + index)).toISOString().slice(0, 10)).filter(
    (day) => day.startsWith(`${year}`),
  )
const month = (day: string) => Number(day.slice(5, 7))
const sum = (numbers: readonly number[]) => numbers.reduce((one, other) => one + other, 0)
const monthsOf = (year: number) =>
  Array.from({ length: 12 }, (_, index) => {
    const hours = daysOf(year)
      .filter((day) => month(day) === index + 1)
      .map(workingHoursOf)
    return [hours.filter((worked) => worked > 0).length, sum(hours)]
  })
const shortDaysOf = (year: number) => daysOf(year).filter((day) => workingHoursOf(day) === 7)

describe('a year of the calendar has the days and hours of the official one', () => {
  it('2024: 248 days, 1979 hours', () => {
    const months = monthsOf(2024)
    expect(months.map(([days]) => days)).toEqual([17, 20, 20, 21, 20, 19, 23, 22, 21, 23, 21, 21])
    expect(months.map(([, hours]) => hours)).toEqual([136, 159, 159, 168, 159, 151, 184, 176, 168, 184, 167, 168])
    expect(sum(daysOf(2024).map(workingHoursOf))).toBe(1979)
    expect(shortDaysOf(2024)).toEqual(['2024-02-22', '2024-03-07', '2024-05-08', '2024-06-11', '2024-11-02'])
  })

  it('2025: 247 days, 1972 hours', () => {
    const months = monthsOf(2025)
    expect(months.map(([days]) => days)).toEqual([17, 20, 21, 22, 18, 19, 23, 21, 22, 23, 19, 22])
    expect(months.map(([, hours]) => hours)).toEqual([136, 160, 167, 175, 144, 151, 184, 168, 176, 184, 151, 176])
    expect(sum(daysOf(2025).map(workingHoursOf))).toBe(1972)
    expect(shortDaysOf(2025)).toEqual(['2025-03-07', '2025-04-30', '2025-06-11', '2025-11-01'])
  })

  it('2026: 247 days, 1972 hours', () => {
    const months = monthsOf(2026)
    expect(months.map(([days]) => days)).toEqual([15, 19, 21, 22, 19, 21, 23, 21, 22, 22, 20, 22])
    expect(months.map(([, hours]) => hours)).toEqual([120, 152, 168, 175, 151, 167, 184, 168, 176, 176, 159, 176])
    expect(sum(daysOf(2026).map(workingHoursOf))).toBe(1972)
    expect(shortDaysOf(2026)).toEqual(['2026-04-30', '2026-05-08', '2026-06-11', '2026-11-03'])
  })

  it.each([
    // Decrees 1648 of 10 October 2020, 1564 of 16 September 2021, 1505 of 29 August 2022; of three days off within
    // 1–8 January 2022 and 2023 one was not moved at all.
    [2021, ['2021-01-02;2021-11-05', '2021-01-03;2021-12-31', '2021-02-20;2021-02-22'], 247, 1972],
    [2022, ['2022-01-01;2022-05-03', '2022-01-02;2022-05-10', '2022-03-05;2022-03-07'], 247, 1973],
    [2023, ['2023-01-01;2023-02-24', '2023-01-08;2023-05-08'], 247, 1973],
  ])('%i, by the lines of its own decree', (year, lines, days, hours) => {
    const { daysBefore, hoursBefore } = workingYear(year, decreesOf(Buffer.from(['from;to', ...lines].join('\n'))))
    expect([daysBefore.at(-1), hoursBefore.at(-1)]).toEqual([days, hours])
  })
})

describe('a day', () => {
  it('off by decree is off, the Saturday worked in its place is worked', () => {
    expect(isWorkingDay('2024-12-30')).toBe(false)
    expect(isWorkingDay('2024-12-28')).toBe(true)
  })

  it('off that the decree moves elsewhere does not also move to the day after the holiday', () => {
    expect(isWorkingDay('2025-02-24')).toBe(true)
    expect(isWorkingDay('2025-05-08')).toBe(false)
  })

  it('after a holiday that fell on a day off is off', () => {
    expect(isWorkingDay('2026-03-09')).toBe(false)
    expect(isWorkingDay('2027-05-03')).toBe(false)
  })

  it('that is none is no day', () => {
    expect(() => isWorkingDay('2026-13-01')).toThrow(RangeError)
    expect(() => isWorkingDay('2026-02-30')).toThrow(RangeError)
    expect(() => isWorkingDay('tomorrow')).toThrow(RangeError)
  })
})

describe('a year without a decree', () => {
  it('is preliminary, and its days are those of the law', () => {
    expect([2024, 2025, 2026].map(isPreliminary)).toEqual([false, false, false])
    expect(isPreliminary(2027)).toBe(true)
    expect(daysOf(2027).filter((day) => !isWorkingDay(day) && ![0, 6].includes(at(day).getUTCDay()))).toEqual([
      ...['2027-01-01', '2027-01-04', '2027-01-05', '2027-01-06', '2027-01-07', '2027-01-08'],
      ...['2027-02-23', '2027-03-08', '2027-05-03', '2027-05-10', '2027-06-14', '2027-11-04'],
    ])
  })
})

describe('a region’s own holiday', () => {
  const year = workingYear(2026, decreesOf(Buffer.from('from;to\n;2026-04-21\n;2026-08-30')))
  const hoursOf = (day: string) => year.hours[daysOf(2026).indexOf(day)]

  it('is off, and the day before it an hour shorter', () => {
    expect([hoursOf('2026-04-20'), hoursOf('2026-04-21')]).toEqual([7, 0])
  })

  it('that falls on Sunday makes Monday free', () => expect(hoursOf('2026-08-31')).toBe(0))

  it('is no decree: the year stays preliminary', () => expect(year.preliminary).toBe(true))
})

describe('working hours until a deadline', () => {
  const left = (from: string, to: string) => workingHoursBetween(at(`${from}+03:00`), at(`${to}+03:00`), moscow)

  it('count of today what remains of it', () => {
    expect(left('2026-02-02T09:00', '2026-02-02T18:00')).toBe(8)
    expect(left('2026-02-02T11:30', '2026-02-02T18:00')).toBe(5.5)
    expect(left('2026-02-02T07:00', '2026-02-02T23:59')).toBe(8)
    expect(left('2026-02-02T18:30', '2026-02-02T23:59')).toBe(0)
  })

  it('leave the hour of lunch out', () => {
    expect(left('2026-02-02T12:00', '2026-02-02T15:00')).toBe(2)
    expect(left('2026-02-02T13:10', '2026-02-02T13:50')).toBe(0)
  })

  it('end an hour earlier before a holiday', () => {
    expect(left('2026-04-30T09:00', '2026-04-30T23:59')).toBe(7)
    expect(left('2026-04-30T16:30', '2026-04-30T18:00')).toBe(0.5)
  })

  it('pass over days off, also into the next year', () => {
    expect(left('2026-02-06T17:00', '2026-02-09T10:00')).toBe(2)
    expect(left('2026-12-30T17:00', '2027-01-11T10:00')).toBe(2)
    expect(left('2025-01-01T00:00', '2027-01-01T00:00')).toBe(1972 * 2)
  })

  it('are none when the deadline has passed', () => expect(left('2026-02-03T09:00', '2026-02-02T09:00')).toBe(0))

  it('are hours of the wall’s clock where it was put forward or back', () => {
    const inBerlin = (from: string, to: string) => workingHoursBetween(at(from), at(to), 'Europe/Berlin')
    expect(inBerlin('2026-03-27T17:00+01:00', '2026-03-30T10:00+02:00')).toBe(2)
    expect(inBerlin('2026-10-23T17:00+02:00', '2026-10-26T10:00+01:00')).toBe(2)
  })

  it('are counted at once, also to a deadline in the far future', () => {
    const started = performance.now()
    for (let call = 0; call < 1000; call += 1) left('2026-02-02T09:00', '2026-12-31T18:00')
    expect(left('2026-02-02T09:00', '9999-12-31T18:00')).toBeGreaterThan(15_000_000)
    expect(performance.now() - started).toBeLessThan(1000)
  })
})

const due = (now: string, zone = moscow, days = 2) => dueAfterWorkingDays(at(now), days, zone).toISOString()

describe('two working days for a decision', () => {
  it('end at six in the evening of the second one', () =>
    expect(due('2027-02-02T09:00:00Z')).toBe('2027-02-04T15:00:00.000Z'))

  it('end at five when the next day is a holiday', () =>
    expect(due('2026-04-28T09:00:00Z')).toBe('2026-04-30T14:00:00.000Z'))

  it('pass over Saturday and Sunday', () => expect(due('2027-02-05T09:00:00Z')).toBe('2027-02-09T15:00:00.000Z'))

  it('pass over the new year’s holidays', () => expect(due('2026-12-31T09:00:00Z')).toBe('2027-01-12T15:00:00.000Z'))

  it('pass over days off that a decree has moved', () => {
    expect(due('2025-12-29T09:00:00Z')).toBe('2026-01-12T15:00:00.000Z')
    expect(due('2026-01-08T09:00:00Z')).toBe('2026-01-13T15:00:00.000Z')
  })

  it('are counted by the calendar of the zone: in Irkutsk it is tomorrow already', () => {
    expect(due('2027-02-02T20:00:00Z', 'Asia/Irkutsk')).toBe('2027-02-05T10:00:00.000Z')
    expect(due('2027-02-02T20:00:00Z')).toBe('2027-02-04T15:00:00.000Z')
  })

  it('end by the offset of that hour, though it changes the same evening', () =>
    expect(due('2018-05-03T03:00:00Z', 'Asia/Pyongyang', 1)).toBe('2018-05-04T09:30:00.000Z'))
})

describe('what is given for today', () => {
  const from = (day: string, now: string) => holdsFrom(day, 'Asia/Kamchatka', at(now))

  it('holds at once where the day begins before that of the database', () => {
    expect(from('2026-03-03', '2026-03-02T21:00:00Z')).toBe('2026-03-02')
    expect(from('2026-03-03', '2026-03-03T03:00:00Z')).toBe('2026-03-03')
  })

  it('waits for a day to come, and keeps one that has passed', () => {
    expect(from('2026-03-04', '2026-03-02T21:00:00Z')).toBe('2026-03-04')
    expect(from('2026-02-01', '2026-03-02T21:00:00Z')).toBe('2026-02-01')
  })
})

describe('working days left', () => {
  const left = (now: string, until: string) => workingDaysBetween(at(now), at(until), moscow)

  it('are those after today, the last one with them', () => {
    expect(left('2026-02-02T09:00:00Z', '2026-02-04T15:00:00Z')).toBe(2)
    expect(left('2026-12-30T09:00:00Z', '2027-01-12T15:00:00Z')).toBe(2)
  })

  it('are none on the last day and after it', () => {
    expect(left('2026-02-04T09:00:00Z', '2026-02-04T15:00:00Z')).toBe(0)
    expect(left('2026-02-10T09:00:00Z', '2026-02-04T15:00:00Z')).toBe(0)
  })
})

describe('the file that comes with the program', () => {
  it('is read at the start', () => expect(loadCalendar).not.toThrow())

  it('moves as many days as the decrees', () => expect(decreesOf(readReference('calendar.csv')).moved.size).toBe(12))
})
