import { type Align, margin, type Orientation, type PdfPages, type TextStyle } from './document.ts'

export type TableCell = {
  text: string
  align?: Align
  weight?: 400 | 700
  indent?: number
  fill?: string
  span?: number
}
/** A cell of the head: where it begins, how far it reaches. */
export type HeadCell = { text: string; column: number; columnSpan: number; rowSpan: number }
export type PdfTable = {
  widths: readonly number[]
  head: readonly HeadCell[][]
  rows: Iterable<readonly TableCell[]>
  orientation: Orientation
}

const bodyStyle: TextStyle = { size: 8 }
const headStyle: TextStyle = { size: 7 }
const padding = 2.5

/** A table that goes on over the pages, its head on each; bytes come as pages are done. */
export function* drawTable(pages: PdfPages, { widths, head, rows, orientation }: PdfTable): Generator<Buffer[]> {
  const heights = headHeights(pages, widths, head)
  const headHeight = heights.reduce((sum, height) => sum + height, 0)
  if (pages.room < headHeight + 40) {
    pages.addPage(orientation)
    yield pages.taken()
  }
  drawHead(pages, widths, head, heights)
  for (const row of rows) {
    const laid = layRow(pages, widths, row)
    if (pages.room < laid.height) {
      pages.addPage(orientation)
      yield pages.taken()
      drawHead(pages, widths, head, heights)
    }
    drawRow(pages, laid)
  }
}

const spanWidth = (widths: readonly number[], from: number, count: number): number =>
  widths.slice(from, from + count).reduce((sum, width) => sum + width, 0)

function headHeights(pages: PdfPages, widths: readonly number[], head: readonly HeadCell[][]): number[] {
  const heights = head.map(() => pages.lineHeight(headStyle) + 2 * padding)
  const needed = ({ text, column, columnSpan }: HeadCell): number =>
    pages.linesOf(text, spanWidth(widths, column, columnSpan) - 2 * padding, headStyle).length *
      pages.lineHeight(headStyle) +
    2 * padding
  for (const spans of [false, true])
    head.forEach((cells, level) => {
      for (const cell of cells.filter(({ rowSpan }) => rowSpan > 1 === spans)) {
        const last = level + cell.rowSpan - 1
        const have = heights.slice(level, last + 1).reduce((sum, height) => sum + height, 0)
        const missing = needed(cell) - have
        if (missing > 0) heights[last] = (heights[last] ?? 0) + missing
      }
    })
  return heights
}

function drawHead(pages: PdfPages, widths: readonly number[], head: readonly HeadCell[][], heights: number[]): void {
  head.forEach((cells, level) => {
    for (const { text, column, columnSpan, rowSpan } of cells) {
      const x = margin + spanWidth(widths, 0, column)
      const width = spanWidth(widths, column, columnSpan)
      const height = heights.slice(level, level + rowSpan).reduce((sum, each) => sum + each, 0)
      pages.box(x, pages.y, width, height, '#f1f3f6')
      const lines = pages.linesOf(text, width - 2 * padding, headStyle)
      const spare = height - lines.length * pages.lineHeight(headStyle)
      pages.writeLines(lines, {
        x: x + padding,
        y: pages.y + spare / 2,
        width: width - 2 * padding,
        align: 'center',
        style: headStyle,
      })
    }
    pages.y += heights[level] ?? 0
  })
}

type LaidCell = TableCell & { x: number; width: number; lines: string[]; style: TextStyle }
type LaidRow = { height: number; cells: LaidCell[] }

function layRow(pages: PdfPages, widths: readonly number[], row: readonly TableCell[]): LaidRow {
  let column = 0
  const cells = row.map((cell): LaidCell => {
    const { text, span = 1, indent = 0, weight = 400 } = cell
    const x = margin + spanWidth(widths, 0, column)
    const width = spanWidth(widths, column, span)
    column += span
    const style = fittingStyle(pages, text, width - 2 * padding - indent, { ...bodyStyle, weight }, cell.align)
    return { ...cell, x, width, style, lines: pages.linesOf(text, width - 2 * padding - indent, style) }
  })
  const most = Math.max(1, ...cells.map(({ lines }) => lines.length))
  return { height: most * pages.lineHeight(bodyStyle) + 2 * padding, cells }
}

/** A number is never broken: it is drawn smaller. */
function fittingStyle(pages: PdfPages, text: string, width: number, style: TextStyle, align?: Align): TextStyle {
  if (align !== 'right') return style
  const own = pages.widthOf(text, style)
  return own <= width ? style : { ...style, size: Math.max(4, (style.size * width) / own - 0.05) }
}

function drawRow(pages: PdfPages, { height, cells }: LaidRow): void {
  for (const { x, width, lines, align, indent = 0, fill, style } of cells) {
    pages.box(x, pages.y, width, height, fill)
    const top =
      align === 'left' || align === undefined ? padding : (height - lines.length * pages.lineHeight(style)) / 2
    pages.writeLines(lines, {
      x: x + padding + indent,
      y: pages.y + top,
      width: width - 2 * padding - indent,
      ...(align ? { align } : {}),
      style,
    })
  }
  pages.y += height
}
