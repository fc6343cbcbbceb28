/** The keys of a spreadsheet. By the place of the key where it is a letter: in the Russian layout Z has я. */
import type { Grid } from './grid.ts'

export interface Deeds {
  save(): void
  undo(): void
  redo(): void
  tellKeys(): void
  /** Comments at the cell. */
  talk(): void
  /** To what is said of the cell above the table, and its buttons. */
  toBar(): void
  /** Said to a screen reader. */
  say(text: string): void
}

const page = 10

export function listenToKeys(grid: Grid, deeds: Deeds): void {
  grid.table.element.addEventListener('keydown', (event) => {
    if (event.isComposing || event.target instanceof HTMLButtonElement) return
    const handled = event.ctrlKey || event.metaKey ? commanded(grid, deeds, event) : pressed(grid, deeds, event)
    if (handled) event.preventDefault()
  })
  // Saving is for the whole page: one may stand in the comments.
  document.addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && event.code === 'KeyS' && !event.altKey && !event.shiftKey) {
      event.preventDefault()
      deeds.save()
    }
  })
}

/** With Ctrl. Returns whether the key was ours. */
function commanded(grid: Grid, deeds: Deeds, { code, shiftKey, altKey }: KeyboardEvent): boolean {
  if (altKey) return false
  const { rows, columns } = grid.table.size
  switch (code) {
    case 'KeyZ':
      shiftKey ? deeds.redo() : deeds.undo()
      return true
    case 'KeyY':
      deeds.redo()
      return true
    case 'KeyA':
      if (grid.isTyping) return false
      grid.selectAll()
      return true
    case 'Home':
      if (grid.isTyping) return false
      grid.step({ row: 0, column: 0 }, shiftKey)
      return true
    case 'End':
      if (grid.isTyping) return false
      grid.step({ row: rows - 1, column: columns - 1 }, shiftKey)
      return true
    default:
      return false
  }
}

function pressed(grid: Grid, deeds: Deeds, event: KeyboardEvent): boolean {
  const { key, shiftKey, altKey } = event
  if (altKey) return key === 'Enter' && newLine(grid)
  switch (key) {
    case 'ArrowUp':
    case 'ArrowDown':
      return vertical(grid, key === 'ArrowDown' ? 1 : -1, shiftKey)
    case 'PageUp':
    case 'PageDown':
      return vertical(grid, key === 'PageDown' ? page : -page, shiftKey)
    case 'ArrowLeft':
    case 'ArrowRight':
      return !grid.keepsArrows && ours(() => grid.move(0, key === 'ArrowRight' ? 1 : -1, shiftKey && !grid.isTyping))
    case 'Home':
    case 'End':
      return !grid.keepsArrows && alongRow(grid, key === 'End', shiftKey && !grid.isTyping)
    case 'Enter':
      return ours(() => grid.move(shiftKey ? -1 : 1, 0))
    case 'Tab':
      return tab(grid, shiftKey ? -1 : 1)
    case 'F2':
      return ours(() => (shiftKey ? deeds.talk() : grid.beginTyping()))
    case 'F6':
      return ours(() => deeds.toBar())
    case 'Escape':
      return ours(() => grid.cancel())
    case 'Delete':
    case 'Backspace':
      return !grid.isTyping && cleared(grid, deeds)
    default:
      return written(grid, deeds, key)
  }
}

function ours(deed: () => void): true {
  deed()
  return true
}

/** Up and down move between cells even while one types, but not in a text of several lines or a list of terms. */
function vertical(grid: Grid, rows: number, extend: boolean): boolean {
  const { field } = grid
  if (grid.isTyping && (field instanceof HTMLTextAreaElement || (field instanceof HTMLInputElement && field.list)))
    return false
  return ours(() => grid.move(rows, 0, extend && !grid.isTyping))
}

function alongRow(grid: Grid, toEnd: boolean, extend: boolean): boolean {
  const row = grid.here?.row
  if (row === undefined) return false
  return ours(() => grid.step({ row, column: toEnd ? grid.table.size.columns - 1 : 0 }, extend))
}

/** From cell to cell that is filled in; from the last one out of the table, as everywhere on a page. */
function tab(grid: Grid, step: 1 | -1): boolean {
  const next = grid.nextEntered(step)
  if (!next) return false
  return ours(() => grid.go(next))
}

function cleared(grid: Grid, deeds: Deeds): boolean {
  const count = grid.clear()
  if (count === 0 && grid.here) deeds.say('Эта ячейка не заполняется')
  return true
}

function newLine(grid: Grid): boolean {
  const { field } = grid
  if (!(field instanceof HTMLTextAreaElement)) return false
  field.setRangeText('\n', field.selectionStart, field.selectionEnd, 'end')
  grid.typed(field)
  return true
}

/** A question mark is no number: it tells the keys. Nothing is written where nothing is filled in. */
function written(grid: Grid, deeds: Deeds, key: string): boolean {
  if (key.length !== 1) return false
  const { here, field } = grid
  const isNumber = here && grid.table.formCell(here)?.format?.type === 'number'
  if (key === '?' && (isNumber || !field)) return ours(() => deeds.tellKeys())
  if (!field) {
    if (here && key !== ' ') deeds.say('Эта ячейка не заполняется: она закрыта или рассчитывается сама')
    return key === ' '
  }
  return false
}
