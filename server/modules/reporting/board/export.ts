/** The reports of a board as rows of a file. */
import { formatDate, formatDateTime } from '../../../../web/kit/dates.ts'
import type { BoardRow } from './board.queries.ts'
import { rowStates } from './board.words.ts'

const headings = [
  'Организация',
  'ИНН',
  'Территория',
  'Ответственный',
  'Состояние',
  'Просрочен',
  'Срок',
  'Продлён',
  'Заполнено',
  'Всего ячеек',
  'Ошибки',
  'Предупреждения',
  'Отправлен',
] as const

export const widths = [60, 14, 36, 26, 16, 11, 12, 10, 11, 12, 9, 15, 18]

export async function* tableOf(rows: AsyncIterable<BoardRow>, zone: string): AsyncGenerator<readonly string[]> {
  yield headings
  for await (const row of rows)
    yield [
      row.organisation,
      row.inn,
      row.district ?? '',
      row.responsible ?? '',
      row.state === 'draft' && row.version === 0 ? 'Не начато' : rowStates[row.state],
      row.overdue ? 'да' : '',
      formatDate(new Date(row.term), zone),
      row.extended ? 'да' : '',
      String(row.filled),
      String(row.total),
      row.errors === null ? '' : String(row.errors),
      row.warnings === null ? '' : String(row.warnings),
      row.sentAt ? formatDateTime(row.sentAt, zone) : '',
    ]
}
