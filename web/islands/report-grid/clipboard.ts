/**
 * Blocks of cells as spreadsheets put them on the clipboard: lines of text with tabs between cells, where a cell that
 * holds a tab, a line break or a quote stands in quotes and its quotes are doubled.
 */
export type Block = string[][]

/** What a spreadsheet copied, or a single text. The line break that ends the last line begins no other. */
export function parseBlock(text: string): Block {
  const rows: Block = [[]]
  let at = 0
  while (at < text.length || (at === text.length && isOpen(text))) {
    const { cell, next } = text[at] === '"' ? quotedCell(text, at) : plainCell(text, at)
    rows.at(-1)?.push(cell)
    const end = text[next]
    if (end === undefined) break
    at = end === '\r' && text[next + 1] === '\n' ? next + 2 : next + 1
    if (end !== '\t') {
      if (at >= text.length) break
      rows.push([])
    }
  }
  return rows
}

/** A tab at the very end is followed by one more cell, an empty one. */
const isOpen = (text: string): boolean => text === '' || text.endsWith('\t')

type Read = { cell: string; next: number }

function plainCell(text: string, from: number): Read {
  let next = from
  while (next < text.length && text[next] !== '\t' && text[next] !== '\n' && text[next] !== '\r') next += 1
  return { cell: text.slice(from, next), next }
}

/** A quote that is never closed, or is followed by more text, is a character like any other. */
function quotedCell(text: string, from: number): Read {
  let cell = ''
  let at = from + 1
  for (;;) {
    const quote = text.indexOf('"', at)
    if (quote < 0) return plainCell(text, from)
    cell += text.slice(at, quote)
    const after = text[quote + 1]
    if (after === '"') {
      cell += '"'
      at = quote + 2
    } else if (after === undefined || after === '\t' || after === '\n' || after === '\r') {
      return { cell, next: quote + 1 }
    } else return plainCell(text, from)
  }
}

/** As a spreadsheet takes it. */
export const blockText = (block: Block): string => block.map((row) => row.map(quotedWhereNeeded).join('\t')).join('\n')

const quotedWhereNeeded = (cell: string): string => (/["\t\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

/** The same as a table, for programs that would rather have one; text stays text there (`mso-number-format` of Excel). */
export function blockHtml(block: Block, isText: (row: number, column: number) => boolean): string {
  const cell = (text: string, row: number, column: number): string => {
    const format = isText(row, column) ? ' style="mso-number-format:\'\\@\'"' : ''
    return `<td${format}>${escaped(text).replaceAll('\n', '<br>')}</td>`
  }
  const rows = block.map((cells, row) => `<tr>${cells.map((text, column) => cell(text, row, column)).join('')}</tr>`)
  return `<table>${rows.join('')}</table>`
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** A canonical number as a Russian spreadsheet reads it: a comma, and neither thin spaces nor a true minus. */
export const numberForSpreadsheet = (canonical: string): string => canonical.replace('.', ',')
