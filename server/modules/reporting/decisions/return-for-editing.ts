/**
 * The application «Возврат отчёта на редактирование» (manual 2): a report that was sent or accepted comes back to its
 * organisation, which mends it and sends it again.
 */
import { z } from 'zod'
import type { Db, Tx } from '../../../kernel/db/index.ts'
import { NotFound } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { publish } from '../../../kernel/outbox/index.ts'
import { applicationType } from '../../applications/index.ts'
import { insertComment } from '../discussion/discussion.queries.ts'
import { findReport, listReportsOf, lockReport, markReturned, type ReportRow } from '../reports/reports.queries.ts'
import { ReportNotReturnable } from './decisions.errors.ts'
import { insertDecision } from './levels.queries.ts'
import { noteOutcome } from './submissions.queries.ts'

const Form = z.object({
  reportId: z.uuid('Выберите отчёт'),
  why: z
    .string()
    .trim()
    .min(3, 'Напишите, что нужно исправить')
    .max(1000, 'Слишком длинно: можно не больше 1000 знаков'),
})
type Form = z.output<typeof Form>

const stateWords = { sent: 'на проверке', accepted: 'принят' } as const

const isReturnable = (report: ReportRow | undefined): report is ReportRow & { state: 'sent' | 'accepted' } =>
  report?.state === 'sent' || report?.state === 'accepted'

export const returnForEditing = applicationType<Form>({
  kind: 'report-return',
  title: 'Возврат отчёта на редактирование',
  told: 'В отправленном или принятом отчёте нашлась ошибка: попросите вернуть его, исправьте и отправьте снова.',
  group: 'reports',
  about: 'organisation',
  asks: ['report.fill'],
  form: Form,
  fields: async ({ db, organisation }) => [
    {
      name: 'reportId',
      label: 'Какой отчёт вернуть',
      kind: 'select',
      empty: 'Выберите отчёт',
      options: (organisation ? await listReportsOf(db, organisation.id) : []).filter(isReturnable).map((report) => ({
        value: report.id,
        text: `${nameOf(report)}, ${stateWords[report.state]}`,
      })),
    },
    {
      name: 'why',
      label: 'Что нужно исправить',
      kind: 'area',
      hint: 'Разделы, строки и графы, если знаете их. Это прочитает тот, кто решает',
      maxLength: 1000,
    },
  ],
  sameAs: ({ reportId }) => reportId,
  stages: () => [{ title: 'Решение вышестоящей организации', permission: 'report.decide', workingDays: 1 }],
  prepare: async (tx, { organisation }, form) => {
    const report = await findReport(tx, form.reportId)
    if (!report || report.organisationId !== organisation?.id) throw new NotFound({ what: 'report' })
    if (!isReturnable(report)) throw new ReportNotReturnable()
    return form
  },
  facts: async (db, { reportId, why }) => [
    ['Отчёт', await nameIn(db, reportId)],
    ['Что исправить', why],
  ],
  checks: async (db, { reportId }) => {
    const report = await findReport(db, reportId)
    if (!isReturnable(report)) return [{ tone: 'bad', text: 'Отчёт уже не на проверке и не принят: возвращать нечего' }]
    const link = { text: 'открыть отчёт', href: `/reports/${reportId}` }
    return [
      report.state === 'accepted'
        ? { tone: 'warn', text: 'Отчёт уже принят: после возврата его нужно будет принять снова;', link }
        : { tone: 'ok', text: 'Отчёт на проверке, решения по нему ещё нет;', link },
      report.deadline.getTime() < Date.now()
        ? { tone: 'warn', text: 'Срок сдачи отчёта прошёл' }
        : { tone: 'ok', text: 'Срок сдачи отчёта не прошёл' },
    ]
  },
  grant: {
    text: 'Вернуть отчёт',
    hint: 'Отчёт сразу откроется организации для исправления; отправленная копия сохранится в истории',
    done: 'Отчёт возвращён на редактирование',
    next: 'письмо заявителю; отчёт сразу откроется для исправления',
  },
  effect: async (tx, ctx, { form, application, reason }) => {
    await returnReport(tx, ctx, form.reportId, reason || `По заявке № ${application.number}: ${form.why}`)
  },
  letter: () => ({
    title: 'отчёт возвращён',
    body: 'Отчёт открыт для исправления. Исправьте его, сохраните, выполните проверку и отправьте снова.',
    href: '/reports',
    action: 'К отчётам',
  }),
})

/** As a refusal, but of an accepted report too. */
async function returnReport(tx: Tx, ctx: Context, id: string, reason: string): Promise<void> {
  const report = await lockReport(tx, id)
  if (!isReturnable(report)) throw new ReportNotReturnable()
  await insertDecision(tx, {
    reportId: id,
    level: null,
    outcome: 'returned',
    reason,
    by: ctx.account.id,
    onBehalfOf: null,
  })
  await markReturned(tx, report, ctx.account.id, reason)
  await noteOutcome(tx, id, { outcome: 'refused', reason, by: ctx.account.id })
  await insertComment(tx, { reportId: id, authorId: ctx.account.id, kind: 'refusal', text: reason, cell: null })
  journal(tx, ctx, 'report.returned', { kind: 'report', id }, { from: report.state })
  await publish(tx, 'report.refused', { reportId: id, reason })
}

const nameOf = ({ formCipher, campaignTitle }: ReportRow): string => `${formCipher} за ${campaignTitle}`

async function nameIn(db: Db, id: string): Promise<string> {
  const report = await findReport(db, id)
  return report ? nameOf(report) : '—'
}
