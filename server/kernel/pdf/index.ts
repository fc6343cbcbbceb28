/** Pages to be printed: text in PT Sans, tables that go on over pages, bytes handed on as pages are done. */
export { margin, type Orientation, PdfPages } from './document.ts'
export { drawTable, type HeadCell, type TableCell } from './table.ts'
