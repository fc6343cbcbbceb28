import { Readable } from 'node:stream'
import { writeCsv } from './csv-writing.ts'
import type { TableFormat } from './reading.ts'
import { writeWorkbook } from './workbook-writing.ts'

export type TableFile = {
  format: TableFormat
  /** Without an ending. */
  name: string
  sheet: string
  /** In signs, of a workbook's columns. */
  widths: readonly number[]
  /** The first of them the headings. */
  rows: AsyncIterable<readonly string[]>
}

const mediaTypes = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
} as const satisfies Record<TableFormat, string>

/** Sends a table as a file while it is written: what is not read yet is not asked for. */
export function tableReply({ format, name, sheet, widths, rows }: TableFile): Response {
  const bytes = format === 'xlsx' ? writeWorkbook(sheet, widths, rows) : writeCsv(rows)
  return fileReply(bytes, { name: `${name}.${format}`, mediaType: mediaTypes[format] })
}

/** Sends a file while it is written. */
export function fileReply(bytes: AsyncIterable<Uint8Array>, file: { name: string; mediaType: string }): Response {
  // as: the same stream under the name that the web standard gives it
  const body = Readable.toWeb(Readable.from(bytes, { objectMode: false })) as ReadableStream<Uint8Array>
  return new Response(body, {
    headers: {
      'content-type': file.mediaType,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      'cache-control': 'no-store',
    },
  })
}
