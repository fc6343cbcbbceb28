/** The place of a region among the others, by what the page shows: those that are shown alike share their places. */
import { compareValues, type MapFigure } from './map-figures.ts'
import type { RegionSnapshot } from './snapshot.ts'

/** From 1; `last` is greater than `first` when places are shared. `among` those that have told anything. */
export type Place = { first: number; last: number; among: number }

/** @returns nothing when nothing is told of the region, when neither more nor less is better, or when it is alone */
export function placeOf(
  region: RegionSnapshot,
  regions: readonly RegionSnapshot[],
  figure: MapFigure,
  period: string | undefined,
): Place | undefined {
  const own = figure.of(region, period)
  if (own === null || figure.better === 'neither') return undefined
  const told = regions.flatMap((each) => figure.of(each, period) ?? [])
  if (told.length < 2) return undefined
  const better = told.filter((value) => compareValues(value, own, figure.better === 'more') < 0).length
  const alike = told.filter((value) => value === own).length
  return { first: better + 1, last: better + alike, among: told.length }
}

/** «3-е место из 91», «делит 3–5-е места с ещё двумя» is told by the numbers: «3–5-е из 91, поровну у 3 регионов». */
export function placePhrase({ first, last, among }: Place): string {
  if (first === last) return `${first}-е из ${among}`
  return last === among && first === 1 ? `поровну у всех, ${among}` : `${first}–${last}-е из ${among}, поровну`
}
