import { remembered } from './remembered.ts'
import { counted } from './text.ts'
import type { PluralForms } from './types.ts'

/** The cabinet's own zone when a person or an organisation has none. */
export const defaultZone = 'Europe/Moscow'

const NO_BREAK = '\u00a0'
const days: PluralForms = ['день', 'дня', 'дней']
const DAY = 86_400_000

/**
 * A calendar date as ДД.ММ.ГГГГ. A `YYYY-MM-DD` string is a date without a time and has no zone;
 * a moment is told in the given IANA zone.
 */
export function formatDate(date: Date | string, zone = defaultZone): string {
  const [year, month, day] = calendarDate(date, zone).split('-')
  return `${day}.${month}.${year}`
}

/** A moment as «18.01.2027, 14:37» in the zone; with `named` the zone follows: «… (МСК+5)». */
export function formatDateTime(moment: Date | string, zone = defaultZone, named?: 'named'): string {
  const told = `${formatDate(new Date(moment), zone)},${NO_BREAK}${formatTime(moment, zone)}`
  return named ? `${told} (${zoneName(zone, new Date(moment))})` : told
}

/** The time of a moment as «14:37». */
export function formatTime(moment: Date | string, zone = defaultZone): string {
  const { hour, minute } = partsIn(new Date(moment), zone)
  return `${hour}:${minute}`
}

/** The zone as people in Russia call it, by its distance from Moscow: «МСК», «МСК+5», «МСК−1». */
export function zoneName(zone = defaultZone, at = new Date()): string {
  const hours = (offsetMinutes(zone, at) - offsetMinutes('Europe/Moscow', at)) / 60
  if (hours === 0) return 'МСК'
  return `МСК${hours > 0 ? '+' : '\u2212'}${Math.abs(hours)}`
}

/** How far a due date is: «сегодня», «осталось 2 дня», «просрочено на 3 дня». */
export function formatDue(due: Date | string, now: Date, zone = defaultZone): string {
  const left = daysUntil(due, now, zone)
  if (left < 0) return `просрочено на${NO_BREAK}${counted(-left, days)}`
  if (left === 0) return dueMomentPassed(due, now) ? 'срок прошёл сегодня' : 'срок сегодня'
  if (left === 1) return `остался 1${NO_BREAK}день`
  return `${left % 10 === 1 && left % 100 !== 11 ? 'остался' : 'осталось'} ${counted(left, days)}`
}

/** Whole calendar days from today to the date, in the zone; negative when it has passed. */
export function daysUntil(due: Date | string, now: Date, zone = defaultZone): number {
  return Math.round((Date.parse(calendarDate(due, zone)) - Date.parse(calendarDate(now, zone))) / DAY)
}

/** What a person typed as ДД.ММ.ГГГГ (also with dashes, slashes, a two-digit day left short) as `YYYY-MM-DD`. */
export function parseDate(typed: string): string | undefined {
  const match = /^\s*(\d{1,2})[.\-/ ](\d{1,2})[.\-/ ](\d{4})\s*$/.exec(typed)
  if (!match) return undefined
  const [, day = '', month = '', year = ''] = match
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const parsed = new Date(`${iso}T00:00:00Z`)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(iso) ? iso : undefined
}

/** Seconds left of a long work, in words: «около 40 секунд», «около 3 минут». */
export function formatTimeLeft(seconds: number): string {
  if (seconds < 5) return 'несколько секунд'
  if (seconds < 90) return `около ${counted(Math.ceil(seconds / 5) * 5, ['секунды', 'секунд', 'секунд'])}`
  if (seconds < 5400) return `около ${counted(Math.round(seconds / 60), ['минуты', 'минут', 'минут'])}`
  return `около ${counted(Math.round(seconds / 3600), ['часа', 'часов', 'часов'])}`
}

function calendarDate(date: Date | string, zone: string): string {
  if (typeof date === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(date)) return date
  const { year, month, day } = partsIn(new Date(date), zone)
  return `${year}-${month}-${day}`
}

const dueMomentPassed = (due: Date | string, now: Date) =>
  (due instanceof Date || due.length > 10) && new Date(due).getTime() < now.getTime()

function partsIn(moment: Date, zone: string): Record<string, string> {
  let parts = zones.get(zone)
  if (!parts) {
    parts = remembered(1000, partsReader(zone))
    zones.set(zone, parts)
  }
  return parts(moment.getTime())
}

const zones = new Map<string, (moment: number) => Record<string, string>>()

function partsReader(zone: string): (moment: number) => Record<string, string> {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  })
  // «18/01/2027, 14:37:00»: read by its figures, because `formatToParts` takes three times as long.
  const figures = /(?<day>\d+)\/(?<month>\d+)\/(?<year>\d+), (?<hour>\d+):(?<minute>\d+):(?<second>\d+)/
  return (moment) => figures.exec(format.format(moment))?.groups ?? {}
}

function offsetMinutes(zone: string, at: Date): number {
  const { year, month, day, hour, minute, second } = partsIn(at, zone)
  const local = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second))
  return Math.round((local - Math.floor(at.getTime() / 1000) * 1000) / 60_000)
}
