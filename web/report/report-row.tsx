import { cellAddress, type FormCell, type FormRow, type FormSection } from '../../engine/index.ts'
import { Icon } from '../kit/index.ts'
import { columnId, rowId } from './cell-id.ts'
import type { RowDrawing } from './drawing.ts'
import { parentOf } from './places.ts'
import { cellOf } from './report-cell.tsx'

export interface TableRowProps {
  row: FormRow
  drawing: RowDrawing
  /** number, from 1, of an entry of a row that repeats */
  instance?: number
}

/** A row of the table: its name as the header, its number, its cells. */
export function TableRow({ row, drawing, instance }: TableRowProps) {
  const { section } = drawing
  if (row.type === 'C')
    return (
      <tr class="cap">
        <th colSpan={section.columns.length} scope="colgroup" class={levelClass(row)}>
          <span>{row.name}</span>
        </th>
      </tr>
    )
  const address = `${section.code}/${row.code}${instance === undefined ? '' : `#${instance}`}`
  const header = headerPosition(section)
  const parent = parentOf(section, row)
  const names =
    parent && instance === undefined ? `${rowId(address)} ${rowId(`${section.code}/${parent.code}`)}` : rowId(address)
  return (
    <tr class={isTotal(row) ? 'total' : undefined} data-row={address}>
      {row.cells.map((cell, position) => {
        if (position === header)
          return (
            <th key={position} scope="row" id={rowId(address)} class={levelClass(row)}>
              {cell.column.type === 'B' ? row.name : row.code}
              <Heeded unit={row.row.unit} note={row.row.note} />
              {instance === undefined ? null : <Entry row={row} instance={instance} readOnly={drawing.readOnly} />}
            </th>
          )
        return cellOf(drawing, cell, addressOf(section, cell, row, instance), `${names} ${columnId(cell.column.code)}`)
      })}
    </tr>
  )
}

/** A unit of its own and what to heed, under a name. */
export function Heeded({ unit, note }: { unit?: string | undefined; note?: string | undefined }) {
  if (!unit && !note) return null
  return <small class="under">{[note ? unit?.replace(/\.$/, '') : unit, note].filter(Boolean).join('. ')}</small>
}

const addressOf = (section: FormSection, cell: FormCell, row: FormRow, instance?: number): string =>
  instance === undefined ? cell.address : cellAddress(section.code, row.code, cell.column.code, instance)

/** The column that names the rows: the first with labels; without one, the first. */
const headerPosition = (section: FormSection): number => {
  const named = section.columns.findIndex(({ type }) => type === 'B')
  return named >= 0
    ? named
    : Math.max(
        0,
        section.columns.findIndex(({ type }) => type === 'V'),
      )
}

/** Which entry of a row that repeats, and the button that takes it away; works without a script too. */
function Entry({ row, instance, readOnly }: { row: FormRow; instance: number; readOnly: boolean }) {
  return (
    <span class="entry">
      <span class="nowrap">запись {instance}</span>
      {readOnly ? null : (
        <button
          type="submit"
          class="btn btn-s btn-quiet"
          name="do"
          value={`remove:${row.code}#${instance}`}
          title="Удалить строку"
        >
          <Icon name="bin" />
          <span class="vh">
            Удалить строку: {row.name}, запись {instance}
          </span>
        </button>
      )}
    </span>
  )
}

const levelClass = ({ level }: FormRow): string | undefined => (level === 0 ? undefined : `lvl-${level}`)

/** The row that others are parts of. */
function isTotal(row: FormRow): boolean {
  if (row.level > 0 || row.type !== 'F') return false
  return (
    /^(всего|итого)(?![а-яё])/iu.test(row.name) ||
    row.cells.every(({ kind }) => kind !== 'input' && kind !== 'obligatory')
  )
}
