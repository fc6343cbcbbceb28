/** The buttons of the section's form: with the script they save, check, add and remove without leaving the page. */
import type { Book } from './book.ts'
import type { Checks } from './checks.tsx'
import type { Grid } from './grid.ts'
import type { Saving } from './saving.ts'
import type { Speaker } from './speaker.ts'

type Parts = { grid: Grid; book: Book; checks: Checks; speaker: Speaker; saving: Saving }

export function listenToForm(parts: Parts): void {
  const form = parts.grid.table.element.closest('form')
  if (!form) return
  let passing = false
  const passOn = (button: HTMLButtonElement | undefined): void => {
    passing = true
    form.requestSubmit(button)
    passing = false
  }
  form.addEventListener('submit', (event) => {
    if (passing) return
    const button = event.submitter instanceof HTMLButtonElement ? event.submitter : undefined
    const [deed = 'save', what = ''] = (button?.value || 'save').split(/:(.*)/s)
    event.preventDefault()
    closeMenu(button)
    void perform(parts, deed, what, button).then((pass) => {
      // In a task of its own: where nothing had to be saved, this event is still on its way, and a form that tells of
      // being sent cannot be sent.
      if (pass) setTimeout(passOn, 0, button)
    })
  })
  parts.book.onChange(() => offerNextStep(parts.checks, true))
}

const closeMenu = (button: HTMLElement | undefined): void => button?.closest('details')?.removeAttribute('open')

/** Whether the form is to be posted after all. */
async function perform(
  parts: Parts,
  deed: string,
  what: string,
  button: HTMLButtonElement | undefined,
): Promise<boolean> {
  const { grid, saving, speaker, checks } = parts
  grid.endTyping()
  switch (deed) {
    case 'add':
      addRow(parts, what)
      return false
    case 'remove':
      removeRow(parts, what)
      return false
    case 'check': {
      busy(button, true)
      const fault = await checks.run(await saving.flush())
      busy(button, false)
      if (fault) speaker.tellTrouble(fault)
      offerNextStep(checks, false)
      return false
    }
    case 'send':
      return maySend(parts)
    default: {
      const nothingNew = parts.book.queue.isEmpty
      const saved = await saving.flush()
      if (saved) speaker.answer(leftOver(parts) ?? (nothingNew ? 'Всё уже сохранено' : 'Всё сохранено'))
      return false
    }
  }
}

/** A report is sent only when the server has all that was typed. */
async function maySend(parts: Parts): Promise<boolean> {
  const { grid, book, saving, speaker } = parts
  const saved = await saving.flush()
  const left = leftOver(parts)
  const cell = book.firstFault ?? book.queue.conflicts.keys().next().value
  if (cell !== undefined && left) {
    speaker.tellTrouble(left)
    grid.goTo(cell)
    return false
  }
  if (!saved) speaker.tellTrouble('Отчёт не отправлен: сначала нужно сохранить введённое, а связи сейчас нет.')
  return saved
}

function leftOver({ book }: Parts): string | undefined {
  if (book.queue.conflicts.size > 0)
    return 'Есть ячейки, которые изменил и другой человек: выберите, чьё значение оставить.'
  return book.queue.bad.size > 0 ? 'Есть ячейки, которые нужно исправить: их значения не приняты.' : undefined
}

function addRow({ grid, book, speaker }: Parts, row: string): void {
  const { section } = grid.table
  const added = book.addRow(section.code, row)
  if (added === undefined) {
    speaker.tellTrouble('Больше строк добавить нельзя.')
    return
  }
  const place = grid.table.placeOf(`${section.code}/${row}#${added}/${section.columns[grid.table.firstColumn]?.code}`)
  if (place) grid.go(place)
  speaker.say(`Добавлена строка, запись ${added}`)
}

function removeRow({ grid, book, speaker }: Parts, what: string): void {
  const [row = '', instance = ''] = what.split('#')
  book.removeRow(grid.table.section.code, row, Number(instance))
  if (grid.here) grid.go(grid.here)
  speaker.say('Строка удалена. Вернуть её: Ctrl+Z')
}

/** The main button is the next step: after a clean check it sends. */
function offerNextStep(checks: Checks, changed: boolean): void {
  const main = document.querySelector<HTMLButtonElement>('.rbar button.btn-main[name="do"]')
  const maySend = document.querySelector('.rbar .menu button[name="do"][value="send"]') !== null
  if (!main || !maySend) return
  const value = checks.isClean && !changed ? 'send' : 'check'
  if (main.value === value) return
  main.value = value
  main.textContent = value === 'send' ? 'Отправить отчет' : 'Выполнить проверку'
}

function busy(button: HTMLElement | undefined, is: boolean): void {
  if (button) button.ariaBusy = is ? 'true' : null
}
