/** Terms are recalled by each campaign's plan to those who have not sent yet: each day of the plan once. */
import { formatDate, formatDue } from '../../../../web/kit/dates.ts'
import { type Db, type Tx, transaction } from '../../../kernel/db/index.ts'
import { type Told, tell } from '../../messages/index.ts'
import { isOpen } from '../cells/cells.ts'
import { findReport, type ReportRow } from '../reports/reports.queries.ts'
import { listAnswering, takeDueReminders, takeNudge } from './reminders.queries.ts'

const settings = { timeZone: 'Europe/Moscow' }

/** Said once by the composition. */
export function configureTerms({ timeZone }: { timeZone: string }): void {
  settings.timeZone = timeZone
}

const hour = 3_600_000
let nextLook = 0

/**
 * A regular look: any number of nodes may look at once, each day of a report's plan is told by one. A day comes and
 * working hours begin at full hours, so that after a look which found nothing the next one is worth it in the next hour.
 */
export async function remindOfTerms(db: Db, at?: Date): Promise<void> {
  while (await transaction({ db }, sendNudge));
  if (at === undefined && Date.now() < nextLook) return
  while (await transaction({ db }, (tx) => sendReminders(tx, at ?? new Date())));
  nextLook = (Math.floor(Date.now() / hour) + 1) * hour
}

/** Some of those due, in one transaction with their messages: the process may die at any moment of it. */
async function sendReminders(tx: Tx, at: Date): Promise<boolean> {
  const { picked, due } = await takeDueReminders(tx, at, settings.timeZone)
  for (const { reportId, daysBefore, zone } of due) {
    const report = await getReport(tx, reportId)
    // It was sent a moment ago.
    if (!isOpen(report)) continue
    const key = `report-reminder:${report.id}:${report.deadline.toISOString()}:${daysBefore}`
    await tellAnswering(tx, report, reminder(report, at, zone), key)
  }
  return picked > 0
}

/** So many go out at once, in the transaction of the event; the rest of a large campaign follow with the regular look. */
const nudgesAtOnce = 100

export async function sendNudges(tx: Tx): Promise<void> {
  for (let left = nudgesAtOnce; left > 0 && (await sendNudge(tx)); ) left -= 1
}

async function sendNudge(tx: Tx): Promise<boolean> {
  const nudge = await takeNudge(tx)
  if (!nudge) return false
  if (!nudge.unsent) return true
  const report = await getReport(tx, nudge.reportId)
  const told = reminder(report, new Date(), settings.timeZone)
  await tellAnswering(tx, report, told, `report-nudge:${report.id}:${nudge.askedOn}`)
  return true
}

const tellAnswering = async (tx: Tx, report: ReportRow, told: Told, uniqueKey: string) =>
  tell(tx, { ...told, accountIds: await listAnswering(tx, report.organisationId), uniqueKey })

async function getReport(tx: Tx, id: string): Promise<ReportRow> {
  const report = await findReport(tx, id)
  if (!report) throw new Error(`No report ${id}`)
  return report
}

type Recalled = Pick<
  ReportRow,
  'id' | 'formCipher' | 'campaignTitle' | 'organisationName' | 'deadline' | 'state' | 'filled' | 'total'
>

export function reminder(report: Recalled, at: Date, zone: string): Told {
  const name = `${report.formCipher} за ${report.campaignTitle}`
  const due = formatDue(report.deadline, at, zone)
  const late = report.deadline.getTime() < at.getTime()
  return {
    kind: 'report.reminder',
    title: late ? `Отчёт ${name} просрочен` : `Отчёт ${name}: ${due}`,
    body: `${report.organisationName}: отчёт ${name} ещё не отправлен, ${
      report.state === 'refused' ? 'его вернули с причиной' : `заполнено ${report.filled} из ${report.total}`
    }. Срок — ${formatDate(report.deadline, zone)}, ${due}. ${
      late
        ? 'Отправить отчёт можно и сейчас. Если он задержится, попросите продлить срок.'
        : 'Если к сроку не успеть, попросите продлить его заявкой.'
    }`,
    href: `/reports/${report.id}`,
    action: report.state === 'refused' ? 'Исправить отчёт' : 'Заполнить отчёт',
  }
}
