import type { TemplateNote } from '../template.ts'
import type { Element } from './document.ts'

const mostNotes = 500

/** Takes what it knows from elements and notes all else, so that nothing of a file is dropped silently. */
export class ElementReader {
  readonly notes: TemplateNote[] = []

  note(line: number, text: string): void {
    if (this.notes.length < mostNotes) this.notes.push({ line, text })
    else if (this.notes.length === mostNotes)
      this.notes.push({ line, text: 'Замечаний больше 500, остальные не показаны.' })
  }

  /** Values of the known attributes in lower case; others are noted. */
  attributes<Name extends string>(element: Element, ...names: Name[]): Record<Name, string | undefined> {
    const known = new Map(names.map((name) => [name.toLowerCase(), name]))
    const values: Partial<Record<Name, string>> = {}
    for (const [key, { value, written }] of element.attributes) {
      const name = known.get(key)
      if (name) values[name] = value
      else if (!/^(xmlns|xsi|xml)(:|$)/.test(key)) {
        this.note(
          element.line,
          `Атрибут «${written}» элемента «${element.name}» непонятен и не учтён: «${value.slice(0, 80)}».`,
        )
      }
    }
    return Object.fromEntries(names.map((name) => [name, values[name]])) as Record<Name, string | undefined> // exactly `names`
  }

  /** Children of the known names, in order; others are noted, and so is loose text. */
  children(element: Element, ...names: string[]): Element[] {
    if (element.text.trim())
      this.note(
        element.line,
        `Текст внутри элемента «${element.name}» не учтён: «${element.text.trim().slice(0, 80)}».`,
      )
    return element.children.filter((child) => {
      if (names.includes(child.name)) return true
      this.note(child.line, `Элемент «${child.name}» внутри «${element.name}» непонятен и не учтён.`)
      return false
    })
  }

  /** An element that holds attributes alone. */
  leaf(element: Element): void {
    this.children(element)
  }
}
