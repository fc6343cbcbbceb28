import { readCsv } from './csv-reading.ts'
import { UnreadableTable } from './unreadable.ts'
import { readWorkbook } from './workbook-reading.ts'

export { UnreadableTable } from './unreadable.ts'

export type TableFormat = 'xlsx' | 'csv'
/** `number` is that of the file, from 1, as the person sees it in the spreadsheet. */
export type Row = { number: number; cells: string[] }

/**
 * Rows of the first sheet, empty ones passed over. What the file is, its bytes say, never its name.
 * @throws UnreadableTable when it is no table, or unpacks to more than is sane
 */
export function readRows(bytes: Uint8Array): { format: TableFormat; rows: AsyncGenerator<Row> } {
  const starts = (...signature: number[]) => signature.every((byte, index) => bytes[index] === byte)
  if (bytes.byteLength === 0) throw new UnreadableTable('Файл пустой. Выберите файл, в котором есть строки.')
  if (starts(0x50, 0x4b, 0x03, 0x04)) return { format: 'xlsx', rows: readWorkbook(bytes) }
  if (starts(0xd0, 0xcf, 0x11, 0xe0))
    throw new UnreadableTable('Это старая книга Excel (.xls). Откройте её и сохраните как «Книга Excel (.xlsx)».')
  if (bytes.subarray(0, 4096).includes(0))
    throw new UnreadableTable('Это не таблица. Подходит книга Excel (.xlsx) или текст CSV.')
  return { format: 'csv', rows: readCsv(bytes) }
}
