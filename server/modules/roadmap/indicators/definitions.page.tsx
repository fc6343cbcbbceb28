import type { IndicatorDefinition } from '../../../../contracts/indicator-definitions.ts'
import {
  Badge,
  Card,
  type Column,
  EmptyState,
  LinkButton,
  Menu,
  Note,
  Page,
  Stack,
  Table,
  Under,
} from '../../../../web/kit/index.ts'
import type { PageContext } from '../../../kernel/http/index.ts'
import { RoadmapTabs, roadmapCrumbs } from '../roadmaps/roadmap.tabs.tsx'
import type { RoadmapRow } from '../roadmaps/roadmaps.queries.ts'
import { levelNames, mergingNames, sourceNames } from './definition.words.ts'
import { periodicityNames } from './periods.ts'

type DefinitionsPageProps = {
  ctx: PageContext
  roadmap: RoadmapRow
  indicators: readonly IndicatorDefinition[]
  message?: string | undefined
}

export function DefinitionsPage({ ctx, roadmap, indicators, message }: DefinitionsPageProps) {
  const at = `/roadmaps/${roadmap.id}/indicators`
  return (
    <Page
      title="Описания показателей"
      lead="Что измеряет дорожная карта, откуда берётся число, как оно проверяется и показывается."
      frame={ctx.frame}
      crumbs={roadmapCrumbs(roadmap, { text: 'Показатели', href: at }, { text: 'Описания' })}
      help={{ href: '/guide/dorozhnaya-karta#t-описания-показателей', text: 'описания показателей' }}
      actions={
        <LinkButton kind="main" icon="plus" href={`${at}/definitions/new`}>
          Новый показатель
        </LinkButton>
      }
    >
      <Stack>
        <RoadmapTabs ctx={ctx} roadmap={roadmap} current="indicators" />
        {message ? (
          <Note tone="bad" live="alert">
            {message}
          </Note>
        ) : null}
        <Card flush>
          <Table
            label="Показатели дорожной карты"
            rows={indicators}
            rowKey={({ id }) => id}
            keys
            columns={columnsOf(at)}
            empty={
              <EmptyState title="Показателей пока нет" icon="table">
                Добавьте первый: регионы смогут его вносить сразу.
              </EmptyState>
            }
          />
        </Card>
      </Stack>
    </Page>
  )
}

const columnsOf = (at: string): Column<IndicatorDefinition>[] => [
  {
    key: 'title',
    title: 'Показатель',
    full: true,
    cell: ({ id, title, code, unit }) => (
      <>
        <a href={`${at}/definitions/${id}`}>{title}</a>
        <Under>{`${unit} · код ${code}`}</Under>
      </>
    ),
  },
  {
    key: 'source',
    title: 'Откуда число',
    cell: ({ source, formula, level }) => (
      <>
        {level === 'country' ? levelNames.country : sourceNames[source]}
        {formula ? <Under>{formula}</Under> : null}
      </>
    ),
  },
  { key: 'periodicity', title: 'Как часто', cell: ({ periodicity }) => periodicityNames[periodicity] },
  { key: 'merging', title: 'По стране', cell: ({ merging }) => mergingNames[merging] },
  {
    key: 'state',
    title: 'Состояние',
    cell: ({ archived, public: isPublic, publishedPeriods }) => (
      <>
        {archived ? <Badge text="В архиве" /> : <Badge tone="ok" text={isPublic ? 'Для всех' : 'Только своим'} />}
        <Under>{`опубликовано периодов: ${publishedPeriods}`}</Under>
      </>
    ),
  },
  {
    key: 'deeds',
    title: 'Действия',
    cell: ({ id, archived }) => (
      <Menu
        text="Действия"
        size="small"
        kind="quiet"
        items={[
          { text: 'Изменить', icon: 'pen', href: `${at}/definitions/${id}` },
          archived
            ? { text: 'Вернуть из архива', icon: 'turn', post: `${at}/definitions/${id}/restoration` }
            : { text: 'В архив', icon: 'bin', post: `${at}/definitions/${id}/archive` },
        ]}
      />
    ),
  },
]
