/** PT Sans as the installation has it: files by alphabet, so each run of signs takes the one that has them. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const alphabets = ['cyrillic', 'latin', 'cyrillic-ext', 'latin-ext'] as const
type Alphabet = (typeof alphabets)[number]
export type Weight = 400 | 700

const require = createRequire(import.meta.url)
const fileOf = (alphabet: Alphabet, weight: Weight): string =>
  require.resolve(`@fontsource/pt-sans/files/pt-sans-${alphabet}-${weight}-normal.woff`)

export type FontFile = { name: string; bytes: Buffer }
let files: FontFile[] | undefined

export const fontName = (alphabet: Alphabet, weight: Weight): string => `${alphabet}-${weight}`

/** Read once; a document embeds only the signs that it uses. */
export function fontFiles(): FontFile[] {
  files ??= alphabets.flatMap((alphabet) =>
    ([400, 700] as const).map((weight) => ({
      name: fontName(alphabet, weight),
      bytes: readFileSync(fileOf(alphabet, weight)),
    })),
  )
  return files
}

type Range = [from: number, to: number]
let ranges: Record<Alphabet, Range[]> | undefined

function rangesOf(): Record<Alphabet, Range[]> {
  // as: the package tells the ranges of each of its files as CSS writes them
  const told = JSON.parse(readFileSync(require.resolve('@fontsource/pt-sans/unicode.json'), 'utf8')) as Record<
    string,
    string
  >
  const read = (alphabet: Alphabet): Range[] =>
    (told[alphabet] ?? '').split(',').map((range) => {
      const [from = '', to = from] = range.replace('U+', '').split('-')
      return [Number.parseInt(from, 16), Number.parseInt(to, 16)]
    })
  return {
    cyrillic: read('cyrillic'),
    latin: read('latin'),
    'cyrillic-ext': read('cyrillic-ext'),
    'latin-ext': read('latin-ext'),
  }
}

const known = new Map<string, Alphabet>()

function alphabetOf(sign: string): Alphabet {
  const found = known.get(sign)
  if (found) return found
  ranges ??= rangesOf()
  const all = ranges
  const code = sign.codePointAt(0) ?? 0
  const alphabet = alphabets.find((each) => all[each].some(([from, to]) => code >= from && code <= to)) ?? 'latin'
  known.set(sign, alphabet)
  return alphabet
}

/** Pieces of a text, each of one file; a space stays with the signs before it. */
export function runsOf(text: string): { alphabet: Alphabet; text: string }[] {
  const runs: { alphabet: Alphabet; text: string }[] = []
  for (const sign of text.replaceAll(/[\u2009\u202f]/g, '\u00a0')) {
    const last = runs.at(-1)
    const alphabet = sign === ' ' && last ? last.alphabet : alphabetOf(sign)
    if (last?.alphabet === alphabet) last.text += sign
    else runs.push({ alphabet, text: sign })
  }
  return runs
}
