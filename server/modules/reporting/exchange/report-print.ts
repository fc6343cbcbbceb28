/** A report as the official blank: title page, sections as tables, signatures. */
import { titleKey } from '../../../../contracts/reporting.ts'
import { cellAddress, type FormRow, type FormSection } from '../../../../engine/index.ts'
import { formatDate, formatDateTime } from '../../../../web/kit/dates.ts'
import type { Context } from '../../../kernel/http/index.ts'
import {
  drawTable,
  type HeadCell,
  margin,
  type Orientation,
  PdfPages,
  type TableCell,
} from '../../../kernel/pdf/index.ts'
import { listSubmissionRows } from '../decisions/submissions.queries.ts'
import type { OpenReport } from '../reports/sheets.ts'
import { findRespondent } from './exchange.queries.ts'

type Respondent = Awaited<ReturnType<typeof findRespondent>>
type Printed = { open: OpenReport; respondent: Respondent; mark: string; hash: string | undefined; deadline: string }

export async function printReport(ctx: Context, open: OpenReport): Promise<AsyncIterable<Uint8Array>> {
  const [submission] = await listSubmissionRows(ctx.db, open.report.id)
  const { state, sentAt, acceptedAt } = open.report
  const isSent = state === 'sent' || state === 'accepted'
  const moment = (at: Date | null) => (at ? formatDate(new Date(at).toISOString(), ctx.timeZone) : '')
  const marks: Partial<Record<typeof state, string>> = {
    sent: `На проверке с ${moment(sentAt)}`,
    accepted: `Принято ${moment(acceptedAt)}`,
  }
  return draw(
    {
      open,
      respondent: await findRespondent(ctx.db, open.report.organisationId),
      mark: marks[state] ?? 'Черновик',
      hash: isSent ? submission?.contentHash : undefined,
      deadline: moment(open.report.deadline),
    },
    formatDateTime(new Date().toISOString(), ctx.timeZone),
  )
}

async function* draw(printed: Printed, now: string): AsyncGenerator<Uint8Array> {
  const { open, mark, hash } = printed
  const title = `${open.report.formCipher} за ${open.report.campaignTitle}`
  const content = hash ? ` · содержимое ${hash.slice(0, 16)}` : ''
  const pages = new PdfPages({ title, foot: `${title} · ${mark}${content} · напечатано ${now}` })
  pages.addPage('portrait')
  titlePage(pages, printed)
  yield* pages.taken()
  for (const section of open.form.sections)
    for (const pieces of sectionPages(pages, open, section)) {
      yield* pieces
      // Other calls are answered between the pages.
      await new Promise((resolve) => setImmediate(resolve))
    }
  signatures(pages, open)
  yield* await pages.end()
}

const quiet = { size: 8, colour: '#444444' }

function titlePage(pages: PdfPages, { open, respondent, mark, hash, deadline }: Printed): void {
  const { report, form, title } = open
  pages.paragraph('ФЕДЕРАЛЬНОЕ СТАТИСТИЧЕСКОЕ НАБЛЮДЕНИЕ', { size: 10, weight: 700 }, 'center', 10)
  pages.paragraph(mark, { size: 12, weight: 700 }, 'right', 14)
  pages.paragraph(report.formName.toLocaleUpperCase('ru'), { size: 13, weight: 700 }, 'center', 6)
  pages.paragraph(`за ${report.campaignTitle}`, { size: 12 }, 'center', 18)
  const rows: (readonly [string, string])[] = [
    ['Форма', `№ ${report.formCipher}`],
    ['Код формы по ОКУД', form.template.okud],
    ['Представляет', respondent?.fullName ?? report.organisationName],
    ['Кому представляется', respondent?.higherName ?? ''],
    ['Срок представления', deadline],
    ['Почтовый адрес', respondent?.address ?? ''],
    ['ОКПО', title[titleKey('okpo')] || respondent?.okpo || ''],
    ['ОГРН', respondent?.ogrn ?? ''],
    ...(hash ? [['Контрольная сумма отправленного (SHA-256)', hash] as const] : []),
  ]
  for (const _ of factTable(pages, rows));
  pages.y += 14
  const items = form.template.title.map(({ field, name }) => [name || field, title[titleKey(field)] ?? ''] as const)
  for (const _ of factTable(pages, items));
}

function* factTable(pages: PdfPages, rows: readonly (readonly [string, string])[]) {
  const widths = [pages.width * 0.38, pages.width * 0.62]
  const cells = rows.map(([name, text]): TableCell[] => [
    { text: name, fill: '#f7f8fa' },
    { text, weight: 700 },
  ])
  yield* drawTable(pages, { widths, head: [], rows: cells, orientation: 'portrait' })
}

const leastValueWidth = 44
const codeWidth = 34

function* sectionPages(pages: PdfPages, open: OpenReport, section: FormSection): Generator<Buffer[]> {
  const labels = section.columns.flatMap(({ type }, index) => (type === 'B' || type === 'V' ? [index] : []))
  const values = section.columns.flatMap(({ type }, index) => (type === 'B' || type === 'V' ? [] : [index]))
  const orientation: Orientation = values.length > 7 ? 'landscape' : 'portrait'
  pages.addPage(orientation)
  yield pages.taken()
  const number = section.number ? `Раздел ${section.number}. ` : ''
  pages.paragraph(`${number}${section.name}`, { size: 11, weight: 700 }, 'left', 3)
  if (section.unit) pages.paragraph(section.unit, quiet, 'right', 4)
  for (const [part, columns] of partsOf(pages.width, section, labels, values).entries()) {
    if (part > 0) {
      pages.y += 10
      pages.paragraph(`Раздел ${section.number || section.code}, продолжение граф`, quiet, 'left', 3)
    }
    const shown = [...labels, ...columns]
    const widths = widthsOf(pages.width, section, labels, columns)
    yield* drawTable(pages, {
      widths,
      head: headOf(section, shown),
      rows: bodyRows(open, section, shown),
      orientation,
    })
  }
}

const labelWidth = (width: number, section: FormSection, labels: readonly number[]): number =>
  labels.reduce((sum, index) => sum + (section.columns[index]?.type === 'V' ? codeWidth : nameWidth(width)), 0)
const nameWidth = (width: number): number => Math.min(190, width * 0.34)

/** As many value columns beside the labels as can be read; the rest below, with the labels again. */
function partsOf(
  width: number,
  section: FormSection,
  labels: readonly number[],
  values: readonly number[],
): number[][] {
  const room = width - labelWidth(width, section, labels)
  const most = Math.max(1, Math.floor(room / leastValueWidth))
  const count = Math.max(1, Math.ceil(values.length / most))
  const each = Math.ceil(values.length / count)
  return Array.from({ length: count }, (_, part) => values.slice(part * each, (part + 1) * each))
}

function widthsOf(width: number, section: FormSection, labels: readonly number[], values: readonly number[]): number[] {
  const taken = labelWidth(width, section, labels)
  const each = values.length > 0 ? Math.min(90, (width - taken) / values.length) : 0
  const spare = width - taken - each * values.length
  const names = labels.filter((index) => section.columns[index]?.type === 'B').length
  return [
    ...labels.map((index) =>
      section.columns[index]?.type === 'V' ? codeWidth : nameWidth(width) + (names > 0 ? spare / names : 0),
    ),
    ...values.map(() => each),
  ]
}

/** The head as the section has it, of the columns shown alone; the codes of the columns under it. */
function headOf(section: FormSection, shown: readonly number[]): HeadCell[][] {
  const levels = section.headings.map((level) =>
    level.flatMap(({ text, from, columnSpan, rowSpan }): HeadCell[] => {
      const places = shown.flatMap((index, place) => (index >= from && index < from + columnSpan ? [place] : []))
      const [column] = places
      return column === undefined ? [] : [{ text, column, columnSpan: places.length, rowSpan }]
    }),
  )
  const codes = shown.map(
    (index, column): HeadCell => ({
      text: section.columns[index]?.code ?? '',
      column,
      columnSpan: 1,
      rowSpan: 1,
    }),
  )
  return [...levels, codes]
}

function* bodyRows({ sheet }: OpenReport, section: FormSection, shown: readonly number[]): Generator<TableCell[]> {
  for (const row of section.rows) {
    if (row.type === 'C') {
      yield [{ text: row.name, weight: 700, span: shown.length, fill: '#f7f8fa' }]
      continue
    }
    const entries = row.type === 'M' ? Math.max(1, sheet.instances(section.code, row.code)) : 1
    for (let entry = 1; entry <= entries; entry += 1)
      yield shown.map((index) => {
        const code = section.columns[index]?.code ?? ''
        const address = cellAddress(section.code, row.code, code, row.type === 'M' ? entry : undefined)
        return bodyCell(row, index, sheet.text(address))
      })
  }
}

function bodyCell(row: FormRow, index: number, text: string): TableCell {
  const cell = row.cells[index]
  switch (cell?.kind) {
    case 'label':
      return cell.column.type === 'B' ? { text: row.name, indent: row.level * 8 } : { text: row.code, align: 'center' }
    case 'closed':
      return { text: 'х', align: 'center' }
    case 'computed':
    case 'pulled':
    case 'input':
    case 'obligatory':
    case 'specific':
      return cell.format?.type === 'text' || cell.choices ? { text } : { text, align: 'right' }
    case undefined:
      return { text: '' }
  }
}

function signatures(pages: PdfPages, { title }: OpenReport): void {
  if (pages.room < 110) pages.addPage('portrait')
  pages.y += 24
  const value = (field: string) => title[titleKey(field)] ?? ''
  signature(pages, 'Руководитель организации', value('leader_fio'))
  signature(pages, value('responsible_post') || 'Ответственный за предоставление данных', value('responsible_fio'))
  const contacts = [value('phone'), value('email')].filter(Boolean).join(', ')
  pages.paragraph(`${contacts ? `Связь: ${contacts}.   ` : ''}«____» ______________ 20___ г.`, { size: 9 }, 'left', 4)
}

function signature(pages: PdfPages, post: string, name: string): void {
  const third = pages.width / 3
  const texts = [post, '', name]
  const lines = texts.map((text) => pages.linesOf(text, third - 16, { size: 9 }))
  const height = Math.max(...lines.map((each) => each.length)) * 11.25
  lines.forEach((each, index) => {
    const x = margin + index * third
    pages.writeLines(each, { x, y: pages.y + height - each.length * 11.25, width: third - 16, style: { size: 9 } })
    pages.line(x, pages.y + height + 2, x + third - 16, pages.y + height + 2)
  })
  pages.y += height + 4
  for (const [index, under] of ['(должность)', '(подпись)', '(Ф. И. О.)'].entries())
    pages.write(under, { x: margin + index * third, y: pages.y, style: { size: 7, colour: '#444444' } })
  pages.y += 20
}
