import type { HeadingCell } from './form.types.ts'
import type { Column } from './template.ts'

/**
 * The head of a table, level by level. Neighbouring columns under the same heading share it; a column's own name
 * reaches down to the last level.
 */
export function headingsOf(columns: readonly Column[]): HeadingCell[][] {
  const depth = Math.max(0, ...columns.map((column) => column.heading.length)) + 1
  return Array.from({ length: depth }, (_, level) => headingsAt(columns, level, depth))
}

function headingsAt(columns: readonly Column[], level: number, depth: number): HeadingCell[] {
  const cells: HeadingCell[] = []
  let previous: Column | undefined
  columns.forEach((column, from) => {
    if (column.heading.length === level) {
      cells.push({ text: column.name, columnSpan: 1, rowSpan: depth - level, column: column.code, from })
    } else if (column.heading.length > level) {
      const last = cells.at(-1)
      if (previous && last && sameUpTo(level, previous, column)) last.columnSpan += 1
      else cells.push({ text: column.heading[level] ?? '', columnSpan: 1, rowSpan: 1, from })
    }
    previous = column
  })
  return cells
}

const sameUpTo = (level: number, left: Column, right: Column): boolean =>
  left.heading.length > level &&
  left.heading.slice(0, level + 1).join('\n') === right.heading.slice(0, level + 1).join('\n')
