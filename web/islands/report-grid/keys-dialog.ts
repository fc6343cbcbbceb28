import { element } from './dom.ts'

const told: readonly (readonly [keys: readonly string[], text: string])[] = [
  [['←', '↑', '→', '↓'], 'соседняя ячейка'],
  [['Tab', 'Shift+Tab'], 'следующая и предыдущая ячейка, которая заполняется'],
  [['Enter', 'Shift+Enter'], 'ниже и выше'],
  [['Home', 'End'], 'начало и конец строки'],
  [['Ctrl+Home', 'Ctrl+End'], 'начало и конец таблицы'],
  [['F2'], 'править текст в ячейке'],
  [['Shift+F2'], 'комментарии к ячейке'],
  [['F6'], 'к сведениям о ячейке над таблицей и обратно'],
  [['Esc'], 'вернуть, что было в ячейке'],
  [['Delete'], 'очистить выделенное'],
  [['Shift+стрелки'], 'выделить несколько ячеек, мышью — протянуть'],
  [['Ctrl+A'], 'выделить всё'],
  [['Ctrl+C', 'Ctrl+X', 'Ctrl+V'], 'копировать, вырезать, вставить, в том числе из Excel'],
  [['Ctrl+Z', 'Ctrl+Y'], 'отменить и вернуть'],
  [['Ctrl+S'], 'сохранить сейчас'],
  [['Alt+Enter'], 'новая строка в тексте'],
]

let dialog: HTMLDialogElement | undefined

/** The keys of the table; closing it leads back to where one was. */
export function showKeys(): void {
  dialog ??= made()
  if (!dialog.open) dialog.showModal()
}

function made(): HTMLDialogElement {
  const lines = told.flatMap(([keys, text]) => [
    element('dt', {}, ...keys.flatMap((key, index) => [index > 0 ? ' ' : '', element('kbd', {}, key)])),
    element('dd', {}, text),
  ])
  const close = element('form', { method: 'dialog', class: 'row' }, element('button', { class: 'btn' }, 'Закрыть'))
  const dialog = element(
    'dialog',
    { class: 'dialog', 'aria-labelledby': 'grid-keys' },
    element('h2', { id: 'grid-keys' }, 'Клавиши таблицы'),
    element('dl', { class: 'keys-list' }, ...lines),
    close,
  )
  document.body.append(dialog)
  return dialog
}
