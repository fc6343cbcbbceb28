import type { CellAddress } from '../address.ts'
import type { FormCell, FormRow, FormSection } from '../form.types.ts'
import { type Elsewhere, layOutElsewhere } from './elsewhere.ts'

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
  /** Cells of reports of other forms by address, under `elsewhereKey`. */
  elsewhere: ReadonlyMap<string, ReadonlyMap<CellAddress, number>>
}

export type Region = {
  sections: LayoutSection[]
  index: ReadonlyMap<CellAddress, number>
}

export type LayoutSection = { section: FormSection; rows: LayoutRow[] }

/** The cells of a row stand side by side from `first`, one per column of the section. */
export type LayoutRow = { row: FormRow; instance?: number; first: number }

export type CellSlot = {
  address: CellAddress
  cell: FormCell
  section: FormSection
  row: LayoutRow
  /** Not of this report: of the previous period's, or `elsewhere`. */
  outside: boolean
  /** Of a report of another form. */
  elsewhere?: { form: string; previous: boolean }
}

/** How many instances a multiple row has, by `section/row`. */
export type InstanceCounts = ReadonlyMap<string, number>

export const rowKey = (section: string, row: string): string => `${section}/${row}`

export function layOut(
  sections: readonly FormSection[],
  present: InstanceCounts,
  previous?: InstanceCounts,
  reports: readonly Elsewhere[] = [],
): Layout {
  const cells: CellSlot[] = []
  const presentRegion = layOutRegion(sections, present, false, cells)
  const previousRegion = previous && layOutRegion(sections, previous, true, cells)
  const elsewhere = layOutElsewhere(reports, cells)
  return { size: cells.length, present: presentRegion, previous: previousRegion, cells, elsewhere }
}

function layOutRegion(
  sections: readonly FormSection[],
  counts: InstanceCounts,
  outside: boolean,
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
          const address =
            instance === undefined ? cell.address : `${section.code}/${row.code}#${instance}/${cell.column.code}`
          if (!index.has(address)) index.set(address, cells.length)
          cells.push({ address, cell, section, row: place, outside })
        }
      }
    }
    return { section, rows }
  })
  return { sections: laid, index }
}
