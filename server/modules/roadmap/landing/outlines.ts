/** The country as it is drawn on the open pages: worked out once, sent as one picture that browsers keep. */
import { createHash } from 'node:crypto'
import { regionsOfReference } from '../../organisations/index.ts'
import { type DrawnMap, drawMap, mapSprite } from '../map/drawn-map.ts'
import { loadOutlines } from '../map/map-file.ts'
import { loadTiles, type Tile } from '../map/tiles.ts'
import type { RoadmapSnapshot } from './snapshot.ts'

type Country = { map: DrawnMap; sprite: string; address: string }

const codesOfReference = (): string[] => regionsOfReference().map(({ code }) => code)

let country: Country | undefined

/** Its address changes with it, so that it may be kept for ever. */
export function drawnCountry(): Country {
  if (country) return country
  const map = drawMap(loadOutlines(new Set(codesOfReference())))
  const sprite = mapSprite(map)
  const version = createHash('sha256').update(sprite).digest('hex').slice(0, 12)
  country = { map, sprite, address: `/public/maps/${version}` }
  return country
}

const tilesOfCodes = new Map<string, readonly Tile[]>()

/** A place for each region of the roadmap. */
export function tilesOf({ regions }: RoadmapSnapshot): readonly Tile[] {
  const codes = regions.map(({ code }) => code)
  const known = tilesOfCodes.get(codes.join())
  if (known) return known
  const tiles = loadTiles(new Set([...codesOfReference(), ...codes]))
  tilesOfCodes.set(codes.join(), tiles)
  return tiles
}
