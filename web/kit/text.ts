import { plural } from './plural.ts'
import { remembered } from './remembered.ts'
import type { PluralForms } from './types.ts'

export { plural }

const NO_BREAK = '\u00a0'
const THIN_NO_BREAK = '\u202f'
const MINUS = '\u2212'

/** A number with its noun, tied together: «1 204 отчёта». */
export function counted(count: number, forms: PluralForms): string {
  return `${formatNumber(count)}${NO_BREAK}${plural(count, forms)}`
}

/**
 * A number as it is written in Russian: thousands apart by a narrow no-break space from five digits on is the rule of
 * print, but columns line up only when every thousand is parted, so four digits are parted too.
 * A decimal given as a string keeps every digit it has.
 */
export function formatNumber(value: number | bigint | string, fractionDigits?: number): string {
  const plain =
    typeof value === 'number' && fractionDigits !== undefined ? value.toFixed(fractionDigits) : String(value)
  const match = /^(-?)(\d+)(?:[.,](\d+))?$/.exec(plain)
  if (!match) return plain
  const [, sign, whole = '', fraction] = match
  const parted = whole.replace(/\B(?=(\d{3})+$)/g, THIN_NO_BREAK)
  const isZero = /^0*$/.test(whole + (fraction ?? ''))
  return `${sign && !isZero ? MINUS : ''}${parted}${fraction ? `,${fraction}` : ''}`
}

/** A share from 0 to 1 in percent: 0.8163 is «82 %». Short of the whole is never shown as 100 %. */
export function formatPercent(share: number, fractionDigits = 0): string {
  const step = 10 ** fractionDigits
  const rounded = Math.round(share * 100 * step) / step
  const shown = share < 1 && rounded >= 100 ? 100 - 1 / step : share > 0 && rounded === 0 ? 1 / step : rounded
  return `${formatNumber(shown, fractionDigits)}${NO_BREAK}%`
}

/** Size of a file: bytes in, «7,2 МБ» out. */
export function formatFileSize(bytes: number): string {
  const units = ['Б', 'КБ', 'МБ', 'ГБ', 'ТБ']
  let size = bytes
  let unit = 0
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024
    unit += 1
  }
  const digits = unit === 0 || size >= 100 ? 0 : 1
  const rounded = size.toFixed(digits).replace(/\.0$/, '')
  return `${formatNumber(rounded)}${NO_BREAK}${units[unit]}`
}

/** «Добронравова Светлана Викторовна» → «Добронравова С. В.» */
export function shortName(fullName: string): string {
  const [family = '', ...given] = words(fullName)
  const letters = given.map((name) => `${[...name][0]?.toUpperCase()}.`)
  return [family, ...letters].join(NO_BREAK)
}

/** The two letters of a face: «Добронравова Светлана» → «ДС». */
export function initials(fullName: string): string {
  return words(fullName)
    .slice(0, 2)
    .map((name) => [...name][0]?.toUpperCase())
    .join('')
}

const shortWords =
  'а|б|в|во|да|до|за|и|из|из-за|к|ко|на|над|не|ни|но|о|об|обо|от|по|под|при|про|с|со|у|для|без|или|что|как|где'
const ties: readonly (readonly [RegExp, string])[] = [
  // a preposition to its word
  [new RegExp(`(?<=^|[\\s«„(])(${shortWords}) `, 'giu'), `$1${NO_BREAK}`],
  // № and § to their figure
  [/([№§]) ?(?=[\dА-ЯЁ])/gu, `$1${NO_BREAK}`],
  // «с. Большое», «ул. Красных», «д. 7а»
  [/(?<=^|[\s«„])([гсдп]|ул|пр|пос|обл|стр|кв|корп)\. (?=[\dА-ЯЁа-яё«])/gu, `$1.${NO_BREAK}`],
  // initials to each other and to the family name, whichever comes first
  [/(?<=^|[\s(«])([А-ЯЁ]\.) ?(?=[А-ЯЁ]\.)/gu, `$1${NO_BREAK}`],
  [/(?<=^|[\s(«])([А-ЯЁ]\.) (?=[А-ЯЁ][а-яё])/gu, `$1${NO_BREAK}`],
  [/([а-яё]) (?=[А-ЯЁ]\.\s?[А-ЯЁ]\.(?!\s[А-ЯЁ][а-яё]))/gu, `$1${NO_BREAK}`],
  // a dash to what stands before it
  [/ (?=[—–](?:\s|$))/gu, NO_BREAK],
  // a number to what is counted: «20 января», «5 МБ», «4 рабочих часа»
  [/(?<=\d) (?=[а-яё%]|[КМГТ]?Б(?![а-яё]))/gu, NO_BREAK],
]

/**
 * Ties what must not part at the end of a line: a preposition to its word, № and a figure to theirs, initials to the
 * family name, a number to what is counted, a dash to what stands before it.
 */
export const tie = remembered(2000, (text: string): string =>
  ties.reduce((tying, [place, bound]) => tying.replace(place, bound), text),
)

/** Ties a plain string, also one among richer children; anything else passes as it is. */
export function tied<Content>(content: Content): Content | string {
  if (typeof content === 'string') return tie(content)
  return Array.isArray(content) ? (content.map((part) => tied(part)) as Content) : content // as: each part keeps its kind
}

/** The first letter made capital, the rest left alone: «принято» → «Принято». */
export function capital(text: string): string {
  const [first = '', ...rest] = text
  return first.toUpperCase() + rest.join('')
}

const words = (text: string) => text.trim().split(/\s+/).filter(Boolean)
