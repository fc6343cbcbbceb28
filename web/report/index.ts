/** The table of a report's section: drawn by the server, and by the grid's script in the browser. */
export { cellId, ReportTable, type ReportTableProps } from './report-table.tsx'
