import type { CellPlace } from './address.ts'
import { russianNumber } from './decimal.ts'
import type { Operator } from './language/syntax.ts'

/** «Раздел 7, строка 701, графа 3»; in a multiple row, «строка 201 (запись 2)». */
export function placeWords({ section, row, instance, column }: CellPlace): string {
  return `Раздел ${section}, ${lineWords(row, instance)}, графа ${column}`
}

export const lineWords = (row: string, instance?: number): string =>
  instance === undefined ? `строка ${row}` : `строка ${row} (запись ${instance})`

/** The sign of what is the case when the comparison fails: 8 > 7 where ≤ was due. */
export function failedSign(operator: Operator): string {
  switch (operator) {
    case '=':
      return '≠'
    case '<>':
      return '='
    case '<=':
      return '>'
    case '>=':
      return '<'
    case '<':
      return '≥'
    case '>':
      return '≤'
  }
}

/** «274 ≠ 276, разница −2» */
export const sumsWords = (left: string, operator: Operator, right: string, difference: string): string =>
  `${russianNumber(left)} ${failedSign(operator)} ${russianNumber(right)}, разница ${russianNumber(difference)}`

/** The form of a Russian noun after a number: plural(3, 'цифра', 'цифры', 'цифр'). */
export function plural(count: number, one: string, few: string, many: string): string {
  const [tens, units] = [count % 100, count % 10]
  if (tens >= 11 && tens <= 14) return many
  if (units === 1) return one
  return units >= 2 && units <= 4 ? few : many
}

export const counted = (count: number, one: string, few: string, many: string): string =>
  `${count} ${plural(count, one, few, many)}`
