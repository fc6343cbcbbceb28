/**
 * Albers' conic equal-area projection (Snyder, Map Projections: A Working Manual, chapter 14), on a sphere: areas stay
 * true to each other, and a country of the north does not swell towards the pole.
 */
import type { Outline, Place } from './map-file.ts'

/** Degrees; `east` is above 180 when the extent crosses the seam. */
export type Extent = { west: number; east: number; south: number; north: number }
export type Conic = { parallels: readonly [number, number]; meridian: number }
/** Radii of the earth, y upwards. */
export type Project = (place: Place) => readonly [x: number, y: number]

/** As wall maps of the country have it. */
const usual: Conic = { parallels: [52, 64], meridian: 105 }
/** Degrees of longitude: nothing but the whole country is as wide. */
const countryWide = 120
const around = 360

/** The usual cone for the country; for a part of it, standard parallels a sixth inside its own extent. */
export function conicFor({ west, east, south, north }: Extent): Conic {
  if (east - west > countryWide) return usual
  const sixth = (north - south) / 6
  return { parallels: [south + sixth, north - sixth], meridian: (west + east) / 2 }
}

/** Where the outlines lie. The widest gap between their longitudes is where nothing of them is: the extent begins after it. */
export function extentOf(outlines: readonly Outline[]): Extent {
  const places = outlines.flatMap(({ polygons }) => polygons.flat(2))
  const longitudes = places.map(([longitude]) => turned(longitude, 0)).toSorted((one, other) => one - other)
  const latitudes = places.map(([, latitude]) => latitude)
  let [west, gap] = [longitudes[0] ?? 0, around - ((longitudes.at(-1) ?? 0) - (longitudes[0] ?? 0))]
  for (const [index, longitude] of longitudes.entries()) {
    const apart = longitude - (longitudes[index - 1] ?? longitude)
    if (apart > gap) [west, gap] = [longitude, apart]
  }
  const [south, north] = latitudes.reduce(
    ([least, most], latitude) => [Math.min(least, latitude), Math.max(most, latitude)],
    [90, -90],
  )
  return { west, east: west + around - gap, south, north }
}

export function albers({ parallels, meridian }: Conic): Project {
  const [first, second] = parallels.map(radians) as [number, number] // as: of a pair comes a pair
  const sines = (Math.sin(first) + Math.sin(second)) / 2
  // Parallels on both sides of the equator, equally far, have no cone: a slightly bent one serves.
  const n = Math.abs(sines) < 1e-6 ? 1e-6 : sines
  const c = Math.cos(first) ** 2 + 2 * n * Math.sin(first)
  const radius = (latitude: number) => Math.sqrt(Math.max(0, c - 2 * n * Math.sin(latitude))) / n
  const origin = radius((first + second) / 2)
  return ([longitude, latitude]) => {
    const angle = n * radians(turned(longitude, meridian) - meridian)
    const distance = radius(radians(latitude))
    return [distance * Math.sin(angle), origin - distance * Math.cos(angle)]
  }
}

/** The same meridian, at most half a turn from another: what is cut at 180° comes together. */
const turned = (longitude: number, meridian: number): number =>
  longitude - around * Math.round((longitude - meridian) / around)

const radians = (degrees: number): number => (degrees * Math.PI) / 180
