/** Tables in files: XLSX and CSV read row by row and written row by row, so that a large one takes little memory. */

export { writeCsv } from './csv-writing.ts'
export { type Row, readRows, type TableFormat, UnreadableTable } from './reading.ts'
export { type TableFile, tableReply } from './reply.ts'
export { writeWorkbook } from './workbook-writing.ts'
