/**
 * Exact decimals. Canonical text is what is stored: "-1234.5", a point, no plus, no needless zeros. Arithmetic runs on
 * whole numbers scaled by a power of ten in a Float64Array while they fit 2^53, and on fractions of BigInt otherwise.
 */

/** A fraction in lowest terms or not, `d` above zero. */
export type Exact = { n: bigint; d: bigint }

export const largest = Number.MAX_SAFE_INTEGER
const strictNumber = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/
const longestNumber = 64
const [minus, point, nought, nine] = [45, 46, 48, 57]

/**
 * Whether the text is digits with at most one point among them, no more than so many on each side, perhaps after a minus.
 * Read sign by sign: checks ask this of every cell. Rarer ways to write a number are not known here.
 */
export function isPlainNumber(text: string, whole: number, fraction: number): boolean {
  const { length } = text
  if (length > longestNumber) return false
  const start = text.charCodeAt(0) === minus ? 1 : 0
  let end = length
  for (let at = start; at < length; at += 1) {
    const sign = text.charCodeAt(at)
    if (sign >= nought && sign <= nine) continue
    if (sign !== point || end < length) return false
    end = at
  }
  return end > start && end - start <= whole && length - end - 1 <= fraction
}

function isCanonical(text: string): boolean {
  if (!isPlainNumber(text, longestNumber, longestNumber)) return false
  const start = text.charCodeAt(0) === minus ? 1 : 0
  const end = text.indexOf('.')
  const startsWithNought = text.charCodeAt(start) === nought
  if (end >= 0) {
    const last = text.charCodeAt(text.length - 1)
    return last !== nought && last !== point && (!startsWithNought || end === start + 1)
  }
  return !startsWithNought || (start === 0 && text.length === 1)
}

/** Canonical text of a number as files write it ("007.50" is "7.5"); undefined for `1e5`, `NaN`, "1,5" and the like. */
export function canonicalNumber(text: string): string | undefined {
  if (isCanonical(text)) return text // nearly every cell
  if (text.length > longestNumber || !strictNumber.test(text)) return undefined
  const negative = text.startsWith('-')
  const [whole = '', fraction = ''] = text.replace(/^[+-]/, '').split('.')
  const digits = whole.replace(/^0+/, '') || '0'
  const tail = fraction.replace(/0+$/, '')
  const size = tail ? `${digits}.${tail}` : digits
  return negative && size !== '0' ? `-${size}` : size
}

const spaces = /[\s\u00a0\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff]/gu
const minuses = /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/gu

/** What people type or paste: spaces of any width, comma or point, any minus. Undefined when it is not one number. */
export function typedNumber(text: string): string | undefined {
  if (isCanonical(text)) return text
  return canonicalNumber(text.replace(spaces, '').replace(minuses, '-').replace(',', '.'))
}

/** As shown in Russian: groups of three after a narrow no-break space, a comma, a true minus. */
export function russianNumber(canonical: string): string {
  const negative = canonical.startsWith('-')
  const [whole = '', fraction] = canonical.replace('-', '').split('.')
  const grouped = whole.length > 3 ? whole.replace(/\B(?=(\d{3})+$)/g, '\u202f') : whole
  return `${negative ? '\u2212' : ''}${grouped}${fraction ? `,${fraction}` : ''}`
}

export const powerOfTen = (digits: number): bigint => 10n ** BigInt(digits)

/** The whole number of 10^-scale units, or Infinity when the decimal does not fit so. */
export function scaledNumber(canonical: string, scale: number): number {
  const point = canonical.indexOf('.')
  const fraction = point < 0 ? '' : canonical.slice(point + 1)
  if (fraction.length > scale) return Number.POSITIVE_INFINITY
  const digits = (point < 0 ? canonical : canonical.slice(0, point)) + fraction.padEnd(scale, '0')
  const number = Number(digits)
  return Math.abs(number) <= largest ? number + 0 : Number.POSITIVE_INFINITY
}

/** Canonical text of a scaled whole number. */
export function scaledText(scaled: number, scale: number): string {
  if (scale === 0) return String(scaled === 0 ? 0 : scaled)
  const negative = scaled < 0
  const digits = String(Math.abs(scaled)).padStart(scale + 1, '0')
  const fraction = digits.slice(-scale).replace(/0+$/, '')
  const whole = digits.slice(0, -scale)
  return `${negative ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`
}

export function exactNumber(canonical: string): Exact {
  const point = canonical.indexOf('.')
  if (point < 0) return { n: BigInt(canonical), d: 1n }
  const fraction = canonical.slice(point + 1)
  return { n: BigInt(canonical.slice(0, point) + fraction), d: powerOfTen(fraction.length) }
}

export const exactFromScaled = (scaled: number, scale: number): Exact => ({ n: BigInt(scaled), d: powerOfTen(scale) })

/** The scaled whole number, or Infinity when the fraction is finer than the scale or too large. */
export function scaledFromExact(value: Exact, scale: number): number {
  const scaled = value.n * powerOfTen(scale)
  if (scaled % value.d !== 0n) return Number.POSITIVE_INFINITY
  const whole = scaled / value.d
  const number = Number(whole)
  return Math.abs(number) <= largest ? number : Number.POSITIVE_INFINITY
}

/** Canonical text of a fraction rounded half away from zero to `digits` after the point. */
export function exactText(value: Exact, digits: number): string {
  const rounded = roundExact(value, Math.max(0, digits))
  const scale = Math.max(0, digits)
  const scaled = (rounded.n * powerOfTen(scale)) / rounded.d
  const negative = scaled < 0n
  const text = (negative ? -scaled : scaled).toString().padStart(scale + 1, '0')
  const whole = scale ? text.slice(0, -scale) : text
  const fraction = scale ? text.slice(-scale).replace(/0+$/, '') : ''
  return `${negative ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`
}

const absolute = (value: bigint): bigint => (value < 0n ? -value : value)

function greatestDivisor(left: bigint, right: bigint): bigint {
  let [a, b] = [absolute(left), absolute(right)]
  while (b) [a, b] = [b, a % b]
  return a
}

/** Keeps long chains of divisions from growing without need. */
export function reduce(value: Exact): Exact {
  const divisor = greatestDivisor(value.n, value.d)
  return divisor > 1n ? { n: value.n / divisor, d: value.d / divisor } : value
}

export function addExact(a: Exact, b: Exact): Exact {
  if (a.d === b.d) return { n: a.n + b.n, d: a.d }
  if (a.d % b.d === 0n) return { n: a.n + b.n * (a.d / b.d), d: a.d }
  if (b.d % a.d === 0n) return { n: a.n * (b.d / a.d) + b.n, d: b.d }
  return reduce({ n: a.n * b.d + b.n * a.d, d: a.d * b.d })
}
export const negateExact = (a: Exact): Exact => ({ n: -a.n, d: a.d })
export const absoluteExact = (a: Exact): Exact => ({ n: absolute(a.n), d: a.d })
export const multiplyExact = (a: Exact, b: Exact): Exact => reduce({ n: a.n * b.n, d: a.d * b.d })
/** `b` is not zero. */
export const divideExact = (a: Exact, b: Exact): Exact =>
  reduce(b.n < 0n ? { n: -a.n * b.d, d: a.d * -b.n } : { n: a.n * b.d, d: a.d * b.n })

/** Below zero, zero or above, as a is less than, equal to or more than b. */
export function compareExact(a: Exact, b: Exact): number {
  const difference = a.n * b.d - b.n * a.d
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

function floorDivision(n: bigint, d: bigint): bigint {
  const quotient = n / d
  return n % d < 0n ? quotient - 1n : quotient
}

export const floorExact = (a: Exact): Exact => ({ n: floorDivision(a.n, a.d), d: 1n })

/** Half away from zero; negative `digits` round to tens, hundreds. */
export function roundExact(value: Exact, digits: number): Exact {
  const unit = powerOfTen(Math.abs(digits))
  const [n, d] = digits >= 0 ? [value.n * unit, value.d] : [value.n, value.d * unit]
  const size = (2n * absolute(n) + d) / (2n * d)
  return inUnits(n < 0n ? -size : size, unit, digits)
}

/** Cuts off what is beyond `digits`, towards zero. */
export function truncateExact(value: Exact, digits: number): Exact {
  const unit = powerOfTen(Math.abs(digits))
  const [n, d] = digits >= 0 ? [value.n * unit, value.d] : [value.n, value.d * unit]
  return inUnits(n / d, unit, digits)
}

const inUnits = (size: bigint, unit: bigint, digits: number): Exact =>
  digits >= 0 ? { n: size, d: unit } : { n: size * unit, d: 1n }

/** Rounds a scaled whole number to `digits` after the point, half away from zero; Infinity when it would not fit. */
export function roundScaled(scaled: number, scale: number, digits: number): number {
  if (digits >= scale) return scaled
  const unit = 10 ** (scale - digits)
  if (unit > largest) return 0
  const rest = scaled % unit
  if (rest === 0) return scaled
  const cut = scaled - rest
  const rounded = Math.abs(rest) * 2 >= unit ? cut + (scaled < 0 ? -unit : unit) : cut
  return Math.abs(rounded) <= largest ? rounded + 0 : Number.POSITIVE_INFINITY
}
