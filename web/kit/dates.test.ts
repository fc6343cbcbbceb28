import { describe, expect, it } from 'vitest'
import {
  daysUntil,
  formatDate,
  formatDateTime,
  formatDue,
  formatTime,
  formatTimeLeft,
  parseDate,
  zoneName,
} from './dates.ts'

const zone = 'Asia/Krasnoyarsk'
const seen = (text: string) => text.replaceAll('\u00a0', '~')

describe('dates', () => {
  it('of the calendar have no zone', () => expect(formatDate('2027-01-20', 'Asia/Kamchatka')).toBe('20.01.2027'))

  it('of a moment are told in the zone', () => {
    const moment = new Date('2027-01-17T20:30:00Z')
    expect(formatDate(moment, 'Europe/Moscow')).toBe('17.01.2027')
    expect(formatDate(moment, zone)).toBe('18.01.2027')
    expect(seen(formatDateTime(moment, zone))).toBe('18.01.2027,~03:30')
    expect(seen(formatDateTime(moment, zone, 'named'))).toBe('18.01.2027,~03:30 (МСК+4)')
    expect(formatTime('2027-01-17T21:00:00Z', 'Europe/Moscow')).toBe('00:00')
  })

  it('name the zone by its distance from Moscow', () => {
    expect(zoneName('Europe/Moscow')).toBe('МСК')
    expect(zoneName('Europe/Kaliningrad')).toBe('МСК−1')
    expect(zoneName('Asia/Kamchatka')).toBe('МСК+9')
  })

  it.each([
    ['20.01.2027', '2027-01-20'],
    [' 1.2.2027 ', '2027-02-01'],
    ['20/01/2027', '2027-01-20'],
    ['31.02.2027', undefined],
    ['2027-01-20', undefined],
    ['20.01.27', undefined],
  ])('«%s» is read as %s', (typed, date) => expect(parseDate(typed)).toBe(date))
})

describe('what is due', () => {
  const now = new Date('2027-01-18T08:00:00Z')

  it.each([
    ['2027-01-20', 'осталось 2~дня'],
    ['2027-01-19', 'остался 1~день'],
    ['2027-02-08', 'остался 21~день'],
    ['2027-01-18', 'срок сегодня'],
    ['2027-01-15', 'просрочено на~3~дня'],
    ['2027-01-18T07:59:00Z', 'срок прошёл сегодня'],
  ])('%s: %s', (due, told) => expect(seen(formatDue(due, now, zone))).toBe(told))

  it('counts calendar days of the zone, not hours', () => {
    const lateEvening = new Date('2027-01-18T16:30:00Z')
    expect(daysUntil('2027-01-19', lateEvening, zone)).toBe(1)
    expect(daysUntil('2027-01-19', lateEvening, 'Asia/Kamchatka')).toBe(0)
  })

  it.each([
    [3, 'несколько секунд'],
    [38, 'около 40~секунд'],
    [200, 'около 3~минут'],
    [7000, 'около 2~часов'],
  ])('%d s: %s', (seconds, told) => expect(seen(formatTimeLeft(seconds))).toBe(told))
})
