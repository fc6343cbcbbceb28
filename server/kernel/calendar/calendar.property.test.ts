import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayIn, dueAfterWorkingDays, isWorkingDay, workingDaysBetween, workingHoursBetween } from './index.ts'

const zones = [
  'Europe/Kaliningrad',
  'Europe/Moscow',
  'Asia/Irkutsk',
  'Asia/Kamchatka',
  'Europe/Berlin',
  'America/New_York',
]
const zone = fc.constantFrom(...zones)
const moment = fc.date({ min: new Date('2023-12-01'), max: new Date('2028-02-01'), noInvalidDate: true })
const inOrder = (moments: Date[]) => [...moments].sort((one, other) => one.getTime() - other.getTime())
const moments = (count: number) => fc.array(moment, { minLength: count, maxLength: count }).map(inOrder)
const day = moment.map((one) => one.toISOString().slice(0, 10))

/** Midnight of the day in a zone without changes of its clock, as hours east of Greenwich. */
const midnight = (of: string, offset: number) => new Date(Date.parse(`${of}T00:00:00Z`) - offset * 3_600_000)

describe('working hours', () => {
  it('of two intervals that touch are those of the whole', () =>
    fc.assert(
      fc.property(moments(3), zone, ([from = new Date(), middle = from, to = middle], where) => {
        const parts = workingHoursBetween(from, middle, where) + workingHoursBetween(middle, to, where)
        expect(parts).toBeCloseTo(workingHoursBetween(from, to, where), 6)
      }),
    ))

  it('grow with the interval, and never faster than time', () =>
    fc.assert(
      fc.property(moments(3), zone, ([from = new Date(), near = from, far = near], where) => {
        const [less, more] = [workingHoursBetween(from, near, where), workingHoursBetween(from, far, where)]
        expect(less).toBeGreaterThanOrEqual(0)
        expect(more).toBeGreaterThanOrEqual(less - 1e-6)
        // Clocks are put forward and back by night: no hour of work is won or lost.
        expect(more).toBeLessThanOrEqual((far.getTime() - from.getTime()) / 3_600_000 + 1e-6)
      }),
    ))

  it('of whole days are the same in every zone', () =>
    fc.assert(
      fc.property(day, day, (one, other) => {
        const [first, last] = one < other ? [one, other] : [other, one]
        const inMoscow = workingHoursBetween(midnight(first, 3), midnight(last, 3), 'Europe/Moscow')
        expect(workingHoursBetween(midnight(first, 12), midnight(last, 12), 'Asia/Kamchatka')).toBe(inMoscow)
        expect(workingHoursBetween(midnight(first, 0), midnight(last, 0), 'UTC')).toBe(inMoscow)
      }),
    ))
})

describe('working days', () => {
  it('given for a decision are those that are left of it at once', () =>
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 60 }), zone, (now, days, where) => {
        const due = dueAfterWorkingDays(now, days, where)
        expect(workingDaysBetween(now, due, where)).toBe(days)
        expect(isWorkingDay(dayIn(due, where))).toBe(true)
      }),
    ))

  it('hold seven or eight working hours each', () =>
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 60 }), zone, (now, days, where) => {
        const due = dueAfterWorkingDays(now, days, where)
        const hours = workingHoursBetween(now, due, where)
        expect(hours).toBeGreaterThanOrEqual(7 * days)
        expect(hours).toBeLessThanOrEqual(8 * (days + 1))
      }),
    ))
})
