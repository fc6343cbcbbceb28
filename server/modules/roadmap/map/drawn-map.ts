/** The outlines as they are drawn: paths in a fixed frame, the middle of each region, and dots for what is too small to hit. */

import { dotSize, dotsFor } from './dots.ts'
import { areaOf, boxOf, middleOf, type Point, type Polygon } from './flat.ts'
import type { Outline } from './map-file.ts'
import { albers, conicFor, extentOf } from './projection.ts'

/** In units of the frame, y downwards. */
export type DrawnShape = {
  code: string
  /** the `d` of an SVG path */
  path: string
  /** the point farthest from the borders, for a label */
  x: number
  y: number
  /** whether a finger would miss it: then `dot` is where a circle for it stands, beside the others' circles */
  small: boolean
  dot: { x: number; y: number } | undefined
}
export type DrawnMap = {
  width: number
  height: number
  shapes: readonly DrawnShape[]
  /** radii of a dot: what is seen of it, and what a finger hits where the map is drawn 720 px wide */
  dot: { seen: number; reach: number }
}

const width = 1000
/** Room beside the land for the dots of those who live at the edge. */
const margin = 36
/** Units: what holds no circle of this radius is small. */
const smallest = 5.2

/** @returns no shapes and no height when there are no outlines */
export function drawMap(outlines: readonly Outline[]): DrawnMap {
  if (outlines.length === 0) return { width, height: 0, shapes: [], dot: dotSize }
  const project = albers(conicFor(extentOf(outlines)))
  const flat = outlines.map(({ code, polygons }) => ({
    code,
    polygons: polygons.map((rings) => rings.map((ring) => ring.map(project))),
  }))
  const box = boxOf(flat.flatMap(({ polygons }) => polygons.flat(2)))
  const unit = (width - 2 * margin) / Math.max(box.right - box.left, 1e-9)
  const height = Math.ceil((box.bottom - box.top) * unit + 2 * margin)
  const placed = ([x, y]: Point): Point => [margin + (x - box.left) * unit, margin + (box.bottom - y) * unit]
  const regions = flat.map(({ code, polygons }) => ({
    code,
    polygons: polygons.map((rings) => rings.map((ring) => ring.map(placed))),
  }))
  const middles = regions.map(({ code, polygons }) => ({ code, ...middleOf(largestOf(polygons)) }))
  const dots = dotsFor(
    middles.filter(({ depth }) => depth < smallest),
    regions,
    { width, height },
  )
  return { width, height, shapes: regions.map((region, index) => shapeOf(region, middles[index], dots)), dot: dotSize }
}

type Flat = { code: string; polygons: readonly Polygon[] }

function shapeOf(
  { code, polygons }: Flat,
  middle: { at: Point; depth: number } | undefined,
  dots: ReadonlyMap<string, Point>,
): DrawnShape {
  const [x, y] = (middle?.at ?? [0, 0]).map(tenth) as [number, number] // as: of a pair comes a pair
  const dot = dots.get(code)
  return {
    code,
    path: pathOf(polygons),
    x,
    y,
    small: dot !== undefined,
    dot: dot && { x: tenth(dot[0]), y: tenth(dot[1]) },
  }
}

const largestOf = (polygons: readonly Polygon[]): Polygon =>
  polygons.toSorted((one, other) => areaOf(other) - areaOf(one))[0] ?? []

const tenth = (number: number): number => Math.round(number * 10) / 10

/**
 * Steps from point to point in tenths of a unit. Neighbours round the same points, so they still share their border; a ring
 * that rounds to less than a triangle is left out, but for the largest of a region.
 */
function pathOf(polygons: readonly Polygon[]): string {
  const rings = polygons.flat().map((ring) => ring.map(([x, y]): Point => [Math.round(x * 10), Math.round(y * 10)]))
  const steps = rings.map(stepsOf)
  const drawn = steps.filter((ring) => ring.length > 2)
  return (drawn.length > 0 ? drawn : steps.slice(0, 1)).map(ringText).join('')
}

/** The first point, then differences; what stays in its place is passed over. */
function stepsOf(ring: readonly Point[]): Point[] {
  const different = ring.filter(([x, y], index) => {
    const before = ring.at(index - 1)
    return index === 0 || before?.[0] !== x || before[1] !== y
  })
  return different.map(([x, y], index) => {
    const [beforeX, beforeY] = different[index - 1] ?? [0, 0]
    return [x - beforeX, y - beforeY]
  })
}

const ringText = ([[x, y] = [0, 0], ...steps]: readonly Point[]): string =>
  `M${joined([x, y])}${steps.length > 0 ? `l${joined(steps.flat())}` : ''}z`

/** A minus parts numbers as well as a space does, and the nought before a point may be left out. */
const joined = (tenths: readonly number[]): string =>
  tenths
    .map((number) => String(number / 10).replace(/^(-?)0\./, '$1.'))
    .map((text, index) => (index > 0 && !text.startsWith('-') ? ` ${text}` : text))
    .join('')

/** What a page's `<use href="…#r-38">` refers to. One file for all pages, which the browser keeps. */
export const mapSprite = ({ width, height, shapes }: DrawnMap): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}">${shapes
    .map(({ code, path }) => `<path id="r-${code}" d="${path}"/>`)
    .join('')}</svg>`
