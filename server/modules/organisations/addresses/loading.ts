/** The dictionary of addresses of one region, loaded from files of ГАР in place of what was there before. */
import type { AddressPart, AddressParts } from '../../../../contracts/addresses.ts'
import { type Db, type Tx, transaction } from '../../../kernel/db/index.ts'
import { findRegion } from '../regions.queries.ts'
import { clearRegion, forgetResolved, type GarAddress, insertAddresses, noteLoad } from './addresses.queries.ts'
import { findGarFiles, type GarRow, garRows, houseName, objectName, WrongGar } from './gar.ts'
import { keyOf, lineOf } from './parts.ts'

/**
 * @param directory with the region's own files, as they lie in the archive under the number of the region
 * @returns how many objects and houses the dictionary has now
 * @throws WrongGar when files are missing or are no ГАР, or the program knows no such region
 */
export async function loadAddresses(db: Db, directory: string, regionCode: string) {
  const files = await findGarFiles(directory)
  if (!(await findRegion(db, regionCode))) throw new WrongGar(`Региона с кодом «${regionCode}» в программе нет.`)
  const objects = await readObjects(files.objects)
  const parents = await readParents(files.hierarchy)
  return transaction({ db }, async (tx) => {
    await clearRegion(tx, regionCode)
    const keep = batches(tx, regionCode)
    for (const { row } of objects.values()) await keep.add(objectAddress(row, objects, parents))
    let houses = 0
    for (const path of files.houses)
      for await (const row of garRows(path)) {
        houses += 1
        await keep.add(houseAddress(row, objects, parents))
      }
    await keep.rest()
    const loaded = { objects: objects.size, houses }
    await noteLoad(tx, regionCode, loaded)
    await forgetResolved(tx, regionCode)
    return loaded
  })
}

type Known = { row: GarRow; name: string; level: number }
type Objects = ReadonlyMap<string, Known>

/** Objects of a region are some ten thousands, and each is asked for by all below it: they are kept in memory. */
async function readObjects(paths: readonly string[]): Promise<Map<string, Known>> {
  const objects = new Map<string, Known>()
  for (const path of paths)
    for await (const row of garRows(path))
      objects.set(row.OBJECTID ?? '', { row, name: objectName(row), level: Number(row.LEVEL) })
  return objects
}

async function readParents(paths: readonly string[]): Promise<Map<string, string>> {
  const parents = new Map<string, string>()
  for (const path of paths)
    for await (const { OBJECTID = '', PARENTOBJID = '' } of garRows(path)) parents.set(OBJECTID, PARENTOBJID)
  return parents
}

/** Levels of ГАР: 1 a region, 2 and 3 districts, 4 to 6 settlements, 7 and 8 parts of a settlement and streets. */
function partOfLevel(level: number): AddressPart | undefined {
  if (level === 1) return 'region'
  if (level === 2 || level === 3) return 'district'
  if (level >= 4 && level <= 6) return 'settlement'
  return level === 7 || level === 8 ? 'street' : undefined
}

/** Upwards by the hierarchy; a ring in damaged files ends at its tenth step. */
function partsAbove(id: string, objects: Objects, parents: ReadonlyMap<string, string>): AddressParts {
  const parts: AddressParts = {}
  let at: string | undefined = id
  for (let step = 0; at && step < 10; step += 1) {
    const known = objects.get(at)
    const part = known && partOfLevel(known.level)
    if (known && part) parts[part] = parts[part] ? `${known.name}, ${parts[part]}` : known.name
    at = parents.get(at)
  }
  return parts
}

function objectAddress(row: GarRow, objects: Objects, parents: ReadonlyMap<string, string>): GarAddress {
  return addressOf(row, false, partsAbove(row.OBJECTID ?? '', objects, parents))
}

function houseAddress(row: GarRow, objects: Objects, parents: ReadonlyMap<string, string>): GarAddress {
  const above = partsAbove(parents.get(row.OBJECTID ?? '') ?? '', objects, parents)
  return addressOf(row, true, { ...above, house: houseName(row) })
}

function addressOf(row: GarRow, house: boolean, parts: AddressParts): GarAddress {
  const whole = row.POSTALCODE ? { postalCode: row.POSTALCODE, ...parts } : parts
  return {
    gar_id: row.OBJECTGUID ?? '',
    object_id: Number(row.OBJECTID),
    level: house ? 10 : Number(row.LEVEL),
    house,
    postal_code: row.POSTALCODE ?? null,
    parts: whole,
    text: lineOf(whole),
    match_key: keyOf(whole),
  }
}

const batchSize = 1000

function batches(tx: Tx, regionCode: string) {
  let waiting: GarAddress[] = []
  const rest = async () => {
    if (waiting.length > 0) await insertAddresses(tx, regionCode, waiting)
    waiting = []
  }
  return {
    rest,
    add: async (address: GarAddress) => {
      if (!/^[0-9a-f-]{36}$/i.test(address.gar_id)) throw new WrongGar(`У объекта ${address.object_id} нет OBJECTGUID.`)
      waiting.push(address)
      if (waiting.length >= batchSize) await rest()
    },
  }
}
