/** What a file gives for a report, before it is held against the report. */
export type GivenFile = {
  format: 'xlsx' | 'csv' | 'xml'
  /** Texts by address; '' empties the cell. */
  cells: Record<string, string>
  /** The report's version that the file was made at; undefined when the file does not say. */
  since?: number | undefined
  /** What in it cannot be taken, whatever the report is. */
  refused: { cell: string; given: string; text: string }[]
}

/** More than any form has: what is larger is no report. */
export const mostGivenCells = 200_000
