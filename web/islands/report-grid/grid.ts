/** Where one stands in the table, what is selected, and what is being typed; keys, mouse and clipboard come to it. */

import { rowOf } from '../../report/cell-id.ts'
import type { Book } from './book.ts'
import {
  difference,
  isSingle,
  type Place,
  placesOf,
  type Rectangle,
  rectangleOf,
  type Selection,
  selectionAt,
  within,
} from './selection.ts'
import type { Field, GridTable } from './table.ts'

export interface GridListener {
  /** One stands elsewhere, or what stands there is another. */
  moved(place: Place, address: string): void
  selected(rectangle: Rectangle): void
}

export class Grid {
  readonly table: GridTable
  readonly book: Book
  private readonly listener: GridListener
  private selection: Selection | undefined
  private painted: Rectangle | undefined
  /** What the cell held before one began to type; undefined while one only stands there. */
  private typedOver: string | undefined
  /** What the sheet held then: it may differ, when that could not be taken. */
  private standing = ''
  private spell = 0
  private inText = false
  /** Asked for by F2 or a second click: the caret moves within the text instead of one moving between cells. */
  private byCaret = false

  constructor(table: GridTable, book: Book, listener: GridListener) {
    this.table = table
    this.book = book
    this.listener = listener
  }

  get here(): Place | undefined {
    return this.selection?.anchor
  }

  get isTyping(): boolean {
    return this.inText
  }

  /** As in a spreadsheet, arrows leave a number that is being typed; in words they move the caret. */
  get keepsArrows(): boolean {
    const isNumber = this.here && this.table.formCell(this.here)?.format?.type === 'number'
    return this.inText && (this.byCaret || !isNumber)
  }

  get field(): Field | undefined {
    return this.here && this.table.fieldAt(this.here)
  }

  get rectangle(): Rectangle | undefined {
    return this.selection && rectangleOf(this.selection)
  }

  get isRange(): boolean {
    return this.selection !== undefined && !isSingle(this.selection)
  }

  /** Goes to a place: the focus is on its field, or on the cell itself where nothing is entered. */
  go(target: Place): void {
    const place = within(target, this.table.size, this.table.firstColumn)
    this.leave()
    this.table.point(this.here, place)
    this.select(selectionAt(place))
    const field = this.table.openField(place)
    const focused = field ?? this.table.cellAt(place)
    if (focused && !field) focused.tabIndex = -1
    focused?.focus({ preventScroll: true })
    if (field && !(field instanceof HTMLSelectElement)) field.select()
    this.table.reveal(place)
    this.listener.moved(place, this.table.addressAt(place))
  }

  goTo(address: string): boolean {
    const place = this.table.placeOf(address)
    if (place) this.go(place)
    return place !== undefined
  }

  /** Moves from the far corner of the selection when it grows, from where one stands otherwise. */
  move(rows: number, columns: number, extend = false): void {
    const from = extend ? this.selection?.here : this.here
    if (from) this.step({ row: from.row + rows, column: from.column + columns }, extend)
  }

  step(target: Place, extend = false): void {
    if (extend) this.extend(target)
    else this.go(target)
  }

  extend(target: Place): void {
    if (!this.selection) {
      this.go(target)
      return
    }
    const here = within(target, this.table.size, this.table.firstColumn)
    this.endTyping()
    this.select({ anchor: this.selection.anchor, here })
    this.table.reveal(here)
    this.listener.selected(rectangleOf(this.selection))
  }

  selectAll(): void {
    const { rows, columns } = this.table.size
    const anchor = { row: 0, column: this.table.firstColumn }
    this.go(anchor)
    this.select({ anchor, here: { row: rows - 1, column: columns - 1 } })
    if (this.selection) this.listener.selected(rectangleOf(this.selection))
  }

  collapse(): void {
    if (this.selection) this.select(selectionAt(this.selection.anchor))
  }

  private select(selection: Selection): void {
    this.selection = selection
    const next = isSingle(selection) ? undefined : rectangleOf(selection)
    const { added, removed } = difference(this.painted, next)
    for (const place of removed) this.table.cellAt(place)?.classList.remove('is-selected')
    for (const place of added) this.table.cellAt(place)?.classList.add('is-selected')
    this.painted = next
  }

  /** The next cell that is filled in, to the right and then below; Tab leaves the table after the last. */
  nextEntered(step: 1 | -1): Place | undefined {
    const { rows, columns } = this.table.size
    if (!this.here) return undefined
    let { row, column } = this.here
    for (;;) {
      column += step
      if (column >= columns || column < this.table.firstColumn) {
        row += step
        column = step > 0 ? this.table.firstColumn : columns - 1
      }
      if (row < 0 || row >= rows) return undefined
      if (this.table.isEntered({ row, column })) return { row, column }
    }
  }

  /** F2, a second click: the text is changed, not replaced. */
  beginTyping(): void {
    const { field } = this
    if (!field || this.byCaret) return
    this.inText = true
    this.byCaret = true
    if (this.typedOver === undefined) this.beginSpell(field.name)
    if (field instanceof HTMLSelectElement) return
    field.setSelectionRange(field.value.length, field.value.length)
  }

  /** Every key changes the sheet at once; all the keys in one cell are one step back. */
  typed(field: Field): void {
    const address = field.name
    const choice = field instanceof HTMLSelectElement
    if (this.typedOver === undefined) {
      this.beginSpell(address)
    }
    this.inText = !choice
    this.book.enter(new Map([[address, field.value]]), {
      typing: `${address} ${this.spell}`,
      standing: this.standing,
    })
    this.tellHere()
  }

  private beginSpell(address: string): void {
    this.typedOver = this.book.typed(address)
    this.standing = this.book.sheet.value(address) ?? ''
    this.spell += 1
  }

  /** Esc: what stood there before. */
  cancel(): void {
    const { field, typedOver } = this
    if (!this.here || typedOver === undefined || !field) {
      this.collapse()
      return
    }
    this.book.enter(new Map([[field.name, typedOver]]), { typing: `${field.name} ${this.spell}` })
    this.endTyping()
    if (!(field instanceof HTMLSelectElement)) field.select()
    this.tellHere()
  }

  /** Typing in the cell is over: the number is shown as it is written in Russian. */
  endTyping(): void {
    const { here } = this
    this.inText = false
    this.byCaret = false
    this.typedOver = undefined
    if (here) this.table.draw([this.table.addressAt(here)])
  }

  private leave(): void {
    if (this.selection) this.endTyping()
  }

  /** The focus has gone out of the table. */
  left(): void {
    this.leave()
  }

  /** Delete: all that is filled in within the selection becomes empty. Returns how many cells it was. */
  clear(): number {
    const typed = new Map(this.enteredAddresses().map((address) => [address, '']))
    if (typed.size > 0) this.book.enter(typed)
    this.endTyping()
    this.tellHere()
    return typed.size
  }

  enteredAddresses(): string[] {
    const { rectangle } = this
    if (!rectangle) return []
    return [...placesOf(rectangle)]
      .filter((place) => this.table.isEntered(place))
      .map((place) => this.table.addressAt(place))
  }

  tellHere(): void {
    if (this.here) this.listener.moved(this.here, this.table.addressAt(this.here))
  }

  /** After rows have come or gone one stands in the same place, or the nearest. */
  rowsChanged(): void {
    this.painted = undefined
    this.table.index()
    if (!this.selection) return
    const { size, firstColumn } = this.table
    this.selection = selectionAt(within(this.selection.anchor, size, firstColumn))
  }

  get rowHere(): string | undefined {
    return this.here && rowOf(this.table.addressAt(this.here))
  }
}
