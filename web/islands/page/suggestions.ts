/** Choices that come from the server while a person types; without this script the field takes any text as well. */
export function offerSuggestions(): void {
  for (const input of document.querySelectorAll<HTMLInputElement>('input[data-suggest]')) {
    const list = input.list
    const { suggest } = input.dataset
    if (list && suggest) follow(input, list, suggest)
  }
}

const pause = 200

function follow(input: HTMLInputElement, list: HTMLElement, address: string): void {
  let waiting: ReturnType<typeof setTimeout> | undefined
  let asked = ''
  const ask = async () => {
    const typed = input.value.trim()
    if (typed.length < 2 || typed === asked) return
    asked = typed
    const reply = await fetch(`${address}?${new URLSearchParams({ q: typed })}`).catch(() => undefined)
    // What was asked for meanwhile is what the person waits for.
    if (!reply?.ok || asked !== typed) return
    const found: { text: string }[] = await reply.json()
    list.replaceChildren(...found.map(({ text }) => new Option(text, text)))
  }
  input.addEventListener('input', () => {
    clearTimeout(waiting)
    waiting = setTimeout(ask, pause)
  })
}
