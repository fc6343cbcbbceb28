/**
 * What a report gives besides its figures: values that are listed, and figures of repeating rows told apart by their
 * specifics. Few cells of few forms have them, so they stand beside the figures and are added up when they are read.
 */
import { addExact, exactNumber, exactText } from '../../../../engine/decimal.ts'
import { cellAddress, type FormRow, parseAddress } from '../../../../engine/index.ts'
import type { Layout } from './layout.ts'

/** Address of the cell or of its pattern; the value, or the specifics joined; 1, or the figure. */
export type Entry = [cell: string, key: string, figure: string]

/** Stands between the specifics of one key. */
const between = '\u001f'
/** So many specifics of one row are shown; what is beyond them is said. */
export const mostSpecifics = 300

const plainNumber = /^-?\d+(\.\d+)?$/

export function entriesOf({ slots, places, specifics }: Layout, cells: Readonly<Record<string, string>>): Entry[] {
  const found = new Map<string, Entry>()
  const add = (cell: string, key: string, figure: string) => {
    const id = `${cell}${between}${key}`
    const known = found.get(id)
    found.set(id, [cell, key, known ? plus(known[2], figure) : figure])
  }
  for (const address of Object.keys(cells)) {
    const value = cells[address]
    const place = parseAddress(address)
    if (value === undefined || value === '' || !place) continue
    const pattern = cellAddress(place.section, place.row, place.column)
    const slot = slots[places.get(pattern) ?? -1]
    if (!slot) continue
    const keys = specifics.get(`${place.section}/${place.row}`)
    if (slot.total === 'list') found.set(`${pattern}${between}${value}`, [pattern, value, '1'])
    else if (keys && plainNumber.test(value)) add(pattern, keyOf(keys, place, cells), value)
  }
  return [...found.values()]
}

function keyOf(
  keys: readonly string[],
  { section, row, instance }: { section: string; row: string; instance?: number | undefined },
  cells: Readonly<Record<string, string>>,
): string {
  return keys.map((column) => cells[cellAddress(section, row, column, instance ?? 1)] ?? '').join(between)
}

/** Columns of a repeating row that tell its entries apart. */
export const specificColumns = ({ cells }: FormRow): string[] =>
  cells.flatMap(({ kind, column }) => (kind === 'specific' ? [column.code] : []))

export const partsOfKey = (key: string): string[] => key.split(between)

function plus(one: string, other: string): string {
  const fraction = Math.max(one.split('.')[1]?.length ?? 0, other.split('.')[1]?.length ?? 0)
  return exactText(addExact(exactNumber(one), exactNumber(other)), fraction)
}
