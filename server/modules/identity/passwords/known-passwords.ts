/** Passwords that are tried first: the program's own and those of `reference/bad-passwords.txt`. */
import { wellKnownPasswords } from '../../../../contracts/well-known-passwords.ts'
import { readReference } from '../../../kernel/reference.ts'

const wordsOf = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .flatMap((line) => line.split(/\s+/))
    .filter(Boolean)

const cyrillicKeys = 'ёйцукенгшщзхъфывапролджэячсмитьбю'
const latinKeys = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
const letters: Record<string, string> = {
  ...{ а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ё: 'e', ж: 'zh', з: 'z', и: 'i', й: 'y', к: 'k', л: 'l' },
  ...{ м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'h', ц: 'c', ч: 'ch', ш: 'sh' },
  ...{ щ: 'sch', ъ: '', ы: 'y', ь: '', э: 'e', ю: 'yu', я: 'ya' },
}

const spelled = (word: string, table: (sign: string) => string | undefined): string =>
  [...word].map((sign) => table(sign) ?? sign).join('')
const onLatinKeys = (word: string): string => spelled(word, (sign) => latinKeys[cyrillicKeys.indexOf(sign)])
const inLatinLetters = (word: string): string => spelled(word, (sign) => letters[sign])

/** A Russian word, the same without ё, typed with the Latin layout left on, and written in Latin letters. */
const formsOf = (word: string): string[] => {
  if (!/[а-яё]/.test(word)) return [word]
  const plain = word.replaceAll('ё', 'е')
  return [...new Set([word, plain])].flatMap((one) => [one, onLatinKeys(one), inLatinLetters(one)])
}

/** Among the digits and signs of a good password two or three letters may stand that are a word. */
const shortestWord = 4

export const knownPasswords: ReadonlySet<string> = new Set([
  ...wellKnownPasswords,
  ...wordsOf(readReference('bad-passwords.txt').toString('utf8'))
    .flatMap(formsOf)
    .filter(({ length }) => length >= shortestWord),
])
