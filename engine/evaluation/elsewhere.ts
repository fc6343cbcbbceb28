import { type CellAddress, cellAddress } from '../address.ts'
import type { FormCell, FormRow, FormSection } from '../form.types.ts'
import type { CodeItem, Reference } from '../language/syntax.ts'
import type { Column, Row } from '../template.ts'
import type { CellSlot, LayoutRow } from './layout.ts'

/** Cells of one report elsewhere that controls look at. */
export type Elsewhere = { form: string; previous: boolean; cells: CellAddress[] }

export const elsewhereKey = (form: string, previous: boolean): string => `${previous ? '<' : '='}${form}`

/** Every code of a list that has no `*`: what the other form has between two numbers is not known, so all of them. */
const spelled = (items: CodeItem[]): string[] =>
  items.flatMap(({ from, to }) =>
    to === undefined
      ? [from]
      : Array.from({ length: Number(to) - Number(from) + 1 }, (_, step) => String(Number(from) + step)),
  )

/** The cells of a reference to another form, row by row. */
export function elsewhereCells({ sections, rows, columns }: Reference): { columns: number; cells: CellAddress[] } {
  const [inSections, inRows, inColumns] = [sections, rows, columns].map((list) => (list === '*' ? [] : spelled(list)))
  const cells = (inSections ?? []).flatMap((section) =>
    (inRows ?? []).flatMap((row) => (inColumns ?? []).map((column) => cellAddress(section, row, column))),
  )
  return { columns: inColumns?.length ?? 0, cells }
}

/** All that the references ask of reports elsewhere, each report and each cell once. */
export function elsewhereOf(references: Iterable<Reference>): Elsewhere[] {
  const found = new Map<string, { form: string; previous: boolean; cells: Set<CellAddress> }>()
  for (const reference of references) {
    if (reference.form === undefined) continue
    const { form, previous } = reference
    const key = elsewhereKey(form, previous)
    const report = found.get(key) ?? { form, previous, cells: new Set() }
    for (const cell of elsewhereCells(reference).cells) report.cells.add(cell)
    found.set(key, report)
  }
  return [...found.values()].map(({ form, previous, cells }) => ({ form, previous, cells: [...cells] }))
}

/**
 * Places for cells elsewhere, behind all others. Of their form nothing is known here, so sections, rows and columns are
 * stand-ins that have a code and no name.
 */
export function layOutElsewhere(
  reports: readonly Elsewhere[],
  cells: CellSlot[],
): Map<string, Map<CellAddress, number>> {
  return new Map(
    reports.map(({ form, previous, cells: addresses }) => {
      const stand = new StandIns()
      const index = new Map<CellAddress, number>()
      for (const address of addresses) {
        index.set(address, cells.length)
        cells.push({ address, ...stand.of(address, cells.length), outside: true, elsewhere: { form, previous } })
      }
      return [elsewhereKey(form, previous), index]
    }),
  )
}

class StandIns {
  private readonly sections = new Map<string, FormSection>()
  private readonly rows = new Map<string, LayoutRow>()
  private readonly columns = new Map<string, Column>()

  of(address: CellAddress, first: number): { section: FormSection; row: LayoutRow; cell: FormCell } {
    const [sectionCode = '', rowCode = '', columnCode = ''] = address.split('/')
    const section = once(this.sections, sectionCode, () => standInSection(sectionCode))
    const row = once(this.rows, `${sectionCode}/${rowCode}`, () => ({ row: standInRow(rowCode), first }))
    const column = once(this.columns, `${sectionCode}/${columnCode}`, () => standInColumn(columnCode))
    return { section, row, cell: { address, kind: 'label', column, row: row.row.row } }
  }
}

function once<T>(known: Map<string, T>, key: string, make: () => T): T {
  const found = known.get(key) ?? make()
  known.set(key, found)
  return found
}

const standInColumn = (code: string): Column => ({ code, name: '', type: 'Z', heading: [] })

function standInRow(code: string): FormRow {
  const row: Row = { code, name: '', type: 'F', level: 0, cells: [] }
  return { code, name: '', type: 'F', level: 0, row, cells: [] }
}

function standInSection(code: string): FormSection {
  const section = { code, name: '', columns: [], rows: [] }
  return { code, name: '', number: code, unit: '', section, columns: [], rows: [], headings: [] }
}
