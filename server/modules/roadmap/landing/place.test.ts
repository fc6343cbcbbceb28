import { describe, expect, it } from 'vitest'
import type { MapFigure } from './map-figures.ts'
import { placeOf, placePhrase } from './place.ts'
import type { RegionSnapshot } from './snapshot.ts'

const values: Record<string, string | null> = { a: '90', b: '70', c: '70', d: '10', e: null }
const region = (code: string): RegionSnapshot => ({ code, name: code, progress: { all: 1, done: 0, overdue: 0 } })
const figure = (better: MapFigure['better']): MapFigure => ({
  key: 'figure',
  title: '',
  short: '',
  definition: '',
  unit: '%',
  decimals: 0,
  better,
  breaks: 'quantile',
  indicator: undefined,
  periods: [],
  of: ({ code }) => values[code] ?? null,
  ofCountry: () => null,
})
const all = Object.keys(values).map(region)
const told = (code: string, better: MapFigure['better']) => {
  const place = placeOf(region(code), all, figure(better), undefined)
  return place && placePhrase(place)
}

describe('the place of a region', () => {
  it('is shared by those that are shown alike', () => {
    expect(['a', 'b', 'c', 'd'].map((code) => told(code, 'more'))).toEqual([
      '1-е из 4',
      '2–3-е из 4, поровну',
      '2–3-е из 4, поровну',
      '4-е из 4',
    ])
  })

  it('begins with the least where less is better', () =>
    expect([told('d', 'less'), told('a', 'less')]).toEqual(['1-е из 4', '4-е из 4']))

  it('is not told where nothing is known, or nothing is better', () =>
    expect([told('e', 'more'), told('a', 'neither')]).toEqual([undefined, undefined]))
})
