import { z } from 'zod'

/**
 * Numbers a person or an organisation is known by, and how to reach them. People paste them with spaces and dashes from
 * letters and certificates, so a reader first takes those out. A refusal never tells the check digit expected: it would be
 * typed in, and the misprint is in some other place.
 *
 * Every `read…` takes what was typed and gives either the plain value or what is wrong with it, in Russian.
 */
export type Reading = { value: string; problem?: undefined } | { value?: undefined; problem: string }

/** ИНН: 10 digits of an organisation or 12 of a person. */
export function readInn(typed: string): Reading {
  return readCode(typed, [10, 12], innSums)
}

/** ИНН of an organisation only. */
export function readOrganisationInn(typed: string): Reading {
  return readCode(typed, [10], innSums)
}

/** ИНН of a person only. */
export function readPersonInn(typed: string): Reading {
  return readCode(typed, [12], innSums)
}

/** What a person is known by at the first sign-in: СНИЛС of 11 digits or ИНН of 12. */
export function readPersonNumber(typed: string): Reading {
  const digits = typed.replace(/\D/g, '')
  return digits.length === 12 ? readPersonInn(typed) : readCode(typed, [11, 12], snilsSums)
}

/** ОГРН: 13 digits of an organisation or 15 of an entrepreneur (ОГРНИП). */
export function readOgrn(typed: string): Reading {
  return readCode(typed, [13, 15], ogrnSums)
}

/** ОКПО: 8 digits of an organisation, 10 of an entrepreneur, 14 of a separate division. */
export function readOkpo(typed: string): Reading {
  return readCode(typed, [8, 10, 14], okpoSums)
}

/** СНИЛС: 11 digits. */
export function readSnils(typed: string): Reading {
  return readCode(typed, [11], snilsSums)
}

/** КПП: 9 signs, of which the fifth and sixth may be Latin capitals; it has no check digit. */
export function readKpp(typed: string): Reading {
  const signs = typed.replace(/[\s\u00a0\u202f.–—−-]/g, '').toUpperCase()
  if (/^\d{4}[0-9A-Z]{2}\d{3}$/.test(signs)) return { value: signs }
  return { problem: signs.length === 9 ? 'В КПП только цифры, буквы бывают на пятом и шестом месте' : 'В КПП 9 знаков' }
}

/** ОКТМО: 8 digits of a municipality or 11 of a settlement in it; its check number is no part of the code. */
export function readOktmo(typed: string): Reading {
  const signs = typed.replace(/[\s\u00a0\u202f.–—−-]/g, '')
  if (signs !== '' && !/^\d+$/.test(signs)) return { problem: 'Здесь могут быть только цифры, нужно 8 или 11 цифр' }
  if (signs.length !== 8 && signs.length !== 11)
    return { problem: `Введено ${countDigits(signs.length)}, а нужно 8 или 11` }
  if (/^0+$/.test(signs)) return { problem: 'В коде одни нули. Сверьте его с документом' }
  return { value: signs }
}

/** A code of ОКВЭД 2 from two to six digits, also when its name follows: «85.11 Образование дошкольное». */
export function readOkved(typed: string): Reading {
  const code = /^\s*(\d{2}(?:\.\d{1,2}(?:\.\d{1,2})?)?)(?![\d.])/.exec(typed)?.[1]
  if (code !== undefined) return { value: code }
  return { problem: 'Введите код ОКВЭД: цифры с точками, например 85.11' }
}

/** A Russian telephone in any spelling, as `+7XXXXXXXXXX`. */
export function readPhone(typed: string): Reading {
  const signs = typed.replace(/[\s().\u00a0\u202f–—−-]/g, '')
  if (signs === '') return { problem: 'Введите номер телефона' }
  if (!/^\+?\d+$/.test(signs)) return { problem: 'В номере телефона могут быть только цифры, скобки, пробелы и дефисы' }
  if (signs.startsWith('+') && !signs.startsWith('+7')) return { problem: 'Нужен российский номер: он начинается с +7' }
  const digits = signs.replace('+', '')
  // A number without its prefix begins with 3, 4 or 9; with 8 it is taken for a prefix, and a digit is missing.
  const prefix = /^[78]/.exec(digits)?.[0]
  const wanted = prefix === undefined ? 10 : 11
  if (digits.length === wanted) return { value: `+7${digits.slice(-10)}` }
  const withPrefix = prefix === undefined ? '' : ` вместе с ${signs.startsWith('+') ? '+7' : prefix}`
  return { problem: `В номере ${countDigits(digits.length)}${withPrefix}, а нужно ${wanted}` }
}

/** An e-mail address, with its domain in lower case. */
export function readEmail(typed: string): Reading {
  const address = typed.trim().replace(/^mailto:/i, '')
  if (address === '') return { problem: 'Введите адрес электронной почты' }
  if (/\s/.test(address)) return { problem: 'В адресе почты не бывает пробелов' }
  const parts = address.split('@')
  const [name = '', domain = ''] = parts
  if (parts.length !== 2 || name === '') return { problem: 'В адресе почты один знак @: имя@домен' }
  if (!domain.includes('.')) return { problem: 'После @ нужен домен с точкой, например verhneozersk.example' }
  if (address.length > 254 || name.length > 64 || !localPart.test(name) || !domainName.test(domain)) {
    return { problem: 'Адрес почты написан с ошибкой. Сверьте его' }
  }
  return { value: `${name}@${domain.toLowerCase()}` }
}

const localPart = /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u
const domainName = /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+(?:\p{L}{2,63}|xn--[a-z0-9-]{2,59})$/iu

// Marked pure, so that a browser script that needs only the readers does not carry zod with it.
export const Inn = /* @__PURE__ */ schemaOf(readInn, 'ИНН: 10 цифр организации или 12 цифр человека')
export const PersonInn = /* @__PURE__ */ schemaOf(readPersonInn, 'ИНН человека: 12 цифр')
export const PersonNumber = /* @__PURE__ */ schemaOf(readPersonNumber, 'СНИЛС: 11 цифр, или ИНН человека: 12 цифр')
export const OrganisationInn = /* @__PURE__ */ schemaOf(readOrganisationInn, 'ИНН организации: 10 цифр')
export const Ogrn = /* @__PURE__ */ schemaOf(readOgrn, 'ОГРН: 13 цифр, ОГРНИП: 15 цифр')
export const Okpo = /* @__PURE__ */ schemaOf(readOkpo, 'ОКПО: 8, 10 или 14 цифр')
export const Kpp = /* @__PURE__ */ schemaOf(readKpp, 'КПП: 9 знаков')
export const Oktmo = /* @__PURE__ */ schemaOf(readOktmo, 'ОКТМО: 8 или 11 цифр')
export const Okved = /* @__PURE__ */ schemaOf(readOkved, 'Код ОКВЭД 2: 85, 85.1, 85.11, 84.11.31')
export const Snils = /* @__PURE__ */ schemaOf(readSnils, 'СНИЛС: 11 цифр')
export const Phone = /* @__PURE__ */ schemaOf(readPhone, 'Телефон в виде +7XXXXXXXXXX; принимается в любом написании')
export const Email = /* @__PURE__ */ schemaOf(readEmail, 'Адрес электронной почты')

/** A string in, the plain value out; the issue's message is what the person reads. */
function schemaOf(read: (typed: string) => Reading, description: string) {
  return z
    .string()
    .max(300, 'Слишком длинное значение')
    .transform((typed, context) => {
      const { value, problem } = read(typed)
      if (problem === undefined) return value
      context.addIssue({ code: 'custom', message: problem })
      return z.NEVER
    })
    .describe(description)
}

function readCode(typed: string, lengths: readonly number[], sumsAgree: (digits: number[]) => boolean): Reading {
  const signs = typed.replace(/[\s\u00a0\u202f.–—−-]/g, '')
  const wanted = lengthsInWords(lengths)
  if (signs === '') return { problem: `Нужно ${wanted} цифр` }
  if (!/^\d+$/.test(signs)) return { problem: `Здесь могут быть только цифры, нужно ${wanted} цифр` }
  if (!lengths.includes(signs.length)) return { problem: `Введено ${countDigits(signs.length)}, а нужно ${wanted}` }
  const digits = [...signs].map(Number)
  if (/^0+$/.test(signs) || !sumsAgree(digits)) {
    return { problem: 'Контрольная цифра не сходится: в номере опечатка. Сверьте его с документом' }
  }
  return { value: signs }
}

function innSums(digits: number[]): boolean {
  const check = (weights: number[]) => (weighted(digits, weights) % 11) % 10
  if (digits.length === 10) return digits[9] === check([2, 4, 10, 3, 5, 9, 4, 6, 8])
  return (
    digits[10] === check([7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) && digits[11] === check([3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8])
  )
}

function ogrnSums(digits: number[]): boolean {
  const body = Number(digits.slice(0, -1).join(''))
  return digits.at(-1) === (body % (digits.length - 2)) % 10
}

/** ПР 50.1.024-2005: weights from 1; where the remainder is 10, once more from 3; where it is 10 again, 0. */
function okpoSums(digits: number[]): boolean {
  const body = digits.slice(0, -1)
  const remainder = (first: number) =>
    weighted(
      body,
      body.map((_, index) => ((index + first - 1) % 10) + 1),
    ) % 11
  const once = remainder(1)
  const check = once < 10 ? once : remainder(3) % 10
  return digits.at(-1) === check
}

/** Checked from 001-001-998 on: older numbers carry no check. */
function snilsSums(digits: number[]): boolean {
  const body = digits.slice(0, 9)
  if (Number(body.join('')) <= 1_001_998) return true
  const check = (weighted(body, [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101) % 100
  return Number(digits.slice(9).join('')) === check
}

const weighted = (digits: number[], weights: number[]) =>
  weights.reduce((sum, weight, index) => sum + weight * (digits[index] ?? 0), 0)

function lengthsInWords(lengths: readonly number[]): string {
  const all = lengths.map(String)
  const last = all.pop()
  return `${all.length > 0 ? `${all.join(', ')} или ` : ''}${last}`
}

function countDigits(count: number): string {
  const lastTwo = count % 100
  const last = count % 10
  const noun =
    lastTwo >= 11 && lastTwo <= 14 ? 'цифр' : last === 1 ? 'цифра' : last >= 2 && last <= 4 ? 'цифры' : 'цифр'
  return `${count} ${noun}`
}
