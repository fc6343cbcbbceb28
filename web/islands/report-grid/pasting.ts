/** Copying, cutting and pasting of blocks, as between the sheets of a spreadsheet. */

import type { Grow, Refused } from './book.ts'
import { type Block, blockHtml, blockText, numberForSpreadsheet, parseBlock } from './clipboard.ts'
import type { Grid } from './grid.ts'
import { countOf, type Place, type Rectangle } from './selection.ts'
import { cells, type Pasted, pastedWords } from './words.ts'

export interface PasteListener {
  /** Something to be read aloud, and for refused cells to be seen. */
  said(text: string, refused: readonly Refused[]): void
}

export function listenToClipboard(grid: Grid, listener: PasteListener): void {
  const { element } = grid.table
  element.addEventListener('copy', (event) => {
    if (copy(grid, event)) listener.said(`Скопировано: ${countWords(grid)}`, [])
  })
  element.addEventListener('cut', (event) => {
    if (!copy(grid, event)) return
    grid.clear()
    listener.said(`Вырезано: ${countWords(grid)}`, [])
  })
  element.addEventListener('paste', (event) => {
    const block = parseBlock(event.clipboardData?.getData('text/plain') ?? '')
    const single = block.length === 1 && block[0]?.length === 1
    // One text pasted into the text of a cell is the browser's work.
    if (!grid.here || (single && grid.isTyping)) return
    event.preventDefault()
    const { pasted, refused } = paste(grid, block)
    listener.said(pastedWords(pasted), refused)
  })
}

const countWords = ({ rectangle }: Grid): string => cells(rectangle ? countOf(rectangle) : 0)

/** Whether it was ours to copy: a piece of the text that one is typing is the browser's. */
function copy(grid: Grid, event: ClipboardEvent): boolean {
  const { rectangle } = grid
  if (!rectangle || !event.clipboardData || (grid.isTyping && !grid.isRange)) return false
  event.preventDefault()
  const block = blockOf(grid, rectangle)
  event.clipboardData.setData('text/plain', blockText(block))
  event.clipboardData.setData(
    'text/html',
    blockHtml(block, (row, column) => isText(grid, { row: rectangle.top + row, column: rectangle.left + column })),
  )
  return true
}

function blockOf(grid: Grid, { top, left, bottom, right }: Rectangle): Block {
  return Array.from({ length: bottom - top + 1 }, (_, row) =>
    Array.from({ length: right - left + 1 }, (_, column) => {
      const place = { row: top + row, column: left + column }
      const address = grid.table.addressAt(place)
      return isText(grid, place) ? grid.book.shown(address) : numberForSpreadsheet(grid.book.typed(address))
    }),
  )
}

function isText(grid: Grid, place: Place): boolean {
  const cell = grid.table.formCell(place)
  return cell?.format?.type === 'text' || cell?.choices !== undefined || cell?.kind === 'specific'
}

/** Puts a block at the selection's corner; a single value fills the whole selection. */
function paste(grid: Grid, block: Block): { pasted: Pasted; refused: Refused[] } {
  const { rectangle, table } = grid
  const pasted: Pasted = { taken: 0, skipped: 0, refused: 0, outside: 0 }
  if (!rectangle || table.isReadOnly) return { pasted, refused: [] }
  const typed = new Map<string, string>()
  const grow = growthFor(grid, rectangle, block)
  for (const { place, text } of targets(rectangle, block)) {
    const address = addressFor(grid, place, grow)
    if (address === undefined) pasted.outside += 1
    else if (!isOpen(grid, address)) pasted.skipped += 1
    else typed.set(address, text)
  }
  const { refused } = grid.book.enter(typed, { source: 'paste', grow })
  grid.endTyping()
  grid.tellHere()
  pasted.refused = refused.length
  pasted.taken = typed.size - refused.length
  return { pasted, refused }
}

/** A block that begins in a row that repeats makes entries for all its lines: a list of branches is pasted whole. */
function growthFor({ table }: Grid, { top }: Rectangle, block: Block): Grow | undefined {
  const match = /^([^/]+)\/(.+)#(\d+)\//.exec(table.addressAt({ row: top, column: table.firstColumn }))
  if (!match || block.length < 2) return undefined
  const [, section = '', row = '', instance = ''] = match
  return { section, row, entries: Number(instance) + block.length - 1 }
}

function addressFor({ table, here }: Grid, place: Place, grow: Grow | undefined): string | undefined {
  const column = table.section.columns[place.column]?.code
  if (column === undefined) return undefined
  if (!grow || !here) return table.cellAt(place) ? table.addressAt(place) : undefined
  const first = table.placeOf(`${grow.section}/${grow.row}#1/${column}`)
  return first && `${grow.section}/${grow.row}#${place.row - first.row + 1}/${column}`
}

function isOpen({ book }: Grid, address: string): boolean {
  const kind = book.form.cell(address)?.kind
  return kind === 'input' || kind === 'obligatory' || kind === 'specific'
}

function* targets(rectangle: Rectangle, block: Block): Generator<{ place: Place; text: string }> {
  const single = block.length === 1 && block[0]?.length === 1
  const { top, left } = rectangle
  const rows = single ? rectangle.bottom - top + 1 : block.length
  for (let row = 0; row < rows; row += 1) {
    const line = block[single ? 0 : row] ?? []
    const columns = single ? rectangle.right - left + 1 : line.length
    for (let column = 0; column < columns; column += 1) {
      yield { place: { row: top + row, column: left + column }, text: line[single ? 0 : column] ?? '' }
    }
  }
}
