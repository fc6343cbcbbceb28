/** Search of the registry: every word by a part of it or in any of its forms, numbers and exact names first. */
import { type RawBuilder, type SqlBool, sql } from 'kysely'

/** True where every word stands somewhere in the names, earlier ones too, or in the numbers; true for no words. */
export function matchesWords(alias: string, typed: string): RawBuilder<SqlBool> {
  const words = wordsOf(typed)
  if (words.length === 0) return sql<SqlBool>`true`
  const text = sql.ref(`${alias}.search_text`)
  const forms = sql.ref(`${alias}.search_words`)
  // A number has no forms, and a short word is most often an abbreviation: they are looked for as parts alone.
  const letters = sql.ref(`${alias}.search_letters`)
  const conditions = words.map((word) => {
    // Found by the index of trigrams, of which a shorter word has none; the text itself then decides.
    const part =
      word.length < 3
        ? sql`${text} like ${partOf(word)}`
        : sql`(${letters} like ${partOf(inLatin(word))} and ${text} like ${partOf(word)})`
    return /^\p{L}{3,}$/u.test(word) ? sql`(${part} or ${forms} @@ plainto_tsquery('russian', ${word}))` : part
  })
  return sql<SqlBool>`(${sql.join(conditions, sql` and `)})`
}

/**
 * What comes first: the very number, a name that begins with what was typed, a name of today that holds it, then names
 * that hold the words in their forms, and last those found by an earlier name alone.
 */
export function rankOf(alias: string, typed: string): RawBuilder<number> {
  const plain = plainOf(typed)
  const column = (name: string) => sql.ref(`${alias}.${name}`)
  return sql<number>`(case
    when ${plain} in (${column('inn')}, ${column('ogrn')}, ${column('okpo')}) then 0
    when ${column('sort_name')} like ${`${escaped(plain)}%`} then 1
    when ${column('sort_name')} like ${partOf(plain)} then 2
    when replace(lower(${column('full_name')}), 'ё', 'е') like ${partOf(plain)} then 3
    when replace(lower(${column('former_names')}), 'ё', 'е') like ${partOf(plain)} then 5
    else 4 end)`
}

/** As the column `search_letters` is spelt. */
const inLatin = (word: string): string =>
  word.replaceAll(/[а-я]/g, (letter) => latin[letter.charCodeAt(0) - 0x430] ?? letter)
const latin = 'abvgdejziyklmnoprstufhcqwx123456'

const escaped = (word: string): string => word.replaceAll(/[\\%_]/g, '\\$&')
const partOf = (word: string): string => `%${escaped(word)}%`
const plainOf = (typed: string): string => typed.trim().toLowerCase().replaceAll('ё', 'е')

/** Quotes and commas differ from one spelling of a name to the next, so they part words and are not looked for. */
const wordsOf = (typed: string): string[] =>
  plainOf(typed)
    .split(/[\s«»„“"',;()№]+/u)
    .filter(Boolean)
    .slice(0, 8)
