import { plural } from '../../kit/plural.ts'
import type { PluralForms } from '../../kit/types.ts'
import { element } from './elements.ts'

/** The bar of bulk actions stands only when something is chosen and says how many; one box chooses the whole page. */
export function countPicked(): void {
  for (const bar of document.querySelectorAll<HTMLElement>('[data-bulk]')) {
    const form = bar.closest('form')
    if (form) countPickedOf(form, bar)
  }
}

function countPickedOf(form: HTMLFormElement, bar: HTMLElement): void {
  const boxes = [...form.querySelectorAll<HTMLInputElement>('input[name="pick"]')]
  const place = form.querySelector<HTMLElement>('[data-pick-all]')
  const all = place?.querySelector('input')
  const words = bar.querySelector('p')
  const [one = '', few = '', many = ''] = bar.dataset.bulk?.split('|') ?? []
  const nouns: PluralForms = [one, few, many]
  if (place) place.hidden = false

  const tell = () => {
    const chosen = boxes.filter((box) => box.checked).length
    for (const box of boxes) box.closest('tr')?.classList.toggle('is-picked', box.checked)
    bar.hidden = chosen === 0
    words?.replaceChildren(element('b', {}, `Выбрано ${chosen} ${plural(chosen, nouns)}`), ` из ${bar.dataset.total}`)
    if (!all) return
    all.checked = chosen > 0 && chosen === boxes.length
    all.indeterminate = chosen > 0 && chosen < boxes.length
  }
  form.addEventListener('change', (event) => {
    if (event.target === all) for (const box of boxes) box.checked = all?.checked === true
    tell()
  })
  addEventListener('pageshow', tell)
  tell()
}
