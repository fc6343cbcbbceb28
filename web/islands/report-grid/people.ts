/** Who else is at the report: faces beside its state, and a mark at the cell where each stands. */
import type { PersonPresent } from '../../../contracts/presence.ts'
import { initials } from '../../kit/text.ts'
import { element } from './dom.ts'
import type { GridTable } from './table.ts'

export class People {
  private readonly table: GridTable
  private readonly list = document.getElementById('people-here')
  private shown = ''
  private at = new Map<string, string[]>()

  constructor(table: GridTable) {
    this.table = table
  }

  /** Names of those who stand in the cell. */
  namesAt(address: string): string[] {
    return this.at.get(address) ?? []
  }

  /** Returns whether anybody has come, gone, or moved. */
  show(people: readonly PersonPresent[]): boolean {
    const key = JSON.stringify(people)
    if (key === this.shown) return false
    this.shown = key
    this.list?.replaceChildren(...people.map(faceOf))
    if (this.list) this.list.hidden = people.length === 0
    for (const address of this.at.keys()) this.cellOf(address)?.removeAttribute('data-here')
    this.at = new Map()
    for (const { cell, name } of people) if (cell) this.at.set(cell, [...this.namesAt(cell), name])
    for (const [address, names] of this.at) {
      this.cellOf(address)?.setAttribute('data-here', names.map(initials).join(' '))
    }
    return true
  }

  private cellOf(address: string): HTMLElement | undefined {
    const place = this.table.placeOf(address)
    return place && this.table.cellAt(place)
  }
}

function faceOf({ name, section }: PersonPresent): HTMLElement {
  const where = section === 'title' ? 'титульный лист' : `раздел ${section}`
  return element(
    'li',
    { title: `${name}, ${where}` },
    element('span', { class: 'here-face', 'aria-hidden': 'true' }, initials(name)),
    element('span', { class: 'here-name' }, name),
  )
}
