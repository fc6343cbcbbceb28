import { element, icon } from './elements.ts'

/** «Показать пароль» beside each password; hidden again before it is sent, so that the browser keeps it as a password. */
export function offerReveal(): void {
  for (const place of document.querySelectorAll('[data-reveal]')) {
    const input = place.querySelector('input')
    if (!input) continue
    const button = buttonOf('Показать пароль', 'eye', 'btn')
    const show = (shown: boolean) => {
      input.type = shown ? 'text' : 'password'
      button.setAttribute('aria-pressed', String(shown))
    }
    show(false)
    button.onclick = () => show(input.type === 'password')
    input.form?.addEventListener('submit', () => show(false))
    place.append(button)
  }
}

/** «Скопировать» beside a code; where the browser forbids it, the code is selected for the hand to copy. */
export function offerCopying(): void {
  for (const place of document.querySelectorAll<HTMLElement>('[data-copy]')) {
    const button = buttonOf('Скопировать', 'copy', 'btn btn-s btn-quiet', 'with words')
    const words = button.lastElementChild
    button.onclick = async () => {
      try {
        await navigator.clipboard.writeText(place.dataset.copy ?? '')
        if (words) words.textContent = 'Скопировано'
      } catch {
        const code = place.querySelector('code')
        if (code) getSelection()?.selectAllChildren(code)
        if (words) words.textContent = 'Нажмите Ctrl+C'
      }
    }
    place.append(button)
  }
}

function buttonOf(text: string, shape: string, look: string, worded?: 'with words'): HTMLButtonElement {
  const words = element('span', worded ? { role: 'status' } : { class: 'vh' }, text)
  return element('button', { type: 'button', class: look, title: text }, icon(shape), words)
}
