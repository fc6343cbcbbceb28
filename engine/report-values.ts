import { cellAddress, normalCode } from './address.ts'
import type { Form, FormRow, FormSection, Period, SheetOptions } from './form.types.ts'
import type { FormatCode, Problem } from './problem.ts'
import type { Report, ReportRow } from './report.ts'
import { openSheet } from './sheet.ts'
import type { Template } from './template.ts'

/**
 * A read report's cells by address, for `openSheet`. Rows and cells that the form lacks keep addresses of their own,
 * so that the check tells them; an empty cell is '' and says only that the report has its row.
 */
export function reportValues(form: Form, report: Report): Record<string, string> {
  const values: Record<string, string> = {}
  for (const { code, rows } of report.sections) {
    const section = form.section(code)
    const seen = new Map<string, number>()
    for (const row of rows) {
      const rowCode = normalCode(row.code)
      const number = (seen.get(rowCode) ?? 0) + 1
      seen.set(rowCode, number)
      const known = section?.rows.find((candidate) => candidate.type !== 'C' && candidate.code === rowCode)
      const instance = known?.type === 'M' || number > 1 ? number : undefined
      addRow(values, { code, section, known, row, instance })
    }
  }
  return values
}

type Placed = { code: string; section?: FormSection; known?: FormRow; row: ReportRow; instance?: number }

function addRow(values: Record<string, string>, { code, section, known, row, instance }: Placed): void {
  const put = (column: string, text: string): void => {
    const address = cellAddress(code, row.code, column, instance)
    if (text || values[address] === undefined) values[address] = text
  }
  const columns = section?.columns ?? []
  for (const { code: column, specific } of columns) {
    const value = specific && row.specifics[specific]
    if (value && known?.type === 'M') put(column, value)
  }
  const labels = new Set(columns.filter(({ type }) => type === 'B' || type === 'V').map((column) => column.code))
  for (const { column, text } of row.cells) if (!labels.has(normalCode(column))) put(column, text.trim())
  if (row.cells.length === 0) put(columns.find(({ type }) => type === 'Z')?.code ?? '1', '')
}

/**
 * The period that a report's file says: kind and number in four digits ("1203" is March), a number alone of the form's
 * own kind, or else the title's `s_time` or `s_mes`. Undefined when it says none that can be read.
 */
export function reportPeriod(form: Form, report: Report): Period | undefined {
  const year = Number(report.year) || 0
  const own = Number(form.template.periodicity) || 1
  const written = [report.period, report.title.s_time, report.title.s_mes].find((text) =>
    /^\s*\d+\s*$/.test(text ?? ''),
  )
  if (written === undefined) return own === 1 ? { kind: 1, number: 1, year } : undefined
  const text = written.trim()
  const whole = Number(text)
  if (text.length === 4 || (text.length === 3 && whole > own)) {
    return { kind: Math.floor(whole / 100), number: whole % 100, year }
  }
  return { kind: own, number: inOwnKind(form.template, whole, own), year }
}

/** A quarterly form may call its quarters by their last months, 3, 6, 9, 12: the dictionary of periods tells. */
function inOwnKind(template: Template, number: number, kind: number): number {
  const dictionary = template.dictionaries.find(({ id }) => id === 's_time' || id === 's_mes')
  const ids = (dictionary?.terms ?? []).map((term) => Number(term.id)).filter((id) => Number.isInteger(id) && id > 0)
  const most = Math.max(0, ...ids)
  if (most <= kind) return number
  const step = ids.reduce(commonDivisor, most)
  return step > 1 && most / step <= kind && number % step === 0 ? number / step : number
}

const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b))

/**
 * Checks a report that came as a file, values as they are: attributes, then title, then format, then controls; a stage
 * with errors keeps the later ones from running.
 */
export function checkReport(form: Form, report: Report, previous?: Report): Problem[] {
  const attributes = checkAttributes(form, report)
  if (hasErrors(attributes)) return attributes
  const title = [...attributes, ...checkTitle(form, report)]
  if (hasErrors(title)) return title
  const options: SheetOptions = {
    computed: 'as-given',
    period: reportPeriod(form, report),
    previous: previous && reportValues(form, previous),
  }
  return [...title, ...openSheet(form, reportValues(form, report), options).check()]
}

const hasErrors = (problems: Problem[]): boolean => problems.some(({ level }) => level === 'error')

function checkAttributes(form: Form, report: Report): Problem[] {
  const problems: Problem[] = []
  if (!/^\d{4}$/.test(report.year.trim())) {
    problems.push(fileProblem('attributes', 'error', `Год отчёта «${report.year}» указан неверно: нужны четыре цифры.`))
  }
  const period = reportPeriod(form, report)
  const kind = Number(form.template.periodicity) || 1
  if (!period) problems.push(fileProblem('attributes', 'error', 'В отчёте не указан период.'))
  else if (period.kind !== kind) {
    problems.push(
      fileProblem('attributes', 'error', `Период «${report.period}» не подходит к форме: она ${kindWords(kind)}.`),
    )
  } else if (period.number < 1 || period.number > Math.max(kind, 1)) {
    problems.push(
      fileProblem('attributes', 'error', `Номер периода ${period.number} не бывает: форма ${kindWords(kind)}.`),
    )
  }
  return problems
}

function kindWords(kind: number): string {
  switch (kind) {
    case 1:
      return 'годовая'
    case 2:
      return 'полугодовая'
    case 4:
      return 'квартальная'
    case 12:
      return 'месячная'
    default:
      return `с ${kind} периодами в году`
  }
}

/** The field that says whose report it is must be right; the rest of the title is only remarked on. */
function checkTitle(form: Form, report: Report): Problem[] {
  const { title, keyField, dictionaries } = form.template
  const known = new Map(title.map((item) => [item.field.toLowerCase(), item]))
  const key = keyField.toLowerCase()
  const problems: Problem[] = []
  const given = Object.keys(report.title)
  for (const field of given) {
    if (!known.has(field) && field !== 's_time' && field !== 's_mes' && field !== key) {
      problems.push(fileProblem('title', 'warning', `Поля титула «${field}» в форме нет.`))
    }
  }
  for (const [field, item] of known) {
    const value = report.title[field]?.trim()
    if (value || given.length === 0) continue
    const level = field === key ? 'error' : 'warning'
    problems.push(fileProblem('title', level, `Не заполнено поле титула «${item.name || field}».`))
  }
  const code = report.title[key]?.trim()
  if (key === 'okpo' && code && !/^(\d{8}|\d{10}|\d{14})$/.test(code)) {
    problems.push(fileProblem('title', 'error', `Код ОКПО «${code}» неверен: в нём 8, 10 или 14 цифр.`))
  }
  for (const [field, { dictionary }] of known) {
    const value = report.title[field]?.trim()
    const terms = dictionary && dictionaries.find(({ id }) => id === dictionary)?.terms
    if (!value || !terms || terms.some((term) => normalCode(term.id) === normalCode(value))) continue
    problems.push(fileProblem('title', 'warning', `Значения «${value}» поля титула «${field}» нет в справочнике.`))
  }
  return problems
}

function fileProblem(stage: 'attributes' | 'title', level: Problem['level'], text: string): Problem {
  const code: FormatCode = stage
  const nowhere = { section: '', row: '', column: '', left: '', operator: '', right: '', difference: '', sums: '' }
  return { stage, code, control: '', level, ...nowhere, name: text.replace(/\.$/, ''), text, cells: [] }
}
