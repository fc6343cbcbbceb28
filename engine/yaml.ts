/**
 * Forms as YAML files, to be read by people and kept in git: see `form-file/schema.ts` for what they hold. Apart from
 * `engine/index.ts`, so that a browser that only fills in forms does not carry a parser.
 */
import {
  Document,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type ParsedNode,
  parseDocument,
  visit,
} from 'yaml'
import type { z } from 'zod'
import { keepComments } from './form-file/comments.ts'
import { fileOfTemplate, templateOfFile } from './form-file/layout.ts'
import { placesOf } from './form-file/places.ts'
import { FormFile } from './form-file/schema.ts'
import type { SourcePlaces } from './source-places.ts'
import type { Template } from './template.ts'

/** What is wrong with a file, line and column from 1. */
export type FileFault = { line: number; column: number; text: string }
export type FormFileReading =
  | { ok: true; template: Template; places: SourcePlaces }
  | { ok: false; faults: FileFault[] }

const largestFile = 20 * 1024 * 1024
const deepest = 24
const mostFaults = 200

// Every scalar is text: «01» stays a code, «нет» and «1.0» stay words.
const grammar = { schema: 'failsafe', version: '1.2', uniqueKeys: true, strict: true } as const

/** Reads a form's YAML file; every fault with its place. */
export function readForm(text: string): FormFileReading {
  const refused = (text: string, line = 1, column = 1): FormFileReading => ({
    ok: false,
    faults: [{ line, column, text }],
  })
  if (text.length > largestFile) return refused('Файл больше 20 МБ.')
  const deep = tooDeep(text)
  if (deep) return refused(`В файле больше ${deepest} вложенных уровней.`, deep)
  const lines = new LineCounter()
  const document = parseDocument(text, { ...grammar, lineCounter: lines, prettyErrors: false })
  const place = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  if (document.errors.length > 0) {
    const faults = document.errors
      .slice(0, mostFaults)
      .map((error) => ({ ...place(error.pos[0]), text: inRussian(error.code) }))
    return { ok: false, faults }
  }
  if (hasAliases(document))
    return refused('Якоря и ссылки YAML (&, *) здесь не поддерживаются: повторите запись целиком.')
  if (!document.contents) return refused('Файл пуст.')
  const parsed = FormFile.safeParse(document.toJS({ maxAliasCount: 0 }))
  if (!parsed.success) {
    const faults = parsed.error.issues.slice(0, mostFaults).flatMap((issue) => faultsOf(issue, document, place))
    return { ok: false, faults }
  }
  const template = templateOfFile(parsed.data)
  const places = placesOf(document, template, place)
  return { ok: true, template, places }
}

/** Writes a template as a file. @param before the file as it was: its comments stay beside what they are about */
export function writeForm(template: Template, before?: string): string {
  const document = new Document(fileOfTemplate(template), { ...grammar, aliasDuplicateObjects: false })
  compact(document)
  if (before !== undefined) keepComments(parseDocument(before, grammar), document)
  return document.toString({ lineWidth: 120, minContentWidth: 60, flowCollectionPadding: false })
}

/** Maps that stand on the line of their word when they are short. */
const shortParts: ReadonlySet<string> = new Set(['cells', 'settings', 'source', 'attributes'])

/** Terms, title items, short columns and the like stand each on one line. */
function compact(document: Document): void {
  visit(document, {
    Map: (_, node, path) => {
      const flat = node.items.every(({ value }) => isScalar(value) && String(value.value).length <= 90)
      const length = node.items.reduce((sum, { key, value }) => sum + String(key).length + String(value).length, 0)
      const isControl = node.has('rule')
      const around = path.at(-1)
      const isShortPart = isPair(around) && shortParts.has(String(around.key))
      const inList = isShortPart || (path.length > 2 && isSeq(around))
      if (flat && inList && !isControl && length <= 100 && node.items.length > 0) node.flow = true
    },
    Seq: (_, node) => {
      if (node.items.length > 0 && node.items.every((item) => isScalar(item) && !String(item.value).includes('\n')))
        node.flow = true
    },
  })
}

type Issue = z.core.$ZodIssue

function faultsOf(
  issue: Issue,
  document: Document.Parsed,
  place: (offset: number) => { line: number; column: number },
): FileFault[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      ...place(startOf(document, [...issue.path, key])),
      text: `Слово «${key}» здесь непонятно.`,
    }))
  if (issue.code === 'invalid_union') {
    const [deeper] = issue.errors
      .filter((errors) => errors.some(({ path }) => path.length > 0 || errors.length === 1))
      .flat()
    const known =
      issue.errors.flat().find(({ path, code }) => path.length > 0 || code === 'unrecognized_keys') ?? deeper
    if (known && known.code !== 'invalid_type')
      return faultsOf({ ...known, path: [...issue.path, ...known.path] }, document, place)
  }
  const text = /[а-яё]/i.test(issue.message) ? issue.message : 'Здесь нужна запись другого вида'
  return [
    {
      ...place(startOf(document, issue.path)),
      text: missing(issue, document) ?? (text.endsWith('.') ? text : `${text}.`),
    },
  ]
}

function missing(issue: Issue, document: Document.Parsed): string | undefined {
  const name = issue.path.at(-1)
  const isAbsent =
    issue.code === 'invalid_type' && issue.path.length > 0 && document.getIn(issue.path, true) === undefined
  return isAbsent && typeof name === 'string' ? `Не хватает «${name}».` : undefined
}

/** Of the key, where a map has it; of the nearest part around it otherwise. */
function startOf(document: Document.Parsed, path: PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const around = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true)
    const last = path[length - 1]
    if (isMap(around)) {
      const pair = around.items.find(({ key }) => isScalar(key) && key.value === last)
      if (pair) return offsetOf(pair.key)
    }
    if (isSeq(around) && typeof last === 'number' && around.items[last]) return offsetOf(around.items[last])
  }
  return document.contents ? offsetOf(document.contents) : 0
}

const offsetOf = (node: unknown): number => (node as Node | ParsedNode | null)?.range?.[0] ?? 0 // as: nodes of a parsed document

function hasAliases(document: Document): boolean {
  let found = false
  visit(document, {
    Alias: () => {
      found = true
      return visit.BREAK
    },
  })
  return found
}

/** The line where brackets or indents go too deep: the parser itself would follow them down. */
function tooDeep(text: string): number | undefined {
  let [depth, line] = [0, 1]
  let run = 0
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]
    if (character === '\n') line += 1
    if (character === '[' || character === '{') {
      depth += 1
      run += 1
      // Rules of controls hold brackets of their own, which close soon: only a run of openings goes down.
      if (run > deepest) return line
    } else if (character === ']' || character === '}') depth = Math.max(0, depth - 1)
    else if (character === '-' || character === '?' || character === ':') {
      run += isNesting(text, at) ? 1 : 0
      if (run > deepest) return line
    } else if (character !== ' ' && character !== '\t' && character !== '\n' && character !== '\r') run = 0
  }
  return undefined
}

const isNesting = (text: string, at: number): boolean => /\s/.test(text[at + 1] ?? ' ')

function inRussian(code: string): string {
  switch (code) {
    case 'DUPLICATE_KEY':
      return 'Это слово в записи уже есть.'
    case 'BAD_INDENT':
      return 'Отступ не на месте.'
    case 'TAB_AS_INDENT':
      return 'Отступы делаются пробелами, а здесь табуляция.'
    case 'MISSING_CHAR':
      return 'Здесь не хватает знака: кавычки, скобки, запятой или двоеточия.'
    case 'MULTILINE_IMPLICIT_KEY':
    case 'KEY_OVER_1024_CHARS':
      return 'Перед двоеточием стоит слишком длинная запись.'
    case 'UNEXPECTED_TOKEN':
    case 'BAD_SCALAR_START':
      return 'Этот знак здесь лишний: возможно, значение нужно взять в кавычки.'
    case 'MULTIPLE_DOCS':
      return 'В файле несколько документов, а форма одна.'
    default:
      return 'Запись YAML здесь нарушена.'
  }
}
