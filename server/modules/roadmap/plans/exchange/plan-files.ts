/** A plan given out: a book, a text of values, a sheet for print. */
import type { PlanQuery } from '../../../../../contracts/measures.ts'
import { formatDate, formatDateTime } from '../../../../../web/kit/index.ts'
import type { Context } from '../../../../kernel/http/index.ts'
import { drawTable, PdfPages, type TableCell } from '../../../../kernel/pdf/index.ts'
import {
  type BookRow,
  type CellStyle,
  columnLetters,
  fileReply,
  writeBook,
  writeCsv,
} from '../../../../kernel/spreadsheets/index.ts'
import { todayOf } from '../plan.ts'
import { measureStateNames } from '../states.ts'
import { columnsFor, type PlanTable, readPlanTable, sectionTitle, type TableMeasure } from './plan-table.ts'

const mediaTypes = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  pdf: 'application/pdf',
} as const
export type PlanFormat = keyof typeof mediaTypes

export async function exportPlan(
  ctx: Context,
  roadmapId: string,
  query: PlanQuery & { format: PlanFormat },
): Promise<Response> {
  const table = await readPlanTable(ctx, roadmapId, query)
  const name = `План мероприятий, ${regionOf(table)}.${query.format}`
  return fileReply(bytesOf(ctx, table, query.format), { name, mediaType: mediaTypes[query.format] })
}

const regionOf = ({ plan: { region } }: PlanTable): string => region?.name ?? 'шаблон'

function bytesOf(ctx: Context, table: PlanTable, format: PlanFormat): AsyncIterable<Uint8Array> {
  switch (format) {
    case 'xlsx':
      return bookOf(ctx, table)
    case 'csv':
      return writeCsv(valuesOf(table))
    case 'pdf':
      return printed(table)
  }
}

async function* valuesOf(table: PlanTable): AsyncGenerator<readonly string[]> {
  const columns = columnsFor(table)
  yield columns.map(({ heading }) => heading)
  for (const { section, measures } of table.sections) {
    yield columns.map((_, index) => (index === 1 ? sectionTitle(section) : ''))
    for (const row of measures) yield columns.map(({ cell }) => cell(row))
  }
}

function bookOf(ctx: Context, table: PlanTable): AsyncGenerator<Uint8Array> {
  const columns = columnsFor(table)
  const last = columnLetters(columns.length)
  const merged: string[] = []
  const line = (texts: readonly string[], look: CellStyle['look']): BookRow => ({
    cells: texts.map((text, index) => ({ column: index + 1, text, style: { look, digits: 'text' } })),
  })
  function* rows(): Generator<BookRow> {
    let number = 0
    const across = (text: string, look: CellStyle['look']): BookRow => {
      number += 1
      merged.push(`A${number}:${last}${number}`)
      return line([text], look)
    }
    yield across(table.plan.roadmap.title, 'title')
    yield across(`${regionOf(table)}. План мероприятий на ${formatDateTime(new Date(), ctx.timeZone)}`, 'note')
    number += 1
    yield line(
      columns.map(({ heading }) => heading),
      'head',
    )
    for (const { section, measures } of table.sections) {
      yield across(sectionTitle(section), 'caption')
      for (const row of measures) {
        number += 1
        yield line(
          columns.map(({ cell }) => cell(row)),
          'label',
        )
      }
    }
  }
  return writeBook([
    {
      name: 'План мероприятий',
      rows: rows(),
      widths: columns.map(({ width }) => width),
      landscape: true,
      frozen: { rows: 3, columns: 0 },
      merged: () => merged,
    },
  ])
}

const shares = [0.05, 0.3, 0.13, 0.19, 0.19, 0.14]

/** Sections one after another, the head on every page; what is overdue says so in bold on a shade. */
async function* printed(table: PlanTable): AsyncGenerator<Uint8Array> {
  const { roadmap, region } = table.plan
  const today = formatDate(todayOf(roadmap))
  const title = `План мероприятий, ${regionOf(table)}`
  const pages = new PdfPages({ title, foot: `${roadmap.shortTitle} · ${title} · на ${today}` })
  pages.addPage('landscape')
  pages.paragraph(roadmap.title, { size: 13, weight: 700 }, 'center', 6)
  pages.paragraph(`${title}, на ${today}`, { size: 11 }, 'center', 10)
  const heads = ['№', 'Мероприятие', 'Срок', 'Ответственный', 'Ожидаемый результат', 'Состояние']
  const shown = region ? heads : [...heads.slice(0, 3), ...heads.slice(4, 5)]
  const widths = (region ? shares : [0.06, 0.46, 0.16, 0.32]).map((share) => share * pages.width)
  const head = [shown.map((text, column) => ({ text, column, columnSpan: 1, rowSpan: 1 }))]
  yield* pages.taken()
  for (const pieces of drawTable(pages, { widths, head, rows: printedRows(table), orientation: 'landscape' })) {
    yield* pieces
    // Other calls are answered between the pages.
    await new Promise((resolve) => setImmediate(resolve))
  }
  yield* await pages.end()
}

function* printedRows(table: PlanTable): Generator<TableCell[]> {
  const ofRegion = table.plan.region !== undefined
  for (const { section, measures } of table.sections) {
    yield [{ text: sectionTitle(section), weight: 700, span: ofRegion ? 6 : 4, fill: '#f1f3f6' }]
    for (const row of measures) yield ofRegion ? regionRow(row) : templateRow(row)
  }
}

const termOf = ({ measure: { startsOn, dueOn } }: TableMeasure): string =>
  startsOn ? `${formatDate(startsOn)} – ${formatDate(dueOn)}` : `до ${formatDate(dueOn)}`

const templateRow = (row: TableMeasure): TableCell[] => [
  { text: row.measure.number },
  { text: row.measure.title },
  { text: termOf(row) },
  { text: row.measure.expectedResult },
]

function regionRow(row: TableMeasure): TableCell[] {
  const { measure, line } = row
  const overdue = line.state === 'overdue'
  const who = [measure.organisation, measure.responsiblePerson, ...measure.coExecutors.map(({ name }) => name)]
  return [
    { text: measure.number },
    { text: measure.title },
    { text: termOf(row) },
    { text: who.filter(Boolean).join('\n') },
    { text: measure.expectedResult },
    overdue ? { text: stateWords(line), weight: 700, fill: '#fdeae8' } : { text: stateWords(line) },
  ]
}

function stateWords({ state, doneOn, percent }: TableMeasure['line']): string {
  const name = measureStateNames[state]
  if (doneOn) return `${name}, ${formatDate(doneOn)}`
  return state === 'overdue' ? `! ${name}, ${percent} %` : state === 'going' ? `${name}, ${percent} %` : name
}
