/**
 * Files of ГАР (AS_ADDR_OBJ, AS_HOUSES, AS_ADM_HIERARCHY, as the tax service gives them out): read piece by piece, what is
 * not valid now is passed over.
 */
import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { SaxesParser } from 'saxes'

/** The files cannot be taken as they are. Foreseen: told in its own words, without a stack. */
export class WrongGar extends Error {
  readonly exitCode = 1
}

export type GarFiles = { objects: string[]; houses: string[]; hierarchy: string[] }

const wanted = {
  objects: /^AS_ADDR_OBJ_\d.*\.xml$/i,
  houses: /^AS_HOUSES_\d.*\.xml$/i,
  hierarchy: /^AS_ADM_HIERARCHY_\d.*\.xml$/i,
}

/** @throws WrongGar when the directory lacks one of the three kinds of files */
export async function findGarFiles(directory: string): Promise<GarFiles> {
  const names = await readdir(directory).catch(() => {
    throw new WrongGar(`Папки ${directory} нет, или её нельзя прочитать.`)
  })
  const find = (pattern: RegExp) =>
    names
      .filter((name) => pattern.test(name))
      .sort()
      .map((name) => join(directory, name))
  const files = { objects: find(wanted.objects), houses: find(wanted.houses), hierarchy: find(wanted.hierarchy) }
  const titles = { objects: 'AS_ADDR_OBJ_*.xml', houses: 'AS_HOUSES_*.xml', hierarchy: 'AS_ADM_HIERARCHY_*.xml' }
  const missing = (['objects', 'houses', 'hierarchy'] as const).filter((kind) => files[kind].length === 0)
  if (missing.length > 0)
    throw new WrongGar(`В папке ${directory} нет файлов ${missing.map((kind) => titles[kind]).join(', ')}.`)
  return files
}

export type GarRow = Readonly<Record<string, string>>

/** Elements of the file that are valid now, each by its attributes. @throws WrongGar when it is no XML */
export async function* garRows(path: string): AsyncGenerator<GarRow> {
  const parser = new SaxesParser()
  const rows: GarRow[] = []
  parser.on('error', (error) => {
    throw new WrongGar(`${path}: не XML (${error.message})`)
  })
  parser.on('doctype', () => {
    throw new WrongGar(`${path}: в файле ГАР не бывает DOCTYPE`)
  })
  parser.on('opentag', ({ attributes }) => {
    if (attributes.OBJECTID && attributes.ISACTIVE !== '0' && attributes.ISACTUAL !== '0') rows.push(attributes)
  })
  for await (const piece of createReadStream(path, { encoding: 'utf8', highWaterMark: 262_144 })) {
    parser.write(piece)
    yield* rows.splice(0)
  }
  parser.close()
}

/** Kinds of additional numbers of a house: «к. 2», «стр. 3». */
const additional: Record<string, string> = { '1': 'к.', '2': 'стр.', '3': 'соор.', '4': 'литера' }
/** AS_HOUSE_TYPES: what a house is called in front of its number. */
const houseTypes: Record<string, string> = {
  '1': 'влд.',
  '2': 'д.',
  '3': 'двлд.',
  '5': 'зд.',
  '6': 'шахта',
  '7': 'стр.',
  '8': 'соор.',
}

export const houseName = ({ HOUSETYPE = '2', HOUSENUM = '', ADDTYPE1, ADDNUM1, ADDTYPE2, ADDNUM2 }: GarRow): string =>
  [
    `${houseTypes[HOUSETYPE] ?? 'д.'} ${HOUSENUM}`.trim(),
    ADDNUM1 ? `${additional[ADDTYPE1 ?? ''] ?? ''} ${ADDNUM1}`.trim() : '',
    ADDNUM2 ? `${additional[ADDTYPE2 ?? ''] ?? ''} ${ADDNUM2}`.trim() : '',
  ]
    .filter(Boolean)
    .join(', ')

const afterName = new Set(['обл', 'р-н', 'м.р-н', 'край', 'г.о.', 'м.о.', 'обл.', 'область', 'район'])

/** «г. Верхнеозёрск», «Верхнеозёрский р-н»: as people write it. */
export const objectName = ({ TYPENAME = '', NAME = '' }: GarRow): string => {
  const type = TYPENAME.trim()
  if (afterName.has(type.toLowerCase())) return `${NAME.trim()} ${type === 'обл' || type === 'обл.' ? 'область' : type}`
  return type === '' ? NAME.trim() : `${type.endsWith('.') || type.length > 3 ? type : `${type}.`} ${NAME.trim()}`
}
