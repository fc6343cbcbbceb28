/** Letters written for the tests, in `test/letters`: beside each what a person understands of it. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { shippedRule } from '../shipped-rule.ts'
import { type Understanding, understand } from './understanding.ts'

type Expected = Omit<Understanding, 'sure' | 'adding'> & { unsure: string[]; adding?: Record<string, string> }

const folder = join(import.meta.dirname, '../../../../test/letters')
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.eml'))
  .sort()
const isAllowed = shippedRule()
const looked = ['category', 'restore', 'fullName', 'position', 'email', 'phone', 'organisation', 'systems'] as const

describe('a letter', () => {
  it('has company enough', () => expect(names.length).toBeGreaterThanOrEqual(60))

  it.each(names)('%s is understood', async (name) => {
    const { understanding } = await understand(readFileSync(join(folder, name)), isAllowed)
    // as: written beside each letter by hand
    const {
      unsure,
      adding: details,
      ...expected
    } = JSON.parse(readFileSync(join(folder, name.replace('.eml', '.json')), 'utf8')) as Expected
    const { sure, adding, ...understood } = understanding
    expect(understood).toEqual(expected)
    expect(adding?.details).toEqual(details)
    if (adding) {
      const doubtful = Object.entries(adding.sure).filter(([, isSure]) => !isSure)
      expect(doubtful.map(([name]) => name).sort()).toEqual([...unsure].sort())
    } else if (expected.kind === 'application') {
      const fields = expected.organisation.district ? [...looked, 'district' as const] : looked
      expect(fields.filter((field) => !sure[field]).sort()).toEqual([...unsure].sort())
    }
  })
})
