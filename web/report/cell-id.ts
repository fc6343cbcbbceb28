import { problemKey } from '../../contracts/check-rules.ts'
import type { ReportProblem } from '../../contracts/checks.ts'
import { type CellAddress, parseAddress } from '../../engine/index.ts'

/** Id of a cell on its page, and so the fragment that leads to it: "7/701/3" is "c-7-701-3", "2/201#1/4" "c-2-201_1-4". */
export const cellId = (address: CellAddress): string => `c-${address.replaceAll('/', '-').replaceAll('#', '_')}`

/** Id of a row's name: of "7/701" or "2/201#1". */
export const rowId = (rowAddress: string): string => `r-${rowAddress.replaceAll('/', '-').replaceAll('#', '_')}`

/** Id of a column's own name in the head of the table. */
export const columnId = (column: string): string => `g-${column}`

/** Id of a line in the results of the check, by the place of its first problem in the list of problems. */
export const problemId = (index: number): string => `check-${index + 1}`

/** "7/701" of "7/701/3", "2/201#1" of "2/201#1/4": what all cells of a row share. */
export const rowOf = (address: CellAddress): string => address.slice(0, address.lastIndexOf('/'))

/** Code of the section of a cell; 'title' of an item of the title page. */
export const sectionOf = (address: CellAddress): string => address.slice(0, address.indexOf('/'))

/** Where a cell is, seen from the page of a section: within it, or on the page of another section of the report. */
export function cellHref(address: CellAddress, sectionShown: string): string {
  const own = sectionOf(address)
  const anchor = parseAddress(address) ? cellId(address) : address.replaceAll('/', '-')
  return own === sectionShown ? `#${anchor}` : `${sectionHref(own)}#${anchor}`
}

/** The page of another section of the same report. */
export const sectionHref = (section: string): string => `?section=${encodeURIComponent(section)}`

/** The page where a warning is explained. */
export const warningHref = (reportId: string, section: string, problem: ReportProblem): string =>
  `/reports/${reportId}/warning?${new URLSearchParams({ problem: problemKey(problem), section })}`
