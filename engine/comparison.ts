import { normalCode } from './address.ts'
import type { Template } from './template.ts'

export type DifferenceKind = 'head' | 'section' | 'row' | 'column' | 'cell' | 'control' | 'dictionary' | 'extension'

/** One part of a form that two versions have otherwise; null where it is not there. Values are short words for people. */
export type Difference = {
  kind: DifferenceKind
  /** «Раздел 7, строка 701, графа 3». */
  place: string
  before: string | null
  after: string | null
}

/** What a later version of a form adds, drops and changes. */
export function compareTemplates(before: Template, after: Template): Difference[] {
  return order.flatMap((kind) => {
    const [old, now] = [partsOf(before, kind), partsOf(after, kind)]
    const places = [...new Set([...old.keys(), ...now.keys()])]
    return places.flatMap((place): Difference[] => {
      const [was, is] = [old.get(place) ?? null, now.get(place) ?? null]
      return was === is ? [] : [{ kind, place, before: was, after: is }]
    })
  })
}

const order: DifferenceKind[] = ['head', 'section', 'row', 'column', 'cell', 'control', 'dictionary', 'extension']

function partsOf(template: Template, kind: DifferenceKind): Map<string, string> {
  switch (kind) {
    case 'head':
      return headOf(template)
    case 'section':
      return new Map(
        template.sections.map(({ code, name, unit, note }) => [sectionWords(code), words(name, unit, note)]),
      )
    case 'row':
      return new Map(
        template.sections.flatMap(({ code, rows }) =>
          rows
            .filter(({ type }) => type !== 'C')
            .map(({ code: row, name, type, level, unit, note }): [string, string] => [
              `${sectionWords(code)}, строка ${normalCode(row)}`,
              words(name, type === 'M' ? 'повторяется' : '', level ? `отступ ${level}` : '', unit, note),
            ]),
        ),
      )
    case 'column':
      return new Map(
        template.sections.flatMap(({ code, columns }) =>
          columns.map(({ code: column, name, heading, type, unit, note }): [string, string] => [
            `${sectionWords(code)}, графа ${normalCode(column)}`,
            words([...heading, name].join(' → '), typeWords[type], unit, note),
          ]),
        ),
      )
    case 'cell':
      return cellsOf(template)
    case 'control':
      return new Map(
        template.controls.map(({ id, name, rule, condition, level, fault, precision, periodClause }) => [
          `Контроль ${id}`,
          words(
            name,
            rule,
            condition && `если ${condition}`,
            level === 'warning' ? 'предупреждение' : '',
            fault && `допуск ${fault}`,
            precision === 2 ? '' : `точность ${precision}`,
            periodClause,
          ),
        ]),
      )
    case 'dictionary':
      return new Map(
        template.dictionaries.map(({ id, name, terms }) => [
          `Справочник ${id}`,
          words(name, terms.map((term) => `${term.id} — ${term.name}`).join('; ')),
        ]),
      )
    case 'extension':
      return extensionsOf(template)
  }
}

const words = (...parts: (string | undefined)[]): string => parts.filter(Boolean).join(' · ')
const sectionWords = (code: string): string => `Раздел ${normalCode(code)}`
const typeWords = { B: 'наименование', V: 'номер строки', S: 'специфика', Z: '' } as const
const inputWords = ['не заполняется', 'обязательна', 'можно заполнить'] as const

function headOf({ name, cipher, okud, periodicity, title }: Template): Map<string, string> {
  return new Map([
    ['Наименование', name],
    ['Краткое имя', cipher],
    ['ОКУД', okud],
    ['Периодичность', periodicity],
    ...title.map(({ field, name: item }): [string, string] => [`Титул, поле «${field}»`, item]),
  ])
}

function cellsOf({ sections }: Template): Map<string, string> {
  const found = new Map<string, string>()
  for (const { code, columns, rows } of sections) {
    for (const row of rows) {
      if (row.type === 'C') continue
      for (const column of columns) {
        if (column.type === 'B' || column.type === 'V') continue
        const own = row.cells.find((cell) => normalCode(cell.column) === normalCode(column.code))
        const rule = own ?? column.cell
        const check = rule?.validationType === undefined ? '' : `проверка ${words(rule.dictionary, rule.validation)}`
        const text = rule ? words(inputWords[rule.inputType], rule.format, check, rule.default) : 'можно заполнить'
        found.set(`${sectionWords(code)}, строка ${normalCode(row.code)}, графа ${normalCode(column.code)}`, text)
      }
    }
  }
  return found
}

function extensionsOf({
  pulls = [],
  totals = [],
  levels = [],
  attachments = [],
  signature,
  changeReasons,
  renamed = {},
}: Template) {
  return new Map<string, string>([
    ...pulls.map(({ cell, source }): [string, string] => [
      `Подтягивание ${cell}`,
      source.kind === 'organisation' ? source.field : words(source.form, source.cell, source.period),
    ]),
    ...totals.map(({ section, row, column, total, weight }): [string, string] => [
      `Свод: ${words(`раздел ${section}`, row && `строка ${row}`, column && `графа ${column}`)}`,
      words(total, weight && `вес ${weight}`),
    ]),
    ...levels.map(({ code, name, decides }): [string, string] => [
      `Уровень приёмки ${code}`,
      words(name, decides ?? ''),
    ]),
    ...attachments.map(({ code, name, required }): [string, string] => [
      `Вид файла ${code}`,
      words(name, required ? 'обязателен' : ''),
    ]),
    ...(changeReasons ? [['Причины изменений', 'обязательны'] as [string, string]] : []),
    ...(signature ? [['Подпись', 'усиленная квалифицированная'] as [string, string]] : []),
    ...Object.entries(renamed).map(([from, to]): [string, string] => [`Переименование ${from}`, to]),
  ])
}
