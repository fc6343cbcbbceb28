const steps: Readonly<Record<string, readonly [lines: number, cells: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

/** Of the thousands of cells of a heat map the tab key stops at one; arrows, Home and End walk on from it. */
export function walkHeatMap(): void {
  const table = document.querySelector<HTMLTableElement>('[data-heat]')
  if (!table) return
  const lines = [...table.tBodies].flatMap(({ rows }) =>
    [...rows].map((row) => [...row.querySelectorAll<HTMLElement>('td > a[class]')]),
  )
  for (const cell of lines.flat()) cell.tabIndex = -1
  let here = lines.flat()[0]
  if (here) here.tabIndex = 0
  const enter = (cell: HTMLElement | undefined) => {
    if (!cell) return
    if (here) here.tabIndex = -1
    here = cell
    cell.tabIndex = 0
    cell.focus()
  }
  table.addEventListener('keydown', (event) => {
    const { target } = event
    if (event.ctrlKey || event.altKey || event.metaKey || !(target instanceof HTMLElement)) return
    const line = lines.findIndex((cells) => cells.includes(target))
    const next = nextOf(event.key, lines, line, lines[line]?.indexOf(target) ?? -1)
    if (!next) return
    event.preventDefault()
    enter(next)
  })
}

function nextOf(key: string, lines: HTMLElement[][], line: number, place: number): HTMLElement | undefined {
  const cells = lines[line]
  if (!cells) return undefined
  if (key === 'Home') return cells[0]
  if (key === 'End') return cells.at(-1)
  const step = steps[key]
  if (!step) return undefined
  const [down, right] = step
  // The last of a shorter line, never around the edge.
  const reached = lines[line + down] ?? []
  const index = Math.min(place + right, reached.length - 1)
  return index < 0 ? undefined : reached[index]
}
