import type { MeasureState, RoadmapOverview } from '../../../../contracts/roadmaps.ts'
import {
  Card,
  type Column,
  Columns,
  Facts,
  Figure,
  formatDateTime,
  formatDue,
  formatNumber,
  LinkButton,
  Page,
  plural,
  Row,
  type ShareKind,
  Shares,
  Stack,
  Table,
} from '../../../../web/kit/index.ts'
import type { PageContext } from '../../../kernel/http/index.ts'
import { measureForms, planAddress } from '../plans/plan.words.ts'
import { RoadmapTabs, roadmapCrumbs } from './roadmap.tabs.tsx'
import type { RoadmapRow } from './roadmaps.queries.ts'
import { ToDo } from './to-do.card.tsx'

type OverviewProps = { ctx: PageContext; overview: RoadmapOverview & { row: RoadmapRow } }
type RegionFigures = RoadmapOverview['regions'][number]

/** So many regions are shown at once; of the country, those that are behind the most. */
const shownRegions = 10

export function OverviewPage({ ctx, overview }: OverviewProps) {
  const { row: roadmap, regions } = overview
  const coordinates = ctx.grants.has('roadmap.coordinate')
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
        <Progress overview={overview} />
        <Columns>
          <Stack>
            <ToDo toDo={overview.toDo} regions={regions.length} enters={ctx.grants.has('indicator.enter')} />
            {regions.length > 1 ? <RegionsCard roadmap={roadmap} regions={regions} board={coordinates} /> : null}
          </Stack>
          <About roadmap={roadmap} />
        </Columns>
      </Stack>
    </Page>
  )
}

/** Measures of all regions that one sees; each figure of one region leads to the measures that it counts. */
function Progress({ overview: { row, states, regions } }: Pick<OverviewProps, 'overview'>) {
  const [only] = regions.length === 1 ? regions : []
  const address = (state?: MeasureState) => (only ? planAddress(row.id, { region: only.code, state }) : undefined)
  return (
    <Card
      title={
        only
          ? `План мероприятий: ${only.name}`
          : `Планы мероприятий, ${regions.length} ${plural(regions.length, ['регион', 'региона', 'регионов'])}`
      }
    >
      <Row>
        <Figure value={formatNumber(countOf(states))} text={plural(countOf(states), measureForms)} href={address()} />
        <Figure value={formatNumber(states.done + states['done-late'])} text="выполнено" />
        <Figure value={formatNumber(states.going)} text="выполняется" href={address('going')} />
        <Figure
          value={formatNumber(states.overdue)}
          text="просрочено"
          tone={states.overdue > 0 ? 'bad' : undefined}
          href={address('overdue')}
        />
        <Figure value={formatNumber(states.planned)} text="предстоит" href={address('planned')} />
      </Row>
    </Card>
  )
}

const countOf = ({ cancelled, ...states }: Record<MeasureState, number>): number =>
  Object.values(states).reduce((sum, count) => sum + count, 0)

const shares = (states: Record<MeasureState, number>): (readonly [ShareKind, number])[] => [
  [1, states.done + states['done-late']],
  [2, states.going],
  [3, states.overdue],
  [0, states.planned],
]

function RegionsCard(props: { roadmap: RoadmapRow; regions: readonly RegionFigures[]; board: boolean }) {
  const { roadmap, regions, board } = props
  const many = regions.length > shownRegions
  return (
    <Card
      title={many ? 'Больше всего просрочено' : 'Регионы'}
      flush
      aside={board ? <a href={`/roadmaps/${roadmap.id}/board`}>Все регионы в сводке</a> : undefined}
    >
      <Table
        label="Регионы дорожной карты"
        rows={regions.slice(0, shownRegions)}
        rowKey={({ code }) => code}
        columns={regionColumns(roadmap.id)}
      />
    </Card>
  )
}

const regionColumns = (roadmapId: string): Column<RegionFigures>[] => [
  {
    key: 'name',
    title: 'Регион',
    cell: ({ code, name }) => <a href={planAddress(roadmapId, { region: code })}>{name}</a>,
  },
  {
    key: 'share',
    title: 'Выполнение',
    width: 'share',
    cell: ({ states }) => (
      <Shares parts={shares(states)} text={`выполнено ${states.done + states['done-late']} из ${countOf(states)}`} />
    ),
  },
  {
    key: 'overdue',
    title: 'Просрочено',
    numeric: true,
    cell: ({ code, states }) =>
      states.overdue > 0 ? (
        <a href={planAddress(roadmapId, { region: code, state: 'overdue' })}>{states.overdue}</a>
      ) : (
        '—'
      ),
  },
]

function About({ roadmap }: { roadmap: RoadmapRow }) {
  const { deadline, timeZone, publishedAt, code, purpose } = roadmap
  return (
    <Card
      title="О дорожной карте"
      foot={
        publishedAt ? (
          <LinkButton kind="quiet" href={`/public/roadmaps/${code}`}>
            Открытая страница
          </LinkButton>
        ) : undefined
      }
    >
      <Facts
        narrow
        facts={[
          ['Цель', purpose],
          ['Срок', `${formatDateTime(deadline, timeZone, 'named')}, ${formatDue(deadline, new Date(), timeZone)}`],
          ['Состояние', publishedAt ? 'Опубликована' : 'Черновик: регионы её не видят'],
        ]}
      />
    </Card>
  )
}
