import { describe, expect, it } from 'vitest'
import { compileForm } from '../../../../engine/index.ts'
import { readTemplate } from '../../../../engine/xml.ts'
import { xmlOf } from '../../../../test/support/reports.ts'
import { differencesOf, isChanged } from './differences.ts'

const template = readTemplate(xmlOf('85-k.xml'))
if (!template.ok) throw new Error('The form cannot be read')
const form = compileForm(template.template)

const compared = (was: string | undefined, is: string | undefined) => {
  const cell = '7/703/5'
  const [found] = differencesOf(form, was === undefined ? {} : { [cell]: was }, is === undefined ? {} : { [cell]: is })
  return found
}

describe('two states of a report', () => {
  it('differ by exact numbers and by percents of what was', () => {
    expect(compared('10', '12')).toMatchObject({ difference: '2', percent: 20 })
    expect(compared('12.5', '12')).toMatchObject({ difference: '-0.5', percent: -4 })
    expect(compared('0.1', '0.3')).toMatchObject({ difference: '0.2', percent: 200 })
    expect(compared('9007199254740993', '9007199254740992')).toMatchObject({ difference: '-1' })
    expect(compared('-4', '-5')).toMatchObject({ difference: '-1', percent: -25 })
    expect(compared('0', '5')).toMatchObject({ difference: '5', percent: null })
  })

  it('tell an empty cell from a nought, and the same number however it is written', () => {
    expect(compared(undefined, '0')).toMatchObject({ was: null, is: '0', difference: '0' })
    const changed = (was: string | undefined, is: string | undefined) => {
      const found = compared(was, is)
      return found && isChanged(found)
    }
    expect(changed(undefined, '0')).toBe(true)
    expect(changed('5', '5.0')).toBe(false)
    expect(changed('5', undefined)).toBe(true)
  })

  it('stand in the order of the form, the title first, what the form has no more last', () => {
    const is = { '99/1/1': '1', '7/703/5': '1', '7/701/11': '1', '7/701/5': '1', '4/401/3': '1', 'title/okpo': 'а' }
    expect(differencesOf(form, {}, is).map(({ cell }) => cell)).toEqual([
      'title/okpo',
      '4/401/3',
      '7/701/5',
      '7/701/11',
      '7/703/5',
      '99/1/1',
    ])
  })
})
