/**
 * Outlines of regions are reference data of the installation: `reference/map.geojson`, a GeoJSON FeatureCollection with
 * `properties.code` as in `reference/regions.csv`. Without the file, pages show tiles and tables alone.
 */
import { existsSync } from 'node:fs'
import { readReference, referenceDirectory } from '../../../kernel/reference.ts'
import { isRecord, listed, textOf, WrongReference } from './reference-file.ts'

const file = 'map.geojson'
/** Bytes. What is drawn goes to every visitor: an outline of more detail than this is not meant for a page. */
const largestFile = 4_000_000

/** Degrees of WGS 84. */
export type Place = readonly [longitude: number, latitude: number]
/** The outer ring first, then its holes; the first point of a ring is not repeated at its end. */
export type Outline = { code: string; polygons: readonly (readonly (readonly Place[])[])[] }

/**
 * @param codes of the installation's regions
 * @returns nothing when there is no file, or when it holds another country than the list of regions
 * @throws WrongReference with everything that is wrong
 */
export function loadOutlines(codes: ReadonlySet<string>): Outline[] {
  return existsSync(referenceDirectory(file)) ? outlinesOf(readReference(file), codes) : []
}

/**
 * @param bytes GeoJSON in UTF-8
 * @throws WrongReference with everything that is wrong, each with its place
 */
export function outlinesOf(bytes: Uint8Array, codes: ReadonlySet<string>): Outline[] {
  const problems: string[] = []
  const outlines = featuresOf(bytes).map((feature, index) => outlineOf(feature, `фигура ${index + 1}`, problems))
  const known = outlines.some(({ code }) => codes.has(code))
  if (problems.length === 0 && !known) return []
  const seen = new Map<string, number>()
  for (const [index, { code }] of outlines.entries()) {
    const place = `фигура ${index + 1}`
    const before = seen.get(code)
    if (code && before !== undefined) problems.push(`${place}: код «${code}» уже стоит у фигуры ${before}`)
    else if (code && !codes.has(code))
      problems.push(`${place}: региона с кодом «${code}» нет в списке регионов, исправьте код или уберите фигуру`)
    seen.set(code, before ?? index + 1)
  }
  if (problems.length > 0) throw new WrongReference(file, listed(problems))
  return outlines
}

function featuresOf(bytes: Uint8Array): unknown[] {
  if (bytes.length > largestFile)
    throw new WrongReference(file, [
      `в файле ${(bytes.length / 1e6).toFixed(1).replace('.', ',')} МБ, можно до ${largestFile / 1e6}: упростите контуры, например в mapshaper.org`,
    ])
  const content = parsed(textOf(file, bytes))
  if (!isRecord(content) || content.type !== 'FeatureCollection' || !Array.isArray(content.features))
    throw new WrongReference(file, ['нужна коллекция GeoJSON: "type": "FeatureCollection" и список "features"'])
  if (content.features.length === 0) throw new WrongReference(file, ['в списке "features" нет ни одной фигуры'])
  return content.features
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const position = /position (\d+)/.exec(String(error))?.[1]
    const before = text.slice(0, Number(position ?? text.length)).split('\n')
    throw new WrongReference(file, [
      `строка ${before.length}, знак ${(before.at(-1)?.length ?? 0) + 1}: это не JSON, файл повреждён или оборван`,
    ])
  }
}

function outlineOf(feature: unknown, place: string, problems: string[]): Outline {
  const properties = isRecord(feature) && isRecord(feature.properties) ? feature.properties : {}
  const code = typeof properties.code === 'string' ? properties.code.trim() : ''
  const told = code ? `${place} (код ${code})` : place
  if (!code) problems.push(`${place}: нет кода региона, нужно "properties": {"code": "38"}, код в кавычках`)
  const polygons = polygonsOf(isRecord(feature) ? feature.geometry : undefined)
  if (!polygons) problems.push(`${told}: нужна фигура Polygon или MultiPolygon со списком "coordinates"`)
  const checked = (polygons ?? []).map((rings, polygon) =>
    rings.flatMap((ring, index) => {
      const problem = problemOf(ring)
      if (problem) problems.push(`${told}, многоугольник ${polygon + 1}, контур ${index + 1}: ${problem}`)
      return problem ? [] : [placesOf(ring)]
    }),
  )
  return { code, polygons: checked }
}

function polygonsOf(geometry: unknown): unknown[][] | undefined {
  if (!isRecord(geometry) || !Array.isArray(geometry.coordinates)) return undefined
  const { type, coordinates } = geometry
  const polygons: unknown[] = type === 'Polygon' ? [coordinates] : type === 'MultiPolygon' ? coordinates : []
  return polygons.length > 0 && polygons.every((rings) => Array.isArray(rings) && rings.length > 0)
    ? polygons.map((rings) => (Array.isArray(rings) ? rings : []))
    : undefined
}

function problemOf(ring: unknown): string | undefined {
  if (!Array.isArray(ring) || ring.length < 4) return 'в контуре меньше четырёх точек'
  const strange = ring.findIndex((point) => !isPosition(point))
  if (strange >= 0) return `точка ${strange + 1}: нужны два числа, долгота и широта`
  const places = ring.filter(isPosition)
  const outside = places.findIndex(([longitude, latitude]) => !isOnEarth(longitude, latitude))
  if (outside >= 0)
    return `точка ${outside + 1}: ${places[outside]?.slice(0, 2).join(', ')} — не градусы; нужны долгота и широта WGS 84 в этом порядке`
  const [first, last] = [places[0], places.at(-1)]
  return first?.[0] === last?.[0] && first?.[1] === last?.[1]
    ? undefined
    : 'контур не замкнут: последняя точка должна повторять первую'
}

const isPosition = (point: unknown): point is Place =>
  Array.isArray(point) && point.length >= 2 && Number.isFinite(point[0]) && Number.isFinite(point[1])

/** East of 180° a country may go on above it instead of beginning again below zero. */
const isOnEarth = (longitude: number, latitude: number): boolean =>
  longitude >= -180 && longitude <= 360 && Math.abs(latitude) <= 89

const placesOf = (ring: unknown): Place[] =>
  Array.isArray(ring)
    ? ring
        .filter(isPosition)
        .slice(0, -1)
        .map(([longitude, latitude]): Place => [longitude, latitude])
    : []
