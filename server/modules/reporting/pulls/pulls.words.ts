/** Where a pulled number is from, in words that are shown and kept with what is sent. */
import { type PullPeriod, parseAddress, requisites, type Total } from '../../../../engine/index.ts'
import { counted } from '../../../../web/kit/text.ts'

/** «раздел 7, строка 701, графа 3» */
export function placeWords(cell: string): string {
  const place = parseAddress(cell)
  return place ? `раздел ${place.section}, строка ${place.row}, графа ${place.column}` : cell
}

const periods: Record<PullPeriod, string> = {
  same: 'за этот же период',
  previous: 'за прошлый период',
  'year-ago': 'за тот же период год назад',
}

const totals: Record<Total, string> = {
  sum: 'сумма',
  average: 'среднее',
  maximum: 'наибольшее',
  minimum: 'наименьшее',
  list: 'перечень',
  count: 'сколько организаций заполнили ячейку',
  none: 'не складывается',
}

export const pullTexts = {
  requisite: (field: string): string => `Реквизиты организации: ${requisites[field.toLowerCase()] ?? field}`,
  noReport: (cipher: string, period: PullPeriod): string => `${cipher} ${periods[period]}: такого отчёта нет`,
  subordinates: (
    title: string,
    place: string,
    total: Total,
    { sent, asked }: { sent: number; asked: number },
  ): string =>
    `${title}, ${place}: ${totals[total]} по подведомственным организациям, отправлено ${sent} из ${counted(asked, ['отчёта', 'отчётов', 'отчётов'])}`,
}
