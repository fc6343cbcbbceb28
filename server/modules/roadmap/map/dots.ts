/** Where circles for small regions stand: each on its own land if no other circle is there, else beside it, over water. */
import { boxOf, isInside, type Point, type Polygon, squareToEdge } from './flat.ts'

/** Units: the radius that is seen, and half of what a finger needs, 24 px where a thousand units are 720 px. */
export const dotSize = { seen: 9, reach: 17 } as const
const { seen, reach } = dotSize
const directions = 24
const steps = 16
/** A circle on a neighbour's land is as bad as one so much farther away. */
const onLand = 60
/** A line that leads past another's circle as close as this is taken for its own. */
const crossing = 12

type Region = { code: string; polygons: readonly Polygon[] }

/** @returns the centre of each one's circle */
export function dotsFor(
  small: readonly { code: string; at: Point }[],
  regions: readonly Region[],
  frame: { width: number; height: number },
): ReadonlyMap<string, Point> {
  const lands = regions.map(({ code, polygons }) => ({ code, polygons, box: boxOf(polygons.flat(2)) }))
  const dots = new Map<string, Point>()
  const isOnAnother = (code: string, [x, y]: Point) =>
    lands.some(
      (land) =>
        land.code !== code &&
        x > land.box.left &&
        x < land.box.right &&
        y > land.box.top &&
        y < land.box.bottom &&
        land.polygons.some((polygon) => isInside([x, y], polygon)),
    )
  const costOf = (code: string, from: Point, distance: number, [x, y]: Point) => {
    const rim = [0, 1, 2, 3].map(
      (quarter): Point => [x + seen * Math.cos((quarter * Math.PI) / 2), y + seen * Math.sin((quarter * Math.PI) / 2)],
    )
    const covered = distance === 0 ? 0 : [[x, y] as const, ...rim].filter((point) => isOnAnother(code, point)).length
    const crossed = [...dots.values()].filter((dot) => squareToEdge(dot, from, [x, y]) < crossing ** 2).length
    return distance + (covered * onLand) / 5 + crossed * onLand
  }
  for (const { code, at } of small) {
    const free = around(at)
      .filter(
        ({ place }) => isInFrame(place, frame) && [...dots.values()].every((dot) => apart(dot, place) >= 2 * reach),
      )
      .map(({ place, distance }) => ({ place, cost: costOf(code, at, distance, place) }))
    const best = free.reduce((least, one) => (one.cost < least.cost ? one : least), { place: at, cost: Infinity })
    dots.set(code, best.place)
  }
  return dots
}

function around([x, y]: Point): { place: Point; distance: number }[] {
  const places = [{ place: [x, y] as Point, distance: 0 }] // as: a pair is a point
  for (let step = 1; step <= steps; step += 1)
    for (let direction = 0; direction < directions; direction += 1) {
      const [distance, angle] = [(step * reach) / 2, (direction * 2 * Math.PI) / directions]
      places.push({ place: [x + distance * Math.cos(angle), y + distance * Math.sin(angle)], distance })
    }
  return places
}

const isInFrame = ([x, y]: Point, { width, height }: { width: number; height: number }): boolean =>
  x >= reach && x <= width - reach && y >= reach && y <= height - reach

const apart = ([x, y]: Point, [otherX, otherY]: Point): number => Math.hypot(x - otherX, y - otherY)
