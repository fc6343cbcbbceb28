import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { referenceDirectory } from '../../../kernel/reference.ts'
import { drawMap, mapSprite } from './drawn-map.ts'
import { loadOutlines, type Outline } from './map-file.ts'
import { albers, conicFor, extentOf } from './projection.ts'

const listed = readFileSync(referenceDirectory('regions.csv'), 'utf8').split('\n').slice(1)
const outlines = loadOutlines(new Set(listed.map((line) => line.split(';')[0] ?? '')))
const country = drawMap(outlines)
const shapeOf = (code: string) => country.shapes.find((shape) => shape.code === code)

/** Every ring of a path, in units. */
function ringsOf(path: string): (readonly [number, number])[][] {
  return path
    .split('z')
    .filter(Boolean)
    .map((ring) => {
      const numbers = (ring.match(/-?(?:\d+\.?\d*|\.\d+)/g) ?? []).map(Number)
      let [x, y] = [0, 0]
      return Array.from({ length: numbers.length / 2 }, (_, index) => {
        ;[x, y] = [x + (numbers[2 * index] ?? 0), y + (numbers[2 * index + 1] ?? 0)]
        return [x, y] as const
      })
    })
}

const around = (west: number, east: number, south: number, north: number, code = '1'): Outline => ({
  code,
  polygons: [
    [
      [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
      ],
    ],
  ],
})

describe('the drawn country', () => {
  it('fits its frame and has no stripe across it', () => {
    for (const { path } of country.shapes)
      for (const ring of ringsOf(path))
        for (const [index, [x, y]] of ring.entries()) {
          expect(x >= 0 && x <= country.width && y >= 0 && y <= country.height).toBe(true)
          const [nextX, nextY] = ring[(index + 1) % ring.length] ?? [x, y]
          expect(Math.hypot(nextX - x, nextY - y)).toBeLessThan(60)
        }
  })

  it('lies as on a wall map', () => {
    expect(country.height / country.width).toBeGreaterThan(0.5)
    expect(country.height / country.width).toBeLessThan(0.62)
    const [kaliningrad, chukotka, primorye, dagestan] = ['39', '87', '25', '05'].map(shapeOf)
    expect(kaliningrad?.x).toBeLessThan(150)
    expect(chukotka?.x).toBeGreaterThan(800)
    expect(chukotka?.y).toBeLessThan(200)
    expect(primorye?.y).toBeGreaterThan(450)
    expect(dagestan?.x).toBeLessThan(100)
  })

  it('gives each region that a finger would miss a circle apart from the others', () => {
    const small = country.shapes.filter((shape) => shape.small)
    expect(small.map(({ code }) => code)).toEqual(expect.arrayContaining(['01', '06', '77', '78']))
    for (const { code, dot } of small)
      for (const other of small) {
        if (code === other.code || !dot || !other.dot) continue
        expect(Math.hypot(dot.x - other.dot.x, dot.y - other.dot.y)).toBeGreaterThanOrEqual(33.8)
      }
  })

  it('weighs less than 60 KB', () => {
    expect(gzipSync(mapSprite(country)).length).toBeLessThan(60_000)
  })
})

describe('a drawn map', () => {
  it('of one region turns to its own middle', () => {
    const conic = conicFor(extentOf([around(96, 119, 51, 64)]))
    expect(conic.meridian).toBe(107.5)
    expect(conic.parallels[0]).toBeCloseTo(53.17, 2)
    const { width, height } = drawMap([around(96, 107, 51, 64, '1'), around(107, 119, 51, 64, '2')])
    expect(width).toBe(1000)
    expect(height).toBeGreaterThan(900)
  })

  it('is the same whether the file goes on above 180° or begins again below zero', () => {
    const above = drawMap([around(160, 180, 62, 70, '1'), around(180, 190, 62, 70, '2')])
    const below = drawMap([around(160, 180, 62, 70, '1'), around(-180, -170, 62, 70, '2')])
    expect(below).toEqual(above)
    expect(extentOf([around(160, 180, 62, 70), around(-180, -170, 62, 70)])).toEqual({
      west: 160,
      east: 190,
      south: 62,
      north: 70,
    })
  })

  it('keeps areas true to each other', () => {
    const project = albers({ parallels: [52, 64], meridian: 105 })
    const areaOf = (west: number, south: number) => {
      const step = 0.01
      const [[ax, ay], [bx, by], [cx, cy]] = [
        project([west, south]),
        project([west + step, south]),
        project([west, south + step]),
      ] as const
      return Math.abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / Math.cos((south * Math.PI) / 180)
    }
    for (const [west, south] of [
      [20, 54],
      [190, 66],
      [105, 80],
    ] as const)
      expect(areaOf(west, south) / areaOf(105, 58)).toBeCloseTo(1, 2)
  })

  it('of nothing is nothing', () => {
    expect(drawMap([])).toMatchObject({ height: 0, shapes: [] })
  })
})
