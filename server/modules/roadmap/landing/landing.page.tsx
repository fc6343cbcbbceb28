import { breakKinds } from '../../../../contracts/indicators.ts'
import type { LandingView } from '../../../../contracts/landing.ts'
import {
  Card,
  Columns,
  CopyCode,
  Disclosure,
  FilterSelect,
  Filters,
  type Frame,
  LinkButton,
  Muted,
  Page,
  Part,
  PeriodChoice,
  Row,
  Section,
  Stack,
  Tabs,
  Text,
} from '../../../../web/kit/index.ts'
import { addressOf, type Choice, pathOf } from './choice.ts'
import { CountryFigures } from './country-figures.tsx'
import { LandingMast } from './landing-mast.tsx'
import { shown } from './map-figures.ts'
import { extremes, FigureMap } from './region-map.tsx'
import { RegionsTable } from './regions-table.tsx'
import type { RoadmapSnapshot } from './snapshot.ts'
import { breakNames, periodOf, periodTold, titleWithUnit, updatedPhrase } from './words.ts'

type Props = { frame: Frame; baseUrl: string; snapshot: RoadmapSnapshot; choice: Choice }

export function LandingPage({ frame, baseUrl, snapshot, choice }: Props) {
  const { roadmap } = snapshot
  const path = pathOf(snapshot)
  return (
    <Page
      title={roadmap.shortTitle}
      heading={null}
      frame={frame}
      open={{ description: roadmap.purpose, address: `${baseUrl}${path}` }}
      mast={<LandingMast snapshot={snapshot} />}
    >
      <Section id="regions" title="Как идут регионы">
        <Stack>
          <Card flush>
            <FigureChoice snapshot={snapshot} choice={choice} />
          </Card>
          <Part name="figure">
            <FigureShown snapshot={snapshot} choice={choice} />
          </Part>
        </Stack>
      </Section>
      <CountryFigures snapshot={snapshot} />
      <Section id="share" title="Поделиться">
        <Part name="share">
          <Sharing baseUrl={baseUrl} snapshot={snapshot} choice={choice} />
        </Part>
      </Section>
      <WhoItIsFor />
    </Page>
  )
}

type Shown = Pick<Props, 'snapshot' | 'choice'>

function FigureChoice({ snapshot, choice }: Shown) {
  const { figures, figure, period, breaks, view, column, descending } = choice
  const { indicator } = figure
  return (
    <Filters
      label="Показатель на карте"
      action={pathOf(snapshot)}
      submit="Показать"
      keep={{
        view: view === 'map' ? undefined : view,
        sort: column === figure.key ? undefined : `${descending ? '-' : ''}${column}`,
      }}
    >
      <FilterSelect
        name="indicator"
        label="Показатель"
        value={figure.key}
        options={figures.map((each) => ({ value: each.key, text: titleWithUnit(each) }))}
      />
      {indicator && period !== undefined ? (
        <PeriodChoice
          name="period"
          value={period}
          options={figure.periods.map((first) => ({ value: first, text: periodTold(indicator.periodicity, first) }))}
        />
      ) : null}
      <FilterSelect
        name="breaks"
        label="Границы оттенков"
        value={breaks}
        options={breakKinds.map((kind) => ({ value: kind, text: breakNames[kind] }))}
      />
    </Filters>
  )
}

function FigureShown({ snapshot, choice }: Shown) {
  const { figure, period, view } = choice
  const path = pathOf(snapshot)
  const table = (
    <Card
      title="Таблица регионов"
      level={3}
      flush
      fill={view !== 'table'}
      aside={<a href={`${path}/data.csv${period ? `?period=${period}` : ''}`}>Скачать CSV</a>}
    >
      <RegionsTable snapshot={snapshot} choice={choice} />
    </Card>
  )
  return (
    <Stack>
      <Stack space="small">
        <h3>{[titleWithUnit(figure), periodOf(figure, period)].filter(Boolean).join(' · ')}</h3>
        <Muted>
          {figure.definition} По стране: <b>{shown(figure.ofCountry(period), figure)}</b>. {extremes(snapshot, choice)}
        </Muted>
      </Stack>
      <Tabs
        label="Вид"
        tabs={views.map(({ key, text }) => ({
          text,
          href: addressOf(path, choice, { view: key }),
          current: view === key,
        }))}
      />
      {view === 'table' ? (
        table
      ) : (
        <Columns shape="map" fill>
          <Card title={view === 'tiles' ? 'Плитки' : 'Карта'} level={3} foot={updatedPhrase(snapshot)}>
            <FigureMap snapshot={snapshot} choice={choice} />
          </Card>
          {table}
        </Columns>
      )}
    </Stack>
  )
}

const views: { key: LandingView; text: string }[] = [
  { key: 'map', text: 'Карта' },
  { key: 'tiles', text: 'Плитки' },
  { key: 'table', text: 'Таблица' },
]

function Sharing({ baseUrl, snapshot, choice }: Omit<Props, 'frame'>) {
  const path = pathOf(snapshot)
  const embed = addressOf(`${path}/embed`, choice, { sort: undefined })
  return (
    <Card>
      <Stack>
        <Text>В адресе остаётся всё, что вы выбрали: показатель, период, вид и порядок строк.</Text>
        <CopyCode label="Ссылка на эту страницу" code={`${baseUrl}${addressOf(path, choice)}`} />
        <Disclosure title="Поставить карту на свой сайт">
          <Stack space="small">
            <Text>Вставьте этот код на страницу своего сайта: карта будет обновляться сама.</Text>
            <CopyCode label="Код для вставки" code={frameCode(`${baseUrl}${embed}`, snapshot.roadmap.shortTitle)} />
            <Text>
              <a href={embed}>Посмотреть, как она выглядит</a>
            </Text>
          </Stack>
        </Disclosure>
      </Stack>
    </Card>
  )
}

const frameCode = (address: string, title: string): string =>
  `<iframe src="${escaped(address)}" title="${escaped(title)}" width="100%" height="640" loading="lazy" frameborder="0"></iframe>`
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')

const WhoItIsFor = () => (
  <Section id="about" title="Кому и зачем нужен кабинет">
    <Columns>
      <Text>
        Операторы регионов ведут план мероприятий, вносят показатели и управляют помощниками. Координатор проверяет их и
        публикует: здесь видно только опубликованное. Учётную запись оператора создаёт администратор системы по заявке
        от региона.
      </Text>
      <Row>
        <LinkButton href="/applications/without-account">Подать заявку на доступ</LinkButton>
        <a href="/guide/dorozhnaya-karta">Руководство пользователя</a>
      </Row>
    </Columns>
  </Section>
)
