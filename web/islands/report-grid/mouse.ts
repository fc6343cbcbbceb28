/** Clicks go to a cell, a second click goes into its text; dragging and Shift select a rectangle. */
import type { Grid } from './grid.ts'
import type { Place } from './selection.ts'

export function listenToMouse(grid: Grid): void {
  const { element } = grid.table
  let dragging = false

  element.addEventListener('mousedown', (event) => {
    const place = grid.table.placeAt(event.target)
    if (!place || event.button !== 0 || (event.target instanceof Element && event.target.closest('button'))) return
    if (event.shiftKey && grid.here) {
      event.preventDefault()
      grid.extend(place)
      return
    }
    dragging = true
    if (isHere(grid, place) && grid.field === event.target && document.activeElement === grid.field) {
      grid.collapse()
      grid.beginTyping()
      return
    }
    // A list of terms opens by itself only when the click is left to it.
    if (!(event.target instanceof HTMLSelectElement)) event.preventDefault()
    grid.go(place)
  })
  element.addEventListener('mouseover', (event) => {
    if (!dragging || (event.buttons & 1) === 0) return
    const place = grid.table.placeAt(event.target)
    if (!place || (isHere(grid, place) && !grid.isRange)) return
    getSelection()?.removeAllRanges()
    grid.extend(place)
  })
  document.addEventListener('mouseup', () => {
    dragging = false
  })
  // From outside, by Tab or a screen reader, the focus comes to a field by itself.
  element.addEventListener('focusin', (event) => {
    const place = grid.table.placeAt(event.target)
    if (place && !isHere(grid, place) && event.target !== grid.table.cellAt(place)) grid.go(place)
  })
  element.addEventListener('focusout', (event) => {
    if (!(event.relatedTarget instanceof Node) || !element.contains(event.relatedTarget)) grid.left()
  })
  element.addEventListener('input', (event) => {
    const { target } = event
    if (
      target instanceof HTMLInputElement ||
      target instanceof HTMLSelectElement ||
      target instanceof HTMLTextAreaElement
    )
      grid.typed(target)
  })
}

const isHere = ({ here }: Grid, place: Place): boolean => here?.row === place.row && here.column === place.column
