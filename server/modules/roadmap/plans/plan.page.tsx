/** The plan of a region, or the template, by its sections; what is overdue stands out. */
import { type MeasureLine, measuresOnPage, type PlanQuery } from '../../../../contracts/measures.ts'
import { type MeasureState, measureStates } from '../../../../contracts/roadmaps.ts'
import {
  Badge,
  Card,
  CardPart,
  type Column,
  EmptyState,
  Figure,
  FilterSelect,
  Filters,
  FilterText,
  LinkButton,
  Menu,
  type MenuEntry,
  Page,
  Pager,
  Progress,
  Row,
  Stack,
  Table,
  Under,
} from '../../../../web/kit/index.ts'
import type { PageContext } from '../../../kernel/http/index.ts'
import { RegionChoice, RoadmapTabs, roadmapCrumbs, templateChoice } from '../roadmaps/roadmap.tabs.tsx'
import type { PlanFound, Region } from './plan.ts'
import { planAddress, termOf, termWords } from './plan.words.ts'
import { measureStateNames, measureTones } from './states.ts'

export type PlanPageProps = {
  ctx: PageContext
  plan: PlanFound
  query: PlanQuery
  list: {
    measures: MeasureLine[]
    total: number
    counts: Record<MeasureState, number>
    organisations: readonly string[]
  }
  today: string
  /** Regions to choose from, and whether the template is one of the plans. */
  choice: { regions: readonly Region[]; template: boolean }
  may: { edit: boolean }
}

export function PlanPage(props: PlanPageProps) {
  const { ctx, plan, choice, may } = props
  const { roadmap, region } = plan
  const chosen = region?.code ?? templateChoice
  const path = `/roadmaps/${roadmap.id}/plan`
  return (
    <Page
      title={region ? `План мероприятий: ${region.name}` : 'Шаблон плана мероприятий'}
      frame={ctx.frame}
      wide
      crumbs={roadmapCrumbs(roadmap, { text: region ? 'План мероприятий' : 'Шаблон плана' })}
      help={{ href: '/guide/dorozhnaya-karta#t-план-мероприятий', text: 'план мероприятий' }}
      actions={
        <>
          <LinkButton icon="calendar" href={`${path}/gantt?region=${chosen}`}>
            Диаграмма
          </LinkButton>
          <Menu text="Таблицей" icon="table" items={filesOf(props)} />
          {may.edit ? (
            <LinkButton kind="main" icon="plus" href={`${path}/new?region=${chosen}`}>
              Добавить мероприятие
            </LinkButton>
          ) : null}
        </>
      }
    >
      <Stack>
        <RoadmapTabs ctx={ctx} roadmap={roadmap} current="plan" region={chosen} />
        <RegionChoice action={path} regions={choice.regions} chosen={chosen} template={choice.template} />
        {region ? <Counts {...props} /> : null}
        <Measures {...props} />
      </Stack>
    </Page>
  )
}

/** What is narrowed is given out narrowed. */
function filesOf({ plan: { roadmap, region }, query, may }: PlanPageProps): MenuEntry[] {
  const asked = { ...query, region: region?.code ?? templateChoice, page: 1 }
  const address = planAddress(roadmap.id, asked).replace('/plan?', '/plan/export?')
  const given = { text: 'Загрузить таблицу', href: `/roadmaps/${roadmap.id}/plan/import?region=${asked.region}` }
  return [
    { text: 'Скачать XLSX', href: `${address}&format=xlsx` },
    { text: 'Скачать CSV', href: `${address}&format=csv` },
    { text: 'Скачать PDF для печати', href: `${address}&format=pdf` },
    ...(may.edit ? (['line', given] as const) : []),
  ]
}

/** Each figure leads to the measures that it counts. */
function Counts({ plan: { roadmap, region }, query, list }: PlanPageProps) {
  const known = { region: region?.code, whole: query.whole }
  const total = Object.values(list.counts).reduce((sum, count) => sum + count, 0)
  return (
    <Card>
      <Row>
        <Figure
          value={total}
          text="Все мероприятия"
          href={planAddress(roadmap.id, known)}
          current={query.state === undefined}
        />
        {measureStates
          .filter((state) => list.counts[state] > 0)
          .map((state) => (
            <Figure
              key={state}
              value={list.counts[state]}
              text={measureStateNames[state]}
              href={planAddress(roadmap.id, { ...known, state })}
              current={query.state === state}
              tone={state === 'overdue' ? 'bad' : undefined}
            />
          ))}
      </Row>
    </Card>
  )
}

function Measures(props: PlanPageProps) {
  const { plan, query, list, today } = props
  const { roadmap, region, sections } = plan
  const known = { region: region?.code ?? templateChoice }
  const address = (change: Partial<PlanQuery>) => planAddress(roadmap.id, { ...query, ...known, ...change })
  const narrowed = Boolean(query.section || query.state || query.organisation || query.q)
  const names = new Map(sections.map(({ id, number, title }) => [id, `${number}. ${title}`]))
  return (
    <Card flush>
      <PlanFilters {...props} narrowed={narrowed} />
      <Table
        label="Мероприятия плана"
        rows={list.measures}
        rowKey={({ id }) => id}
        keys
        columns={region ? [titleColumn, termColumn(today), ...doing] : [titleColumn, templateTerm]}
        group={({ sectionId }) => names.get(sectionId) ?? ''}
        empty={
          <EmptyState
            title={narrowed ? 'Ничего не нашлось' : 'Мероприятий пока нет'}
            icon={narrowed ? 'search' : 'table'}
            actions={narrowed ? <LinkButton href={planAddress(roadmap.id, known)}>Показать все</LinkButton> : undefined}
          >
            {narrowed ? 'Измените отбор: такого мероприятия в этом плане нет.' : emptyWords(region)}
          </EmptyState>
        }
      />
      <Pager
        page={query.whole ? 1 : query.page}
        size={query.whole ? Math.max(1, list.total) : measuresOnPage}
        shown={list.measures.length}
        total={list.total}
        href={(page) => address({ page })}
        keys
      />
      {list.total > measuresOnPage ? (
        <CardPart>
          <a href={address({ whole: query.whole ? undefined : 'yes', page: 1 })}>
            {query.whole ? `Показывать по ${measuresOnPage} мероприятий` : 'Показать весь план на одной странице'}
          </a>
        </CardPart>
      ) : null}
    </Card>
  )
}

const emptyWords = (region: Region | undefined): string =>
  region
    ? 'Мероприятия появятся здесь, когда координатор добавит их в шаблон плана. Свои можно добавить сразу.'
    : 'Добавьте мероприятия: после публикации дорожной карты они появятся в плане каждого региона.'

function PlanFilters({ plan, query, list, narrowed }: PlanPageProps & { narrowed: boolean }) {
  const { roadmap, region, sections } = plan
  const known = { region: region?.code ?? templateChoice, whole: query.whole }
  return (
    <Filters
      label="Отбор мероприятий"
      action={`/roadmaps/${roadmap.id}/plan`}
      reset={narrowed ? planAddress(roadmap.id, known) : undefined}
      keep={known}
    >
      <FilterText label="Слова в мероприятии" value={query.q} />
      <FilterSelect
        name="section"
        label="Раздел"
        empty="Все разделы"
        value={query.section}
        options={sections.map(({ id, number, title }) => ({ value: id, text: `${number}. ${title}` }))}
      />
      {region ? (
        <FilterSelect
          name="state"
          label="Состояние"
          empty="Все состояния"
          value={query.state}
          options={measureStates.map((value) => ({ value, text: measureStateNames[value] }))}
        />
      ) : null}
      {list.organisations.length > 1 ? (
        <FilterSelect
          name="organisation"
          label="Ответственная организация"
          empty="Все организации"
          value={query.organisation}
          options={list.organisations.map((value) => ({ value, text: value }))}
        />
      ) : null}
    </Filters>
  )
}

const titleColumn: Column<MeasureLine> = {
  key: 'title',
  title: 'Мероприятие',
  cell: ({ id, number, title, own, state }) => (
    <>
      <a href={`/measures/${id}`}>{`${number}. ${title}`}</a>
      {own ? <Under>Своё: в шаблоне его нет</Under> : null}
      {state === 'cancelled' ? <Under>Отменено</Under> : null}
    </>
  ),
}

/** The template itself is never late: its copies are. */
const templateTerm: Column<MeasureLine> = { key: 'term', title: 'Срок', cell: termOf }

const termColumn = (today: string): Column<MeasureLine> => ({
  key: 'term',
  title: 'Срок',
  cell: (line) => (
    <>
      {termOf(line)}
      <Under>{line.state === 'overdue' ? <b>{termWords(line, today)}</b> : termWords(line, today)}</Under>
    </>
  ),
})

const doing: Column<MeasureLine>[] = [
  {
    key: 'responsible',
    title: 'Ответственный',
    cell: ({ organisation, responsiblePerson }) => (
      <>
        {organisation || 'не назначен'}
        {responsiblePerson ? <Under>{responsiblePerson}</Under> : null}
      </>
    ),
  },
  {
    key: 'state',
    title: 'Состояние',
    width: 'state',
    cell: ({ state }) => <Badge tone={measureTones[state]} text={measureStateNames[state]} />,
  },
  {
    key: 'percent',
    title: 'Выполнено',
    unbroken: true,
    cell: ({ percent }) => <Progress value={percent} max={100} label="Выполнено" text={`${percent} %`} />,
  },
]
