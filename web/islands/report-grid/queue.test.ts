import { describe, expect, it } from 'vitest'
import { type Kept, SaveQueue } from './queue.ts'

const nothing = { conflicts: [], refused: [] }
const keys = () => {
  let number = 0
  return () => `key-${++number}`
}
const asKept = (queue: SaveQueue): Kept => JSON.parse(JSON.stringify(queue.kept()))

describe('what is not saved yet', () => {
  it('is sent with what the person had before, once', () => {
    const queue = new SaveQueue({ a: '1' })
    queue.change('a', '2')
    queue.change('a', '3')
    queue.change('b', '5')
    const batch = queue.next(keys())
    expect(batch).toMatchObject({
      key: 'key-1',
      changes: { a: '3', b: '5' },
      base: { a: '1', b: null },
      source: 'page',
    })
    expect(queue.settle(nothing)).toEqual(
      new Map([
        ['a', '3'],
        ['b', '5'],
      ]),
    )
    expect(queue.next(keys())).toBeUndefined()
    expect(queue.isEmpty).toBe(true)
  })

  it('is nothing when a cell is as it was', () => {
    const queue = new SaveQueue({ a: '1' })
    queue.change('a', '2')
    queue.change('a', '1')
    expect(queue.size).toBe(0)
  })

  it('goes again under the same key, with the same cells, until it is answered', () => {
    const queue = new SaveQueue({})
    const newKey = keys()
    queue.change('a', '1')
    const first = queue.next(newKey)
    queue.change('a', '2')
    queue.change('b', '3')
    expect(queue.next(newKey)).toBe(first)
    queue.settle(nothing)
    expect(queue.next(newKey)).toMatchObject({ key: 'key-2', changes: { a: '2', b: '3' }, base: { a: '1', b: null } })
  })

  it('outlives the page, keys and all', () => {
    const before = new SaveQueue({ a: '1' })
    before.change('a', '2')
    before.next(keys())
    before.change('b', '7')
    before.refuse('c', 'абв')

    const after = new SaveQueue({ a: '1' })
    expect(after.restore(asKept(before))).toEqual(
      new Map([
        ['a', '2'],
        ['b', '7'],
        ['c', 'абв'],
      ]),
    )
    expect(after.next(keys())).toMatchObject({ key: 'key-1', changes: { a: '2' } })
    after.settle(nothing)
    expect(after.next(keys())).toMatchObject({ changes: { b: '7' }, base: { b: null } })
    expect(after.bad.get('c')).toBe('абв')
  })

  it('is not sent again when the page that was opened anew has it already', () => {
    const before = new SaveQueue({})
    before.change('a', '2')
    const after = new SaveQueue({ a: '2' })
    after.restore(asKept(before))
    expect(after.size).toBe(0)
  })

  it('keeps what the person knew, so that another’s change is found', () => {
    const before = new SaveQueue({ a: '1' })
    before.change('a', '2')
    const after = new SaveQueue({ a: '9' })
    after.restore(asKept(before))
    expect(after.next(keys())).toMatchObject({ changes: { a: '2' }, base: { a: '1' } })
  })
})

describe('a conflict', () => {
  const contested = () => {
    const queue = new SaveQueue({ a: '1' })
    queue.change('a', '5')
    queue.next(keys())
    queue.settle({ conflicts: [{ cell: 'a', yours: '5', theirs: '7', by: 'Крылатская Е. Д.', at: null }], refused: [] })
    return queue
  }

  it('waits for the person', () => {
    const queue = contested()
    expect(queue.conflicts.get('a')).toMatchObject({ yours: '5', theirs: '7' })
    expect(queue.next(keys())).toBeUndefined()
    expect(queue.isEmpty).toBe(false)
  })

  it('is settled by one’s own value as a change of theirs', () => {
    const queue = contested()
    queue.keepMine('a')
    expect(queue.next(keys())).toMatchObject({ changes: { a: '5' }, base: { a: '7' } })
  })

  it('is settled by theirs without sending anything', () => {
    const queue = contested()
    expect(queue.takeTheirs('a')).toBe('7')
    expect(queue.isEmpty).toBe(true)
  })

  it('is about what was typed last, even while the batch was on its way', () => {
    const queue = new SaveQueue({ a: '1' })
    queue.change('a', '5')
    queue.next(keys())
    queue.change('a', '6')
    queue.settle({ conflicts: [{ cell: 'a', yours: '5', theirs: '7', by: '', at: null }], refused: [] })
    expect(queue.conflicts.get('a')).toMatchObject({ yours: '6', theirs: '7' })
  })
})

describe('refused values', () => {
  it('stay on the page and are not sent', () => {
    const queue = new SaveQueue({})
    queue.change('a', '5')
    queue.next(keys())
    expect(queue.settle({ conflicts: [], refused: [{ cell: 'a', text: 'Ячейка закрыта.' }] })).toEqual(new Map())
    expect(queue.bad.get('a')).toBe('5')
    expect(queue.size).toBe(0)
    queue.change('a', '6')
    expect(queue.bad.size).toBe(0)
    expect(queue.next(keys())).toMatchObject({ changes: { a: '6' }, base: { a: null } })
  })
})

describe('another tab', () => {
  it('has its saved cells taken over where this one has nothing unsaved', () => {
    const queue = new SaveQueue({ a: '1', b: '1' })
    queue.change('b', '2')
    expect(queue.takeOver({ a: '9', b: '9' })).toEqual(['a'])
    expect(queue.next(keys())).toMatchObject({ changes: { b: '2' }, base: { b: '1' } })
  })

  it('settles what both have typed alike', () => {
    const queue = new SaveQueue({})
    queue.change('a', '2')
    queue.takeOver({ a: '2' })
    expect(queue.size).toBe(0)
  })
})
