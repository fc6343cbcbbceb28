/** A form's file as a template, and a template as a file: each loses nothing of the other. */
import { normalCode } from '../address.ts'
import { parseControl } from '../controls.ts'
import type {
  Carried,
  CellRule,
  Column,
  Control,
  Dictionary,
  InputType,
  Row,
  Section,
  Template,
  ValidationType,
} from '../template.ts'
import {
  checks,
  type FileCell,
  type FileControl,
  type FormFile,
  type FormFileWritten,
  inputs,
  type LongCell,
} from './schema.ts'

const kinds = { year: '1', 'half-year': '2', quarter: '4', month: '12' } as const
const isKind = (word: string): word is keyof typeof kinds => Object.hasOwn(kinds, word)

type ReadSection = FormFile['sections'][number]
type ReadCell = NonNullable<ReadSection['columns'][number]['cell']>

export function templateOfFile(file: FormFile): Template {
  const { pulls, totals, levels, attachments, signature, changeReasons, renamed, validFrom, validTo } = file
  const own = file.sections.flatMap(({ controls = [] }) => controls)
  return {
    code: file.code,
    okud: file.okud ?? '',
    cipher: file.cipher ?? '',
    name: file.name,
    periodicity: isKind(file.periodicity) ? kinds[file.periodicity] : normalCode(file.periodicity),
    formId: file.id ?? '',
    keyField: file.key,
    formatVersion: file.format ?? '',
    version: file.version ?? '',
    settings: present(file.settings ?? {}),
    title: file.title.map(({ xml, ...item }) => ({ ...present(item), ...carried(xml) })),
    sections: file.sections.map(sectionOf),
    dictionaries: file.dictionaries.map(dictionaryOf),
    controls: [...own, ...(file.controls ?? [])].map(controlOf),
    ...present({ pulls, totals: totals?.map(present), levels, signature, changeReasons, renamed, validFrom, validTo }),
    ...(attachments && { attachments: attachments.map(present) }),
    notes: [],
    ...carried(file.xml),
  }
}

/** Without what is undefined: a template is plain JSON. */
function present<T extends object>(given: T): T {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as T // as: only absent keys went
}

const carried = (xml: FormFile['xml']): { carried?: FormFile['xml'] } => (xml ? { carried: xml } : {})

function sectionOf({ columns, rows, controls: _, xml, ...section }: ReadSection): Section {
  return { ...present(section), columns: columns.map(columnOf), rows: rows.map(rowOf), ...carried(xml) }
}

function columnOf({ cell, heading = [], xml, ...column }: ReadSection['columns'][number]): Column {
  return { ...present(column), heading, ...(cell && { cell: ruleOf(cell, column.code) }), ...carried(xml) }
}

function rowOf({ caption, code, name, repeats, level, unit, note, cells = [], xml }: ReadSection['rows'][number]): Row {
  const rules = Array.isArray(cells)
    ? cells.map((cell) => ruleOf(cell, cell.column ?? ''))
    : Object.entries(cells).map(([column, cell]) => ruleOf(cell, column))
  return {
    code: code ?? '',
    name: name ?? caption ?? '',
    type: caption === undefined ? (repeats === 'true' ? 'M' : 'F') : 'C',
    level: level === '1' ? 1 : level === '2' ? 2 : 0,
    cells: rules,
    ...present({ unit, note }),
    ...carried(xml),
  }
}

function ruleOf(cell: ReadCell, column: string): CellRule {
  if (typeof cell === 'string') {
    const [, input = 'open', format] = /^(\S+)(?:\s+(.*))?$/.exec(cell) ?? []
    return { column, inputType: inputNumber(input), ...(format && { format }) }
  }
  const { input, format, dictionary, check, values, default: fallback, xml } = cell
  const validationType = check && validationNumber(check)
  return {
    column: cell.column ?? column,
    inputType: inputNumber(input),
    ...present({ format, dictionary, validationType, validation: values, default: fallback }),
    ...carried(xml),
  }
}

function inputNumber(word: string): InputType {
  return word === 'closed' ? 0 : word === 'required' ? 1 : 2
}

const validationNumbers = { dictionary: 1, range: 2, list: 3, both: 4, linked: 5 } as const
const validationNumber = (word: (typeof checks)[number]): ValidationType => validationNumbers[word]

function dictionaryOf({ terms, xml, ...dictionary }: FormFile['dictionaries'][number]): Dictionary {
  return {
    ...present(dictionary),
    terms: terms.map(({ id, name, named, attributes = {}, xml: own }) => {
      const words = name ?? attributes.value ?? id
      return {
        id,
        name: words,
        attributes: { ...(name !== undefined && !named && { name }), ...attributes },
        ...carried(own),
      }
    }),
    ...carried(xml),
  }
}

function controlOf({ id, name, rule, condition, level, tolerance, precision, periods, xml }: FileControl): Control {
  return {
    id,
    name,
    condition: condition ?? '',
    rule,
    level,
    ...(tolerance !== undefined && { fault: tolerance }),
    precision: Number(precision ?? 2),
    periodClause: periods ?? '',
    ...carried(xml),
  }
}

/** In the order that reading gives, so that a file written anew is the same file. */
function keptFile(carried: Template['carried']): FormFileWritten['xml'] {
  if (!carried) return undefined
  const { attributes, mended, before, inside, parts } = carried
  const inner = parts && Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, withoutParts(part)]))
  return present({ attributes, mended, before, inside, parts: inner })
}

const withoutParts = ({ attributes, mended, before, inside }: Carried) =>
  present({ attributes, mended, before, inside })

/** What is empty or as usual is left out. */
export function fileOfTemplate(template: Template): FormFileWritten {
  const { pulls, totals, levels, attachments, signature, changeReasons, renamed, validFrom, validTo } = template
  const { inSections, others } = groupControls(template)
  const kind = Object.entries(kinds).find(([, number]) => number === template.periodicity)?.[0]
  return present({
    code: template.code,
    okud: filled(template.okud),
    cipher: filled(template.cipher),
    name: template.name,
    periodicity: kind ?? template.periodicity,
    id: filled(template.formId),
    key: template.keyField,
    format: filled(template.formatVersion),
    version: filled(template.version),
    validFrom,
    validTo,
    settings: Object.keys(template.settings).length > 0 ? template.settings : undefined,
    levels,
    attachments: attachments?.map((demand) => ({
      ...demand,
      required: demand.required ? ('true' as const) : ('false' as const),
    })),
    signature,
    changeReasons,
    title: template.title.map(({ field, name, dictionary, carried: kept }) =>
      present({ field, name, dictionary, xml: keptFile(kept) }),
    ),
    sections: template.sections.map((section, number) => sectionFile(section, inSections[number] ?? [])),
    dictionaries: list(template.dictionaries.map(dictionaryFile)),
    controls: list(others.map(controlFile)),
    pulls: pulls?.map(({ cell, source }) => ({ cell, source: { ...source } })),
    totals,
    renamed,
    xml: keptFile(template.carried),
  })
}

const filled = (text: string): string | undefined => text || undefined
const list = <T>(items: T[]): T[] | undefined => (items.length > 0 ? items : undefined)

/** Controls stand in the section they begin with for as long as that keeps their order; the rest come at the end. */
function groupControls({ sections, controls }: Template): { inSections: Control[][]; others: Control[] } {
  const numbers = new Map(sections.map(({ code }, number) => [normalCode(code), number]))
  const inSections: Control[][] = sections.map(() => [])
  let reached = 0
  for (const [at, control] of controls.entries()) {
    const named = parseControl(control).references[0]?.sections
    const code = named === undefined || named === '*' ? undefined : named[0]?.from
    const number = code === undefined ? undefined : numbers.get(code)
    if (number === undefined || number < reached) return { inSections, others: controls.slice(at) }
    reached = number
    inSections[number]?.push(control)
  }
  return { inSections, others: [] }
}

function sectionFile({ columns, rows, carried: kept, ...section }: Section, controls: Control[]) {
  return present({
    ...section,
    columns: columns.map(columnFile),
    rows: rows.map(rowFile),
    controls: list(controls.map(controlFile)),
    xml: keptFile(kept),
  })
}

function columnFile({ code, name, type, heading, specific, unit, note, cell, carried: kept }: Column) {
  const own = cell && cellFile(cell, cell.column !== code)
  return present({
    code,
    name,
    type: type === 'Z' ? undefined : type,
    heading: list(heading),
    specific,
    unit,
    note,
    cell: own,
    xml: keptFile(kept),
  })
}

function rowFile({ code, name, type, level, unit, note, cells, carried: kept }: Row) {
  const indent = level === 0 ? undefined : level === 1 ? ('1' as const) : ('2' as const)
  const head = type === 'C' ? { caption: name, code: filled(code) } : { code, name }
  const repeats = type === 'M' ? ('true' as const) : undefined
  return present({
    ...head,
    repeats,
    level: indent,
    unit,
    note,
    cells: cells.length > 0 ? cellsFile(cells) : undefined,
    xml: keptFile(kept),
  })
}

/** By column, unless that would change their order or drop one that is there twice. */
function cellsFile(cells: CellRule[]): Record<string, FileCell> | LongCell[] {
  const byColumn = Object.fromEntries(cells.map((cell) => [cell.column, cellFile(cell, false)]))
  const order = Object.keys(byColumn)
  const same = order.length === cells.length && cells.every(({ column }, at) => order[at] === column)
  return same ? byColumn : cells.map((cell) => longCell(cell, true))
}

function cellFile(cell: CellRule, withColumn: boolean): FileCell {
  const { inputType, format, dictionary, validationType, validation, default: fallback, carried: kept } = cell
  const isShort =
    !withColumn && !kept && [dictionary, validationType, validation, fallback].every((part) => part === undefined)
  const isPlain = format === undefined || (format.trim() === format && !format.includes('\n'))
  return isShort && isPlain ? `${inputs[inputType]}${format ? ` ${format}` : ''}` : longCell(cell, withColumn)
}

function longCell(cell: CellRule, withColumn: boolean): LongCell {
  const { column, inputType, format, dictionary, validationType, validation, default: fallback, carried: kept } = cell
  return present({
    column: withColumn ? column : undefined,
    input: inputs[inputType],
    format,
    dictionary,
    check: validationType && checks[validationType - 1],
    values: validation,
    default: fallback,
    xml: keptFile(kept),
  })
}

function dictionaryFile({ terms, carried: kept, ...dictionary }: Dictionary) {
  return present({
    ...dictionary,
    terms: terms.map(({ id, name, attributes, carried: own }) => {
      const { name: attribute, ...others } = attributes
      const isAttribute = attribute === name
      const isDerived = attribute === undefined && name === (attributes.value ?? id)
      return present({
        id,
        name: isDerived ? undefined : name,
        named: isAttribute || isDerived ? undefined : ('text' as const),
        attributes: Object.keys(others).length > 0 ? others : undefined,
        xml: keptFile(own),
      })
    }),
    xml: keptFile(kept),
  })
}

function controlFile({ id, name, condition, rule, level, fault, precision, periodClause, carried: kept }: Control) {
  return present({
    id,
    name,
    condition: filled(condition),
    rule,
    level: level === 'error' ? undefined : level,
    tolerance: fault,
    precision: precision === 2 ? undefined : String(precision),
    periods: filled(periodClause),
    xml: keptFile(kept),
  })
}
