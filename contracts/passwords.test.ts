import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { holdsOwnData, passwordProblems } from './passwords.ts'
import { wellKnownPasswords } from './well-known-passwords.ts'

const signOf = (...ranges: string[]) => fc.constantFrom(...ranges.flatMap((range) => [...range]))
const lower = signOf('abcxyz', 'абвыюяё')
const upper = signOf('ABCXYZ', 'АБВЫЮЯЁ')
const digit = signOf('0123456789')
const special = signOf('!?#-_ .,:;()[]{}@$%^&*"\'«»№')
const anySign = fc.oneof(lower, upper, digit, special)

const shuffled = (parts: string[][]) =>
  fc.shuffledSubarray(parts.flat(), { minLength: parts.flat().length }).map((signs) => signs.join(''))
const wholeSet = fc
  .tuple(lower, upper, digit, special, fc.array(anySign, { minLength: 12, maxLength: 100 }))
  .chain(([a, b, c, d, rest]) => shuffled([[a, b, c, d], rest]))

describe('the rule for a new password', () => {
  it('lets in whatever has four kinds of signs and is long enough, spaces and Cyrillic too', () =>
    fc.assert(fc.property(wholeSet, (password) => passwordProblems(password).length === 0)))

  it.each([
    ['a lower-case letter', fc.oneof(upper, digit, special), 'строчную'],
    ['a capital letter', fc.oneof(lower, digit, special), 'заглавную'],
    ['a digit', fc.oneof(lower, upper, special), 'цифру'],
    ['a special sign', fc.oneof(lower, upper, digit), 'специальный'],
  ])('asks for %s where there is none', (_, sign, asked) =>
    fc.assert(
      fc.property(fc.string({ unit: sign, minLength: 8, maxLength: 40 }), (password) =>
        passwordProblems(password).join().includes(asked),
      ),
    ),
  )

  it('tells everything at once', () => expect(passwordProblems('abc')).toHaveLength(3))

  it('has an upper limit of 128 signs and cuts nothing off', () => {
    expect(passwordProblems(`Aa1!${'щ'.repeat(124)}`)).toEqual([])
    expect(passwordProblems(`Aa1!${'щ'.repeat(125)}`)).toHaveLength(1)
    expect(passwordProblems('  Aa1!  ')).toEqual([])
  })

  it('refuses what is tried first, however it is dressed up', () => {
    for (const word of wellKnownPasswords) {
      if (!/^[\p{L}]+$/u.test(word)) continue
      const dressed = `${word[0]?.toUpperCase()}${word.slice(1)}2027!`
      expect(passwordProblems(dressed).join(), dressed).toContain('подбирают первыми')
    }
    for (const password of ['P@ssw0rd!1', 'Qwerty-123', '1Q2w3e4r5t!', 'Йцукен12!', 'Gfhjkm-2027', '!Пароль1!'])
      expect(passwordProblems(password).join(), password).toContain('подбирают первыми')
  })

  it('knows some hundreds of them, and not the password of the stand', () => {
    expect(wellKnownPasswords.size).toBeGreaterThan(200)
    expect(passwordProblems('Stend-2027!')).toEqual([])
  })
})

describe('what others know of a person', () => {
  const own = ['lebedeva', 'lebedeva.inna@verhneozersk.example', 'Лебедева', 'Инна']

  it('does not go into the password', () => {
    expect(holdsOwnData('Lebedeva-2027', own)).toBe(true)
    expect(holdsOwnData('x1-ЛЕБЕДЕВА!', own)).toBe(true)
    expect(holdsOwnData('Lebedeva.Inna1', own)).toBe(true)
  })
  it('is no reason to refuse a password that only shares a few letters', () => {
    expect(holdsOwnData('Tihaya-Reka-7', own)).toBe(false)
    expect(holdsOwnData('Aa1!aaaa', ['a', null, undefined, ''])).toBe(false)
  })
})
