import { countedStates } from './consolidation.phrases.ts'
import type { ConsolidationView } from './consolidation.ts'
import { layoutOf } from './layout.ts'

/** What the page shows, a line a cell: address, row, column, the total, the period before, and what was corrected. */
export async function* tableOf(
  { totals, previous, corrections, period, place, asOf, query }: ConsolidationView,
  moment: (at: string) => string,
  shown: (value: string) => string,
): AsyncGenerator<readonly string[]> {
  yield [
    'Раздел',
    'Строка',
    '№ строки',
    'Графа',
    period.title,
    previous?.title ?? 'Прошлый период',
    'Отчётов',
    'Исправлено',
  ]
  const stand = corrections.filter(({ withdrawn }) => !withdrawn)
  for (const { address } of layoutOf(totals.form).slots) {
    const value = totals.values[address]
    const cell = totals.form.cell(address)
    if (value === undefined || !cell) continue
    const corrected = stand.filter((each) => each.cell === address)
    const before = previous?.values[address]
    yield [
      address.split('/')[0] ?? '',
      cell.row.name,
      cell.row.code,
      cell.column.name,
      shown(value),
      before === undefined ? '' : shown(before),
      String(totals.counts[address] ?? 0),
      corrected.map(({ by, was, becomes, reason }) => `${by}: было ${was}, стало ${becomes}. ${reason}`).join('; '),
    ]
  }
  yield ['', `${place}, ${countedStates[query.states]}, отчётов ${totals.reports}, на ${moment(asOf)}`]
}
