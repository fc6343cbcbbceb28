import fc from 'fast-check'
import { AndFilter, EqualityFilter, FilterParser, OrFilter } from 'ldapts'
import { describe, expect, it } from 'vitest'
import { filterOf, sameDn } from './filter.ts'
import { isAgreed } from './secure-socket.ts'

const template = '(&(objectClass=person)(|(uid={user})(mail={login})))'
const nasty = fc.string({
  unit: fc.constantFrom(
    '*',
    '(',
    ')',
    '\\',
    '\0',
    '|',
    '&',
    '=',
    '!',
    '{',
    '}',
    'login',
    'user',
    'я',
    '💧',
    'a',
    ' ',
    '2a',
  ),
})

describe('a filter with a login in it', () => {
  it('keeps its structure and the very login, whatever is typed', () => {
    fc.assert(
      fc.property(fc.oneof(nasty, fc.string({ unit: 'binary' })), nasty, (login, user) => {
        const filter = FilterParser.parseString(filterOf(template, { login, user }))
        if (!(filter instanceof AndFilter)) throw new Error('not and')
        const [kind, either] = filter.filters
        expect(kind).toMatchObject({ attribute: 'objectClass', value: 'person' })
        if (!(either instanceof OrFilter)) throw new Error('not or')
        expect(either.filters).toHaveLength(2)
        expect(either.filters.every((one) => one instanceof EqualityFilter)).toBe(true)
        expect(either.filters).toMatchObject([
          { attribute: 'uid', value: user },
          { attribute: 'mail', value: login },
        ])
      }),
      { numRuns: 2000 },
    )
  })

  it('keeps its value when it goes over the wire as nothing at all', () => {
    expect(filterOf('(uid={user})', { user: '*)(uid=*' })).toBe('(uid=\\2a\\29\\28uid=\\2a)')
  })
})

describe('distinguished names', () => {
  it('are the same in any case, spacing and escaping', () => {
    expect(sameDn('CN=Readers, OU=Groups,DC=a', 'cn=readers,ou=groups,dc=a')).toBe(true)
    expect(sameDn('CN=\\d0\\9e\\d1\\82\\d0\\b4\\d0\\b5\\d0\\bb,DC=a', 'cn=Отдел,dc=a')).toBe(true)
    expect(sameDn('CN=a\\,b,DC=a', 'CN=a\\2cb,DC=a')).toBe(true)
    expect(sameDn('CN=a,CN=b,DC=a', 'CN=a\\,CN\\=b,DC=a')).toBe(false)
  })
})

describe('the answer about StartTLS', () => {
  const agreed = Buffer.from('300c02010178070a010004000400', 'hex')
  it('is taken whole and alone', () => {
    expect(isAgreed(agreed)).toBe(true)
    for (let length = 0; length < agreed.length; length += 1)
      expect(isAgreed(agreed.subarray(0, length))).toBe(undefined)
    expect(isAgreed(Buffer.concat([agreed, Buffer.from('30', 'hex')]))).toBe(false)
    expect(isAgreed(Buffer.from('300c02010178070a010204000400', 'hex'))).toBe(false)
    expect(isAgreed(Buffer.from('308400000016020101788400000000d0a0100040004', 'hex'))).not.toBe(true)
  })
  it('never breaks on what is no answer', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect([true, false, undefined]).toContain(isAgreed(Buffer.from(bytes)))
      }),
    )
  })
})
