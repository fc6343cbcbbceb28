import { element } from './elements.ts'

const told = [
  ['J', 'K', 'следующая и предыдущая строка'],
  ['Enter', '', 'открыть строку'],
  ['X', '', 'отметить строку'],
  ['/', '', 'искать'],
  ['?', '', 'эта подсказка'],
] as const

/** j and k walk the rows of the list, x ticks one, / leads to the search, ? tells the keys. Enter opens the row's own link. */
export function workListsByKeys(): void {
  const list = document.querySelector<HTMLElement>('[data-keys]')
  if (!list) return
  for (const line of document.querySelectorAll<HTMLElement>('[data-keys-told]')) line.hidden = false
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return
    const deed = deedOf(event)
    if (!deed) return
    event.preventDefault()
    deed(list)
  })
}

/** By the place of the key: the Russian layout has о, л and ч there, and a dot on the key of the slash. */
function deedOf({ code, key, shiftKey }: KeyboardEvent): ((list: HTMLElement) => void) | undefined {
  if (key === '?' || (code === 'Slash' && shiftKey)) return tellKeys
  if (key === '/' || code === 'Slash') return toSearch
  if (code === 'KeyJ') return (list) => step(list, 1)
  if (code === 'KeyK') return (list) => step(list, -1)
  return code === 'KeyX' ? tick : undefined
}

function step(list: HTMLElement, by: number): void {
  const rows = [...list.querySelectorAll<HTMLElement>(':scope > tbody > tr:not(.table-group), :scope > li')]
  const here = rows.findIndex((row) => row.classList.contains('is-here'))
  const next = rows[Math.min(Math.max(here + by, 0), rows.length - 1)]
  if (!next) return
  rows[here]?.classList.remove('is-here')
  next.classList.add('is-here')
  next.querySelector<HTMLElement>('th a, .list-title a')?.focus({ preventScroll: true })
  next.scrollIntoView({ block: 'nearest', behavior: 'instant' })
}

function tick(list: HTMLElement): void {
  list.querySelector<HTMLElement>('.is-here input[name="pick"]')?.click()
}

function toSearch(): void {
  document.querySelector<HTMLInputElement>('[data-search]')?.focus()
}

function tellKeys(): void {
  let dialog = document.querySelector<HTMLDialogElement>('#keys')
  if (!dialog) {
    dialog = element(
      'dialog',
      { id: 'keys', class: 'dialog', 'aria-labelledby': 'keys-title' },
      element('h2', { id: 'keys-title' }, 'Клавиши списка'),
      element('dl', { class: 'keys-list' }, ...told.flatMap(keyLine)),
      element('form', { method: 'dialog', class: 'row' }, element('button', { class: 'btn' }, 'Закрыть')),
    )
    document.body.append(dialog)
  }
  if (!dialog.open) dialog.showModal()
}

function keyLine([first, second, text]: (typeof told)[number]): Node[] {
  const keys = [first, second].filter(Boolean).flatMap((key) => [element('kbd', {}, key), ' '])
  return [element('dt', {}, ...keys), element('dd', {}, text)]
}

/** In a dialog that has just closed nothing is typed, though until the next frame its button may still be focused. */
const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches('input:not([type="checkbox"], [type="radio"]), textarea, select, dialog[open] *'))
