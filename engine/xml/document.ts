import { SaxesParser } from 'saxes'

/** One element of a file: names in lower case, so that any spelling is read; `line` from 1. */
export type Element = {
  name: string
  /** As the file spells it. */
  written: string
  attributes: Map<string, Attribute>
  children: Element[]
  /** Everything inside in its order: elements, and text, comments and instructions as XML. */
  nodes: (Element | string)[]
  text: string
  line: number
}

export type Attribute = { value: string; written: string }

/** Why a file cannot be read; `line` is 0 when it is about the whole file. */
export type XmlProblem = { line: number; text: string }

export class XmlRefused extends Error {
  readonly line: number
  constructor(text: string, line = 0) {
    super(text)
    this.line = line
  }
}

const largestFile = 20 * 1024 * 1024
const deepest = 32
const mostElements = 300_000
const mostAttributes = 64
const longestValue = 200_000

/**
 * Reads a file into a tree. Declarations of documents and entities are refused whole, so nothing is ever expanded or
 * fetched; depth, size and counts are bounded.
 * @throws XmlRefused with a line and a Russian explanation
 */
export function readDocument(source: string | Uint8Array): Element {
  const text = decode(source)
  const parser = new SaxesParser<{ xmlns: false; position: true }>({ xmlns: false, position: true })
  const open: Element[] = []
  const outside: string[] = []
  let root: Element | undefined
  let count = 0
  const refuse = (problem: string): never => {
    throw new XmlRefused(problem, parser.line)
  }
  parser.on('error', (error) => {
    throw new XmlRefused(`Файл повреждён: ${inRussian(error.message)}.`, parser.line)
  })
  parser.on('doctype', () => refuse('В файле есть объявление DOCTYPE. Такие файлы не принимаются: уберите его.'))
  parser.on('opentag', (tag) => {
    count += 1
    if (count > mostElements) refuse('В файле слишком много элементов.')
    if (open.length >= deepest) refuse(`В файле больше ${deepest} вложенных уровней.`)
    const element = elementOf(tag.name, tag.attributes, parser.line, refuse)
    open.at(-1)?.children.push(element)
    open.at(-1)?.nodes.push(element)
    root ??= element
    open.push(element)
  })
  const addAside = (xml: string): void => {
    count += 1
    if (count > mostElements) refuse('В файле слишком много элементов.')
    if (xml.length > longestValue) refuse('Слишком длинный комментарий.')
    const inside = open.at(-1)
    if (inside) inside.nodes.push(xml)
    else outside.push(xml)
  }
  parser.on('comment', (words) => addAside(`<!--${words}-->`))
  parser.on('processinginstruction', ({ target, body }) => addAside(`<?${target} ${body}?>`))
  parser.on('closetag', () => void open.pop())
  const addText = (text: string): void => {
    const element = open.at(-1)
    if (!element) return
    element.text += text
    if (text) element.nodes.push(contentText(text))
    if (element.text.length > longestValue) refuse('Слишком длинный текст внутри элемента.')
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.write(text).close()
  if (!root) throw new XmlRefused('Файл пуст.')
  root.nodes.unshift(...outside)
  return root
}

function elementOf(
  name: string,
  given: Record<string, string>,
  line: number,
  refuse: (text: string) => never,
): Element {
  const names = Object.keys(given)
  if (names.length > mostAttributes) refuse(`У элемента «${name}» слишком много атрибутов.`)
  const attributes = new Map<string, Attribute>()
  for (const written of names) {
    const value = given[written] ?? ''
    if (value.length > longestValue) refuse(`Слишком длинное значение атрибута «${written}».`)
    const key = written.toLowerCase()
    if (attributes.has(key)) refuse(`Атрибут «${written}» у элемента «${name}» указан дважды.`)
    attributes.set(key, { value, written })
  }
  return { name: localName(name), written: name, attributes, children: [], nodes: [], text: '', line }
}

/** An element as XML, its names as written. */
export function elementXml({ written, attributes, nodes }: Element): string {
  const given = [...attributes.values()]
    .map((attribute) => ` ${attribute.written}="${escaped(attribute.value)}"`)
    .join('')
  const inside = nodes.map((node) => (typeof node === 'string' ? node : elementXml(node))).join('')
  return inside ? `<${written}${given}>${inside}</${written}>` : `<${written}${given}/>`
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1).toLowerCase()

const known: [RegExp, string][] = [
  [/undefined entity/i, 'встречена неизвестная сущность (&…;)'],
  [/unclosed tag/i, 'элемент не закрыт'],
  [/unexpected close tag|unmatched closing tag/i, 'закрыт не тот элемент, который открыт'],
  [/duplicate attribute/i, 'атрибут указан дважды'],
  [/disallowed character|invalid character/i, 'встречен недопустимый знак'],
  [/document must contain a root element/i, 'в нём нет данных'],
  [/text data outside of root/i, 'есть текст вне корневого элемента'],
  [/unescaped.*attribute|attribute without value|unquoted/i, 'атрибут записан неверно'],
]

function inRussian(message: string): string {
  return (
    known.find(([pattern]) => pattern.test(message))?.[1] ??
    `это не XML (${message.replace(/^\d+:\d+:\s*/, '').replace(/\.$/, '')})`
  )
}

/** UTF-8, with or without a mark, UTF-16 with one, or windows-1251 where the file says so. */
function decode(source: string | Uint8Array): string {
  const size = typeof source === 'string' ? source.length : source.byteLength
  if (size > largestFile) throw new XmlRefused('Файл больше 20 МБ.')
  if (typeof source === 'string') return source.replace(/^\ufeff/, '')
  const start = new TextDecoder('latin1').decode(source.subarray(0, 256))
  const encoding = encodingOf(start)
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(source).replace(/^\ufeff/, '')
  } catch {
    throw new XmlRefused(`Файл не читается в кодировке ${encoding}: сохраните его в UTF-8 или windows-1251.`)
  }
}

function encodingOf(start: string): string {
  if (start.startsWith('\u00ef\u00bb\u00bf')) return 'utf-8'
  if (start.startsWith('\u00ff\u00fe')) return 'utf-16le'
  if (start.startsWith('\u00fe\u00ff')) return 'utf-16be'
  const declared = (/^\s*<\?xml[^>]*encoding\s*=\s*["']([\w.-]+)["']/i.exec(start)?.[1] ?? 'utf-8').toLowerCase()
  if (declared === 'utf-8' || declared === 'utf8' || declared === 'us-ascii') return 'utf-8'
  if (declared === 'windows-1251' || declared === 'cp1251') return 'windows-1251'
  throw new XmlRefused(`Кодировка «${declared}» не поддерживается: сохраните файл в UTF-8 или windows-1251.`, 1)
}

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
}

/** Text made safe for an attribute or an element; characters that XML cannot hold are left out. */
export const escaped = (text: string): string =>
  text.replace(/[&<>"\p{Cc}\ufffe\uffff]/gu, (character) => escapes[character] ?? '')

/** Text inside an element, its lines kept. */
export const contentText = (text: string): string => text.replace(/[&<>\r]/g, (character) => escapes[character] ?? '')

/** Attributes that have a value, in order. */
export function attributesText(attributes: Record<string, string | number | undefined>): string {
  return Object.entries(attributes)
    .map(([name, value]) => (value === undefined || value === '' ? '' : ` ${name}="${escaped(String(value))}"`))
    .join('')
}
