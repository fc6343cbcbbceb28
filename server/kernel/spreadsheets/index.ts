/** Tables in files: XLSX and CSV read row by row and written row by row, so that a large one takes little memory. */

export { type Merge, openBook, type ReadBook, type ReadRow } from './book-reading.ts'
export type { CellDigits, CellStyle } from './book-styles.ts'
export {
  type BookCell,
  type BookRow,
  type BookSheet,
  type BookValidation,
  columnLetters,
  writeBook,
} from './book-writing.ts'
export { writeCsv } from './csv-writing.ts'
export { type Row, readRows, type TableFormat, UnreadableTable } from './reading.ts'
export { fileReply, type TableFile, tableReply } from './reply.ts'
export { writeWorkbook } from './workbook-writing.ts'
