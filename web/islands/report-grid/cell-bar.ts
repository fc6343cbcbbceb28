/** Above the table, in words: where one stands, what is wrong, whose value stands there, what it was, where it comes from. */
import type { ReportProblem } from '../../../contracts/checks.ts'
import { openSheet, type Period, russianNumber, type Sheet } from '../../../engine/index.ts'
import { cellName, cellPlace } from '../../report/places.ts'
import type { Book } from './book.ts'
import { button, element } from './dom.ts'
import type { Conflict } from './queue.ts'
import { timeWords } from './words.ts'

export interface CellBarOptions {
  book: Book
  previous: Record<string, string>
  period: Period
  reportId: string
  /** problems of the cell as it is now, of the last check or found meanwhile */
  problemsOf(address: string): readonly Pick<ReportProblem, 'level' | 'name' | 'sums'>[]
  onSettled(address: string): void
  onKeys(): void
  /** What leads to the comments at the cell; undefined where there is nothing to read or write. */
  talkOf(address: string): string | undefined
  onTalk(address: string): void
  whoIsAt(address: string): string[]
  /** Back to the cell that the bar speaks of. */
  onBack(): void
  readOnly: boolean
}

const mostProblems = 1

export class CellBar {
  private readonly bar: HTMLElement
  private readonly options: CellBarOptions
  private readonly content = element('div', { class: 'cellbar-text' })
  private previousSheet: Sheet | undefined

  constructor(bar: HTMLElement, options: CellBarOptions) {
    this.bar = bar
    this.options = options
    const keys = button('?', options.onKeys, 'btn btn-s btn-quiet')
    keys.title = 'Клавиши'
    keys.setAttribute('aria-label', 'Клавиши таблицы')
    this.content.append(...bar.childNodes)
    this.bar.append(this.content, keys)
    this.bar.addEventListener('keydown', (event) => {
      if (event.key !== 'F6' && event.key !== 'Escape') return
      event.preventDefault()
      options.onBack()
    })
  }

  /** To the first of what can be pressed here: without the mouse there is no other way from the middle of a table. */
  focus(): void {
    this.bar.querySelector<HTMLElement>('button, a')?.focus()
  }

  show(address: string): void {
    const { book } = this.options
    const fault = book.fault(address)
    const conflict = book.queue.conflicts.get(address)
    this.content.replaceChildren(
      element('b', {}, cellPlace(address)),
      element('span', {}, cellName(book.form, address)),
      ...(fault ? [element('span', { class: 'bad', id: 'cell-fault' }, fault)] : []),
      ...(conflict ? this.conflictParts(address, conflict) : []),
      ...(fault ? [] : this.problemParts(address)),
      ...this.peopleParts(address),
      ...this.sourceParts(address),
      ...this.talkParts(address),
      ...this.removalOf(address),
    )
  }

  private peopleParts(address: string): Node[] {
    const names = this.options.whoIsAt(address)
    return names.length > 0 ? [element('span', { class: 'warn' }, `здесь сейчас ${names.join(', ')}`)] : []
  }

  private talkParts(address: string): Node[] {
    const words = this.options.talkOf(address)
    return words === undefined ? [] : [button(words, () => this.options.onTalk(address), 'link')]
  }

  /** An entry of a row that repeats is taken away from here too. */
  private removalOf(address: string): Node[] {
    if (this.options.readOnly || !address.includes('#')) return []
    const [, entry = ''] = address.split('/')
    const attributes = { type: 'submit', name: 'do', value: `remove:${entry}`, class: 'btn btn-s btn-quiet' }
    return [element('button', attributes, 'Удалить строку')]
  }

  /** What is wrong with the cell, to be read aloud as it happens. */
  troubleOf(address: string): string {
    return this.options.book.fault(address) ?? ''
  }

  private problemParts(address: string): Node[] {
    const problems = this.options.problemsOf(address)
    const more = problems.length - mostProblems
    return [
      ...problems
        .slice(0, mostProblems)
        .map(({ level, name, sums }) =>
          element('span', { class: level === 'error' ? 'bad' : 'warn' }, sums ? `${withoutStop(name)}: ${sums}` : name),
        ),
      ...(more > 0 ? [element('span', { class: 'muted' }, `и ещё ${more}`)] : []),
    ]
  }

  /** «Вы: 5, уже стоит: 7 (Крылатская Е. Д., 14:31)» */
  private conflictParts(address: string, { yours, theirs, by, at }: Conflict): Node[] {
    const { book, onSettled } = this.options
    const who = [by, at ? timeWords(at) : ''].filter(Boolean).join(', ')
    const words = `Вы: ${valueWords(yours)}, уже стоит: ${valueWords(theirs)}${who ? ` (${who})` : ''}`
    const settle = (deed: () => void) => () => {
      deed()
      onSettled(address)
    }
    return [
      element('span', { class: 'bad' }, words),
      element(
        'span',
        { class: 'row' },
        button(
          'Оставить моё',
          settle(() => book.keepMine(address)),
        ),
        button(
          'Взять их',
          settle(() => book.takeTheirs(address)),
        ),
      ),
    ]
  }

  private sourceParts(address: string): Node[] {
    const { book, reportId } = this.options
    const kind = book.form.cell(address)?.kind
    if (kind === 'closed') return [element('span', { class: 'muted' }, 'не заполняется')]
    const explanation = kind === 'computed' || kind === 'pulled' ? book.sheet.explain(address)?.text : undefined
    const before = this.beforeWords(address)
    const history = `/reports/${reportId}/history?cell=${encodeURIComponent(address)}`
    return [
      ...(explanation ? [element('span', { class: 'muted' }, explanation)] : []),
      ...(before ? [element('span', { class: 'muted' }, before)] : []),
      element('a', { class: 'muted', href: history }, explanation ? 'почему это число' : 'история'),
    ]
  }

  /** «в 2025 году было 3» */
  private beforeWords(address: string): string | undefined {
    const { previous, period, book } = this.options
    if (Object.keys(previous).length === 0 || address.includes('#')) return undefined
    this.previousSheet ??= openSheet(book.form, previous)
    const value = this.previousSheet.text(address)
    if (!value) return undefined
    return period.kind === 1 ? `в ${period.year - 1} году было ${value}` : `в прошлом периоде было ${value}`
  }
}

const withoutStop = (text: string): string => text.replace(/\.$/, '')

const valueWords = (value: string | null): string => {
  if (value === null || value === '') return 'пусто'
  return /^-?\d+(\.\d+)?$/.test(value) ? russianNumber(value) : `«${value}»`
}
