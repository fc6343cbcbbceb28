import { describe, expect, it } from 'vitest'
import { isSame, openVault } from './vault.ts'

const vault = openVault('a secret of at least thirty-two characters')

describe('a sealed text', () => {
  const sealed = vault.seal('authenticator', 'owner', 'JBSWY3DPEHPK3PXP')

  it('opens for its purpose and owner', () => {
    expect(vault.open('authenticator', 'owner', sealed)).toBe('JBSWY3DPEHPK3PXP')
    expect(sealed.toString('latin1')).not.toContain('JBSWY3DPEHPK3PXP')
  })

  it('opens for nobody else, for nothing else, under no other key, and not when changed', () => {
    const changed = Buffer.from(sealed)
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1
    expect(() => vault.open('authenticator', 'another', sealed)).toThrow()
    expect(() => vault.open('personal-data', 'owner', sealed)).toThrow()
    expect(() => openVault('another secret of thirty-two characters').open('authenticator', 'owner', sealed)).toThrow()
    expect(() => vault.open('authenticator', 'owner', changed)).toThrow()
  })
})

it('a mark is the same for the same text and purpose only', () => {
  const mark = vault.mark('one-time-code', '123456')
  expect(isSame(mark, vault.mark('one-time-code', '123456'))).toBe(true)
  expect(isSame(mark, vault.mark('one-time-code', '123457'))).toBe(false)
  expect(isSame(mark, vault.mark('recovery-code', '123456'))).toBe(false)
})
