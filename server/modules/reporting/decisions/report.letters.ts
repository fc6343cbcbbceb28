/** What is told of a report, in the cabinet and by letter (manual 2: «Мои сообщения»). */
import { formatDate } from '../../../../web/kit/dates.ts'
import type { LetterSample } from '../../../kernel/mail/index.ts'
import { sampleOf, type Told } from '../../messages/index.ts'
import type { ReportRow } from '../reports/reports.queries.ts'
import { made } from './handovers.ts'

type Reported = Pick<ReportRow, 'id' | 'formCipher' | 'campaignTitle' | 'organisationName' | 'deadline' | 'levelName'>

const nameOf = ({ formCipher, campaignTitle }: Reported): string => `${formCipher} за ${campaignTitle}`
const atLevel = ({ levelName }: Reported, words: string): string => (levelName ? ` ${words} «${levelName}».` : '')
const hrefOf = ({ id }: Reported): string => `/reports/${id}`

export const waits = (report: Reported): Told => ({
  kind: 'report.waits',
  title: `Отчёт ${nameOf(report)} ждёт проверки`,
  body: `${report.organisationName} отправила отчёт ${nameOf(report)}.${atLevel(report, 'Он ждёт решения на уровне')} Проверьте его и примите или верните с причиной.`,
  href: hrefOf(report),
  sender: report.organisationName,
  action: 'Открыть отчёт',
})

export const sent = (report: Reported): Told => ({
  kind: 'report.sent',
  title: `Отчёт ${nameOf(report)} отправлен`,
  body: `Отчёт ${nameOf(report)} сейчас на проверке в вышестоящей организации.${atLevel(report, 'Уровень проверки —')} Мы сообщим, когда его примут или вернут.`,
  href: hrefOf(report),
})

export const risen = (report: Reported, level: string): Told => ({
  kind: 'report.risen',
  title: `Отчёт ${nameOf(report)} принят на уровне «${level}»`,
  body: `Отчёт ${nameOf(report)} принят на уровне «${level}» и передан выше.${atLevel(report, 'Теперь он ждёт решения на уровне')} Делать ничего не нужно.`,
  href: hrefOf(report),
})

export const accepted = (report: Reported): Told => ({
  kind: 'report.accepted',
  title: `Отчёт ${nameOf(report)} принят`,
  body: `Вышестоящая организация приняла отчёт ${nameOf(report)}. Больше ничего делать не нужно.`,
  href: hrefOf(report),
})

export const refused = (report: Reported, reason: string): Told => ({
  kind: 'report.refused',
  title: `Отчёт возвращён: ${nameOf(report)}`,
  body: `Вышестоящая организация вернула отчёт ${nameOf(report)}.${atLevel(report, 'Уровень проверки —')} Причина: «${reason}». Исправьте отчёт, сохраните, выполните проверку и отправьте снова до ${formatDate(report.deadline)}.`,
  href: hrefOf(report),
  action: 'Исправить отчёт',
})

export const commented = (report: Reported): Told => ({
  kind: 'report.commented',
  title: `Новый комментарий к отчёту ${nameOf(report)}`,
  body: `К отчёту ${nameOf(report)} написали комментарий. Прочитать его и ответить можно на странице отчёта.`,
  href: `${hrefOf(report)}#comments`,
})

/** For those whom the word names. */
export const mentioned = (report: Reported): Told => ({
  ...commented(report),
  title: `Вас касается: комментарий к отчёту ${nameOf(report)}`,
  body: `В комментарии к отчёту ${nameOf(report)} отметили вас. Прочитать его и ответить можно на странице отчёта.`,
  action: 'Прочитать и ответить',
})

const sample: Reported = {
  id: '00000000-0000-7000-8000-000000000000',
  formCipher: '85-К',
  campaignTitle: '2026 год',
  organisationName: 'МБДОУ «Детский сад комбинированного вида № 14 „Ромашка“»',
  deadline: new Date('2026-02-16'),
  levelName: null,
}

export const reportingLetterSamples = async (): Promise<LetterSample[]> =>
  [
    waits(sample),
    sent(sample),
    risen({ ...sample, levelName: 'Министерство' }, 'Муниципалитет'),
    accepted(sample),
    made({ startsOn: '2027-01-11', endsOn: '2027-01-24' }, 'Родникова Пелагея Евстигнеевна'),
    refused(sample, 'Расходятся разделы 4 и 7 по числу воспитанников'),
    commented(sample),
    mentioned(sample),
  ].map(sampleOf)
