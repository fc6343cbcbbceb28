/** Addresses and telephones in a letter's text. */

export type Found = { value: string; sure: boolean }

const address =
  /[\p{L}\p{N}][\p{L}\p{N}._%+-]*@[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?(?:\.[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?)+/gu

/** Addresses in a text, in order; one with letters of another alphabet or a mended mistake is unsure. */
export function emailsIn(text: string): Found[] {
  const plain = text
    .replace(/mailto:/gi, '')
    .replace(/[<>[\]()«»"“”]/g, ' ')
    .slice(0, 20_000)
  const found = [...plain.matchAll(address)].map(([value]) => ({ value: value.toLowerCase(), sure: isSound(value) }))
  if (found.length > 0) return unique(found)
  const mended = plain
    .replace(/\s*[[(]?\s*(?:\(at\)|\[at\]|\bat\b|собака)\s*[\])]?\s*/gi, '@')
    .replace(/\s*@\s*/g, '@')
    .replace(/(@[\p{L}\p{N}-]+)\s*[,.]\s*(?=(?:ru|рф|com|example|org|net|su)(?![\p{L}]))/giu, '$1.')
    .replace(/(@[\p{L}\p{N}.-]+)\s*[,.]\s*(?=(?:ru|рф|com|example|org|net|su)(?![\p{L}]))/giu, '$1.')
  return plain.includes('@') || mended !== plain
    ? unique([...mended.matchAll(address)].map(([value]) => ({ value: value.toLowerCase(), sure: false })))
    : []
}

/** Latin as a whole, or Cyrillic as a whole in each of its labels. */
const isSound = (value: string): boolean =>
  /^[\x21-\x7e]+$/.test(value) && !/\.\./.test(value) && /\.[a-z]{2,24}$|\.xn--[a-z0-9-]+$/i.test(value)

const telephone =
  /(?<![\p{L}\d@.])(?:\+?\s?[78][\s\u2011.-]*)?(?:\(\s*\d[\d\s-]{1,5}\)|\d{3,5}(?=[\s\u2011-]))?[\s\u2011.-]*\d[\d\s\u2011.-]{3,14}\d(?![\d@])/gu
const extension =
  /^[\s,;(]*(?:доб(?:авочный|\.)?|вн(?:утр(?:енний|\.)?|\.)?|ext\.?|#)\s*(?:номер|№)?\s*[:.]?\s*(\d{1,6})\)?/i

/** Telephones in a text, in order: `+7…` with ten digits after it, a short one as its digits with dashes. */
export function phonesIn(text: string): Found[] {
  const plain = text.replace(/[‑–—]/g, '-').slice(0, 20_000)
  const found: Found[] = []
  for (const match of plain.matchAll(telephone)) {
    const read = readPhone(match[0])
    if (!read) continue
    const after = extension.exec(plain.slice(match.index + match[0].length))
    found.push(after ? { ...read, value: `${read.value} доб. ${after[1]}` } : read)
  }
  return unique(found)
}

function readPhone(typed: string): Found | undefined {
  const digits = typed.replace(/\D/g, '')
  if (digits.length === 11 && /^[78]/.test(digits)) return { value: `+7${digits.slice(1)}`, sure: true }
  if (digits.length === 10 && !/^0/.test(digits)) return { value: `+7${digits}`, sure: /^[3489]/.test(digits) }
  if (digits.length >= 5 && digits.length <= 7 && !/\d{1,2}\.\d{1,2}\.\d/.test(typed))
    return { value: typed.trim().replace(/\s+/g, ' '), sure: false }
  return undefined
}

const unique = (found: readonly Found[]): Found[] =>
  found.filter(({ value }, at) => found.findIndex((other) => other.value === value) === at)
