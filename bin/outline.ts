/**
 * Outlines on a grid of whole numbers: dissolving what a seam has cut, and simplifying borders so that neighbours still
 * share them. A ring is closed without repeating its first point.
 */
export type Point = readonly [x: number, y: number]
export type Ring = readonly Point[]
/** The outer ring first, then the holes. */
export type Polygon = readonly Ring[]
export type Region = { code: string; polygons: readonly Polygon[] }
/** Grid to kilometres, near enough to tell small from large. */
export type Scale = (point: Point) => Point

const keyOf = ([x, y]: Point): string => `${x},${y}`

/**
 * One outline of polygons that touch: an edge that two of them run along in opposite directions is inside, and goes.
 * @throws when a polygon has a hole, for which no seam asks
 */
export function dissolved(polygons: readonly Polygon[]): Polygon[] {
  if (polygons.some(({ length }) => length > 1)) throw new Error('Only polygons without holes can be dissolved')
  const edges = polygons.flatMap(([ring = []]) => edgesOf(ring))
  const directed = new Set(edges.map(([from, to]) => `${keyOf(from)} ${keyOf(to)}`))
  const next = new Map<string, Point[]>()
  for (const [from, to] of edges) {
    if (directed.has(`${keyOf(to)} ${keyOf(from)}`)) continue
    next.set(keyOf(from), [...(next.get(keyOf(from)) ?? []), to])
  }
  const rings: Point[][] = []
  for (const [start] of edges) {
    const ring: Point[] = []
    for (let at = next.get(keyOf(start))?.pop(); at; at = next.get(keyOf(at))?.pop()) ring.push(at)
    if (ring.length > 0) rings.push(ring)
  }
  return rings.map((ring) => [ring])
}

const edgesOf = (ring: Ring): (readonly [Point, Point])[] =>
  ring.map((point, index) => [point, ring[(index + 1) % ring.length] ?? point])

/**
 * Leaves out points (Visvalingam's method) and islands. Borders are cut where three outlines or a coast meet, and each
 * piece is simplified once for all that share it.
 * @param detail km²: a point that makes less of a difference goes
 * @param island km²: a ring of less goes, unless it is its region's largest
 */
export function simplified(regions: readonly Region[], scale: Scale, detail: number, island: number): Region[] {
  const junctions = junctionsOf(regions.flatMap(({ polygons }) => polygons.flat()))
  const pieces = new Map<string, Ring>()
  const simplify = (line: Ring): Ring => {
    const backwards = reads(line.at(-1), line[0]) || (line.length > 2 && reads(line.at(-2), line[1]) && isLoop(line))
    const one = backwards ? line.toReversed() : line
    const key = one.map(keyOf).join(' ')
    const kept = pieces.get(key) ?? withoutSmallTriangles(one, scale, detail)
    pieces.set(key, kept)
    return backwards ? kept.toReversed() : kept
  }
  return regions.map(({ code, polygons }) => {
    const largest = Math.max(...polygons.map(([outer = []]) => areaOf(outer, scale)))
    const isKept = (ring: Ring) => areaOf(ring, scale) >= Math.min(island, largest)
    const kept = polygons.filter(([outer = []]) => isKept(outer)).map((rings) => rings.filter(isKept))
    return { code, polygons: kept.map((rings) => rings.map((ring) => simplifiedRing(ring, junctions, simplify))) }
  })
}

/** Whether the one stands before the other, from left to right and upwards. */
const reads = (one: Point | undefined, other: Point | undefined): boolean =>
  one !== undefined && other !== undefined && (one[0] - other[0] || one[1] - other[1]) < 0

const isLoop = (line: Ring): boolean => keyOf(line[0] ?? [0, 0]) === keyOf(line.at(-1) ?? [0, 0])

/** Points where more than two pieces of border meet. */
function junctionsOf(rings: readonly Ring[]): ReadonlySet<string> {
  const neighbours = new Map<string, Set<string>>()
  for (const [from, to] of rings.flatMap(edgesOf)) {
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const) {
      const around = neighbours.get(keyOf(one)) ?? new Set()
      neighbours.set(keyOf(one), around.add(keyOf(other)))
    }
  }
  return new Set([...neighbours].flatMap(([key, { size }]) => (size > 2 ? [key] : [])))
}

function simplifiedRing(ring: Ring, junctions: ReadonlySet<string>, simplify: (line: Ring) => Ring): Ring {
  const found = ring.findIndex((point) => junctions.has(keyOf(point)))
  const first = found < 0 ? firstOf(ring) : found
  const turned = [...ring.slice(first), ...ring.slice(0, first + 1)]
  const result: Point[] = []
  let line: Point[] = []
  for (const [index, point] of turned.entries()) {
    line.push(point)
    if (index === 0 || (!junctions.has(keyOf(point)) && index < turned.length - 1)) continue
    result.push(...simplify(line).slice(0, -1))
    line = [point]
  }
  if (result.length < 3) throw new Error('A ring has vanished: ask for more detail')
  return result
}

/** A ring without neighbours to meet starts at the same point whoever looks at it. */
const firstOf = (ring: Ring): number =>
  ring.reduce((best, point, index) => (reads(point, ring[best]) ? index : best), 0)

/** The ends stay; so do two points between them when the line is a loop, or nothing would be left of it. */
function withoutSmallTriangles(line: Ring, scale: Scale, detail: number): Ring {
  const fewest = isLoop(line) ? 4 : 2
  const kept = line.map((point) => ({ point, place: scale(point) }))
  while (kept.length > fewest) {
    let least = Number.POSITIVE_INFINITY
    let at = 0
    for (let index = 1; index < kept.length - 1; index += 1) {
      const [a, b, c] = [kept[index - 1]?.place, kept[index]?.place, kept[index + 1]?.place]
      const area = a && b && c ? triangle(a, b, c) : 0
      if (area < least) [least, at] = [area, index]
    }
    if (least >= detail) break
    kept.splice(at, 1)
  }
  return kept.map(({ point }) => point)
}

const triangle = ([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point): number =>
  Math.abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2

const areaOf = (ring: Ring, scale: Scale): number => Math.abs(signedArea(ring.map(scale)))

/** Above zero when the ring runs against the clock. */
export const signedArea = (ring: Ring): number =>
  edgesOf(ring).reduce((sum, [[ax, ay], [bx, by]]) => sum + ax * by - bx * ay, 0) / 2
