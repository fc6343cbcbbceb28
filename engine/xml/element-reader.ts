import type { SourcePlace } from '../source-places.ts'
import type { Carried, TemplateNote } from '../template.ts'
import { type Element, elementXml } from './document.ts'

const mostNotes = 500

/** Takes what it knows from elements; all else it notes with its line and carries along, so that nothing is ever lost. */
export class ElementReader {
  readonly notes: TemplateNote[] = []
  /** Where the parts of the form stand; the first of a name counts. */
  readonly places = new Map<string, SourcePlace>()
  private readonly kept = new Map<Element, Carried>()

  place(key: string, { line }: Element): void {
    if (!this.places.has(key)) this.places.set(key, { line })
  }

  note(line: number, text: string): void {
    if (this.notes.length < mostNotes) this.notes.push({ line, text })
    else if (this.notes.length === mostNotes)
      this.notes.push({ line, text: 'Замечаний больше 500, остальные не показаны.' })
  }

  /** What is carried of an element, to be spread into its object. */
  carried(element: Element): { carried?: Carried } {
    const carried = this.kept.get(element)
    return carried ? { carried } : {}
  }

  private keep(element: Element): Carried {
    const known = this.kept.get(element) ?? {}
    this.kept.set(element, known)
    return known
  }

  /** A value that could not be read as it stands: noted, and given back on writing. */
  mend(element: Element, attribute: string, written: string, read: string, text: string): void {
    this.note(element.line, text)
    const kept = this.keep(element)
    kept.mended = { ...kept.mended, [attribute]: { written, read } }
  }

  /** An element that is understood as no part of the form: carried, and noted where a note is given. */
  carryWhole(parent: Element, child: Element): void {
    const kept = this.keep(parent)
    kept.inside = [...(kept.inside ?? []), elementXml(child)]
  }

  /** What is carried of a container that has no object of its own goes with the object around it. */
  part(element: Element, container: Element, name = container.name): void {
    const inner = this.kept.get(container)
    if (!inner) return
    const kept = this.keep(element)
    const same = kept.parts?.[name]
    kept.parts = { ...kept.parts, [name]: same ? together(same, inner) : inner }
  }

  /** Values of the known attributes in lower case; others are noted. */
  attributes<Name extends string>(element: Element, ...names: Name[]): Record<Name, string | undefined> {
    const known = new Map(names.map((name) => [name.toLowerCase(), name]))
    const values: Partial<Record<Name, string>> = {}
    for (const [key, { value, written }] of element.attributes) {
      const name = known.get(key)
      if (name) {
        values[name] = value
        continue
      }
      const kept = this.keep(element)
      kept.attributes = { ...kept.attributes, [written]: value }
      if (!/^(xmlns|xsi|xml)(:|$)/.test(key))
        this.note(
          element.line,
          `Атрибут «${written}» элемента «${element.name}» непонятен и не учтён: «${value.slice(0, 80)}».`,
        )
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
    return this.known(element, names)
  }

  /** As `children`, of an element whose text has been understood. */
  childrenBesideText(element: Element, ...names: string[]): Element[] {
    const nodes = element.nodes.filter((node) => typeof node !== 'string' || isAside(node))
    return this.known(element, names, nodes)
  }

  private known(element: Element, names: string[], nodes = element.nodes): Element[] {
    const found: Element[] = []
    let before: string[] = []
    for (const node of nodes) {
      if (typeof node === 'string') {
        if (node.trim()) before.push(node.trim())
      } else if (names.includes(node.name)) {
        if (before.length > 0) this.keep(node).before = before
        before = []
        found.push(node)
      } else {
        this.note(node.line, `Элемент «${node.name}» внутри «${element.name}» непонятен и не учтён.`)
        before.push(elementXml(node))
      }
    }
    if (before.length > 0) {
      const kept = this.keep(element)
      kept.inside = [...(kept.inside ?? []), ...before]
    }
    return found
  }

  /** An element that holds attributes alone. */
  leaf(element: Element): void {
    this.children(element)
  }
}

const isAside = (xml: string): boolean => xml.startsWith('<!--') || xml.startsWith('<?')

const together = (one: Carried, other: Carried): Carried => ({
  ...one,
  ...other,
  attributes: { ...other.attributes, ...one.attributes },
  before: [...(one.before ?? []), ...(other.before ?? [])],
  inside: [...(one.inside ?? []), ...(other.inside ?? [])],
})
