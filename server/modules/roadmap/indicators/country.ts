/** One figure of the country out of those of its regions, in exact decimals. */
import type { Merging } from '../../../../contracts/indicators.ts'
import {
  addExact,
  compareExact,
  divideExact,
  type Exact,
  exactNumber,
  exactText,
  multiplyExact,
} from '../../../../engine/decimal.ts'

/** A canonical decimal, and how much it weighs. */
export type Weighed = { value: string; weight: string | null }

const nothing: Exact = { n: 0n, d: 1n }

type Told = { merging: Merging; decimals: number }

/**
 * @param told how the regions' figures become one, and to how many decimals it is rounded
 * @returns nothing when the regions have told nothing, or when there is no such figure of a country
 */
export function countryFigure({ merging, decimals }: Told, figures: readonly Weighed[]): string | null {
  const values = figures.map(({ value }) => exactNumber(value))
  const [first] = values
  if (!first) return null
  const sum = (of: readonly Exact[]) => of.reduce(addExact, nothing)
  const told = (value: Exact) => exactText(value, decimals)
  switch (merging) {
    case 'sum':
      return told(sum(values))
    case 'average':
      return told(divideExact(sum(values), { n: BigInt(values.length), d: 1n }))
    case 'weighted': {
      const weighed = figures.flatMap(({ value, weight }) =>
        weight === null ? [] : [{ value: exactNumber(value), weight: exactNumber(weight) }],
      )
      const whole = sum(weighed.map(({ weight }) => weight))
      if (compareExact(whole, nothing) <= 0) return null
      return told(divideExact(sum(weighed.map(({ value, weight }) => multiplyExact(value, weight))), whole))
    }
    case 'max':
      return told(values.reduce((one, other) => (compareExact(one, other) >= 0 ? one : other)))
    case 'min':
      return told(values.reduce((one, other) => (compareExact(one, other) <= 0 ? one : other)))
    case 'none':
      return null
  }
}
