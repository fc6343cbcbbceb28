import { describe, expect, it } from 'vitest'
import { notEntered, sheetOf } from '../../../engine/small-form.fixture.ts'
import { Book } from './book.ts'
import { SaveQueue } from './queue.ts'

const opened = (values: Record<string, string> = {}) => {
  const sheet = sheetOf(
    {
      controls: [{ rule: '{[1][201][6]}|=|SUM{[1][101][3]}' }],
      columns: [{ code: '3' }, { code: '6', cell: notEntered('6') }],
      rows: [
        { code: '101', type: 'M' },
        { code: '201', cells: [{ column: '3', inputType: 0 }, notEntered('6')] },
      ],
    },
    values,
  )
  const book = new Book(sheet, new SaveQueue(values))
  const drawn: string[] = []
  book.onChange((changed) => drawn.push(...changed))
  return { book, drawn }
}
const typed = (cells: Record<string, string>) => new Map(Object.entries(cells))

describe('typing', () => {
  it('redraws the cell and what is worked out of it, and is sent', () => {
    const { book, drawn } = opened({ '1/101#1/3': '2' })
    book.enter(typed({ '1/101#1/3': '1 000' }))
    expect(drawn).toContain('1/201/6')
    expect(book.queue.next(() => 'key')).toMatchObject({ changes: { '1/101#1/3': '1000' }, base: { '1/101#1/3': '2' } })
  })

  it('keeps on the page what is no number, says why, and does not send it', () => {
    const { book } = opened({ '1/101#1/3': '5' })
    const { refused } = book.enter(typed({ '1/101#1/3': 'абв' }))
    expect(refused).toMatchObject([{ address: '1/101#1/3', typed: 'абв' }])
    expect(book.shown('1/101#1/3')).toBe('абв')
    expect(book.fault('1/101#1/3')).toContain('нужно число')
    expect(book.queue.size).toBe(0)
    book.enter(typed({ '1/101#1/3': '9' }), { typing: 'spell', standing: '5' })
    book.enter(typed({ '1/101#1/3': '9x' }), { typing: 'spell', standing: '5' })
    expect([book.shown('1/101#1/3'), book.sheet.value('1/201/6'), book.queue.size]).toEqual(['9x', '5', 0])

    book.undo()
    book.undo()
    expect([book.shown('1/101#1/3'), book.fault('1/101#1/3')]).toEqual(['5', undefined])
  })
})

describe('rows that repeat', () => {
  it('close up when one is removed, and come back with what was in them', () => {
    const { book } = opened({ '1/101#1/3': '5', '1/101#2/3': '7' })
    book.removeRow('1', '101', 1)
    expect(book.sheet.instances('1', '101')).toBe(1)
    expect(book.sheet.value('1/101#1/3')).toBe('7')
    expect(book.sheet.value('1/201/6')).toBe('7')
    expect(book.queue.next(() => 'key')).toMatchObject({ changes: { '1/101#1/3': '7', '1/101#2/3': null } })

    book.undo()
    expect(book.sheet.value('1/101#2/3')).toBe('7')
    expect(book.sheet.value('1/201/6')).toBe('12')
    book.redo()
    expect(book.sheet.instances('1', '101')).toBe(1)
  })

  it('are made for a pasted list, and go when it is taken back', () => {
    const { book } = opened({ '1/101#1/3': '5' })
    const list = typed({ '1/101#1/3': '1', '1/101#2/3': '2', '1/101#3/3': '3' })
    book.enter(list, { source: 'paste', grow: { section: '1', row: '101', entries: 3 } })
    expect([book.sheet.instances('1', '101'), book.sheet.value('1/201/6')]).toEqual([3, '6'])
    book.undo()
    expect([book.sheet.instances('1', '101'), book.sheet.value('1/201/6'), book.queue.size]).toEqual([1, '5', 0])
  })

  it('are opened for cells that another tab has saved', () => {
    const { book } = opened({ '1/101#1/3': '5' })
    book.accept(new Map([['1/101#2/3', '4']]))
    expect(book.sheet.value('1/201/6')).toBe('9')
    expect(book.queue.size).toBe(0)
  })
})
