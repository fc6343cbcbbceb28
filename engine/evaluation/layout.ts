import { type CellAddress, cellAddress } from '../address.ts'
import type { FormCell, FormRow, FormSection } from '../form.types.ts'

/**
 * Where each cell of a sheet lives in its arrays. The previous period's cells follow the present ones. Fixed rows are
 * always there; a multiple row has as many instances as the sheet says.
 */
export type Layout = {
  size: number
  present: Region
  /** Undefined when the form never looks at the previous period. */
  previous?: Region
  cells: CellSlot[]
}

export type Region = {
  sections: LayoutSection[]
  index: ReadonlyMap<CellAddress, number>
}

export type LayoutSection = { section: FormSection; rows: LayoutRow[] }

/** The cells of a row stand side by side from `first`, one per column of the section. */
export type LayoutRow = { row: FormRow; instance?: number; first: number }

export type CellSlot = { address: CellAddress; cell: FormCell; section: FormSection; row: LayoutRow; previous: boolean }

/** How many instances a multiple row has, by `section/row`. */
export type InstanceCounts = ReadonlyMap<string, number>

export const rowKey = (section: string, row: string): string => `${section}/${row}`

export function layOut(sections: readonly FormSection[], present: InstanceCounts, previous?: InstanceCounts): Layout {
  const cells: CellSlot[] = []
  const presentRegion = layOutRegion(sections, present, false, cells)
  const previousRegion = previous && layOutRegion(sections, previous, true, cells)
  return { size: cells.length, present: presentRegion, previous: previousRegion, cells }
}

function layOutRegion(
  sections: readonly FormSection[],
  counts: InstanceCounts,
  previous: boolean,
  cells: CellSlot[],
): Region {
  const index = new Map<CellAddress, number>()
  const laid = sections.map((section) => {
    const rows: LayoutRow[] = []
    for (const row of section.rows) {
      if (row.type === 'C') continue
      const count = row.type === 'M' ? (counts.get(rowKey(section.code, row.code)) ?? 0) : 1
      for (let number = 1; number <= count; number += 1) {
        const instance = row.type === 'M' ? number : undefined
        const place: LayoutRow = { row, instance, first: cells.length }
        rows.push(place)
        for (const cell of row.cells) {
          const address = cellAddress(section.code, row.code, cell.column.code, instance)
          if (!index.has(address)) index.set(address, cells.length)
          cells.push({ address, cell, section, row: place, previous })
        }
      }
    }
    return { section, rows }
  })
  return { sections: laid, index }
}
