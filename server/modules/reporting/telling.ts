/** What happened to a report reaches those whom it concerns (manual 2: «Мои сообщения»), each once. */
import { formatDate } from '../../../web/kit/dates.ts'
import type { Tx } from '../../kernel/db/index.ts'
import type { EventHandlers } from '../../kernel/outbox/index.ts'
import { tell } from '../messages/index.ts'
import { listDeciders, listMembers } from '../organisations/index.ts'
import { findReport, type ReportRow } from './reports.queries.ts'

declare module '../../kernel/outbox/outbox.ts' {
  interface Events {
    'report.sent': { reportId: string }
    'report.accepted': { reportId: string }
    'report.refused': { reportId: string; reason: string }
    'report.commented': { reportId: string; authorId: string }
  }
}

export const handlers: EventHandlers = {
  'report.sent': async (tx, { reportId }, eventId) => {
    const report = await getReport(tx, reportId)
    await tell(tx, {
      ...about(report, eventId),
      accountIds: await deciders(tx, report),
      kind: 'report.waits',
      title: `Отчёт ${nameOf(report)} ждёт проверки`,
      body: `${report.organisationName} отправила отчёт ${nameOf(report)}. Проверьте его и примите или верните с причиной.`,
      sender: report.organisationName,
      action: 'Открыть отчёт',
    })
    await tell(tx, {
      ...about(report, `${eventId}:own`),
      accountIds: await members(tx, report),
      kind: 'report.sent',
      title: `Отчёт ${nameOf(report)} отправлен`,
      body: `Отчёт ${nameOf(report)} сейчас на проверке в вышестоящей организации. Мы сообщим, когда его примут или вернут.`,
    })
  },
  'report.accepted': async (tx, { reportId }, eventId) => {
    const report = await getReport(tx, reportId)
    await tell(tx, {
      ...about(report, eventId),
      accountIds: await members(tx, report),
      kind: 'report.accepted',
      title: `Отчёт ${nameOf(report)} принят`,
      body: `Вышестоящая организация приняла отчёт ${nameOf(report)}. Больше ничего делать не нужно.`,
    })
  },
  'report.refused': async (tx, { reportId, reason }, eventId) => {
    const report = await getReport(tx, reportId)
    await tell(tx, {
      ...about(report, eventId),
      accountIds: await members(tx, report),
      kind: 'report.refused',
      title: `Отчёт возвращён: ${nameOf(report)}`,
      body: `Вышестоящая организация вернула отчёт ${nameOf(report)}. Причина: «${reason}». Исправьте отчёт, сохраните, выполните проверку и отправьте снова до ${formatDate(report.deadline)}.`,
      action: 'Исправить отчёт',
    })
  },
  'report.commented': async (tx, { reportId, authorId }, eventId) => {
    const report = await getReport(tx, reportId)
    const everyone = [...(await members(tx, report)), ...(report.state === 'draft' ? [] : await deciders(tx, report))]
    await tell(tx, {
      ...about(report, eventId),
      accountIds: everyone.filter((accountId) => accountId !== authorId),
      kind: 'report.commented',
      title: `Новый комментарий к отчёту ${nameOf(report)}`,
      body: `К отчёту ${nameOf(report)} написали комментарий. Прочитать его и ответить можно на странице отчёта.`,
      href: `/reports/${reportId}#comments`,
    })
  },
}

const about = (report: ReportRow, uniqueKey: string) => ({ href: `/reports/${report.id}`, uniqueKey })

const nameOf = (report: ReportRow): string => `${report.formCipher} за ${report.campaignTitle}`

async function getReport(tx: Tx, id: string): Promise<ReportRow> {
  const report = await findReport(tx, id)
  if (!report) throw new Error(`No report ${id}`)
  return report
}

const deciders = async (tx: Tx, report: ReportRow): Promise<string[]> =>
  (await listDeciders(tx, report.organisationId, 'report.decide')).map(({ accountId }) => accountId)

const members = async (tx: Tx, report: ReportRow): Promise<string[]> =>
  (await listMembers(tx, report.organisationId))
    .filter(({ role }) => role !== 'supervisor')
    .map(({ accountId }) => accountId)
