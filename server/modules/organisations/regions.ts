/** Regions are reference data of the installation: a file of `code;name` lines, read once into an empty table. */
import { type Db, transaction } from '../../kernel/db/index.ts'
import { decodeReference, readReference, WrongReference } from '../../kernel/reference.ts'
import { hasRegions, insertRegions, type Region } from './regions.queries.ts'

const file = 'regions.csv'
const header = 'code;name'

/** The file of regions cannot be taken as it is. */
export class WrongRegions extends WrongReference {
  constructor(problems: readonly string[]) {
    super(file, problems)
  }
}

/**
 * Fills the table of regions when it is empty; a table with regions is left alone, whatever the file says.
 * @throws WrongRegions with every line that is wrong
 */
export async function loadRegions(db: Db): Promise<void> {
  if (await hasRegions(db)) return
  await transaction({ db }, (tx) => insertRegions(tx, regionsOfReference()))
}

/** Those of the file. @throws WrongRegions */
export const regionsOfReference = (): Region[] => regionsOf(readReference(file))

/**
 * @param bytes UTF-8, first the line `code;name`, then a region a line; empty lines are passed over
 * @throws WrongRegions with every line that is wrong
 */
export function regionsOf(bytes: Uint8Array): Region[] {
  const [first = '', ...lines] = textOf(bytes).split(/\r?\n/)
  const problems = first.trim() === header ? [] : [`строка 1: нужен заголовок «${header}»`]
  const seen = new Map<string, number>()
  const regions: Region[] = []
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue
    const number = index + 2
    const [code = '', name = '', ...rest] = line.split(';').map((part) => part.trim())
    const problem = problemOf(code, name, rest.length, seen.get(code))
    if (problem) problems.push(`строка ${number}: ${problem}`)
    else regions.push({ code, name })
    if (code) seen.set(code, seen.get(code) ?? number)
  }
  if (regions.length === 0 && problems.length === 0) problems.push('в файле нет ни одного региона')
  if (problems.length > 0) throw new WrongRegions(problems)
  return regions
}

function problemOf(code: string, name: string, extra: number, before: number | undefined): string | undefined {
  if (extra > 0 || name === '') return 'нужны код и название через точку с запятой, например «38;Иркутская область»'
  if (!/^[\p{L}\p{N}-]{1,20}$/u.test(code))
    return `код «${code}» не подходит: нужны буквы, цифры или дефис, не больше 20 знаков`
  if (name.length > 200) return 'название длиннее 200 знаков'
  return before === undefined ? undefined : `код «${code}» уже стоит в строке ${before}`
}

function textOf(bytes: Uint8Array): string {
  const decoded = decodeReference(bytes)
  if ('wrong' in decoded) throw new WrongRegions([decoded.wrong])
  return decoded.text
}
