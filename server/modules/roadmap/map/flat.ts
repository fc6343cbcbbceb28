/** Plane geometry of what is drawn: whether a point is inside, how far from the edge, where the middle is. */
export type Point = readonly [x: number, y: number]
/** The outer ring first, then its holes. */
export type Polygon = readonly (readonly Point[])[]

/** By the even-odd rule, so that a hole is outside. */
export function isInside([x, y]: Point, polygon: Polygon): boolean {
  let inside = false
  for (const ring of polygon)
    for (let index = 0, before = ring.length - 1; index < ring.length; before = index++) {
      const [one, other] = [ring[index], ring[before]]
      if (!one || !other || one[1] > y === other[1] > y) continue
      if (x < ((other[0] - one[0]) * (y - one[1])) / (other[1] - one[1]) + one[0]) inside = !inside
    }
  return inside
}

/** To the nearest edge; below zero outside. */
function depthOf(point: Point, polygon: Polygon): number {
  let least = Number.POSITIVE_INFINITY
  for (const ring of polygon)
    for (let index = 0, before = ring.length - 1; index < ring.length; before = index++) {
      const [one, other] = [ring[index], ring[before]]
      if (one && other) least = Math.min(least, squareToEdge(point, one, other))
    }
  return (isInside(point, polygon) ? 1 : -1) * Math.sqrt(least)
}

/** The square of the distance from a point to a piece of a line. */
export function squareToEdge([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay]
  const length = dx * dx + dy * dy
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length))
  return (x - ax - along * dx) ** 2 + (y - ay - along * dy) ** 2
}

export function areaOf([outer = []]: Polygon): number {
  let sum = 0
  for (let index = 0, before = outer.length - 1; index < outer.length; before = index++) {
    const [one, other] = [outer[index], outer[before]]
    if (one && other) sum += other[0] * one[1] - one[0] * other[1]
  }
  return Math.abs(sum) / 2
}

export type Box = { left: number; right: number; top: number; bottom: number }

export function boxOf(points: readonly Point[]): Box {
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity }
  for (const [x, y] of points) {
    box.left = Math.min(box.left, x)
    box.right = Math.max(box.right, x)
    box.top = Math.min(box.top, y)
    box.bottom = Math.max(box.bottom, y)
  }
  return box
}

const cells = 16
const closerLooks = 6

/** The point farthest from the edge, and how far: looked for on a grid, then more and more closely around the best. */
export function middleOf(polygon: Polygon): { at: Point; depth: number } {
  const box = boxOf(polygon[0] ?? [])
  let best = { at: polygon[0]?.[0] ?? ([0, 0] as const), depth: Number.NEGATIVE_INFINITY }
  let [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2]
  let [stepX, stepY] = [(box.right - box.left) / cells, (box.bottom - box.top) / cells]
  for (let look = 0; look <= closerLooks; look += 1) {
    const reach = look === 0 ? cells / 2 : 2
    for (let column = -reach; column <= reach; column += 1)
      for (let row = -reach; row <= reach; row += 1) {
        const at: Point = [x + column * stepX, y + row * stepY]
        const depth = depthOf(at, polygon)
        if (depth > best.depth) best = { at, depth }
      }
    ;[x, y] = best.at
    ;[stepX, stepY] = [stepX / 2, stepY / 2]
  }
  return best
}
