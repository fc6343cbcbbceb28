import { normalCode } from '../address.ts'
import { canonicalNumber } from '../decimal.ts'
import { placeKey, type SourcePlaces } from '../source-places.ts'
import type {
  CellRule,
  Column,
  ColumnType,
  Control,
  Dictionary,
  InputType,
  Row,
  RowType,
  Section,
  Template,
  Term,
  TitleItem,
  ValidationType,
} from '../template.ts'
import { type Element, readDocument, XmlRefused } from './document.ts'
import { ElementReader } from './element-reader.ts'
import { readExtensions } from './extensions-xml.ts'

/** Reads a template file; see `readTemplate`. */
export function templateOf(source: string | Uint8Array): { template: Template; places: SourcePlaces } {
  const root = readDocument(source)
  if (root.name !== 'metaform')
    throw new XmlRefused('Это не шаблон формы: корневой элемент должен быть metaForm.', root.line)
  const reader = new ElementReader()
  const head = reader.attributes(
    root,
    'code',
    'OKUD',
    'shifr',
    'name',
    'idp',
    'idf',
    'obj',
    'format-version',
    'version',
  )
  const template: Template = {
    code: head.code ?? '',
    okud: head.OKUD ?? '',
    cipher: head.shifr ?? '',
    name: head.name ?? '',
    periodicity: normalCode(head.idp ?? '1'),
    formId: head.idf ?? '',
    keyField: head.obj ?? 'okpo',
    formatVersion: head['format-version'] ?? '',
    version: head.version ?? '',
    settings: {},
    title: [],
    sections: [],
    dictionaries: [],
    controls: [],
    notes: reader.notes,
  }
  for (const part of reader.children(root, 'settings', 'title', 'sections', 'dics', 'controls', 'extensions')) {
    readPart(reader, part, template)
    reader.part(root, part)
  }
  Object.assign(template, reader.carried(root))
  if (template.sections.length === 0) throw new XmlRefused('В шаблоне нет ни одного раздела.', root.line)
  return { template, places: reader.places }
}

function readPart(reader: ElementReader, part: Element, template: Template): void {
  switch (part.name) {
    case 'settings': {
      const { sign, validation, notEmpty } = reader.attributes(part, 'sign', 'validation', 'notEmpty')
      template.settings = { ...(sign && { sign }), ...(validation && { validation }), ...(notEmpty && { notEmpty }) }
      reader.leaf(part)
      return
    }
    case 'extensions':
      readExtensions(reader, part, template)
      return
    case 'title':
      reader.attributes(part)
      template.title.push(...reader.children(part, 'item').map((item) => titleItem(reader, item)))
      return
    case 'sections':
      reader.attributes(part)
      template.sections.push(...reader.children(part, 'section').map((section) => readSection(reader, section)))
      return
    case 'dics':
      reader.attributes(part)
      template.dictionaries.push(
        ...reader.children(part, 'dic').map((dictionary) => readDictionary(reader, dictionary)),
      )
      return
    case 'controls':
      reader.attributes(part)
      template.controls.push(
        ...reader.children(part, 'control').map((control, number) => readControl(reader, control, number)),
      )
  }
}

function titleItem(reader: ElementReader, element: Element): TitleItem {
  const { field, name, dic } = reader.attributes(element, 'field', 'name', 'dic')
  reader.leaf(element)
  return { field: field ?? '', name: name ?? '', ...(dic && { dictionary: dic }), ...reader.carried(element) }
}

function readSection(reader: ElementReader, element: Element): Section {
  const { code, name, nb, unit, note } = reader.attributes(element, 'code', 'name', 'nb', 'unit', 'note')
  if (code === undefined) throw new XmlRefused('У раздела нет кода.', element.line)
  reader.place(placeKey.cell(code, '', ''), element)
  const section: Section = {
    code,
    name: name ?? '',
    ...(nb && { number: nb }),
    ...(unit && { unit }),
    ...(note && { note }),
    columns: [],
    rows: [],
  }
  for (const part of reader.children(element, 'columns', 'rows')) {
    reader.attributes(part)
    if (part.name === 'columns')
      section.columns.push(...reader.children(part, 'column').map((column) => readColumn(reader, column, code)))
    else section.rows.push(...reader.children(part, 'row').map((row) => readRow(reader, row, code)))
    reader.part(element, part)
  }
  return { ...section, ...reader.carried(element) }
}

const cellAttributes = ['inputType', 'format', 'dic', 'vldType', 'vld', 'default'] as const

function readColumn(reader: ElementReader, element: Element, section: string): Column {
  const given = reader.attributes(element, 'code', 'name', 'type', 'fld', 'heading', 'unit', 'note', ...cellAttributes)
  if (given.code === undefined) throw new XmlRefused('У графы нет кода.', element.line)
  reader.place(placeKey.cell(section, '', given.code), element)
  const [described, ...more] = reader.children(element, 'default-cell')
  const first = described && readCell(reader, described, given.code)
  if (more.length > 0) reader.note(element.line, `У графы ${given.code} несколько описаний ячейки, учтено первое.`)
  for (const cell of more) reader.carryWhole(element, cell)
  const own = cellAttributes.some((name) => given[name] !== undefined)
  const cell = own ? { ...cellRule(reader, element, given, given.code), ...first } : first
  const specific = specificOf(reader, element, given.fld)
  return {
    code: given.code,
    name: given.name ?? '',
    type: columnType(reader, element, given.type),
    heading: (given.heading ?? '')
      .split(' | ')
      .map((level) => level.trim())
      .filter(Boolean),
    ...(given.unit && { unit: given.unit }),
    ...(given.note && { note: given.note }),
    ...(specific && { specific }),
    ...(cell && { cell }),
    ...reader.carried(element),
  }
}

function columnType(reader: ElementReader, element: Element, written = 'Z'): ColumnType {
  const type = written.trim().toUpperCase()
  if (type === 'B' || type === 'V' || type === 'S' || type === 'Z') return type
  const alike: Record<string, ColumnType> = { В: 'B', З: 'Z' } // Cyrillic look-alikes of the keyboard
  const read = alike[type] ?? 'Z'
  reader.mend(element, 'type', written, read, `Тип графы «${written}» непонятен: читается как ${read}.`)
  return read
}

function specificOf(reader: ElementReader, element: Element, fld: string | undefined): Column['specific'] {
  const name = fld?.trim().toLowerCase()
  if (name === undefined || name === '') return undefined
  if (name === 's1' || name === 's2' || name === 's3') return name
  reader.mend(element, 'fld', fld ?? '', '', `Признак «fld» графы «${fld}» непонятен: бывают s1, s2, s3.`)
  return undefined
}

function readRow(reader: ElementReader, element: Element, section: string): Row {
  const given = reader.attributes(element, 'code', 'name', 'type', 'level', 'unit', 'note')
  const type = rowType(reader, element, given.type)
  if (type !== 'C' && !given.code?.trim()) throw new XmlRefused('У строки нет кода.', element.line)
  reader.place(placeKey.cell(section, given.code ?? '', ''), element)
  const cells = reader.children(element, 'cell').map((cell) => {
    const rule = readCell(reader, cell, undefined)
    reader.place(placeKey.cell(section, given.code ?? '', rule.column), cell)
    return rule
  })
  const level = given.level === '1' ? 1 : given.level === '2' ? 2 : 0
  if (given.level && !['0', '1', '2'].includes(given.level))
    reader.mend(element, 'level', given.level, '', `Отступ строки «${given.level}» непонятен: бывают 0, 1, 2.`)
  return {
    code: given.code ?? '',
    name: given.name ?? '',
    type,
    level,
    cells,
    ...(given.unit && { unit: given.unit }),
    ...(given.note && { note: given.note }),
    ...reader.carried(element),
  }
}

function rowType(reader: ElementReader, element: Element, written = 'F'): RowType {
  const type = written.trim().toUpperCase()
  if (type === 'C' || type === 'F' || type === 'M') return type
  const alike: Record<string, RowType> = { С: 'C', М: 'M' } // Cyrillic look-alikes of the keyboard
  const read = alike[type] ?? 'F'
  reader.mend(element, 'type', written, read, `Тип строки «${written}» непонятен: читается как ${read}.`)
  return read
}

function readCell(reader: ElementReader, element: Element, column: string | undefined): CellRule {
  const given = reader.attributes(element, 'column', ...cellAttributes)
  reader.leaf(element)
  const code = given.column ?? column
  if (code === undefined) throw new XmlRefused('У ячейки строки не указана графа.', element.line)
  return { ...cellRule(reader, element, given, code), ...reader.carried(element) }
}

type GivenCell = Partial<Record<(typeof cellAttributes)[number], string | undefined>>

function cellRule(reader: ElementReader, element: Element, given: GivenCell, column: string): CellRule {
  const validationType = validationOf(reader, element, given.vldType)
  return {
    column,
    inputType: inputType(reader, element, given.inputType),
    ...(given.format?.trim() && { format: given.format }),
    ...(given.dic && { dictionary: given.dic }),
    ...(validationType && { validationType }),
    ...(given.vld && { validation: given.vld }),
    ...(given.default && { default: given.default }),
  }
}

function inputType(reader: ElementReader, element: Element, written = '2'): InputType {
  const type = normalCode(written)
  if (type === '0') return 0
  if (type === '1') return 1
  if (type !== '2')
    reader.mend(
      element,
      'inputType',
      written,
      '2',
      `Вид ввода «${written}» непонятен: читается как 2, «можно заполнить».`,
    )
  return 2
}

function validationOf(
  reader: ElementReader,
  element: Element,
  written: string | undefined,
): ValidationType | undefined {
  switch (normalCode(written ?? '')) {
    case '1':
      return 1
    case '2':
      return 2
    case '3':
      return 3
    case '4':
      return 4
    case '5':
      return 5
    case '':
    case '0':
      return undefined
    default:
      reader.mend(element, 'vldType', written ?? '', '', `Вид проверки «${written}» непонятен и не учтён.`)
      return undefined
  }
}

function readDictionary(reader: ElementReader, element: Element): Dictionary {
  const { id, name } = reader.attributes(element, 'id', 'name')
  if (id === undefined) throw new XmlRefused('У справочника нет имени (id).', element.line)
  const terms = reader.children(element, 'term').map((term) => readTerm(reader, term))
  return { id, ...(name && { name }), terms, ...reader.carried(element) }
}

/** A term's name is its attribute `name` or `value`, or its text, or its id. */
function readTerm(reader: ElementReader, element: Element): Term {
  const given = [...element.attributes].map(([key, { value }]) => [key, value] as const)
  const { id = '', ...attributes } = Object.fromEntries(given)
  const named = attributes.name ?? attributes.value
  if (named === undefined) reader.childrenBesideText(element)
  else reader.leaf(element)
  return { id, name: named ?? (element.text.trim() || id), attributes, ...reader.carried(element) }
}

function readControl(reader: ElementReader, element: Element, number: number): Control {
  const given = reader.attributes(
    element,
    'id',
    'name',
    'condition',
    'rule',
    'tip',
    'fault',
    'precision',
    'periodClause',
  )
  reader.leaf(element)
  const id = given.id?.trim() || String(number + 1)
  if (!given.id?.trim()) reader.mend(element, 'id', given.id ?? '', id, `У контроля нет номера, ему дан номер ${id}.`)
  const tip = (given.tip ?? '1').trim()
  if (tip !== '0' && tip !== '1')
    reader.mend(element, 'tip', tip, '1', `Обязательность контроля «${tip}» непонятна: читается как ошибка.`)
  const fault = given.fault?.trim().replace(',', '.')
  const precision = Number(given.precision?.trim() || 2)
  const readable = Number.isInteger(precision) && precision >= 0 && precision <= 15
  if (!readable)
    reader.mend(
      element,
      'precision',
      given.precision ?? '',
      '2',
      `Точность «${given.precision}» непонятна: читается как 2.`,
    )
  return {
    id,
    name: given.name ?? '',
    condition: given.condition ?? '',
    rule: given.rule ?? '',
    level: tip === '0' ? 'warning' : 'error',
    ...(fault && { fault: canonicalNumber(fault) ?? fault }),
    precision: readable ? precision : 2,
    periodClause: given.periodClause ?? '',
    line: element.line,
    ...reader.carried(element),
  }
}
