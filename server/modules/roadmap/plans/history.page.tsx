/** Every change of a measure: what, who, when, why. */
import type { Measure } from '../../../../contracts/measures.ts'
import { Card, type Column, EmptyState, formatDateTime, Page, Pager, Table } from '../../../../web/kit/index.ts'
import type { PageContext } from '../../../kernel/http/index.ts'
import { roadmapCrumbs, templateChoice } from '../roadmaps/roadmap.tabs.tsx'
import type { RoadmapRow } from '../roadmaps/roadmaps.queries.ts'
import { changeWords, fieldName } from './changes.words.ts'
import type { ChangeRow } from './details.queries.ts'
import { changesOnPage } from './measures.ts'
import { planAddress } from './plan.words.ts'

type HistoryProps = {
  ctx: PageContext
  roadmap: RoadmapRow
  measure: Pick<Measure, 'id' | 'number' | 'title' | 'region' | 'regionName'>
  changes: readonly ChangeRow[]
  total: number
  page: number
}

export function HistoryPage({ ctx, roadmap, measure, changes, total, page }: HistoryProps) {
  const { id, number, title, region, regionName } = measure
  return (
    <Page
      title={`История мероприятия ${number}`}
      lead={title}
      frame={ctx.frame}
      crumbs={roadmapCrumbs(
        roadmap,
        {
          text: region ? `План: ${regionName ?? region}` : 'Шаблон плана',
          href: planAddress(roadmap.id, { region: region ?? templateChoice }),
        },
        { text: `Мероприятие ${number}`, href: `/measures/${id}` },
        { text: 'История' },
      )}
      help={{ href: '/guide/dorozhnaya-karta#t-план-мероприятий', text: 'история мероприятия' }}
    >
      <Card flush>
        <Table
          label="Изменения мероприятия"
          rows={changes}
          rowKey={(change) => String(change.id)}
          columns={columnsOf(ctx.timeZone)}
          empty={
            <EmptyState title="Изменений не было" icon="history">
              Здесь будет видно, кто, что и почему изменил в мероприятии.
            </EmptyState>
          }
        />
        <Pager
          page={page}
          size={changesOnPage}
          shown={changes.length}
          total={total}
          href={(number) => `/measures/${id}/history?page=${number}`}
        />
      </Card>
    </Page>
  )
}

const columnsOf = (zone: string): Column<ChangeRow>[] => [
  { key: 'field', title: 'Что изменилось', cell: ({ field }) => fieldName(field) },
  { key: 'values', title: 'Было → стало', full: true, cell: (change) => changeWords(change) },
  { key: 'by', title: 'Кто', cell: ({ by }) => by || 'Сама программа' },
  { key: 'at', title: 'Когда', unbroken: true, cell: ({ at }) => formatDateTime(at, zone) },
  { key: 'reason', title: 'Почему', full: true, cell: ({ reason }) => reason },
]
