import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { localPath } from './local-path.ts'

describe('where signing in may lead', () => {
  it.each(['/cabinet', '/reports?form=85-К&page=2', '/organisations/1#members'])('to %s', (path) =>
    expect(localPath(path)).toBe(path),
  )

  it.each([
    undefined,
    '',
    'cabinet',
    'https://elsewhere.example/',
    '//elsewhere.example',
    '///elsewhere.example',
    '/\\elsewhere.example',
    '\\\\elsewhere.example',
    '/\t/elsewhere.example',
    '/\n/elsewhere.example',
    '/..//elsewhere.example',
    '/.//elsewhere.example',
    'javascript:alert(1)',
    '/sign-in',
    '/sign-out',
  ])('not to %j', (path) => expect(localPath(path)).toBeUndefined())

  it('never to another site, whatever is typed', () =>
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'/\\.:@?#\t\n ae-%2fF') }), (typed) => {
        const path = localPath(typed)
        return path === undefined || new URL(path, 'http://own.example/sign-in').origin === 'http://own.example'
      }),
      { numRuns: 3000 },
    ))
})
