import type { Publication } from '../../../../contracts/indicators.ts'
import {
  Button,
  Card,
  CardPart,
  type Column,
  Disclosure,
  EmptyState,
  FilterSelect,
  Filters,
  Form,
  formatDateTime,
  formatNumber,
  Note,
  Num,
  Page,
  Quiet,
  Row,
  Stack,
  Table,
  Text,
  Under,
} from '../../../../web/kit/index.ts'
import type { PageContext } from '../../../kernel/http/index.ts'
import { RoadmapTabs, roadmapCrumbs } from '../roadmaps/roadmap.tabs.tsx'
import type { RoadmapRow } from '../roadmaps/roadmaps.queries.ts'
import { periodName } from './periods.ts'

type Line = Publication['indicators'][number]
type PublicationPageProps = {
  ctx: PageContext
  roadmap: RoadmapRow
  publication: Publication
  periods: readonly string[]
  message?: string | undefined
}

/** What everybody would see, and what is not ready, before the deed. */
export function PublicationPage({ ctx, roadmap, publication, periods, message }: PublicationPageProps) {
  const { period, periodicity, indicators, publishedAt } = publication
  const at = `/roadmaps/${roadmap.id}/indicators`
  const query = new URLSearchParams({ period, periodicity })
  const isReady = indicators.some(({ ready, source }) => source !== 'computed' && ready > 0)
  return (
    <Page
      title={`Публикация показателей: ${publication.periodName}`}
      lead={
        publishedAt
          ? `Опубликовано ${formatDateTime(publishedAt, ctx.timeZone)}. Исправленное после этого появится у всех, когда вы опубликуете ещё раз.`
          : 'За этот период ещё ничего не опубликовано: эти числа не видит никто, кроме региона и координатора.'
      }
      frame={ctx.frame}
      crumbs={roadmapCrumbs(
        roadmap,
        { text: 'Показатели', href: at },
        { text: 'Подтверждение', href: `${at}/confirmation?${query}` },
        { text: 'Публикация' },
      )}
      help={{ href: '/guide/dorozhnaya-karta#t-подтверждение-и-публикация-показателей', text: 'публикация' }}
    >
      <Stack>
        <RoadmapTabs ctx={ctx} roadmap={roadmap} current="indicators" />
        {message ? (
          <Note tone="warn" live="alert">
            {message}
          </Note>
        ) : null}
        <Card flush>
          <Filters label="Период" action={`${at}/publication`} keep={{ periodicity }} submit="Показать">
            <FilterSelect
              name="period"
              label="Период"
              options={periods.map((day) => ({ value: day, text: periodName(periodicity, day) }))}
              value={period}
              empty="Последний завершённый"
            />
          </Filters>
          <Table
            label="Что будет опубликовано"
            rows={indicators}
            rowKey={({ id }) => id}
            columns={columns}
            empty={
              <EmptyState title="Показателей нет" icon="table">
                Сначала заведите показатели этой дорожной карты.
              </EmptyState>
            }
          />
          <CardPart>
            {isReady ? (
              <Form action={`${at}/publication`} hidden={{ period, periodicity }}>
                <Stack space="small">
                  <Text>
                    Подтверждённые числа увидят все на открытой странице дорожной карты. Неподтверждённые останутся
                    скрыты, а опубликованные раньше — прежними. Считаемые показатели посчитаются из опубликованных.
                  </Text>
                  <Row>
                    <Button kind="main">Опубликовать подтверждённые</Button>
                  </Row>
                </Stack>
              </Form>
            ) : (
              <Quiet>Публиковать нечего: новых подтверждённых показателей нет.</Quiet>
            )}
          </CardPart>
        </Card>
      </Stack>
    </Page>
  )
}

const columns: Column<Line>[] = [
  {
    key: 'title',
    title: 'Показатель',
    full: true,
    cell: ({ title, unit }) => (
      <>
        {title}
        <Under>{unit}</Under>
      </>
    ),
  },
  {
    key: 'ready',
    title: 'Будет опубликовано',
    numeric: true,
    cell: ({ ready, source }) =>
      source === 'computed' ? <Quiet>посчитается</Quiet> : <Num>{formatNumber(ready)}</Num>,
  },
  { key: 'published', title: 'Уже опубликовано', numeric: true, cell: ({ published }) => <Num>{published}</Num> },
  {
    key: 'country',
    title: 'По стране станет',
    numeric: true,
    cell: ({ country }) => (country === null ? '—' : <Num>{formatNumber(country)}</Num>),
  },
  {
    key: 'rest',
    title: 'Чего не хватает',
    full: true,
    cell: (line) => <Missing {...line} />,
  },
]

function Missing({ source, unconfirmed, missing }: Line) {
  if (source === 'computed') return <Quiet>Следует из других показателей</Quiet>
  if (unconfirmed.length + missing.length === 0) return <Quiet>Все регионы готовы</Quiet>
  return (
    <>
      <Regions title="Не подтверждено" names={unconfirmed} />
      <Regions title="Не внесено или возвращено" names={missing} />
    </>
  )
}

function Regions({ title, names }: { title: string; names: readonly string[] }) {
  if (names.length === 0) return null
  return (
    <Disclosure title={`${title}: ${names.length}`}>
      <Text>{names.join(', ')}</Text>
    </Disclosure>
  )
}
