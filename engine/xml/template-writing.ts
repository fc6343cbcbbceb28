import type { Carried, CellRule, Column, Control, Dictionary, Row, Section, Template, Term } from '../template.ts'
import { attributesText, escaped } from './document.ts'
import { extensionLines } from './extensions-xml.ts'

type Attributes = Record<string, string | number | undefined>

/**
 * A template as a file of format 1.3, with all that reading carried along. The project's own attributes (heading, level,
 * unit, note) and the element `extensions` are passed over by other readers.
 */
export function templateXml(template: Template): string {
  const { carried, settings, title, sections, dictionaries, controls } = template
  const { code, okud, cipher, name, periodicity, formId, keyField, formatVersion, version } = template
  const head = {
    code,
    OKUD: okud,
    shifr: cipher,
    name,
    idp: periodicity,
    idf: formId,
    obj: keyField,
    'format-version': formatVersion,
    version,
  }
  const part = (name: string): Carried | undefined => carried?.parts?.[name]
  const hasSettings = Object.keys(settings).length > 0 || part('settings') !== undefined
  const extensions = extensionLines(template)
  const lines = [
    ...(hasSettings ? element('settings', { ...settings }, part('settings'), [], 1) : []),
    ...container(
      'title',
      part('title'),
      title.flatMap(({ field, name: words, dictionary, carried: own }) =>
        element('item', { field, name: words, dic: dictionary }, own, [], 2),
      ),
      1,
    ),
    ...container('sections', part('sections'), sections.flatMap(sectionLines), 1),
    ...container('dics', part('dics'), dictionaries.flatMap(dictionaryLines), 1),
    ...container(
      'controls',
      part('controls'),
      controls.flatMap((control) => element('control', controlAttributes(control), control.carried, [], 2)),
      1,
    ),
    ...(extensions.length > 0 || part('extensions') ? container('extensions', part('extensions'), extensions, 1) : []),
  ]
  return ['<?xml version="1.0" encoding="utf-8"?>', ...element('metaForm', head, carried, lines, 0), ''].join('\n')
}

const indent = (depth: number): string => '  '.repeat(depth)

/** An element's lines: what was carried before it, its attributes, what is inside. */
function element(
  name: string,
  attributes: Attributes,
  carried: Carried | undefined,
  inside: string[],
  depth: number,
): string[] {
  const own = (carried?.inside ?? []).map((xml) => `${indent(depth + 1)}${xml}`)
  const open = `${indent(depth)}<${name}${attributesText(attributesOf(attributes, carried))}${carriedAttributes(carried)}`
  const before = (carried?.before ?? []).map((xml) => `${indent(depth)}${xml}`)
  if (inside.length + own.length === 0) return [...before, `${open}/>`]
  return [...before, `${open}>`, ...inside, ...own, `${indent(depth)}</${name}>`]
}

/** As `element`, with its closing tag on a line of its own even when empty: so these files have always looked. */
function container(name: string, carried: Carried | undefined, inside: string[], depth: number): string[] {
  const lines = element(name, {}, carried, inside, depth)
  if (inside.length > 0) return lines
  return lines.at(-1)?.endsWith('/>')
    ? [...lines.slice(0, -1), `${indent(depth)}<${name}${carriedAttributes(carried)}>`, `${indent(depth)}</${name}>`]
    : lines
}

/** A mended value is given back as it was written while it still means what it was read as. */
function attributesOf(attributes: Attributes, carried: Carried | undefined): Attributes {
  const mended = Object.entries(carried?.mended ?? {}).filter(
    ([name, { read }]) => String(attributes[name] ?? '') === read,
  )
  return { ...attributes, ...Object.fromEntries(mended.map(([name, { written }]) => [name, written])) }
}

const carriedAttributes = (carried: Carried | undefined): string => keptText(carried?.attributes ?? {})

const keptText = (attributes: Record<string, string>): string =>
  Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escaped(value)}"`)
    .join('')

function sectionLines({ code, name, number, unit, note, columns, rows, carried }: Section): string[] {
  const inside = [
    ...container('columns', carried?.parts?.columns, columns.flatMap(columnLines), 3),
    ...container('rows', carried?.parts?.rows, rows.flatMap(rowLines), 3),
  ]
  return element('section', { code, name, nb: number, unit, note }, carried, inside, 2)
}

function columnLines({ code, name, type, specific, heading, unit, note, cell, carried }: Column): string[] {
  const attributes = { code, name, type, fld: specific, heading: heading.join(' | '), unit, note }
  return element('column', attributes, carried, cell ? cellLines('default-cell', cell) : [], 4)
}

function rowLines({ code, name, type, level, unit, note, cells, carried }: Row): string[] {
  const attributes = { code, name, type, level: level || undefined, unit, note }
  const inside = cells.flatMap((cell) => cellLines('cell', cell))
  return element('row', attributes, carried, inside, 4)
}

function cellLines(name: 'cell' | 'default-cell', cell: CellRule): string[] {
  const { column, inputType, format, dictionary, validationType, validation } = cell
  const attributes = {
    column,
    inputType,
    format,
    dic: dictionary,
    vldType: validationType,
    vld: validation,
    default: cell.default,
  }
  return element(name, attributes, cell.carried, [], 5)
}

function dictionaryLines({ id, name, terms, carried }: Dictionary): string[] {
  return element('dic', { id, name }, carried, terms.flatMap(termLines), 2)
}

function termLines({ id, name, attributes, carried }: Term): string[] {
  const named = attributes.name ?? attributes.value
  const text = named === undefined && name !== id ? escaped(name) : ''
  const inside = `${text}${(carried?.inside ?? []).join('')}`
  const before = (carried?.before ?? []).map((xml) => `${indent(3)}${xml}`)
  const open = `${indent(3)}<term id="${escaped(id)}"${keptText(attributes)}`
  return [...before, inside ? `${open}>${inside}</term>` : `${open}/>`]
}

const controlAttributes = ({
  id,
  name,
  condition,
  rule,
  level,
  fault,
  precision,
  periodClause,
}: Control): Attributes => ({
  id,
  name,
  condition,
  rule,
  tip: level === 'error' ? 1 : 0,
  fault,
  precision,
  periodClause,
})
