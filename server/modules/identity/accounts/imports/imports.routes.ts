import { z } from 'zod'
import { AccountsImport, AccountsTable } from '../../../../../contracts/accounts.ts'
import { routes } from '../../../../kernel/http/index.ts'
import { confirmImport, startImport, viewAllLines, viewImport } from './imports.ts'
import { reportCsv, templateBytes, xlsxType } from './tables.ts'
import { largestFile } from './workbook.ts'

const needs = 'account.manage'
/** The table, and what a form wraps around it. */
export const largestPost = largestFile + 65_536

export const importsRoutes = routes('/account-imports')
  .get('/template', { needs, summary: 'Шаблон таблицы для приглашения списком' }, () => templateReply())
  .post(
    '/',
    {
      needs,
      summary: 'Проверить таблицу: учётные записи ещё не создаются',
      body: AccountsTable,
      multipart: true,
      largest: largestPost,
      replies: z.object({ id: z.uuid() }),
      status: 201,
    },
    (ctx, _, { file }) => startImport(ctx, file),
  )
  .get('/{id}', { needs, summary: 'Что нашлось в таблице и сколько сделано', replies: AccountsImport }, (ctx, { id }) =>
    viewImport(ctx, id),
  )
  .get('/{id}/report', { needs, summary: 'Отчёт по строкам, CSV' }, (ctx, { id }) => reportReply(ctx, id))
  .put('/{id}/confirmation', { needs, summary: 'Пригласить всех, у кого нет ошибок' }, (ctx, { id }) =>
    confirmImport(ctx, id),
  )

const attached = (name: string, type: string) => ({
  'Content-Type': type,
  'Content-Disposition': `attachment; filename="${name}"`,
  'Cache-Control': 'no-store',
})

export const templateReply = async (): Promise<Response> =>
  new Response(new Uint8Array(await templateBytes()), { headers: attached('accounts.xlsx', xlsxType) })

export const reportReply = async (ctx: Parameters<typeof viewAllLines>[0], id: string): Promise<Response> =>
  new Response(reportCsv(await viewAllLines(ctx, id)), { headers: attached('report.csv', 'text/csv; charset=utf-8') })
