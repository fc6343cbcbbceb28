import {
  Badge,
  Card,
  type Column,
  Columns,
  Figure,
  type Frame,
  formatDate,
  formatDue,
  LinkButton,
  Page,
  Progress,
  Row,
  Section,
  Stack,
  Table,
  Under,
} from '../../../../web/kit/index.ts'
import { measureStateNames, measureTones } from '../plans/states.ts'
import { pathOf } from './choice.ts'
import { type MapFigure, mapFiguresOf, percentOf, shown } from './map-figures.ts'
import { placeOf, placePhrase } from './place.ts'
import { RegionTrends } from './region-trends.tsx'
import { byName } from './regions-table.tsx'
import type { MeasureSnapshot, RegionSnapshot, RoadmapSnapshot } from './snapshot.ts'
import { periodOf, titleWithUnit, updatedPhrase } from './words.ts'

type Props = { frame: Frame; baseUrl: string; snapshot: RoadmapSnapshot; region: RegionSnapshot }
type Shown = Pick<Props, 'snapshot' | 'region'>

export function RegionPage({ frame, baseUrl, snapshot, region }: Props) {
  const { roadmap } = snapshot
  const path = pathOf(snapshot)
  return (
    <Page
      title={region.name}
      lead={`${roadmap.shortTitle}. ${updatedPhrase(snapshot)}.`}
      frame={frame}
      crumbs={[
        { text: 'Главная', href: '/' },
        { text: roadmap.shortTitle, href: `${path}#region-${region.code}` },
        { text: region.name },
      ]}
      help={{ href: '/guide/dorozhnaya-karta', text: 'дорожная карта' }}
      open={{
        description: `${region.name}: ход плана мероприятий и показатели. ${roadmap.title}`,
        address: `${baseUrl}${path}/regions/${region.code}`,
      }}
    >
      <Stack>
        <Columns>
          <FiguresCard region={region} snapshot={snapshot} />
          <PlanCard region={region} snapshot={snapshot} />
        </Columns>
        <RegionTrends snapshot={snapshot} region={region} />
      </Stack>
      <Section id="plan" title="План мероприятий">
        <Plan snapshot={snapshot} region={region} />
      </Section>
      <Neighbours snapshot={snapshot} region={region} />
    </Page>
  )
}

function PlanCard({ snapshot, region: { progress } }: Shown) {
  const { all, done, overdue } = progress
  return (
    <Card title="Ход плана">
      <Stack>
        <Progress
          value={done}
          max={Math.max(1, all)}
          label="Выполнено мероприятий"
          text={`Выполнено ${percentOf(progress) ?? 0} %, по стране ${percentOf(snapshot.progress) ?? 0} %`}
        />
        <Row>
          <Figure value={done} text={`выполнено из ${all}`} />
          <Figure value={overdue} text="просрочено" />
          <Figure value={all - done - overdue} text="в работе и впереди" />
        </Row>
      </Stack>
    </Card>
  )
}

type Line = { figure: MapFigure; period: string | undefined }

/** As of the latest published period of each. */
function FiguresCard({ snapshot, region }: Shown) {
  const columns: Column<Line>[] = [
    {
      key: 'title',
      title: 'Показатель',
      cell: ({ figure, period }) => (
        <>
          {titleWithUnit(figure)}
          <Under>{periodOf(figure, period) ?? 'сейчас'}</Under>
        </>
      ),
    },
    {
      key: 'own',
      title: 'Регион',
      numeric: true,
      cell: ({ figure, period }) => <b>{shown(figure.of(region, period), figure)}</b>,
    },
    {
      key: 'country',
      title: 'Страна',
      numeric: true,
      cell: ({ figure, period }) => shown(figure.ofCountry(period), figure),
    },
    {
      key: 'place',
      title: 'Место',
      cell: ({ figure, period }) => {
        const place = placeOf(region, snapshot.regions, figure, period)
        return place ? placePhrase(place) : '—'
      },
    },
  ]
  return (
    <Card title="Показатели" flush>
      <Table
        label="Показатели региона и страны"
        rows={mapFiguresOf(snapshot).map((figure): Line => ({ figure, period: figure.periods.at(-1) }))}
        rowKey={({ figure }) => figure.key}
        narrow={3}
        columns={columns}
      />
    </Card>
  )
}

function Plan({ snapshot, region }: Shown) {
  const measures = snapshot.measures.get(region.code) ?? []
  return (
    <Stack>
      {snapshot.sections.map(({ id, number, title }) => {
        const ofSection = measures.filter(({ sectionId }) => sectionId === id)
        const done = ofSection.filter(({ state }) => state === 'done' || state === 'done-late').length
        return ofSection.length === 0 ? null : (
          <Card
            key={id}
            title={`${number}. ${title}`}
            level={3}
            aside={`выполнено ${done} из ${ofSection.length}`}
            flush
          >
            <Table
              label={`Мероприятия раздела ${number}`}
              rows={ofSection}
              rowKey={(measure) => measure.number}
              columns={measureColumns(snapshot.roadmap.timeZone)}
            />
          </Card>
        )
      })}
    </Stack>
  )
}

const measureColumns = (zone: string): Column<MeasureSnapshot>[] => [
  { key: 'title', title: 'Мероприятие', cell: ({ number, title }) => `${number}. ${title}` },
  {
    key: 'term',
    title: 'Срок',
    unbroken: true,
    cell: ({ dueOn, doneOn, state }) => (
      <>
        {formatDate(dueOn)}
        {doneOn ? <Under>{`выполнено ${formatDate(doneOn)}`}</Under> : null}
        {state === 'overdue' ? <Under>{formatDue(dueOn, new Date(), zone)}</Under> : null}
      </>
    ),
  },
  {
    key: 'state',
    title: 'Состояние',
    width: 'state',
    cell: ({ state, percent }) => (
      <>
        <Badge tone={measureTones[state]} text={measureStateNames[state]} />
        {state === 'going' || state === 'overdue' ? <Under>{`готово на ${percent} %`}</Under> : null}
      </>
    ),
  },
]

/** The one before and the one after in the order of names. */
function Neighbours({ snapshot, region }: Shown) {
  const sorted = snapshot.regions.toSorted(byName)
  const at = sorted.findIndex(({ code }) => code === region.code)
  const [before, after] = [sorted[at - 1], sorted[at + 1]]
  const hrefOf = ({ code }: RegionSnapshot) => `${pathOf(snapshot)}/regions/${code}`
  return (
    <Section id="others" title="Другие регионы">
      <Row apart>
        {before ? (
          <LinkButton href={hrefOf(before)} icon="left">
            {before.name}
          </LinkButton>
        ) : null}
        <a href={`${pathOf(snapshot)}#region-${region.code}`}>Все регионы</a>
        {after ? (
          <LinkButton href={hrefOf(after)} icon="right">
            {after.name}
          </LinkButton>
        ) : null}
      </Row>
    </Section>
  )
}
