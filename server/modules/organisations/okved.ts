/**
 * ОКВЭД 2: kinds of activity. The file that comes with the program names all classes and subclasses and what institutions
 * do; an installation may put the whole classification in its place. A code whose exact name the file lacks is known by
 * the nearest group above it.
 */
import type { NewOrganisation, OkvedCode } from '../../../contracts/organisations.ts'
import { InvalidInput } from '../../kernel/errors/index.ts'
import { readReference } from '../../kernel/reference.ts'
import { phrases } from './organisations.phrases.ts'

const mostFound = 30

let names: ReadonlyMap<string, string> | undefined

/** Read once, when first asked for. */
const okvedNames = (): ReadonlyMap<string, string> => {
  names ??= okvedOf(readReference('okved.csv').toString('utf8'))
  return names
}

/** Lines of `code;name` under their heading, in the order of the codes. */
export function okvedOf(text: string): ReadonlyMap<string, string> {
  const lines = text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .slice(1)
  const pairs = lines.flatMap((line) => {
    const [, code, name] = /^\s*(\d{2}[\d.]*)\s*;\s*(.+?)\s*$/.exec(line) ?? []
    return code && name ? [[code, name.replaceAll('"', '')] as const] : []
  })
  return new Map(pairs)
}

/** The code with its name, or with that of the nearest group above it. */
export const okvedCode = (code: string): OkvedCode => ({ code, name: nameOf(code) ?? '' })

function nameOf(code: string): string | undefined {
  for (let group = code; group.length >= 2; group = group.replace(/\.?\d$/, '')) {
    const name = okvedNames().get(group)
    if (name !== undefined) return name
    if (group.length === 2) return undefined
  }
  return undefined
}

/** By the beginning of a code, or by words of the name in any order; codes that begin so first. */
export function searchOkved(q: string): OkvedCode[] {
  const words = q
    .toLowerCase()
    .replaceAll('ё', 'е')
    .split(/[\s,;]+/)
    .filter(Boolean)
  if (words.length === 0) return []
  const matches = ([code, name]: readonly [string, string]) =>
    words.every((word) => code.startsWith(word) || name.toLowerCase().replaceAll('ё', 'е').includes(stemOf(word)))
  return [...okvedNames()]
    .filter(matches)
    .slice(0, mostFound)
    .map(([code, name]) => ({ code, name }))
}

/** Without its ending, so that «школы» finds «школа»; a short word is taken as it is. */
const stemOf = (word: string): string =>
  word.length > 5 ? word.slice(0, -2) : word.length > 4 ? word.slice(0, -1) : word

/** What the browser offers while one types: activities of those whom this registry keeps. */
export const suggestedOkved = (): string[] =>
  [...okvedNames()].filter(([code]) => /^(8[4-8]|9[1-3])\./.test(code)).map(([code, name]) => `${code} ${name}`)

/** @throws InvalidInput 422 in the field when no such class of activities exists */
export function checkOkved({ okved, okvedAdditional }: Pick<NewOrganisation, 'okved' | 'okvedAdditional'>): void {
  const wrong = (field: string, codes: readonly string[]) => {
    const unknown = codes.find((code) => nameOf(code) === undefined)
    if (unknown === undefined) return []
    const code = 'organisations.okved-unknown' as const
    return [{ field, code, text: phrases[code]({ okved: unknown }) }]
  }
  const fields = [...wrong('okved', okved === null ? [] : [okved]), ...wrong('okvedAdditional', okvedAdditional)]
  if (fields.length > 0) throw new InvalidInput({ fields })
}
