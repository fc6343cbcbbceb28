import { element, icon } from './elements.ts'

/** Work on a form from the keyboard, and its rules read back as they are typed; without this a button does each. */
export function helpDesigning(): void {
  for (const part of document.querySelectorAll<HTMLElement>('[data-rule-reading]')) readAsTyped(part)
  for (const table of document.querySelectorAll<HTMLTableElement>('table[data-lines]')) moveByKeys(table)
}

const pause = 350

type Reading = { words: string | null; faults: { part: string; text: string; offset: number }[] }

function readAsTyped(part: HTMLElement): void {
  const rule = part.querySelector('textarea')
  const place = part.querySelector<HTMLElement>('[data-reading]')
  const address = part.dataset.ruleReading
  if (!rule || !place || !address) return
  let waiting: ReturnType<typeof setTimeout> | undefined
  let asked = ''
  const ask = async () => {
    const text = rule.value
    asked = text
    if (text.trim() === '') return place.replaceChildren()
    const reply = await fetch(address, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ rule: text }),
    }).catch(() => undefined)
    // What was typed meanwhile is read by itself.
    if (!reply?.ok || asked !== text) return
    const reading: Reading = await reply.json()
    place.replaceChildren(told(reading, text))
  }
  rule.addEventListener('input', () => {
    clearTimeout(waiting)
    waiting = setTimeout(ask, pause)
  })
}

function told({ words, faults }: Reading, text: string): HTMLElement {
  const isRead = words !== null && faults.length === 0
  const fault = faults.find(({ part }) => part === 'rule') ?? faults[0]
  const [start, offset] = [Math.max(0, (fault?.offset ?? 0) - 20), fault?.offset ?? 0]
  const bad = `Знак ${offset + 1}: ${fault?.text ?? ''} Вот здесь: ${text.slice(start, offset)} ▸${text.slice(offset, offset + 20)}`
  return element(
    'div',
    { class: 'note', 'data-tone': isRead ? 'ok' : 'bad' },
    icon(isRead ? 'check' : 'stop'),
    element(
      'div',
      { class: 'stack-xs' },
      element('p', {}, element('b', {}, isRead ? 'Правило читается так' : 'Прочитать нельзя')),
      element('p', {}, isRead ? (words ?? '') : bad),
    ),
  )
}

/** Alt and an arrow move a line, Ctrl and Enter save the list, an arrow leads to the same field of the next line. */
function moveByKeys(table: HTMLTableElement): void {
  const form = table.closest('form')
  table.addEventListener('keydown', (event) => {
    const field = event.target
    if (!(field instanceof HTMLInputElement)) return
    if (event.key === 'Enter' && event.ctrlKey) {
      event.preventDefault()
      form?.requestSubmit(form.querySelector<HTMLButtonElement>('button[value="save"]'))
      return
    }
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const line = field.closest('tr')
    if (step === 0 || !line) return
    event.preventDefault()
    if (event.altKey) line.querySelector<HTMLButtonElement>(`button[value^="${step > 0 ? 'down' : 'up'}:"]`)?.click()
    else neighbour(line, step, field)?.focus()
  })
}

function neighbour(line: HTMLTableRowElement, step: number, field: HTMLInputElement): HTMLInputElement | undefined {
  const next = step > 0 ? line.nextElementSibling : line.previousElementSibling
  const key = field.name.split('.').at(-1)
  return [...(next?.querySelectorAll('input') ?? [])].find(
    ({ name, type }) => type !== 'hidden' && name.split('.').at(-1) === key,
  )
}
