/** Regions are reference data of the installation: a file of `code;name` lines, read once into an empty table. */
import { type Db, transaction } from '../../kernel/db/index.ts'
import { readReference } from '../../kernel/reference.ts'
import { hasRegions, insertRegions, type Region } from './regions.queries.ts'

const file = 'regions.csv'
const header = 'code;name'

/** The file of regions cannot be taken as it is. Foreseen: told in its own words, without a stack. */
export class WrongRegions extends Error {
  readonly exitCode = 1
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`Программа не запущена, исправьте reference/${file}:\n${problems.map((text) => `  • ${text}`).join('\n')}`)
    this.name = 'WrongRegions'
    this.problems = problems
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
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new WrongRegions([`строка ${lineOfBadBytes(bytes)}: знаки не в кодировке UTF-8, сохраните файл в UTF-8`])
  }
}

/** Decodes line by line: in UTF-8 the byte of a line's end is never a part of another sign. */
function lineOfBadBytes(bytes: Uint8Array): number {
  const lines = Buffer.from(bytes).toString('latin1').split('\n')
  const decoder = new TextDecoder('utf-8', { fatal: true })
  return 1 + lines.findIndex((line) => !isDecoded(decoder, Buffer.from(line, 'latin1')))
}

function isDecoded(decoder: TextDecoder, bytes: Uint8Array): boolean {
  try {
    decoder.decode(bytes)
    return true
  } catch {
    return false
  }
}
