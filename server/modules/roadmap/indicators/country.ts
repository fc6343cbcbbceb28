import { exactNumber, exactText } from '../../../../engine/decimal.ts'
import { countryOf, type Weighed } from '../landing/country.ts'
import type { IndicatorRow } from './indicators.queries.ts'

/** The figure of the country out of the published ones of its regions, as the indicator says, rounded to its decimals. */
export function countryFigure(
  { merging, decimals }: Pick<IndicatorRow, 'merging' | 'decimals'>,
  figures: readonly Weighed[],
): string | null {
  const value = countryOf(merging, figures)
  return value === null ? null : exactText(exactNumber(value), decimals)
}
