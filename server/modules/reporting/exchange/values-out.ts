/** Stored values of many reports, read report by report as they are asked for. */
import type { ValuesQuery } from '../../../../contracts/exchange.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { fileReply, writeCsv } from '../../../kernel/spreadsheets/index.ts'
import { listValues } from './values.queries.ts'
import { periodOf, periodText } from './values.ts'

const reportsAtOnce = 100

/** What was entered; what is computed follows from it. */
export function giveValues(ctx: Context, query: ValuesQuery): Response {
  const lines = linesOf(ctx, query)
  return query.format === 'csv'
    ? fileReply(writeCsv(csvRows(lines)), { name: 'values.csv', mediaType: 'text/csv; charset=utf-8' })
    : fileReply(jsonLines(lines), { name: 'values.jsonl', mediaType: 'application/jsonl; charset=utf-8' })
}

type Line = { organisation: string; ogrn: string | null; form: string; period: string; cell: string; value: string }

async function* linesOf(ctx: Context, { period, ...filter }: ValuesQuery): AsyncGenerator<Line[]> {
  const scopes = ctx.grants.scopes('report.read')
  const wanted = { ...filter, period: period === undefined ? undefined : periodOf(period) }
  let after: string | undefined
  for (;;) {
    const reports = await listValues(ctx.db, scopes, wanted, { after, limit: reportsAtOnce })
    for (const { organisation, ogrn, form, cells, ...moment } of reports) {
      const head = { organisation, ogrn, form, period: periodText(moment) }
      yield Object.entries(cells ?? {}).map(([cell, value]) => ({ ...head, cell, value }))
    }
    after = reports.at(-1)?.id
    if (reports.length < reportsAtOnce) return
  }
}

async function* jsonLines(portions: AsyncIterable<Line[]>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  for await (const lines of portions)
    if (lines.length > 0) yield encoder.encode(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
}

async function* csvRows(portions: AsyncIterable<Line[]>): AsyncGenerator<readonly string[]> {
  yield ['organisation', 'form', 'period', 'cell', 'value']
  for await (const lines of portions)
    for (const { organisation, form, period, cell, value } of lines) yield [organisation, form, period, cell, value]
}
