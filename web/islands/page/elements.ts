/** An element with its attributes and contents. Texts go in as text: nothing here can become markup. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, string> = {},
  ...contents: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name)
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value)
  made.append(...contents)
  return made
}

const svg = 'http://www.w3.org/2000/svg'

/** An icon of the page's sprite. */
export function icon(name: string): SVGElement {
  const picture = document.createElementNS(svg, 'svg')
  picture.setAttribute('class', 'i')
  picture.setAttribute('aria-hidden', 'true')
  const use = document.createElementNS(svg, 'use')
  use.setAttribute('href', `#i-${name}`)
  picture.append(use)
  return picture
}
