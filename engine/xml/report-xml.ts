import { normalCode, parseAddress } from '../address.ts'
import type { Form, FormRow, FormSection } from '../form.types.ts'
import type { Report, ReportRow } from '../report.ts'
import { attributesText, type Element, escaped, readDocument, XmlRefused } from './document.ts'
import { ElementReader } from './element-reader.ts'

const mostRows = 200_000

/** Reads a report's file; see `readReport`. */
export function reportOf(source: string | Uint8Array): Report {
  const root = readDocument(source)
  if (root.name !== 'report') throw new XmlRefused('Это не отчёт: корневой элемент должен быть report.', root.line)
  const reader = new ElementReader()
  const head = (name: string): string => root.attributes.get(name)?.value ?? ''
  const report: Report = {
    code: head('code'),
    year: head('year'),
    period: head('period'),
    title: {},
    sections: [],
    notes: reader.notes,
  }
  for (const part of reader.children(root, 'title', 'sections')) {
    if (part.name === 'title') readTitle(reader, part, report)
    else report.sections.push(...reader.children(part, 'section').map((section) => readSection(reader, section)))
  }
  const rows = report.sections.reduce((count, section) => count + section.rows.length, 0)
  if (rows > mostRows) throw new XmlRefused('В отчёте слишком много строк.', root.line)
  return report
}

function readTitle(reader: ElementReader, part: Element, report: Report): void {
  for (const item of reader.children(part, 'item')) {
    const { name, field, value } = reader.attributes(item, 'name', 'field', 'value')
    const key = (name ?? field ?? '').trim().toLowerCase()
    if (!key) reader.note(item.line, 'У поля титула нет имени.')
    else if (Object.hasOwn(report.title, key))
      reader.note(item.line, `Поле титула «${key}» повторяется, учтено первое.`)
    else
      Object.defineProperty(report.title, key, {
        value: value ?? item.text.trim(),
        enumerable: true,
        writable: true,
        configurable: true,
      })
  }
}

function readSection(reader: ElementReader, element: Element): Report['sections'][number] {
  const { code } = reader.attributes(element, 'code')
  if (!code?.trim()) throw new XmlRefused('У раздела отчёта нет кода.', element.line)
  return { code: normalCode(code), rows: reader.children(element, 'row').map((row) => readRow(reader, row)) }
}

function readRow(reader: ElementReader, element: Element): ReportRow {
  const { code, s1, s2, s3 } = reader.attributes(element, 'code', 's1', 's2', 's3')
  if (!code?.trim()) throw new XmlRefused('У строки отчёта нет кода.', element.line)
  const cells = reader.children(element, 'col').map((cell) => {
    const column = reader.attributes(cell, 'code').code
    if (!column?.trim()) throw new XmlRefused('У графы отчёта нет кода.', cell.line)
    return { column: normalCode(column), text: cell.text.trim() }
  })
  return { code: normalCode(code), specifics: { s1, s2, s3 }, cells, line: element.line }
}

export type ReportHead = { year: number | string; period?: string; title?: Record<string, string> }

/** A report as a file: cells that have a value, row by row in the form's order. */
export function reportXml(
  form: Form,
  values: Record<string, string>,
  { year, period, title = {} }: ReportHead,
): string {
  const { code, okud, cipher, formatVersion, version } = form.template
  const head = {
    code: code || okud,
    shifr: cipher,
    year,
    period: period ?? ownPeriod(form),
    'format-version': formatVersion,
    version,
  }
  const instances = countInstances(values)
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<report${attributesText(head)}>`,
    '  <title>',
    ...Object.entries(title).map(([name, value]) => `    <item name="${escaped(name)}" value="${escaped(value)}"/>`),
    '  </title>',
    '  <sections>',
    ...form.sections.flatMap((section) => sectionLines(section, values, instances)),
    '  </sections>',
    '</report>',
    '',
  ].join('\n')
}

const ownPeriod = (form: Form): string => `${form.template.periodicity.padStart(2, '0')}01`

function countInstances(values: Record<string, string>): Map<string, number> {
  const counts = new Map<string, number>()
  for (const address of Object.keys(values)) {
    const place = parseAddress(address)
    if (!place?.instance) continue
    const key = `${place.section}/${place.row}`
    counts.set(key, Math.max(counts.get(key) ?? 0, place.instance))
  }
  return counts
}

function sectionLines(section: FormSection, values: Record<string, string>, instances: Map<string, number>): string[] {
  const rows = section.rows.flatMap((row) => {
    if (row.type === 'C') return []
    if (row.type === 'F') return rowLines(row, `${section.code}/${row.code}`, values)
    const count = instances.get(`${section.code}/${row.code}`) ?? 0
    return Array.from({ length: count }, (_, number) =>
      rowLines(row, `${section.code}/${row.code}#${number + 1}`, values),
    ).flat()
  })
  return [`    <section code="${escaped(section.code)}">`, ...rows, '    </section>']
}

function rowLines(row: FormRow, place: string, values: Record<string, string>): string[] {
  const specifics: Record<string, string> = {}
  const columns: string[] = []
  for (const { column } of row.cells) {
    const value = values[`${place}/${column.code}`]
    if (value === undefined || value === '') continue
    if (column.type === 'S' && column.specific) specifics[column.specific] = value
    else columns.push(`        <col code="${escaped(column.code)}">${escaped(value)}</col>`)
  }
  if (columns.length === 0 && Object.keys(specifics).length === 0) return []
  return [`      <row${attributesText({ code: row.code, ...specifics })}>`, ...columns, '      </row>']
}
