/** Where a pulled number is from: the report, or the reports of the organisations below, as far as one's rights reach. */
import type { PullTrace } from '../../../../contracts/checks.ts'
import { Card, EmptyState, formatNumber, Muted, Num, Stack, Table, Text } from '../../../../web/kit/index.ts'

export function Trace({ trace: { value, from, source, reports } }: { trace: PullTrace }) {
  return (
    <>
      <Card title="Откуда это число">
        <Stack space="small">
          <Text>
            {value === null ? 'Пусто' : <Num>{formatNumber(value)}</Num>}. {from}
          </Text>
          {source ? (
            <Text>
              {source.href ? <a href={source.href}>Открыть источник</a> : <Muted>{source.title}: нет доступа</Muted>}
            </Text>
          ) : null}
        </Stack>
      </Card>
      {reports.length > 0 ? (
        <Card title="Отчёты подведомственных организаций" flush>
          <Table
            label="Отчёты, из которых сложилось число"
            rows={reports}
            rowKey={({ organisation, href }) => href ?? organisation}
            empty={<EmptyState title="Отчётов нет">Отчётов подведомственных организаций ещё нет.</EmptyState>}
            columns={[
              {
                key: 'organisation',
                title: 'Организация',
                cell: ({ organisation, href }) => (href ? <a href={href}>{organisation}</a> : organisation),
              },
              { key: 'counted', title: 'Отчёт', cell: ({ counted }) => (counted ? 'отправлен' : 'ещё не отправлен') },
              {
                key: 'value',
                title: 'Число',
                numeric: true,
                cell: ({ value: own, href }) =>
                  href === null ? 'нет доступа' : own === null ? 'пусто' : <Num>{formatNumber(own)}</Num>,
              },
            ]}
          />
        </Card>
      ) : null}
    </>
  )
}
