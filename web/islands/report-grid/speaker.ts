/** What happens is said: to a screen reader at once, and on the page where it must stay in sight. */
import { placeText } from '../../report/places.ts'
import type { Refused } from './book.ts'
import { button, element } from './dom.ts'
import type { Grid } from './grid.ts'
import type { SavingState } from './saving.ts'
import { cells, cellsChanged, isTrouble, savingWords } from './words.ts'

const mostListed = 20

export class Speaker {
  private readonly live = element('p', { class: 'vh', role: 'status' })
  private readonly line = element('span', { role: 'status' })
  /** The same beside the buttons, which stand below the table. */
  private readonly near = element('span', { class: 'quiet' })
  private readonly note = element('div', { class: 'note', role: 'alert', tabindex: '-1', hidden: '' })
  private lastTrouble: string | undefined

  constructor() {
    const bar = document.getElementById('cell-bar')
    bar?.before(this.note, this.live)
    document.querySelector('#section-form .form-end')?.append(this.near)
    const heading = document.getElementById('section')
    const unit = heading?.nextElementSibling
    const about = element('p', { class: 'quiet saving' }, this.line)
    if (heading) heading.after(about)
    else bar?.before(about)
    if (!unit?.matches('.quiet')) return
    about.append(' ', element('span', {}, unit.textContent ?? ''))
    unit.remove()
  }

  say(text: string): void {
    // The same words twice are said twice.
    this.live.textContent = this.live.textContent === text ? `${text}\u00a0` : text
  }

  /** What came of a button, said where it was pressed too. */
  answer(text: string): void {
    this.say(text)
    this.near.textContent = text
  }

  /** What is wrong with the cell one types in: said once, not with each key. */
  trouble(text: string | undefined): void {
    if (text && text !== this.lastTrouble) this.say(text)
    this.lastTrouble = text
  }

  saving(state: SavingState): void {
    const words = savingWords(state)
    if (this.line.textContent === words) return
    this.line.replaceChildren(words)
    this.near.textContent = state.kind === 'untouched' ? '' : words
    this.line.classList.toggle('is-trouble', isTrouble(state))
    if (state.kind !== 'signed-out') return
    const back = encodeURIComponent(location.pathname + location.search)
    this.line.append(' ', element('a', { href: `/sign-in?next=${back}`, target: '_blank', rel: 'noopener' }, 'Войти'))
  }

  tellTrouble(text: string): void {
    this.show('bad', text, undefined)
    this.note.focus()
  }

  tellPasted(text: string, refused: readonly Refused[], grid: Grid): void {
    this.say(text)
    if (refused.length === 0) {
      this.hide()
      return
    }
    this.show(
      'warn',
      text,
      this.list(
        refused.map(({ address }) => address),
        grid,
        (index) => `: «${refused[index]?.typed}». ${refused[index]?.problem}`,
      ),
    )
  }

  tellContested(addresses: readonly string[], grid: Grid): void {
    const words = `Пока вы работали, другой человек изменил ${cellsChanged(addresses.length)}. Встаньте на ячейку и выберите, чьё значение оставить.`
    this.show(
      'warn',
      words,
      this.list(addresses, grid, () => ''),
    )
  }

  /** The report itself has changed: the page must be drawn anew. */
  tellMoved(text: string): void {
    this.show(
      'warn',
      text,
      element(
        'p',
        {},
        button('Обновить страницу', () => location.reload(), 'link'),
      ),
    )
  }

  /** What was left in this browser and cannot be put back. */
  tellLeft(text: string, lines: readonly string[]): void {
    const shown = lines.slice(0, mostListed).map((line) => element('li', {}, line))
    if (lines.length > mostListed) shown.push(element('li', {}, `и ещё ${cells(lines.length - mostListed)}`))
    this.show('warn', text, element('ul', {}, ...shown))
  }

  private list(addresses: readonly string[], grid: Grid, about: (index: number) => string): HTMLElement {
    const { form } = grid.book
    const lines = addresses.slice(0, mostListed).map((address, index) => {
      const link = button(placeText(form, address), () => grid.goTo(address), 'link')
      return element('li', {}, link, about(index))
    })
    if (addresses.length > mostListed) lines.push(element('li', {}, `и ещё ${cells(addresses.length - mostListed)}`))
    return element('ul', {}, ...lines)
  }

  private show(tone: 'bad' | 'warn', text: string, more: HTMLElement | undefined): void {
    const close = button('Закрыть', () => this.hide(), 'btn btn-s btn-quiet')
    this.note.dataset.tone = tone
    this.note.replaceChildren(element('div', { class: 'stack-xs' }, element('p', {}, text), more), close)
    this.note.hidden = false
  }

  hide(): void {
    this.note.hidden = true
  }
}
