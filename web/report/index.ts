/**
 * How a report looks: its table, contents and results of the check. Drawn by the server for everybody, and by the grid's
 * script in the browser from the same components; none of them keeps state.
 */
export { cellHref, sectionHref, warningHref } from './cell-id.ts'
export { checkLines } from './check-lines.ts'
export { type CheckLevel, CheckResults, type CheckResultsProps } from './check-results.tsx'
export { CheckSides } from './check-sides.tsx'
export { placeText } from './places.ts'
export { ReportContents, type ReportContentsProps } from './report-contents.tsx'
export { ReportTable, type ReportTableProps } from './report-table.tsx'
export { cellThreadsOf, threadsOf } from './threads.ts'
