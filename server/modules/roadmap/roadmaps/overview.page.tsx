import { Card, Facts, formatDate, formatDue, Page, Stack } from '../../../../web/kit/index.ts'
import type { PageContext } from '../../../kernel/http/index.ts'
import { RoadmapTabs, roadmapCrumbs } from './roadmap.tabs.tsx'
import type { RoadmapRow } from './roadmaps.queries.ts'

export function OverviewPage({ ctx, roadmap }: { ctx: PageContext; roadmap: RoadmapRow }) {
  const { deadline, timeZone } = roadmap
  return (
    <Page
      title={roadmap.shortTitle}
      lead={roadmap.title}
      frame={ctx.frame}
      crumbs={roadmapCrumbs(roadmap)}
      help={{ href: '/guide/dorozhnaya-karta#t-обзор', text: 'обзор дорожной карты' }}
    >
      <Stack>
        <RoadmapTabs ctx={ctx} roadmap={roadmap} current="overview" />
        <Card title="О дорожной карте">
          <Facts
            facts={[
              ['Цель', roadmap.purpose],
              ['Срок', `${formatDate(deadline, timeZone)}, ${formatDue(deadline, new Date(), timeZone)}`],
            ]}
          />
        </Card>
      </Stack>
    </Page>
  )
}
