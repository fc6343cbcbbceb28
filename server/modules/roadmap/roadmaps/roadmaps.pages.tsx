import type { RoadmapSummary } from '../../../../contracts/roadmaps.ts'
import {
  Badge,
  Card,
  type Column,
  EmptyState,
  formatDate,
  formatDue,
  LinkButton,
  Page,
  Table,
  Under,
} from '../../../../web/kit/index.ts'
import { type PageContext, pages } from '../../../kernel/http/index.ts'
import { OverviewPage } from './overview.page.tsx'
import { viewOverview } from './overview.ts'
import { placeOfCountry } from './roadmaps.access.ts'
import { viewRoadmaps } from './roadmaps.ts'

export const roadmapsPages = pages('/roadmaps')
  .get('/', { needs: 'roadmap.read' }, async (ctx) => (
    <RoadmapsPage ctx={ctx} roadmaps={(await viewRoadmaps(ctx)).roadmaps} />
  ))
  .get('/{id}', { needs: 'roadmap.read' }, async (ctx, { id }) => (
    <OverviewPage ctx={ctx} overview={await viewOverview(ctx, id)} />
  ))

function RoadmapsPage({ ctx, roadmaps }: { ctx: PageContext; roadmaps: RoadmapSummary[] }) {
  return (
    <Page
      title="Дорожные карты"
      frame={ctx.frame}
      crumbs={[{ text: 'Мой профиль', href: '/cabinet' }, { text: 'Дорожные карты' }]}
      help={{ href: '/guide/dorozhnaya-karta', text: 'дорожная карта' }}
      actions={
        ctx.grants.allow('roadmap.manage', placeOfCountry) ? (
          <LinkButton kind="main" href="/roadmaps/new">
            Новая дорожная карта
          </LinkButton>
        ) : undefined
      }
    >
      <Card flush>
        <Table
          label="Дорожные карты"
          rows={roadmaps}
          rowKey={({ id }) => id}
          keys
          columns={columns}
          empty={
            <EmptyState title="Дорожных карт пока нет" icon="table">
              Дорожная карта появится здесь, когда её опубликуют для вашего региона.
            </EmptyState>
          }
        />
      </Card>
    </Page>
  )
}

const columns: Column<RoadmapSummary>[] = [
  {
    key: 'title',
    title: 'Дорожная карта',
    cell: ({ id, shortTitle, title }) => (
      <>
        <a href={`/roadmaps/${id}`}>{shortTitle}</a>
        <Under>{title}</Under>
      </>
    ),
  },
  {
    key: 'term',
    title: 'Срок',
    unbroken: true,
    cell: ({ deadline, timeZone }) => (
      <>
        {formatDate(deadline, timeZone)}
        <Under>{formatDue(deadline, new Date(), timeZone)}</Under>
      </>
    ),
  },
  {
    key: 'state',
    title: 'Состояние',
    cell: ({ published }) => (
      <Badge tone={published ? 'ok' : undefined} text={published ? 'Опубликована' : 'Черновик'} />
    ),
  },
]
