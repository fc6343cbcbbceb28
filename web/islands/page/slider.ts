import { element } from './elements.ts'

/** A list of periods as a slider: the part of the page that tells of them is renewed as it is moved. */
export function offerSlider(): void {
  for (const place of document.querySelectorAll<HTMLElement>('[data-slider]')) {
    const select = place.querySelector('select')
    if (!select?.form || select.options.length < 2) continue
    const marks = element('datalist', { id: `${select.id}-marks` })
    for (const index of select.options.length > 40 ? [] : [...select.options].keys())
      marks.append(element('option', { value: String(index) }))
    const range = element('input', {
      type: 'range',
      id: `${select.id}-range`,
      min: '0',
      max: String(select.options.length - 1),
      value: String(select.selectedIndex),
      list: marks.id,
    })
    const told = element('output', { for: range.id, class: 'slider-told' })
    const tell = () => {
      select.selectedIndex = range.valueAsNumber
      told.value = select.selectedOptions[0]?.text ?? ''
      range.setAttribute('aria-valuetext', told.value)
    }
    range.addEventListener('input', tell)
    range.addEventListener('change', () => void renew(select.form))
    place.querySelector('label')?.setAttribute('for', range.id)
    select.hidden = true
    place.append(range, marks, told)
    tell()
  }
}

/** The whole form is sent when the part cannot be had apart. */
async function renew(form: HTMLFormElement | null): Promise<void> {
  if (!form) return
  const address = new URL(form.action)
  const chosen = [...new FormData(form)].map(([name, value]) => [name, String(value)])
  address.search = new URLSearchParams(chosen).toString()
  try {
    const reply = await fetch(address)
    const page = new DOMParser().parseFromString(await reply.text(), 'text/html')
    const parts = [...document.querySelectorAll<HTMLElement>('[data-part]')]
    const renewed = parts.map((part) => page.querySelector<HTMLElement>(`[data-part="${part.dataset.part}"]`))
    if (!reply.ok || renewed.some((part) => !part)) return form.submit()
    for (const [index, part] of parts.entries()) part.replaceChildren(...(renewed[index]?.childNodes ?? []))
    history.replaceState(null, '', address)
  } catch {
    form.submit()
  }
}
