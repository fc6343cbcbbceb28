import { Secret, TOTP } from 'otpauth'
import { describe, expect, it } from 'vitest'
import { inGroups, newTotpSecret, stepOf, totpAddress } from './totp.ts'

/** The key of RFC 6238, appendix B; its codes have eight digits there, of which an application shows the last six. */
const secret = Secret.fromUTF8('12345678901234567890').base32

describe('a code of an application', () => {
  it.each([
    [59, '287082', 1],
    [1_111_111_109, '081804', 37_037_036],
    [1_234_567_890, '005924', 41_152_263],
    [20_000_000_000, '353130', 666_666_666],
  ])('at second %i is that of RFC 6238', (second, code, step) =>
    expect(stepOf(secret, code, null, second * 1000)).toBe(step),
  )

  it('is taken a step early or late, and no more', () => {
    const at = 1_800_000_000_000
    const codeAt = (shift: number) => new TOTP({ secret }).generate({ timestamp: at + shift * 30_000 })
    const taken = [-3, -2, -1, 0, 1, 2, 3].filter((shift) => stepOf(secret, codeAt(shift), null, at) !== undefined)
    expect(taken).toEqual([-1, 0, 1])
  })

  it('is taken once, and none from before it', () => {
    const at = 1_800_000_000_000
    const step = at / 30_000
    const code = new TOTP({ secret }).generate({ timestamp: at })
    const before = new TOTP({ secret }).generate({ timestamp: at - 30_000 })
    expect(stepOf(secret, code, step - 1, at)).toBe(step)
    expect(stepOf(secret, code, step, at)).toBeUndefined()
    expect(stepOf(secret, before, step, at)).toBeUndefined()
  })

  it('may be typed with spaces, and nothing else passes for one', () => {
    expect(stepOf(secret, '287 082', null, 59_000)).toBe(1)
    for (const typed of ['', '28708', '2870822', 'код', '287082\u0000', '٢٨٧٠٨٢'])
      expect(stepOf(secret, typed, null, 59_000), typed).toBe(typed.startsWith('287082\u0000') ? 1 : undefined)
  })
})

describe('a secret', () => {
  it('is of 160 bits, never the same, and shown in groups', () => {
    const secrets = Array.from({ length: 50 }, newTotpSecret)
    expect(new Set(secrets).size).toBe(50)
    for (const made of secrets) expect(made).toMatch(/^[A-Z2-7]{32}$/)
    expect(inGroups('ABCDEFGHIJ')).toBe('ABCD EFGH IJ')
  })

  it('is told to the application with who it is for', () => {
    const address = new URL(totpAddress(secret, 'admin@kabinet.example'))
    expect(address.protocol).toBe('otpauth:')
    expect(address.searchParams.get('secret')).toBe(secret)
    expect(decodeURIComponent(address.pathname)).toContain('admin@kabinet.example')
  })
})
