import { describe, expect, it } from 'vitest'
import { dueAfterWorkingDays } from './deadlines.ts'

const due = (now: string, zone = 'Europe/Moscow') => dueAfterWorkingDays(new Date(now), 2, zone).toISOString()

describe('two working days for a decision', () => {
  it('end at six in the evening of the second one', () =>
    expect(due('2027-02-02T09:00:00Z')).toBe('2027-02-04T15:00:00.000Z'))

  it('pass over Saturday and Sunday', () => expect(due('2027-02-05T09:00:00Z')).toBe('2027-02-09T15:00:00.000Z'))

  it('pass over the new year’s holidays', () => expect(due('2026-12-31T09:00:00Z')).toBe('2027-01-12T15:00:00.000Z'))

  it('are counted by the calendar of the zone: in Irkutsk it is tomorrow already', () => {
    expect(due('2027-02-02T20:00:00Z', 'Asia/Irkutsk')).toBe('2027-02-05T10:00:00.000Z')
    expect(due('2027-02-02T20:00:00Z')).toBe('2027-02-04T15:00:00.000Z')
  })
})
