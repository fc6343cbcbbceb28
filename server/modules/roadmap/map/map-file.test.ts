import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { referenceDirectory } from '../../../kernel/reference.ts'
import { loadOutlines, outlinesOf } from './map-file.ts'
import { WrongReference } from './reference-file.ts'

const codes = new Set(['38', '03', '87'])
const square = [
  [100, 50],
  [110, 50],
  [110, 60],
  [100, 60],
  [100, 50],
]
const feature = (code: unknown, coordinates: unknown = [square], type = 'Polygon') => ({
  type: 'Feature',
  properties: { code },
  geometry: { type, coordinates },
})
const fileOf = (...features: unknown[]) => Buffer.from(JSON.stringify({ type: 'FeatureCollection', features }))
const problemsOf = (bytes: Uint8Array): readonly string[] => {
  try {
    outlinesOf(bytes, codes)
  } catch (error) {
    if (error instanceof WrongReference) return error.problems
    throw error
  }
  return []
}

describe('the outlines that come with the program', () => {
  const listed = readFileSync(referenceDirectory('regions.csv'), 'utf8')
    .split('\n')
    .slice(1)
    .flatMap((line) => line.split(';').slice(0, 1))
    .filter(Boolean)
  const outlines = loadOutlines(new Set(listed))

  it('hold every region that their source has, once', () => {
    const drawn = outlines.map(({ code }) => code)
    expect(listed.filter((code) => !drawn.includes(code))).toEqual(['90', '91', '92', '93', '94', '95'])
    expect(new Set(drawn).size).toBe(drawn.length)
  })

  it('go on beyond the meridian of 180° without a seam', () => {
    const chukotka = outlines.find(({ code }) => code === '87')
    const longitudes = chukotka?.polygons.map((rings) => rings.flat().map(([longitude]) => longitude)) ?? []
    expect(longitudes.filter((ring) => Math.min(...ring) < 180 && Math.max(...ring) > 180)).toHaveLength(2)
    const alongTheSeam = chukotka?.polygons
      .flat()
      .filter((ring) => ring.some(([longitude], index) => longitude === 180 && ring.at(index - 1)?.[0] === 180))
    expect(alongTheSeam).toEqual([])
  })

  it('share their borders point by point', () => {
    const pointsOf = (code: string) =>
      new Set(
        outlines.filter((outline) => outline.code === code).flatMap(({ polygons }) => polygons.flat(2).map(String)),
      )
    for (const [one, other] of [
      ['14', '87'],
      ['50', '77'],
      ['23', '01'],
    ] as const)
      expect([...pointsOf(one)].filter((point) => pointsOf(other).has(point)).length).toBeGreaterThan(10)
    expect([...pointsOf('01')].filter((point) => !pointsOf('23').has(point))).toEqual([])
  })
})

describe('a file of outlines', () => {
  it('may have polygons with holes, several polygons, heights', () => {
    const high = square.map((point) => [...point, 120])
    const outlines = outlinesOf(
      fileOf(feature('38', [high]), feature('03', [[square], [square]], 'MultiPolygon')),
      codes,
    )
    expect(outlines.map(({ code, polygons }) => [code, polygons.length])).toEqual([
      ['38', 1],
      ['03', 2],
    ])
    expect(outlines[0]?.polygons[0]?.[0]).toHaveLength(4)
  })

  it('of another country than the list of regions is left aside', () => {
    expect(outlinesOf(fileOf(feature('KZ-10')), codes)).toEqual([])
  })

  it('is refused with every fault and its place', () => {
    const problems = problemsOf(
      fileOf(
        feature('38'),
        feature(undefined),
        feature('03', square, 'LineString'),
        feature('87', [square.slice(0, 4)]),
        feature('38', [square.map(([x = 0, y = 0]) => [x * 1e5, y * 1e5])]),
        feature('99'),
      ),
    )
    expect(problems).toEqual([
      'фигура 2: нет кода региона, нужно "properties": {"code": "38"}, код в кавычках',
      'фигура 3 (код 03): нужна фигура Polygon или MultiPolygon со списком "coordinates"',
      'фигура 4 (код 87), многоугольник 1, контур 1: контур не замкнут: последняя точка должна повторять первую',
      'фигура 5 (код 38), многоугольник 1, контур 1: точка 1: 10000000, 5000000 — не градусы; нужны долгота и широта WGS 84 в этом порядке',
      'фигура 5: код «38» уже стоит у фигуры 1',
      'фигура 6: региона с кодом «99» нет в списке регионов, исправьте код или уберите фигуру',
    ])
  })

  it.each([
    ['not JSON', Buffer.from('{"type":\n"FeatureCollection",,'), 'строка 2, знак 21: это не JSON'],
    ['cut off', Buffer.from('{"type":'), 'строка 1, знак 9: это не JSON'],
    ['not UTF-8', Buffer.from([0xcf, 0xf0]), 'знаки не в кодировке UTF-8'],
    ['TopoJSON', Buffer.from('{"type":"Topology"}'), 'нужна коллекция GeoJSON'],
    ['without features', fileOf(), 'нет ни одной фигуры'],
    ['with a ring of two points', fileOf(feature('38', [square.slice(0, 2)])), 'меньше четырёх точек'],
    ['with words for numbers', fileOf(feature('38', [[...square.slice(0, 3), ['x', 1], [100, 50]]])), 'точка 4'],
    ['far too large', Buffer.alloc(4_100_000, ' '), 'в файле 4,1 МБ, можно до 4'],
  ])('that is %s is refused', (_name, bytes, told) => {
    expect(problemsOf(bytes)[0]).toContain(told)
  })

  it('with a hundred faults tells twenty', () => {
    expect(problemsOf(fileOf(...Array.from({ length: 100 }, () => feature(undefined))))).toHaveLength(21)
  })
})
