/** Terms as plans spell them: «до 01.07.2026», «июнь 2026», «II квартал 2026 г.», «2025–2026 годы». */
import type { GivenDoubt } from './given.ts'

/** Days are `YYYY-MM-DD`; without a last day nothing was understood. */
export type ReadTerm = { startsOn: string | null; dueOn: string | null; doubt?: GivenDoubt }

const months = ['янв', 'фев', 'мар', 'апр', 'ма[йя]', 'июн', 'июл', 'авг', 'сен', 'окт', 'ноя', 'дек']
const month = `(${months.map((each) => `${each}[а-яё]*`).join('|')})`
const quarter = '(iv|iii|ii|i|[1-4]|перв[а-яё]*|втор[а-яё]*|трет[а-яё]*|четв[её]рт[а-яё]*)'
const year = '(20\\d\\d)'
const upTo = '\\s*(?:-|по|и|до)\\s*'
const numeric = '(\\d{1,2})[./](\\d{1,2})[./](20\\d\\d|\\d\\d)'
const worded = `(\\d{1,2})\\s+${month}\\s+${year}`

const pad = (value: number): string => String(value).padStart(2, '0')
const monthNumber = (word: string): number => months.findIndex((each) => new RegExp(`^${each}`).test(word)) + 1

function day(years: string | number, monthOf: number, dayOf: number): string | null {
  const full = String(years).length === 2 ? `20${years}` : String(years)
  const iso = `${full}-${pad(monthOf)}-${pad(dayOf)}`
  const date = new Date(`${iso}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : null
}
const lastOf = (years: string, monthOf: number): string =>
  new Date(Date.UTC(Number(years), monthOf, 0)).toISOString().slice(0, 10)
const firstOf = (years: string, monthOf: number): string => `${years}-${pad(monthOf)}-01`

function quarterNumber(word: string): number {
  const romans = ['i', 'ii', 'iii', 'iv']
  if (romans.includes(word)) return romans.indexOf(word) + 1
  if (/^\d$/.test(word)) return Number(word)
  return ['пер', 'вто', 'тре', 'чет'].indexOf(word.slice(0, 3)) + 1
}

type Found = { startsOn: string | null; dueOn: string | null; unsure?: string }
/** The groups of the pattern, from the first. */
type Spelling = [pattern: string, read: (groups: string[]) => Found]
const g = (groups: readonly string[], index: number): string => groups[index] ?? ''
const n = (groups: readonly string[], index: number): number => Number(groups[index])

/** The first that fits the whole text is taken. */
const spellings: readonly Spelling[] = [
  [`(?:до|не позднее|к|срок до)?\\s*${numeric}`, (a) => ({ startsOn: null, dueOn: day(g(a, 2), n(a, 1), n(a, 0)) })],
  [
    `с?\\s*${numeric}${upTo}${numeric}`,
    (a) => ({ startsOn: day(g(a, 2), n(a, 1), n(a, 0)), dueOn: day(g(a, 5), n(a, 4), n(a, 3)) }),
  ],
  [
    `(?:до|не позднее|к)?\\s*${worded}`,
    (a) => ({ startsOn: null, dueOn: day(g(a, 2), monthNumber(g(a, 1)), n(a, 0)) }),
  ],
  [
    `с?\\s*${worded}${upTo}${worded}`,
    (a) => ({
      startsOn: day(g(a, 2), monthNumber(g(a, 1)), n(a, 0)),
      dueOn: day(g(a, 5), monthNumber(g(a, 4)), n(a, 3)),
    }),
  ],
  ['(20\\d\\d)-(\\d\\d)-(\\d\\d)', (a) => ({ startsOn: null, dueOn: day(g(a, 0), n(a, 1), n(a, 2)) })],
  // A cell of a date, as the book keeps it: days since 30 December 1899.
  [
    '([2-6]\\d{4})',
    (a) => ({ startsOn: null, dueOn: new Date(Date.UTC(1899, 11, 30 + n(a, 0))).toISOString().slice(0, 10) }),
  ],
  [
    `(?:в )?(?:течение )?${month}\\s+${year}`,
    (a) => ({ startsOn: firstOf(g(a, 1), monthNumber(g(a, 0))), dueOn: lastOf(g(a, 1), monthNumber(g(a, 0))) }),
  ],
  [
    `с?\\s*${month}${upTo}${month}\\s+${year}`,
    (a) => ({ startsOn: firstOf(g(a, 2), monthNumber(g(a, 0))), dueOn: lastOf(g(a, 2), monthNumber(g(a, 1))) }),
  ],
  [
    `с?\\s*${month}\\s+${year}${upTo}${month}\\s+${year}`,
    (a) => ({ startsOn: firstOf(g(a, 1), monthNumber(g(a, 0))), dueOn: lastOf(g(a, 3), monthNumber(g(a, 2))) }),
  ],
  [
    `до (?:конца )?${month}\\s+${year}`,
    (a) => ({
      startsOn: null,
      dueOn: lastOf(g(a, 1), monthNumber(g(a, 0))),
      unsure: 'сказан месяц без дня: взят его последний день',
    }),
  ],
  [
    `(?:в |во )?${quarter}(?:-?й|-?м)?\\s*кв(?:артал[а-яё]*)?\\s+${year}`,
    (a) => ({
      startsOn: firstOf(g(a, 1), 3 * quarterNumber(g(a, 0)) - 2),
      dueOn: lastOf(g(a, 1), 3 * quarterNumber(g(a, 0))),
    }),
  ],
  [
    `${quarter}\\s*(?:-|и)\\s*${quarter}\\s*кв(?:артал[а-яё]*)?\\s+${year}`,
    (a) => ({
      startsOn: firstOf(g(a, 2), 3 * quarterNumber(g(a, 0)) - 2),
      dueOn: lastOf(g(a, 2), 3 * quarterNumber(g(a, 1))),
    }),
  ],
  [
    `(?:в )?(i|ii|1|2|перв[а-яё]*|втор[а-яё]*)(?:-?е|-?м)?\\s*полугоди[а-яё]*\\s+${year}`,
    (a) => ({
      startsOn: firstOf(g(a, 1), 6 * quarterNumber(g(a, 0)) - 5),
      dueOn: lastOf(g(a, 1), 6 * quarterNumber(g(a, 0))),
    }),
  ],
  [`(?:до конца|конец)\\s+${year}`, (a) => ({ startsOn: null, dueOn: `${g(a, 0)}-12-31` })],
  [`(?:в течение )?(?:всего )?${year}`, (a) => ({ startsOn: `${g(a, 0)}-01-01`, dueOn: `${g(a, 0)}-12-31` })],
  [`(?:в течение )?с?\\s*${year}${upTo}${year}`, (a) => ({ startsOn: `${g(a, 0)}-01-01`, dueOn: `${g(a, 1)}-12-31` })],
]
const compiled = spellings.map(([pattern, read]) => [new RegExp(`^${pattern}$`, 'u'), read] as const)

const regular =
  /ежегодно|ежеквартально|ежемесячно|постоянно|на постоянной|по мере|регулярно|по отдельному|в течение срока/u

/** @param deadline `YYYY-MM-DD`: the last day of what goes on for as long as the roadmap does */
export function readTerm(text: string, deadline: string): ReadTerm {
  const words = normal(text)
  if (words === '') return { startsOn: null, dueOn: null, doubt: { certainty: 'wrong', text: 'нет срока' } }
  for (const [pattern, read] of compiled) {
    const [, ...groups] = pattern.exec(words) ?? []
    if (groups.length === 0) continue
    const { unsure, ...found } = read(groups)
    if (found.dueOn === null) break
    return { ...found, ...(unsure && { doubt: { certainty: 'unsure', text: `срок «${text.trim()}»: ${unsure}` } }) }
  }
  if (regular.test(words)) {
    const told = `срок «${text.trim()}» повторяется: взят срок дорожной карты`
    return { startsOn: null, dueOn: deadline, doubt: { certainty: 'unsure', text: told } }
  }
  return withinWords(text, words)
}

/** One day among other words is likely meant; a part of a longer number is none: «31.12.9999» is not in 2099. */
function withinWords(text: string, words: string): ReadTerm {
  const days = [...words.matchAll(new RegExp(`(?<!\\d)${numeric}(?!\\d)`, 'gu'))]
  const [only] = days
  const dueOn = days.length === 1 && only ? day(only[3] ?? '', Number(only[2]), Number(only[1])) : null
  if (dueOn)
    return { startsOn: null, dueOn, doubt: { certainty: 'unsure', text: `срок «${text.trim()}» понят не весь` } }
  return { startsOn: null, dueOn: null, doubt: { certainty: 'wrong', text: `срок «${text.trim()}» не понятен` } }
}

/** One dash, one space, no «года»; line breaks are spaces. */
const normal = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[\s\u00a0]+/gu, ' ')
    .replaceAll(/[–—−]/gu, '-')
    .replaceAll(/(\d)\s*(?:годов|годы|годах|года|году|год|гг|г)(?![а-яё])\.?/gu, '$1')
    .replaceAll(/(?<![а-яё])кв\./gu, 'кв')
    .replaceAll(/[.;,]+$/gu, '')
    .trim()
