/** A place in the table: rows of cells from 0, captions left out; columns from 0. */
export type Place = { row: number; column: number }

/** A rectangle of cells with the place it was begun at and the place where one stands. */
export type Selection = { anchor: Place; here: Place }

/** Inclusive on all sides. */
export type Rectangle = { top: number; left: number; bottom: number; right: number }

export type Size = { rows: number; columns: number }

export const selectionAt = (here: Place): Selection => ({ anchor: here, here })

export const rectangleOf = ({ anchor, here }: Selection): Rectangle => ({
  top: Math.min(anchor.row, here.row),
  left: Math.min(anchor.column, here.column),
  bottom: Math.max(anchor.row, here.row),
  right: Math.max(anchor.column, here.column),
})

export const isSingle = ({ anchor, here }: Selection): boolean =>
  anchor.row === here.row && anchor.column === here.column

export const countOf = ({ top, left, bottom, right }: Rectangle): number => (bottom - top + 1) * (right - left + 1)

export const holds = ({ top, left, bottom, right }: Rectangle, { row, column }: Place): boolean =>
  row >= top && row <= bottom && column >= left && column <= right

export function* placesOf({ top, left, bottom, right }: Rectangle): Generator<Place> {
  for (let row = top; row <= bottom; row += 1)
    for (let column = left; column <= right; column += 1) yield { row, column }
}

/** The nearest place within the table; `first` is the first column one can stand in. */
export const within = ({ row, column }: Place, { rows, columns }: Size, first = 0): Place => ({
  row: Math.min(Math.max(row, 0), Math.max(0, rows - 1)),
  column: Math.min(Math.max(column, first), Math.max(first, columns - 1)),
})

/** What one rectangle has and the other has not: only these cells are drawn anew when a selection grows. */
export function difference(
  from: Rectangle | undefined,
  to: Rectangle | undefined,
): { added: Place[]; removed: Place[] } {
  const only = (one: Rectangle | undefined, other: Rectangle | undefined): Place[] =>
    one ? [...placesOf(one)].filter((place) => !other || !holds(other, place)) : []
  return { added: only(to, from), removed: only(from, to) }
}
