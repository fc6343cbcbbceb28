// A post that answers with a file leaves the page where it is; its form must work again. The server tells a repeat by `_once`.
const RESTORED_AFTER_MS = 15_000

/** A form sends once however often its button is clicked; the button says that it is busy. */
export function sendOnce(): void {
  document.addEventListener('submit', (event) => {
    const form = event.target
    if (event.defaultPrevented || !(form instanceof HTMLFormElement) || form.method !== 'post') return
    if (form.ariaBusy === 'true') {
      event.preventDefault()
      return
    }
    markBusy(form, event.submitter, 'true')
    setTimeout(() => markBusy(form, event.submitter, null), RESTORED_AFTER_MS)
  })
  // Back from the next page: the browser shows this one as it was left, busy.
  addEventListener('pageshow', () => {
    for (const busy of document.querySelectorAll('form[aria-busy], form [aria-busy]')) busy.ariaBusy = null
  })
}

/** The link of a letter was the decision; the one button of the page that it leads to is pressed for the person. */
export function sendAtOnce(): void {
  document.querySelector<HTMLFormElement>('form#send-at-once')?.requestSubmit()
}

function markBusy(form: HTMLFormElement, button: HTMLElement | null, busy: 'true' | null): void {
  // aria-busy, not disabled: a disabled button's name and value would not be sent, and it would drop the focus
  form.ariaBusy = busy
  if (button) button.ariaBusy = busy
}
