/** What goes out as a file: the template, the report of an import, the registry. */
import type { OrganisationsExport, TableFormat } from '../../../../contracts/imports.ts'
import { transaction } from '../../../kernel/db/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { tableReply } from '../../../kernel/spreadsheets/index.ts'
import { columns, shownValue } from './columns.ts'
import { listExported, listFound } from './exported.queries.ts'
import { outcomeNames } from './imports.phrases.ts'
import { importToDownload, lineOf } from './imports.ts'
import { type Line, listLinesAfter } from './lines.queries.ts'

const titles = columns.map(({ title }) => title)
const widths = columns.map(({ width }) => width)

/** Headings and one made-up organisation. */
export const importTemplate = (format: TableFormat): Response =>
  tableReply({ format, name: 'Шаблон импорта организаций', sheet: 'Организации', widths, rows: sampleRows() })

async function* sampleRows() {
  yield titles
  yield columns.map(({ sample }) => sample)
}

/** The report of every line, as it stands now. @throws NotFound 404 */
export async function importReport(ctx: Context, id: string, format: TableFormat): Promise<Response> {
  const { fileName } = await importToDownload(ctx, id)
  const name = `Отчёт об импорте ${fileName.replace(/\.\w+$/, '')}`
  const rows = reportRows(ctx, id)
  return tableReply({ format, name, sheet: 'Отчёт', widths: [8, 16, 18, 60, 14, ...widths], rows })
}

const batchSize = 500

async function* reportRows(ctx: Context, id: string) {
  yield ['Строка', 'Что сделать', 'Сделано', 'Ошибки и изменения', ...titles]
  let after = 0
  for (;;) {
    const lines = await listLinesAfter(ctx.db, id, after, batchSize)
    for (const line of lines) yield reportRow(line)
    const last = lines.at(-1)
    if (!last) return
    after = last.number
  }
}

function reportRow(line: Line): string[] {
  const { problems, changes, applied, failed, undone, undoProblem, number, outcome } = lineOf(line)
  const changed = changes.map(({ field, was, becomes }) => `${field}: «${was}» → «${becomes}»`)
  const done = undone ? 'отменено' : applied ? 'да' : failed ? 'не получилось' : 'нет'
  const told = [...problems, failed, undoProblem, ...changed].filter(Boolean).join('; ')
  const cells = columns.map(({ field }) => line.cells[field] ?? '')
  return [String(number), outcome ? outcomeNames[outcome] : '', done, told, ...cells]
}

/** What the list of organisations shows under its filters, with all requisites, under the headings of an import. */
export async function exportOrganisations(ctx: Context, { format, ...query }: OrganisationsExport): Promise<Response> {
  // Which they are is settled at once; what is said of each is read as the file is written.
  const ids = await transaction(ctx, async (tx) => {
    const found = await listFound(tx, ctx.grants.scopes('organisation.read'), { ...query, page: 1 })
    journal(tx, ctx, 'organisations.exported', undefined, { organisations: found.length, format, ...query })
    return found
  })
  return tableReply({ format, name: 'Организации', sheet: 'Организации', widths, rows: exportedRows(ctx, ids) })
}

async function* exportedRows(ctx: Context, ids: readonly string[]) {
  yield titles
  for (let at = 0; at < ids.length; at += batchSize) {
    const found = await listExported(ctx.db, ids.slice(at, at + batchSize))
    for (const values of found) yield columns.map(({ field }) => shownValue(field, values[field]))
  }
}
