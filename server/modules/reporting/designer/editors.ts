/** Which fields the lists of a form have, how a form becomes lines, and lines a part of a form again. */
import { normalCode, type Section, type Template } from '../../../../engine/index.ts'
import type { Line, LineField } from './lines.ts'
import { findSection, type Part, readPart, sectionCodeOf } from './parts.ts'
import { columnFields, columnLines, columnsOf, rowFields, rowLines, rowsOf } from './section-lines.ts'

export type Editor = {
  /** Of the names of posted fields. */
  prefix: string
  title: string
  /** «строка», as a line is called. */
  noun: string
  fields: readonly LineField[]
  lines: (template: Template) => Line[]
  /** The part as the lines say it; what they do not show stays as it was. */
  value: (template: Template, lines: readonly Line[]) => unknown
}

export type SectionView = 'columns' | 'rows'

const text = (words: string | undefined): string => words ?? ''
/** Without what is not typed. */
const typed = <Key extends string>(line: Line, ...keys: Key[]): Partial<Record<Key, string>> =>
  Object.fromEntries(keys.flatMap((key) => (line[key] ? [[key, line[key]]] : []))) as Partial<Record<Key, string>> // as: keys are those given

/** The list of a part; of a section, its columns or rows. */
export function editorsOf(part: Part, view?: SectionView, chosen?: string): Editor[] {
  const code = sectionCodeOf(part)
  if (code !== undefined) return [view === 'columns' ? columnEditor(code) : rowEditor(code)]
  switch (part) {
    case 'title':
      return [titleEditor]
    case 'sections':
      return [sectionEditor]
    case 'dictionaries':
      return [chosen === undefined ? dictionaryEditor : termEditor(chosen)]
    case 'pulls':
      return [pullEditor]
    case 'totals':
      return [totalEditor]
    case 'acceptance':
      return [levelEditor, attachmentEditor]
    default:
      return []
  }
}

const titleEditor: Editor = {
  prefix: 'title',
  title: 'Строки титульного листа',
  noun: 'строка',
  fields: [
    {
      key: 'field',
      title: 'Поле',
      suggestions: ['okpo', 'name', 'leader_fio', 'responsible_fio', 'phone', 'email', 'address'],
    },
    { key: 'name', title: 'Как называется на бланке', wide: true },
    { key: 'dictionary', title: 'Справочник' },
  ],
  lines: ({ title }) =>
    title.map(({ field, name, dictionary }) => ({ was: field, field, name, dictionary: text(dictionary) })),
  value: ({ title }, lines) =>
    lines.map((line) => {
      const { dictionary: _, ...known } = title.find(({ field }) => field === line.was) ?? { field: '', name: '' }
      return { ...known, field: text(line.field), name: text(line.name), ...typed(line, 'dictionary') }
    }),
}

const sectionEditor: Editor = {
  prefix: 'sections',
  title: 'Разделы по порядку',
  noun: 'раздел',
  fields: [
    { key: 'code', title: 'Код' },
    { key: 'number', title: 'Номер на бланке' },
    { key: 'name', title: 'Название', wide: true },
    { key: 'unit', title: 'Единица измерения' },
    { key: 'note', title: 'Что учесть' },
  ],
  lines: ({ sections }) =>
    sections.map(({ code, number, name, unit, note }) => ({
      was: code,
      code,
      number: text(number),
      name,
      unit: text(unit),
      note: text(note),
    })),
  value: (template, lines) =>
    lines.map((line): Section => {
      const known = line.was ? findSection(template, line.was) : undefined
      const { number: _, unit: __, note: ___, ...rest } = known ?? newSection
      return { ...rest, code: text(line.code), name: text(line.name), ...typed(line, 'number', 'unit', 'note') }
    }),
}

/** A new section has the two columns that every table begins with. */
const newSection: Section = {
  code: '',
  name: '',
  columns: [
    { code: '1', name: 'Наименование показателя', type: 'B', heading: [] },
    { code: '2', name: '№ строки', type: 'V', heading: [] },
  ],
  rows: [],
}

const columnEditor = (code: string): Editor => ({
  prefix: 'columns',
  title: 'Графы по порядку',
  noun: 'графа',
  fields: columnFields,
  lines: (template) => columnLines(sectionOf(template, code)),
  value: (template, lines) => columnsOf(sectionOf(template, code), lines),
})

const rowEditor = (code: string): Editor => ({
  prefix: 'rows',
  title: 'Строки по порядку',
  noun: 'строка',
  fields: rowFields,
  lines: (template) => rowLines(sectionOf(template, code)),
  value: (template, lines) => rowsOf(sectionOf(template, code), lines),
})

const sectionOf = (template: Template, code: string): Section => readPart(template, `section:${code}`) as Section // as: that part is a section

const dictionaryEditor: Editor = {
  prefix: 'dictionaries',
  title: 'Справочники формы',
  noun: 'справочник',
  fields: [
    { key: 'id', title: 'Код' },
    { key: 'name', title: 'Название', wide: true },
  ],
  lines: ({ dictionaries }) => dictionaries.map(({ id, name }) => ({ was: id, id, name: text(name) })),
  value: ({ dictionaries }, lines) =>
    lines.map((line) => {
      const { name: _, ...known } = dictionaries.find(({ id }) => id === line.was) ?? { id: '', terms: [] }
      return { ...known, id: text(line.id), ...typed(line, 'name') }
    }),
}

const termEditor = (chosen: string): Editor => ({
  prefix: 'terms',
  title: 'Значения справочника',
  noun: 'значение',
  fields: [
    { key: 'id', title: 'Код' },
    { key: 'name', title: 'Значение', wide: true },
  ],
  lines: ({ dictionaries }) =>
    (dictionaries.find(({ id }) => id === chosen)?.terms ?? []).map(({ id, name }) => ({ was: id, id, name })),
  value: ({ dictionaries }, lines) =>
    dictionaries.map((dictionary) => {
      if (dictionary.id !== chosen) return dictionary
      const terms = lines.map((line) => {
        const known = dictionary.terms.find(({ id }) => id === line.was)
        const name = line.name || text(line.id)
        const attributes = known?.attributes ?? {}
        const isNamed = known && 'name' in attributes && name !== known.name
        return { ...known, id: text(line.id), name, attributes: isNamed ? { ...attributes, name } : attributes }
      })
      return { ...dictionary, terms }
    }),
})

const periodOptions = [
  { value: 'same', text: 'тот же' },
  { value: 'previous', text: 'прошлый' },
  { value: 'year-ago', text: 'год назад' },
]
export const totalOptions = [
  { value: 'sum', text: 'сумма' },
  { value: 'average', text: 'среднее' },
  { value: 'maximum', text: 'наибольшее' },
  { value: 'minimum', text: 'наименьшее' },
  { value: 'count', text: 'сколько отчётов' },
  { value: 'list', text: 'перечень' },
  { value: 'none', text: 'не сводится' },
]

const pullEditor: Editor = {
  prefix: 'pulls',
  title: 'Ячейки, которые заполняются сами',
  noun: 'ячейка',
  fields: [
    { key: 'cell', title: 'Ячейка' },
    {
      key: 'kind',
      title: 'Откуда',
      options: [
        { value: 'form', text: 'отчёт по форме' },
        { value: 'subordinates', text: 'отчёты подведомственных' },
        { value: 'organisation', text: 'реквизит организации' },
      ],
    },
    { key: 'form', title: 'Форма' },
    {
      key: 'source',
      title: 'Ячейка или реквизит',
      suggestions: ['okpo', 'inn', 'full_name', 'short_name', 'head_name'],
    },
    { key: 'period', title: 'Период', options: periodOptions },
    { key: 'total', title: 'Итог', options: totalOptions },
  ],
  lines: ({ pulls = [] }) =>
    pulls.map(({ cell, source }) => ({
      was: cell,
      cell,
      kind: source.kind,
      form: source.kind === 'organisation' ? '' : source.form,
      source: source.kind === 'organisation' ? source.field : source.cell,
      period: source.kind === 'organisation' ? 'same' : source.period,
      total: source.kind === 'subordinates' ? source.total : 'sum',
    })),
  value: (_, lines) =>
    lines.map(({ cell, kind, form, source, period, total }) => {
      if (kind === 'organisation') return { cell, source: { kind, field: source } }
      const place = { form, cell: source, period: period || 'same' }
      return {
        cell,
        source: kind === 'subordinates' ? { kind, ...place, total: total || 'sum' } : { kind: 'form', ...place },
      }
    }),
}

const totalEditor: Editor = {
  prefix: 'totals',
  title: 'Как складывается свод',
  noun: 'правило',
  fields: [
    { key: 'section', title: 'Раздел' },
    { key: 'column', title: 'Графа' },
    { key: 'row', title: 'Строка' },
    { key: 'total', title: 'Итог', options: totalOptions },
    { key: 'weight', title: 'Вес среднего' },
  ],
  lines: ({ totals = [] }) =>
    totals.map(({ section, column, row, total, weight }) => ({
      was: '',
      section,
      column: text(column),
      row: text(row),
      total,
      weight: text(weight),
    })),
  value: (_, lines) =>
    lines.map((line) => ({
      section: normalCode(text(line.section)),
      total: line.total || 'sum',
      ...typed(line, 'row', 'column', 'weight'),
    })),
}

const levelEditor: Editor = {
  prefix: 'levels',
  title: 'Ступени приёмки снизу вверх',
  noun: 'ступень',
  fields: [
    { key: 'code', title: 'Код' },
    { key: 'name', title: 'Кто принимает', wide: true },
  ],
  lines: ({ levels = [] }) => levels.map(({ code, name }) => ({ was: code, code, name })),
  value: (template, lines) => ({
    ...(readPart(template, 'acceptance') as object), // as: that part is an object
    levels: lines.map(({ code, name }) => ({ code, name })),
  }),
}

const attachmentEditor: Editor = {
  prefix: 'attachments',
  title: 'Файлы к отчёту',
  noun: 'файл',
  fields: [
    { key: 'code', title: 'Код' },
    { key: 'name', title: 'Что приложить', wide: true },
    {
      key: 'required',
      title: 'Нужен ли',
      options: [
        { value: 'yes', text: 'обязателен' },
        { value: 'no', text: 'по желанию' },
      ],
    },
    { key: 'note', title: 'Что учесть' },
  ],
  lines: ({ attachments = [] }) =>
    attachments.map(({ code, name, required, note }) => ({
      was: code,
      code,
      name,
      required: required ? 'yes' : 'no',
      note: text(note),
    })),
  value: (template, lines) => ({
    ...(readPart(template, 'acceptance') as object), // as: that part is an object
    attachments: lines.map((line) => ({
      code: line.code,
      name: line.name,
      required: line.required !== 'no',
      ...typed(line, 'note'),
    })),
  }),
}
