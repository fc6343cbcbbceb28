import { tied } from './text.ts'

/** A figure by regions: drawn as a map, as equal tiles, and what their shades mean. The table with the figures is near by. */

/** 0 no data, 1 least … 5 most. */
export type MapStep = 0 | 1 | 2 | 3 | 4 | 5

export interface MapRegion {
  code: string
  name: string
  /** read aloud after the name and shown on hover: «81 %», «36 из 38», «нет данных» */
  told: string
  /** on a tile: «81» */
  value: string
  href: string
  step: MapStep
  /** the one that was looked at: outlined */
  current?: boolean
}

export interface MapFrame {
  width: number
  height: number
  /** where a label of the region stands, and the middle of the circle for one that is too small to hit */
  shapes: readonly { code: string; x: number; y: number; dot?: { x: number; y: number } | undefined }[]
  /** radii of such a circle: what is seen of it, and what a finger hits */
  dot: { seen: number; reach: number }
}

export interface RegionMapProps {
  /** ids of the title and the description begin with it; one map on a page needs none */
  id?: string
  /** «Выполнение плана по регионам, в процентах» */
  label: string
  description: string
  map: MapFrame
  /** address of the picture that holds a path `r-<code>` for each shape; empty when the page itself holds them */
  sprite: string
  /** those without a shape are not drawn: tiles and the table have them */
  regions: readonly MapRegion[]
}

/** Every region leads to its place. Wants the whole width of the page; where that is less than 45rem, it is moved aside. */
export function RegionMap({ id = 'map', label, description, map, sprite, regions }: RegionMapProps) {
  const shapes = new Map(map.shapes.map((shape) => [shape.code, shape]))
  const drawn = regions.flatMap((region) => {
    const shape = shapes.get(region.code)
    return shape ? [{ ...region, ...shape }] : []
  })
  const large = drawn.filter(({ dot }) => !dot)
  const small = drawn.filter(({ dot }) => dot)
  const current = large.filter((region) => region.current)
  const hrefOf = (code: string) => `${sprite}#r-${code}`
  const link = (region: (typeof drawn)[number]) => (
    <a
      key={region.code}
      class={`n-${region.step}`}
      href={region.href}
      aria-label={toldOf(region)}
      aria-current={region.current ? 'true' : undefined}
    >
      <title>{toldOf(region)}</title>
      <use href={hrefOf(region.code)} />
      {region.dot ? <Dot {...region} at={region.dot} size={map.dot} /> : null}
      <text class="map-step" x={region.dot?.x ?? region.x} y={region.dot?.y ?? region.y}>
        {stepMark(region.step)}
      </text>
    </a>
  )
  return (
    <div class="map map-wide">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset holds no drawing; an image would hide its links */}
      <svg
        class="region-map"
        viewBox={`0 0 ${map.width} ${map.height}`}
        role="group"
        aria-labelledby={`${id}-title ${id}-desc`}
      >
        <title id={`${id}-title`}>{tied(label)}</title>
        <desc id={`${id}-desc`}>{tied(description)}</desc>
        {large.map(link)}
        {current.map(({ code }) => (
          <use key={code} class="map-picked" href={hrefOf(code)} />
        ))}
        {small.map(link)}
      </svg>
    </div>
  )
}

/** A circle for a region that is too small to hit, tied to it by a line when it stands elsewhere. */
function Dot({ x, y, at, size }: { x: number; y: number; at: { x: number; y: number }; size: MapFrame['dot'] }) {
  const isAway = Math.hypot(at.x - x, at.y - y) > size.seen
  return (
    <>
      {isAway ? <line class="map-lead" x1={x} y1={y} x2={at.x} y2={at.y} /> : null}
      <circle class="map-reach" cx={at.x} cy={at.y} r={size.reach} />
      <circle class="map-dot" cx={at.x} cy={at.y} r={size.seen} />
    </>
  )
}

const toldOf = ({ name, told }: MapRegion): string => `${name}: ${told}`

/** Where shades cannot be told apart, on paper or without colours, figures stand for them. */
const stepMark = (step: MapStep): string => (step === 0 ? '–' : String(step))

export interface RegionTilesProps {
  label: string
  regions: readonly MapRegion[]
  /** from 1: column up to 12, row up to 24; a label of up to three letters */
  tiles: readonly { code: string; column: number; row: number; label: string }[]
}

/** A region is a tile, all of one size, near its neighbours. */
export function RegionTiles({ label, regions, tiles }: RegionTilesProps) {
  const places = new Map(tiles.map((tile) => [tile.code, tile]))
  return (
    <div class="map">
      <ul class="tiles" aria-label={label}>
        {regions.map((region) => {
          const tile = places.get(region.code)
          return (
            <li key={region.code} data-c={tile?.column} data-r={tile?.row}>
              <a
                class={`n-${region.step}`}
                href={region.href}
                title={toldOf(region)}
                aria-current={region.current ? 'true' : undefined}
              >
                <b aria-hidden="true">{tile?.label ?? region.code}</b>
                <span aria-hidden="true">{region.value}</span>
                <span class="vh">{toldOf(region)}</span>
              </a>
            </li>
          )
        })}
      </ul>
    </div>
  )
}

/** What the shades of the map and the tiles mean, from the least. */
export function Legend({ entries }: { entries: readonly { step: MapStep; label: string }[] }) {
  return (
    <ul class="legend" aria-label="Условные обозначения">
      {entries.map(({ step, label }) => (
        <li key={step}>
          <svg class={`legend-step n-${step}`} viewBox="0 0 16 16" aria-hidden="true">
            <rect width="16" height="16" />
            <text class="map-step" x="8" y="8">
              {stepMark(step)}
            </text>
          </svg>
          {label}
        </li>
      ))}
    </ul>
  )
}
