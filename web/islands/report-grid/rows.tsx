import { render } from 'preact'
import type { FormRow } from '../../../engine/index.ts'
import { drawingOf, RepeatedRows } from '../../report/report-table.tsx'
import type { Book } from './book.ts'
import type { GridTable } from './table.ts'

/** Draws all entries of a row that repeats anew, where they stand. */
export function drawRows(table: GridTable, book: Book, row: FormRow): void {
  const name = `${table.section.code}/${row.code}#`
  const old = [...table.element.querySelectorAll<HTMLTableRowElement>('tr[data-row]')].filter((line) =>
    line.dataset.row?.startsWith(name),
  )
  const after = old.at(-1)?.nextElementSibling ?? nextRowOf(table, row)
  const body = table.element.tBodies[0]
  const drawn = document.createElement('tbody')
  render(<RepeatedRows row={row} drawing={drawingOf(table.section, { form: book.form, sheet: book.sheet })} />, drawn)
  for (const line of old) line.remove()
  for (const line of [...drawn.children]) body?.insertBefore(line, after)
}

/** Where the entries go when there is none yet: before the next row of the form that is drawn. */
function nextRowOf({ section, element }: GridTable, row: FormRow): Element | null {
  const below = section.rows.slice(section.rows.indexOf(row) + 1)
  for (const { code, type } of below) {
    const name = `${section.code}/${code}${type === 'M' ? '#1' : ''}`
    const line = type === 'C' ? undefined : element.querySelector(`tr[data-row="${CSS.escape(name)}"]`)
    if (line) return line
  }
  return null
}
