/** The application «Продление срока отчёта»: who cannot be in time says till when and why, the higher level decides. */
import { z } from 'zod'
import { formatDate, parseDate } from '../../../../web/kit/dates.ts'
import type { Db } from '../../../kernel/db/index.ts'
import { NotFound } from '../../../kernel/errors/index.ts'
import { applicationType } from '../../applications/index.ts'
import { isOpen } from '../cells/cells.ts'
import { findReport, listReportsOf, lockReport, type ReportRow } from '../reports/reports.queries.ts'
import { ExtensionNotNeeded, ExtensionTooEarly } from './campaigns.errors.ts'
import { extendTerm } from './extensions.ts'
import { endOfDay } from './periods.ts'

/** Typed as ДД.ММ.ГГГГ on a page, sent as a calendar day by a program; kept as the day. */
const Day = z
  .string('Укажите новый срок')
  .transform((typed) => parseDate(typed) ?? typed)
  .refine((day) => /^\d{4}-\d{2}-\d{2}$/.test(day), 'Укажите новый срок: ДД.ММ.ГГГГ')

const Form = z.object({
  reportId: z.uuid('Выберите отчёт'),
  until: Day,
  why: z
    .string()
    .trim()
    .min(3, 'Напишите, почему не успеваете')
    .max(1000, 'Слишком длинно: можно не больше 1000 знаков'),
})
type Form = z.output<typeof Form>

/** The one who decides may give another day than the one asked for. */
const Granting = z.object({ until: z.preprocess((typed) => (typed === '' ? undefined : typed), Day.optional()) })
type Granting = z.output<typeof Granting>

export const termExtension = applicationType<Form, Granting>({
  kind: 'report-extension',
  title: 'Продлить срок отчёта',
  told: 'Не успеваете к сроку: попросите вышестоящую организацию продлить его. До решения действует прежний срок.',
  group: 'reports',
  about: 'organisation',
  asks: ['report.fill'],
  form: Form,
  fields: async ({ db, organisation, timeZone }) => [
    {
      name: 'reportId',
      label: 'Срок какого отчёта продлить',
      kind: 'select',
      empty: 'Выберите отчёт',
      options: (organisation ? await listReportsOf(db, organisation.id) : []).filter(isOpen).map((report) => ({
        value: report.id,
        text: `${nameOf(report)}, срок ${formatDate(report.deadline, timeZone)}`,
      })),
    },
    { name: 'until', label: 'До какого дня продлить', kind: 'date' },
    {
      name: 'why',
      label: 'Почему не успеваете',
      kind: 'area',
      hint: 'Это прочитает тот, кто решает',
      maxLength: 1000,
    },
  ],
  sameAs: ({ reportId }) => reportId,
  stages: () => [{ title: 'Решение вышестоящей организации', permission: 'report.decide', workingDays: 1 }],
  prepare: async (tx, { organisation, timeZone }, form) => {
    const report = await findReport(tx, form.reportId)
    if (!report || report.organisationId !== organisation?.id) throw new NotFound({ what: 'report' })
    if (!isOpen(report)) throw new ExtensionNotNeeded()
    if (Date.parse(endOfDay(form.until, timeZone)) <= report.deadline.getTime())
      throw new ExtensionTooEarly({
        organisation: report.organisationName,
        term: formatDate(report.deadline, timeZone),
      })
    return form
  },
  facts: async (db, { reportId, until, why }) => [
    ['Отчёт', await nameIn(db, reportId)],
    ['Продлить до', formatDate(until)],
    ['Почему', why],
  ],
  checks: async (db, { reportId }) => {
    const report = await findReport(db, reportId)
    if (!report || !isOpen(report)) return [{ tone: 'bad', text: 'Отчёт уже отправлен: продлевать нечего' }]
    const late = report.deadline.getTime() < Date.now()
    return [
      {
        tone: late ? 'warn' : 'ok',
        text: `${late ? 'Срок уже прошёл' : 'Срок ещё не прошёл'}: ${formatDate(report.deadline)}; заполнено ${report.filled} из ${report.total};`,
        link: { text: 'открыть отчёт', href: `/reports/${reportId}` },
      },
    ]
  },
  granting: {
    form: Granting,
    fields: async () => [
      { name: 'until', label: 'Новый срок', kind: 'date', hint: 'Можно дать другой день, чем просят' },
    ],
    values: ({ until }) => ({ until: formatDate(until) }),
  },
  grant: {
    text: 'Продлить срок',
    hint: 'Новый срок начнёт действовать сразу; напоминания придут по нему',
    done: 'Срок отчёта продлён',
    next: 'письмо заявителю; отчёт больше не считается просроченным до нового срока',
  },
  effect: async (tx, ctx, { form, application, granting, reason }) => {
    const report = await lockReport(tx, form.reportId)
    if (!report) throw new NotFound({ what: 'report' })
    await extendTerm(tx, ctx, report, {
      until: new Date(endOfDay(granting.until ?? form.until, ctx.timeZone)),
      reason: reason || `По заявке № ${application.number}: ${form.why}`,
    })
  },
  letter: () => ({
    title: 'срок отчёта продлён',
    body: 'Отчёт можно отправить до нового срока. Он показан на странице отчёта и в списке отчётов.',
    href: '/reports',
    action: 'К отчётам',
  }),
})

const nameOf = ({ formCipher, campaignTitle }: ReportRow): string => `${formCipher} за ${campaignTitle}`

async function nameIn(db: Db, id: string): Promise<string> {
  const report = await findReport(db, id)
  return report ? nameOf(report) : '—'
}
