/** Fetches a part of the page anew while work goes on, and opens the whole page when the part is there no more. */
export function renewPart(): void {
  const part = document.querySelector<HTMLElement>('[data-renew]')
  if (!part) return
  setTimeout(async () => {
    try {
      const reply = await fetch(location.href)
      const page = new DOMParser().parseFromString(await reply.text(), 'text/html')
      const renewed = page.querySelector<HTMLElement>('[data-renew]')
      if (!renewed) return location.reload()
      part.replaceWith(renewed)
    } catch {
      // The link was cut: the part stays as it is, and is asked for again.
    }
    renewPart()
  }, Number(part.dataset.renew) * 1000)
}
