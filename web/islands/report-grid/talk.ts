/** Comments at a cell: a corner mark in the table, and a window with the discussion, opened by Shift+F2. */
import type { CellThread, Comment } from '../../../contracts/discussion.ts'
import { counted } from '../../kit/text.ts'
import { placeText } from '../../report/places.ts'
import { cellThreadsOf } from '../../report/threads.ts'
import type { Book } from './book.ts'
import { button, element } from './dom.ts'
import { newKey } from './saving.ts'
import { call, problemOf } from './sending.ts'
import type { GridTable } from './table.ts'
import { timeWords } from './words.ts'

export interface TalkOptions {
  address: string
  threads: CellThread[]
  mayComment: boolean
  book: Book
  table: GridTable
  say(text: string): void
  /** The window is closed: back to the cell. */
  back(address: string): void
  /** Something was said: what is shown of the cell has changed. */
  onChange(): void
}

export class Talk {
  private readonly options: TalkOptions
  private threads: CellThread[]
  private dialog: HTMLDialogElement | undefined
  /** What was written and not sent, by cell. */
  private readonly drafts = new Map<string, string>()

  constructor(options: TalkOptions) {
    this.options = options
    this.threads = options.threads
    this.mark()
  }

  at(address: string): CellThread[] {
    return this.threads.filter(({ cell }) => cell === address)
  }

  /** «Комментарии: 2» */
  wordsAt(address: string): string | undefined {
    const open = this.at(address).filter(({ resolvedAt }) => resolvedAt === null)
    if (open.length > 0) return `Комментарии: ${open.reduce((sum, { said }) => sum + said.length, 0)}`
    if (this.at(address).length > 0) return 'Комментарии решены'
    return this.options.mayComment ? 'Комментировать' : undefined
  }

  /** Others have written something meanwhile. */
  async refresh(): Promise<void> {
    const response = await call('GET', this.options.address)
    if (response?.ok) this.take(await response.json())
  }

  private take({ comments }: { comments: Comment[] }): void {
    this.threads = cellThreadsOf(comments)
    this.mark()
    this.options.onChange()
  }

  private mark(): void {
    const { table } = this.options
    for (const marked of table.element.querySelectorAll('.has-talk')) marked.classList.remove('has-talk', 'is-remark')
    for (const { cell, kind, resolvedAt } of this.threads) {
      const place = resolvedAt === null ? table.placeOf(cell) : undefined
      if (place) table.cellAt(place)?.classList.add('has-talk', ...(kind === 'refusal' ? ['is-remark'] : []))
    }
  }

  open(address: string): void {
    const { mayComment, say } = this.options
    if (!mayComment && this.at(address).length === 0) {
      say('У этой ячейки нет комментариев')
      return
    }
    this.dialog?.remove()
    this.dialog = this.made(address)
    document.body.append(this.dialog)
    this.dialog.showModal()
  }

  private made(address: string): HTMLDialogElement {
    const { book, mayComment } = this.options
    const threads = this.at(address)
    const dialog = element(
      'dialog',
      { class: 'dialog talk', 'aria-labelledby': 'talk-title' },
      element('h2', { id: 'talk-title' }, placeText(book.form, address)),
      ...threads.map((thread) => this.threadOf(thread, address)),
      mayComment && this.writing(address, threads),
      element('form', { method: 'dialog', class: 'row' }, element('button', { class: 'btn' }, 'Закрыть')),
    )
    dialog.addEventListener('close', () => this.options.back(address))
    return dialog
  }

  private threadOf({ id, kind, said, resolvedAt, resolvedBy }: CellThread, address: string): HTMLElement {
    const { mayComment } = this.options
    const settled = resolvedAt !== null
    const words = settled ? `Решено ${timeWords(resolvedAt)}${resolvedBy ? `, ${resolvedBy}` : ''}` : undefined
    const settle = button(
      settled ? 'Открыть снова' : 'Решено',
      () => void this.send('PUT', `/${id}/resolution`, { resolved: !settled }, address),
      'btn btn-s btn-quiet',
    )
    return element(
      'section',
      { class: 'talk-thread' },
      ...said.map(({ at, author, text }, index) =>
        element(
          'div',
          {},
          element(
            'p',
            { class: 'quiet' },
            `${timeWords(at)} · ${author}${kind === 'refusal' && index === 0 ? ' · замечание' : ''}`,
          ),
          element('p', { class: 'talk-text' }, text),
        ),
      ),
      element(
        'p',
        { class: 'row' },
        words !== undefined && element('span', { class: 'quiet' }, words),
        mayComment && settle,
      ),
    )
  }

  private writing(address: string, threads: CellThread[]): HTMLElement {
    const answered = threads.find(({ resolvedAt }) => resolvedAt === null)
    const field = element('textarea', { class: 'input', id: 'talk-text', rows: '3', maxlength: '4000', autofocus: '' })
    field.value = this.drafts.get(address) ?? ''
    field.addEventListener('input', () => this.drafts.set(address, field.value))
    const fault = element('p', { class: 'error', id: 'talk-fault', role: 'alert' })
    const send = async () => {
      const text = field.value.trim()
      if (text === '') {
        fault.textContent = 'Напишите комментарий'
        field.focus()
        return
      }
      const body = answered ? { text, replyTo: answered.id } : { text, cell: address }
      const problem = await this.send('POST', '', body, address)
      if (problem !== undefined) fault.textContent = problem
    }
    return element(
      'div',
      { class: 'stack-xs' },
      element('label', { for: 'talk-text' }, answered ? 'Ответ' : 'Ваш комментарий'),
      field,
      fault,
      element(
        'p',
        { class: 'row' },
        button(answered ? 'Ответить' : 'Добавить комментарий', () => void send()),
      ),
    )
  }

  /** Returns why it was not taken. What was written stays until it is. */
  private async send(method: string, path: string, body: unknown, address: string): Promise<string | undefined> {
    const headers = method === 'POST' ? { 'Idempotency-Key': newKey() } : undefined
    const response = await call(method, `${this.options.address}${path}`, body, headers)
    if (!response) return 'Связи нет, комментарий не отправлен. Он останется здесь, пока открыта страница.'
    if (!response.ok) return (await problemOf(response)).title || 'Комментарий не принят.'
    if (method === 'POST') this.drafts.delete(address)
    this.take(await response.json())
    const count = this.at(address).reduce((sum, { said }) => sum + said.length, 0)
    this.options.say(`У ячейки ${counted(count, ['комментарий', 'комментария', 'комментариев'])}`)
    this.open(address)
    return undefined
  }
}
