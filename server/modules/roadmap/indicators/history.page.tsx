import type { ChangeField, FigureHistory, FigureHistoryQuery } from '../../../../contracts/indicators.ts'
import {
  Card,
  type Column,
  EmptyState,
  formatDateTime,
  formatNumber,
  Page,
  Quiet,
  Stack,
  Table,
  Text,
  Under,
} from '../../../../web/kit/index.ts'
import type { PageContext } from '../../../kernel/http/index.ts'
import { RoadmapTabs, roadmapCrumbs } from '../roadmaps/roadmap.tabs.tsx'
import type { RoadmapRow } from '../roadmaps/roadmaps.queries.ts'

type Change = FigureHistory['changes'][number]
type HistoryPageProps = { ctx: PageContext; roadmap: RoadmapRow; history: FigureHistory; query: FigureHistoryQuery }

export function HistoryPage({ ctx, roadmap, history, query }: HistoryPageProps) {
  const { indicator, region, changes } = history
  const place = new URLSearchParams({ region: region.code, ...(query.period && { period: query.period }) })
  const whole = new URLSearchParams({ indicator: indicator.id, region: region.code })
  return (
    <Page
      title={`История: ${indicator.title}`}
      lead={`${region.name}. Кто, когда и почему менял показатель.`}
      frame={ctx.frame}
      crumbs={roadmapCrumbs(
        roadmap,
        { text: 'Показатели', href: `/roadmaps/${roadmap.id}/indicators?${place}` },
        { text: 'История' },
      )}
      help={{ href: '/guide/dorozhnaya-karta#t-показатели', text: 'история показателя' }}
    >
      <Stack>
        <RoadmapTabs ctx={ctx} roadmap={roadmap} current="indicators" region={region.code} />
        <Card
          title={query.period ? `За ${changes[0]?.periodName ?? 'этот период'}` : 'За все периоды'}
          aside={
            query.period ? <a href={`/roadmaps/${roadmap.id}/indicators/history?${whole}`}>За все периоды</a> : null
          }
          flush
        >
          <Table
            label="Изменения показателя"
            rows={changes}
            rowKey={(change) => `${change.at}${change.period}${change.field}`}
            columns={columnsOf(ctx.timeZone, query.period === undefined)}
            empty={
              <EmptyState title="Изменений пока не было" icon="clock">
                Здесь появится каждое внесённое число: кто его внёс, когда и почему.
              </EmptyState>
            }
          />
        </Card>
      </Stack>
    </Page>
  )
}

const columnsOf = (timeZone: string, ofAll: boolean): Column<Change>[] => [
  {
    key: 'at',
    title: 'Когда',
    cell: ({ at, periodName }) => (
      <>
        {formatDateTime(at, timeZone)}
        {ofAll ? <Under>{`за ${periodName}`}</Under> : null}
      </>
    ),
  },
  { key: 'by', title: 'Кто', cell: ({ by }) => by ?? 'Программа' },
  { key: 'what', title: 'Что', cell: ({ field }) => changeNames[field] },
  {
    key: 'values',
    title: 'Было → стало',
    cell: (change) => <Values {...change} />,
  },
  {
    key: 'reason',
    title: 'Причина',
    full: true,
    cell: ({ reason }) => (reason ? <Text>{reason}</Text> : <Quiet>—</Quiet>),
  },
]

function Values({ field, old, new: now }: Change) {
  if (field === 'plan' || field === 'fact') return <>{`${told(old)} → ${told(now)}`}</>
  if (field === 'explanation') return <Quiet>{now ?? 'стёрто'}</Quiet>
  return <Quiet>{now === null ? '—' : told(now)}</Quiet>
}

const told = (value: string | null): string => (value === null ? 'пусто' : formatNumber(value))

const changeNames: Record<ChangeField, string> = {
  plan: 'План',
  fact: 'Факт',
  explanation: 'Пояснение',
  confirmed: 'Подтверждено',
  returned: 'Возвращено',
  published: 'Опубликовано',
}
