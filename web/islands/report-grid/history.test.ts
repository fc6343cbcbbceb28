import { describe, expect, it } from 'vitest'
import { History } from './history.ts'

const step = (cell: string, before: string, after: string) => ({
  before: new Map([[cell, before]]),
  after: new Map([[cell, after]]),
})

describe('undo and redo', () => {
  it('takes back steps one by one and does them again', () => {
    const history = new History()
    history.record(step('a', '', '1'))
    history.record(step('b', '', '2'))
    expect(history.undo()?.before.get('b')).toBe('')
    expect(history.undo()?.before.get('a')).toBe('')
    expect(history.undo()).toBeUndefined()
    expect(history.redo()?.after.get('a')).toBe('1')
  })

  it('takes a spell of typing as one step', () => {
    const history = new History()
    history.record(step('a', '', '1'), 'a 1')
    history.record(step('a', '1', '12'), 'a 1')
    history.record(step('a', '12', '5'), 'a 2')
    expect(history.undo()?.before.get('a')).toBe('12')
    const first = history.undo()
    expect([first?.before.get('a'), first?.after.get('a')]).toEqual(['', '12'])
  })

  it('passes over typing that came to nothing', () => {
    const history = new History()
    history.record(step('a', '', '1'))
    history.record(step('b', '7', '78'), 'b 1')
    history.record(step('b', '78', '7'), 'b 1')
    expect(history.undo()?.after.get('a')).toBe('1')
  })

  it('forgets what was undone once something else is done', () => {
    const history = new History()
    history.record(step('a', '', '1'))
    history.undo()
    history.record(step('b', '', '2'))
    expect(history.redo()).toBeUndefined()
  })
})
