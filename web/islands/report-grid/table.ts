/** The server's own table as the grid sees it: which cell is where, what stands in it, how it is marked. */
import { render } from 'preact'
import type { FormCell, FormSection } from '../../../engine/index.ts'
import { cellId, columnId, rowId, rowOf } from '../../report/cell-id.ts'
import { fieldOf } from '../../report/report-cell.tsx'
import type { Book } from './book.ts'
import type { Place, Size } from './selection.ts'

export type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

export class GridTable {
  readonly element: HTMLTableElement
  readonly section: FormSection
  readonly wrap: HTMLElement
  /** The first column one can stand in: those before it name the rows. */
  readonly firstColumn: number
  private readonly book: Book
  readonly isReadOnly: boolean
  private rows: HTMLTableRowElement[] = []
  private readonly rowNumbers = new Map<string, number>()
  private readonly columnNumbers: Map<string, number>
  private moving: { place: Place; box: HTMLElement } | undefined

  constructor(element: HTMLTableElement, section: FormSection, book: Book, readOnly: boolean) {
    this.element = element
    this.section = section
    this.book = book
    this.isReadOnly = readOnly
    this.wrap = element.closest<HTMLElement>('.grid-wrap') ?? element
    this.columnNumbers = new Map(section.columns.map(({ code }, index) => [code, index]))
    this.firstColumn = Math.max(
      0,
      section.columns.findIndex(({ type }) => type === 'Z' || type === 'S'),
    )
    this.index()
  }

  /** After rows have come or gone. */
  index(): void {
    this.rows = [...this.element.querySelectorAll<HTMLTableRowElement>('tr[data-row]')]
    this.rowNumbers.clear()
    this.rows.forEach((row, number) => {
      this.rowNumbers.set(row.dataset.row ?? '', number)
      // Tab goes from cell to cell; the keyboard finds these buttons above the table.
      for (const button of row.querySelectorAll('button')) button.tabIndex = -1
    })
  }

  /** What was typed into the page before this script had come, by address. */
  typedBefore(): Map<string, string> {
    const fields = [...this.element.querySelectorAll<Field>('input, select, textarea')]
    return new Map(fields.filter(isTyped).map(({ name, value }) => [name, value]))
  }

  get size(): Size {
    return { rows: this.rows.length, columns: this.section.columns.length }
  }

  addressAt({ row, column }: Place): string {
    return `${this.rows[row]?.dataset.row ?? ''}/${this.section.columns[column]?.code ?? ''}`
  }

  placeOf(address: string): Place | undefined {
    const row = this.rowNumbers.get(rowOf(address))
    const column = this.columnNumbers.get(address.slice(address.lastIndexOf('/') + 1))
    return row === undefined || column === undefined ? undefined : { row, column }
  }

  /** The place of whatever was clicked or focused. */
  placeAt(target: EventTarget | null): Place | undefined {
    const cell = target instanceof Element ? target.closest('td, th') : null
    const row = cell?.closest<HTMLTableRowElement>('tr[data-row]')
    const number = this.rowNumbers.get(row?.dataset.row ?? '')
    if (!(cell instanceof HTMLTableCellElement) || number === undefined || cell.cellIndex < this.firstColumn)
      return undefined
    return { row: number, column: cell.cellIndex }
  }

  cellAt({ row, column }: Place): HTMLTableCellElement | undefined {
    return this.rows[row]?.cells[column]
  }

  formCell(place: Place): FormCell | undefined {
    return this.book.form.cell(this.addressAt(place))
  }

  isEntered(place: Place): boolean {
    const kind = this.formCell(place)?.kind
    return !this.isReadOnly && (kind === 'input' || kind === 'obligatory' || kind === 'specific')
  }

  fieldAt(place: Place): Field | undefined {
    return this.cellAt(place)?.querySelector<Field>('input, select, textarea') ?? undefined
  }

  /** The field of a cell; in a very large table the one field moves here. */
  openField(place: Place): Field | undefined {
    const cell = this.cellAt(place)
    const box = cell?.querySelector<HTMLElement>('.box')
    if (!box || !this.isEntered(place)) return this.fieldAt(place)
    if (this.moving?.box === box) return this.fieldAt(place)
    this.closeField()
    const formCell = this.formCell(place)
    if (!formCell) return undefined
    const address = this.addressAt(place)
    const isChoice = formCell.choices && formCell.choices.length <= 30
    box.textContent = ''
    render(
      fieldOf(formCell, {
        name: address,
        autocomplete: 'off',
        'aria-labelledby': `${rowId(rowOf(address))} ${columnId(formCell.column.code)}`,
        value: isChoice ? this.book.typed(address) : this.book.shown(address),
      }),
      box,
    )
    this.moving = { place, box }
    return this.fieldAt(place)
  }

  private closeField(): void {
    if (!this.moving) return
    const { place, box } = this.moving
    this.moving = undefined
    render(null, box)
    box.textContent = this.book.shown(this.addressAt(place))
  }

  /** Shows what the book holds, but leaves alone the field that is being typed in. */
  draw(addresses: Iterable<string>, typedIn?: Field): void {
    const prefix = `${this.section.code}/`
    for (const address of addresses) {
      const place = address.startsWith(prefix) ? this.placeOf(address) : undefined
      const cell = place && this.cellAt(place)
      if (!place || !cell) continue
      const field = this.fieldAt(place)
      if (!field) setText(cell.querySelector('.box, .v'), this.book.shown(address))
      else if (field !== typedIn) setValue(field, this.book, address)
      this.drawState(cell, field, address)
    }
  }

  private drawState(cell: HTMLElement, field: Field | undefined, address: string): void {
    const fault = this.book.fault(address)
    cell.classList.toggle('is-fault', fault !== undefined)
    cell.classList.toggle('is-contested', this.book.queue.conflicts.has(address))
    if (!field) return
    if (fault !== undefined) field.setAttribute('aria-invalid', 'true')
    else if (!cell.classList.contains('bad')) field.removeAttribute('aria-invalid')
  }

  /** What the check says of cells: frames, and for a screen reader the lines that say it. */
  mark(marks: ReadonlyMap<string, { tone: 'bad' | 'warn'; ids: string[] }>): void {
    for (const marked of this.element.querySelectorAll('td.bad, td.warn')) {
      marked.classList.remove('bad', 'warn')
      const said = marked.querySelector('input, select, textarea') ?? marked
      said.removeAttribute('aria-describedby')
      if (!marked.classList.contains('is-fault')) said.removeAttribute('aria-invalid')
    }
    for (const [address, { tone, ids }] of marks) {
      const place = this.placeOf(address)
      const cell = place && this.cellAt(place)
      if (!place || !cell || !address.startsWith(`${this.section.code}/`)) continue
      cell.classList.add(tone)
      const said = this.fieldAt(place) ?? cell
      said.setAttribute('aria-describedby', ids.join(' '))
      if (tone === 'bad') said.setAttribute('aria-invalid', 'true')
    }
  }

  /** Brings a cell from under the sticky head and row names into sight, sideways and down by no more than is needed. */
  reveal(place: Place): void {
    const cell = this.cellAt(place)
    const header = this.rows[place.row]?.cells[0]
    const head = this.element.tHead
    if (!cell || !header || !head) return
    const [frame, box] = [this.wrap.getBoundingClientRect(), cell.getBoundingClientRect()]
    const top = frame.top + head.offsetHeight
    const left = frame.left + header.offsetWidth
    if (box.top < top) this.wrap.scrollTop -= top - box.top
    else if (box.bottom > frame.top + this.wrap.clientHeight)
      this.wrap.scrollTop += box.bottom - frame.top - this.wrap.clientHeight
    if (box.left < left) this.wrap.scrollLeft -= left - box.left
    else if (box.right > frame.left + this.wrap.clientWidth)
      this.wrap.scrollLeft += box.right - frame.left - this.wrap.clientWidth
    if (isSeen(cell)) return
    // With the bar at the top of the window the whole frame fits below it, but for the smallest windows.
    document.getElementById('cell-bar')?.scrollIntoView({ block: 'start' })
    if (!isSeen(cell)) cell.scrollIntoView({ block: 'center', inline: 'nearest' })
  }

  /** The heads of the row and the column one stands in. */
  point(from: Place | undefined, to: Place): void {
    for (const head of from ? this.headsOf(from) : []) head.classList.remove('is-here')
    for (const head of this.headsOf(to)) head.classList.add('is-here')
  }

  private headsOf({ row, column }: Place): Element[] {
    const { code = '' } = this.section.columns[column] ?? {}
    const number = this.rows[row]?.querySelector('.rn') ?? this.rows[row]?.cells[0]
    return [document.getElementById(columnId(code)), number].flatMap((head) => head ?? [])
  }

  idAt(place: Place): string {
    return cellId(this.addressAt(place))
  }
}

/** Within the window, and not under the report's menu bar. */
function isSeen(cell: Element): boolean {
  const { top, bottom } = cell.getBoundingClientRect()
  const bar = document.querySelector('.rbar')?.getBoundingClientRect()
  return top >= Math.max(0, bar?.bottom ?? 0) && bottom <= innerHeight
}

function isTyped(field: Field): boolean {
  if (!(field instanceof HTMLSelectElement)) return field.value !== field.defaultValue
  const first = [...field.options].findIndex(({ defaultSelected }) => defaultSelected)
  return field.selectedIndex !== Math.max(0, first)
}

function setText(element: Element | null, text: string): void {
  if (element && element.textContent !== text) element.textContent = text
}

function setValue(field: Field, book: Book, address: string): void {
  const value = field instanceof HTMLSelectElement ? book.typed(address) : book.shown(address)
  if (field.value !== value) field.value = value
}
