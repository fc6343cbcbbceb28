/** Where each cell of a report stands in its workbook. */
import type { FormRow, FormSection } from '../../../../engine/index.ts'
import { cellAddress } from '../../../../engine/index.ts'
import { columnLetters } from '../../../kernel/spreadsheets/index.ts'
import type { OpenReport } from '../reports/sheets.ts'

/** Empty rows of a row that repeats, for what is added in the file. */
const spareEntries = 10

export type PlacedRow = { row: FormRow; instance: number | undefined; at: number }
export type PlacedSection = { section: FormSection; sheet: string; headAt: number; rows: PlacedRow[] }
export type CellSpot = { sheet: string; column: number; row: number }
export type ReportLayout = { sections: PlacedSection[]; spotOf: ReadonlyMap<string, CellSpot> }

export const titleSheet = 'Титул'
/** Title, unit and an empty line stand above the head of a section. */
const firstHeadRow = 4

export function layOutReport({ form, sheet }: OpenReport): ReportLayout {
  const spotOf = new Map<string, CellSpot>()
  const names = new Set([titleSheet.toLowerCase()])
  const sections = form.sections.map((section) => {
    const placed: PlacedSection = { section, sheet: sheetName(section, names), headAt: firstHeadRow, rows: [] }
    let at = placed.headAt + section.headings.length + 1
    for (const row of section.rows) {
      const entries = row.type === 'M' ? sheet.instances(section.code, row.code) + spareEntries : 1
      for (let entry = 1; entry <= entries; entry += 1) {
        const instance = row.type === 'M' ? entry : undefined
        placed.rows.push({ row, instance, at })
        row.cells.forEach(({ column }, index) => {
          const address = cellAddress(section.code, row.code, column.code, instance)
          spotOf.set(address, { sheet: placed.sheet, column: index + 1, row: at })
        })
        at += 1
      }
    }
    return placed
  })
  return { sections, spotOf }
}

export const spotText = ({ column, row }: CellSpot): string => `${columnLetters(column)}${row}`

function sheetName({ number, code, name }: FormSection, taken: Set<string>): string {
  const wanted = `Раздел ${number || code || name}`.replaceAll(/[:\\/?*[\]']/g, ' ').slice(0, 26)
  let sheet = wanted
  for (let count = 2; taken.has(sheet.toLowerCase()); count += 1) sheet = `${wanted} (${count})`
  taken.add(sheet.toLowerCase())
  return sheet
}
