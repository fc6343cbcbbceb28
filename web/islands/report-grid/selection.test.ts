import { describe, expect, it } from 'vitest'
import { countOf, difference, isSingle, rectangleOf, selectionAt, within } from './selection.ts'

const at = (row: number, column: number) => ({ row, column })

describe('a selection', () => {
  it('is a rectangle whichever way it was drawn', () => {
    const drawn = rectangleOf({ anchor: at(5, 7), here: at(2, 9) })
    expect(drawn).toEqual({ top: 2, left: 7, bottom: 5, right: 9 })
    expect(countOf(drawn)).toBe(12)
    expect(isSingle(selectionAt(at(1, 1)))).toBe(true)
  })

  it('redraws only the cells by which it has grown or shrunk', () => {
    const [small, large] = [
      { top: 1, left: 1, bottom: 2, right: 2 },
      { top: 1, left: 1, bottom: 2, right: 3 },
    ]
    expect(difference(small, large)).toEqual({ added: [at(1, 3), at(2, 3)], removed: [] })
    expect(difference(large, small)).toEqual({ added: [], removed: [at(1, 3), at(2, 3)] })
    expect(difference(small, undefined).removed).toHaveLength(4)
  })

  it('stays within the table and out of the names of rows', () => {
    const size = { rows: 3, columns: 6 }
    expect(within(at(-1, 0), size, 2)).toEqual(at(0, 2))
    expect(within(at(9, 9), size, 2)).toEqual(at(2, 5))
  })
})
