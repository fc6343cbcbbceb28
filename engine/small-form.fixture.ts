import { checkTemplate, compileForm, openSheet, type Problem, type SheetOptions } from './index.ts'
import type { CellRule, Column, Control, Dictionary, Row, Template } from './template.ts'

/** A template in few words, for tests: section "1" has value columns 3–6 and rows 101–105 unless said otherwise. */
export type Small = {
  controls?: (Partial<Control> & { rule: string })[]
  columns?: (Partial<Column> & { code: string })[]
  rows?: (Partial<Row> & { code: string })[]
  more?: { code: string; columns: (Partial<Column> & { code: string })[]; rows: (Partial<Row> & { code: string })[] }[]
  dictionaries?: Dictionary[]
  periodicity?: string
}

const number = (column: string): CellRule => ({ column, inputType: 2, format: 'N(15,4)' })

const columnOf = (given: Partial<Column> & { code: string }): Column => ({
  name: `графа ${given.code}`,
  type: 'Z',
  heading: [],
  cell: given.type === 'B' || given.type === 'V' ? undefined : number(given.code),
  ...given,
})

const rowOf = (given: Partial<Row> & { code: string }): Row => ({
  name: `строка ${given.code}`,
  type: 'F',
  level: 0,
  cells: [],
  ...given,
})

export function smallTemplate({
  controls = [],
  columns,
  rows,
  more = [],
  dictionaries = [],
  periodicity = '1',
}: Small): Template {
  const first = {
    code: '1',
    columns: columns ?? ['3', '4', '5', '6'].map((code) => ({ code })),
    rows: rows ?? ['101', '102', '103', '104', '105'].map((code) => ({ code })),
  }
  return {
    code: '1',
    okud: '1',
    cipher: 'малая',
    name: 'малая форма',
    periodicity,
    formId: '',
    keyField: 'okpo',
    formatVersion: '1.3',
    version: '01-01-2026',
    settings: {},
    title: [],
    sections: [first, ...more].map((section) => ({
      code: section.code,
      name: `раздел ${section.code}`,
      columns: section.columns.map(columnOf),
      rows: section.rows.map(rowOf),
    })),
    dictionaries,
    controls: controls.map((control, at) => ({
      id: String(at + 1),
      name: `контроль ${at + 1}`,
      condition: '',
      level: 'error',
      precision: 2,
      periodClause: '',
      ...control,
    })),
    notes: [],
  }
}

/** A cell that is not entered: computed when a control defines it, closed otherwise. */
export const notEntered = (column: string, format = 'N(15,4)'): CellRule => ({ column, inputType: 0, format })

export const sheetOf = (small: Small, values: Record<string, string>, options: SheetOptions = {}) =>
  openSheet(compileForm(smallTemplate(small)), values, options)

/** What the check says, shortly: «1/101/3 5 = 6». */
export const failures = (problems: Problem[]): string[] =>
  problems.map(
    ({ section, row, column, left, operator, right }) => `${section}/${row}/${column} ${left} ${operator} ${right}`,
  )

/** Failed pairs of one rule over the values given, in the default section. */
export const failed = (
  rule: string | (Partial<Control> & { rule: string }),
  values: Record<string, string>,
  rest: Small = {},
  options: SheetOptions = {},
) => failures(sheetOf({ controls: [typeof rule === 'string' ? { rule } : rule], ...rest }, values, options).check())

export const templateProblems = (small: Small) =>
  checkTemplate(smallTemplate(small)).map(({ code, text }) => `${code}: ${text}`)
