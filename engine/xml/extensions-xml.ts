import { Extensions } from '../form-file/schema.ts'
import { placeKey } from '../source-places.ts'
import type { Template } from '../template.ts'
import { attributesText, type Element, XmlRefused } from './document.ts'
import type { ElementReader } from './element-reader.ts'

/** Lists of the extensions, by the name of an entry's element; an entry is flat, a pull's source and total stand in it too. */
const lists = { pull: 'pulls', total: 'totals', level: 'levels', attachment: 'attachments' } as const
type EntryName = keyof typeof lists
type Entry = Record<string, unknown>

const isEntryName = (name: string): name is EntryName => Object.hasOwn(lists, name)

/**
 * Reads the element `extensions`: `<pull cell="3/301/4" source.kind="form" source.form="85-k" …/>`, `<total …/>`,
 * `<level …/>`, `<attachment …/>`, `<renamed from="7/701" to="7/702"/>`, `<valid from="2026-01-01" to="…"/>`,
 * `<signature kind="qualified"/>`, `<change-reasons kind="required"/>`. What they hold is checked with the template.
 */
export function readExtensions(reader: ElementReader, part: Element, template: Template): void {
  reader.attributes(part)
  for (const child of reader.children(part, ...Object.keys(lists), 'renamed', 'valid', 'signature', 'change-reasons')) {
    const given = Object.fromEntries([...child.attributes.values()].map(({ written, value }) => [written, value]))
    reader.leaf(child)
    if (isEntryName(child.name)) {
      reader.place(placeKey.extension(lists[child.name], template[lists[child.name]]?.length ?? 0), child)
      const entries: Entry[] = (template[lists[child.name]] as Entry[] | undefined) ?? [] // as: the template's own check tells what is amiss
      Object.assign(template, { [lists[child.name]]: [...entries, unflattened(given)] })
    } else if (child.name === 'renamed') {
      template.renamed = { ...template.renamed, ...(given.from && { [given.from]: given.to ?? '' }) }
    } else if (child.name === 'valid') {
      if (given.from) template.validFrom = given.from
      if (given.to) template.validTo = given.to
    } else if (child.name === 'change-reasons') readChangeReasons(reader, child, template, given.kind)
    else if (given.kind === 'qualified') template.signature = 'qualified'
    else reader.note(child.line, `Вид подписи «${given.kind ?? ''}» непонятен и не учтён: бывает qualified.`)
  }
  refuseUnknown(reader, part, template)
}

function readChangeReasons(reader: ElementReader, { line }: Element, template: Template, kind = ''): void {
  if (kind === 'required') template.changeReasons = 'required'
  else reader.note(line, `Причины изменений «${kind}» непонятны и не учтены: бывает required.`)
}

/** Half a pull or a total would be worse than none: such a file is refused with the place. */
function refuseUnknown(reader: ElementReader, part: Element, template: Template): void {
  const { pulls, totals, levels, attachments, signature, renamed, validFrom, validTo } = template
  const parsed = Extensions.safeParse({ pulls, totals, levels, attachments, signature, renamed, validFrom, validTo })
  const [issue] = parsed.error?.issues ?? []
  if (!issue) return
  const [list, number] = issue.path
  const place = reader.places.get(placeKey.extension(String(list), Number(number)))
  const words = /[а-яё]/i.test(issue.message) ? issue.message : 'запись непонятна'
  throw new XmlRefused(`Расширение «${issue.path.join('.')}»: ${words}.`, place?.line ?? part.line)
}

export function extensionLines(template: Template): string[] {
  const line = (name: string, attributes: Record<string, string | undefined>): string =>
    `    <${name}${attributesText(attributes)}/>`
  const entries = Object.entries(lists).flatMap(([name, list]) =>
    (template[list] ?? []).map((entry) => line(name, flattened({ ...entry }))),
  )
  const { validFrom, validTo, renamed = {}, signature } = template
  return [
    ...(validFrom || validTo ? [line('valid', { from: validFrom, to: validTo })] : []),
    ...entries,
    ...Object.entries(renamed).map(([from, to]) => line('renamed', { from, to })),
    ...(template.changeReasons ? [line('change-reasons', { kind: template.changeReasons })] : []),
    ...(signature ? [line('signature', { kind: signature })] : []),
  ]
}

/** `{ source: { kind } }` as `source.kind`. */
function flattened(entry: Entry, prefix = ''): Record<string, string> {
  return Object.fromEntries(
    Object.entries(entry).flatMap(([name, value]) => {
      if (value === undefined || value === null) return []
      if (typeof value === 'object') return Object.entries(flattened({ ...value }, `${prefix}${name}.`))
      return [[`${prefix}${name}`, String(value)]]
    }),
  )
}

function unflattened(given: Record<string, string>): Entry {
  const entry: Entry = {}
  for (const [name, text] of Object.entries(given)) {
    const value = text === 'true' ? true : text === 'false' ? false : text
    const [outer = '', inner] = name.split('.')
    if (inner === undefined) put(entry, outer, value)
    else {
      const known = Object.hasOwn(entry, outer) ? entry[outer] : undefined
      const nested: Entry = typeof known === 'object' && known !== null ? { ...known } : {}
      put(nested, inner, value)
      put(entry, outer, nested)
    }
  }
  return entry
}

/** Also where the name is one of an object's own, such as `__proto__`. */
function put(entry: Entry, name: string, value: unknown): void {
  Object.defineProperty(entry, name, { value, enumerable: true, writable: true, configurable: true })
}
