/** Late measures as rows of a file. */
import type { LateMeasure } from '../../../../contracts/roadmap-board.ts'
import { formatDate } from '../../../../web/kit/dates.ts'

const headings = [
  'Регион',
  'Номер',
  'Мероприятие',
  'Ответственная организация',
  'Ответственный',
  'Срок',
  'Дней просрочки',
  'Готовность, %',
  'Последний отчёт',
  'Дата отчёта',
  'Открытых замечаний',
  'Ждёт',
  'Напомнили',
] as const

export const widths = [30, 8, 60, 40, 30, 12, 10, 10, 60, 12, 12, 30, 12]

export async function* tableOf(rows: AsyncIterable<LateMeasure>, zone: string): AsyncGenerator<readonly string[]> {
  yield headings
  for await (const row of rows)
    yield [
      row.regionName,
      row.number,
      row.title,
      row.organisation,
      row.person,
      formatDate(row.dueOn),
      String(row.daysLate),
      String(row.percent),
      row.report?.text ?? '',
      row.report ? formatDate(row.report.at, zone) : '',
      String(row.remarks),
      row.waitsFor.map(({ number, overdue }) => (overdue ? `${number} — тоже просрочено` : number)).join('; '),
      row.remindedOn ? formatDate(row.remindedOn) : '',
    ]
}
