import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { periodicities } from '../../../../contracts/indicators.ts'
import {
  dayIn,
  isFirstDay,
  monthsIn,
  periodicitiesOf,
  periodName,
  periodOf,
  periodsBetween,
  periodsOn,
  periodToEnter,
  previousPeriod,
} from './periods.ts'

const days = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const rhythms = fc.constantFrom(...periodicities)

describe('a period', () => {
  it('is called as people call it', () => {
    expect(periodName('quarter', '2026-07-01')).toBe('III квартал 2026 года')
    expect(periodName('half', '2026-07-01')).toBe('II полугодие 2026 года')
    expect(periodName('month', '2026-03-01')).toBe('март 2026 года')
    expect(periodName('year', '2026-01-01')).toBe('2026 год')
  })

  it('that is entered now is the last that has ended', () => {
    expect(periodToEnter('quarter', '2026-11-22')).toBe('2026-07-01')
    expect(periodToEnter('quarter', '2026-01-01')).toBe('2025-10-01')
    expect(periodToEnter('half', '2026-07-01')).toBe('2026-01-01')
    expect(periodToEnter('year', '2026-12-31')).toBe('2025-01-01')
    expect(periodToEnter('month', '2027-01-31')).toBe('2026-12-01')
  })

  it('begins on a day that begins shorter periods too', () => {
    expect(periodicitiesOf('2026-07-01')).toEqual(['month', 'quarter', 'half'])
    expect(periodicitiesOf('2026-02-01')).toEqual(['month'])
    expect(periodicitiesOf('2026-13-01')).toEqual([])
    expect(periodicitiesOf('2026-07-02')).toEqual([])
  })

  it('holds its days, and the next one begins where it ends', () => {
    fc.assert(
      fc.property(rhythms, days, (rhythm, day) => {
        const first = periodOf(rhythm, day)
        const next = periodsOn(rhythm, first, 1)
        expect(isFirstDay(rhythm, first)).toBe(true)
        expect(first <= day && day < next).toBe(true)
        expect(previousPeriod(rhythm, next)).toBe(first)
        expect(periodToEnter(rhythm, day) < first).toBe(true)
      }),
    )
  })

  it('is as far on as it is counted, there and back', () => {
    fc.assert(
      fc.property(rhythms, days, fc.integer({ min: -200, max: 200 }), (rhythm, day, count) => {
        const first = periodOf(rhythm, day)
        expect(periodsOn(rhythm, periodsOn(rhythm, first, count), -count)).toBe(first)
        expect(periodsOn(rhythm, first, 12 / monthsIn[rhythm])).toBe(periodsOn('year', first, 1))
      }),
    )
  })

  it('stands in the list from the first to the current one, once each', () => {
    fc.assert(
      fc.property(rhythms, days, fc.integer({ min: 0, max: 1500 }), (rhythm, day, on) => {
        const until = new Date(Date.parse(day) + on * 86_400_000).toISOString().slice(0, 10)
        const all = periodsBetween(rhythm, day, until)
        expect(all[0]).toBe(periodOf(rhythm, until))
        expect(all.at(-1)).toBe(periodOf(rhythm, day))
        expect([...all].sort().reverse()).toEqual([...new Set(all)])
      }),
    )
  })

  it('is decided by the day in the roadmap’s time zone', () => {
    const night = new Date('2026-06-30T22:00:00Z')
    expect(dayIn('Europe/Moscow', night)).toBe('2026-07-01')
    expect(dayIn('Europe/Kaliningrad', night)).toBe('2026-07-01')
    expect(dayIn('UTC', night)).toBe('2026-06-30')
  })
})
