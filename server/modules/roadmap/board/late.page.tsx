/** Who is late and why: each overdue measure with what its region has said, and what holds it up. */
import { type LateList, type LateMeasure, type LateQuery, lateOnPage } from '../../../../contracts/roadmap-board.ts'
import {
  Card,
  type Column,
  counted,
  EmptyState,
  FilterSelect,
  Filters,
  FilterText,
  formatDate,
  LinkButton,
  Menu,
  Note,
  Page,
  Pager,
  Table,
  Under,
} from '../../../../web/kit/index.ts'
import type { PageContext } from '../../../kernel/http/index.ts'
import type { BoardPlace } from './board.access.ts'
import { BoardHead, boardCrumbs } from './board.parts.tsx'
import type { TemplateMeasure } from './board.queries.ts'
import { addressOf, filterOf, lateAddress, lateReasonNames, measureForms } from './board.words.ts'

export type LateProps = {
  ctx: PageContext
  place: BoardPlace
  sections: readonly { id: string; number: string; title: string }[]
  template: readonly TemplateMeasure[]
  list: LateList
  query: LateQuery
  /** What kept a deed from being done. */
  problem?: string | undefined
}

export function LatePage(props: LateProps) {
  const { ctx, place, list, query, problem } = props
  const { roadmap, today } = place
  return (
    <Page
      title="Кто опаздывает и почему"
      lead={`Мероприятия, срок которых прошёл к ${formatDate(today)}: что о них сказал регион и что их держит.`}
      frame={ctx.frame}
      wide
      crumbs={boardCrumbs(roadmap, { text: 'Кто опаздывает' })}
      help={{ href: '/guide/dorozhnaya-karta#t-сводка-координатора', text: 'сводка координатора' }}
      actions={
        <Menu
          text="Выгрузить"
          icon="download"
          items={(['xlsx', 'csv'] as const).map((format) => ({
            text: format === 'xlsx' ? 'Книга Excel (XLSX)' : 'Текст CSV',
            icon: 'download',
            href: addressOf(`/roadmaps/${roadmap.id}/board/late/export`, {
              ...filterOf(query),
              sort: query.sort,
              format,
            }),
          }))}
        />
      }
    >
      <BoardHead ctx={ctx} roadmap={roadmap} current="late">
        {problem ? (
          <Note tone="bad" live="alert">
            {problem}
          </Note>
        ) : null}
        <Card title="Просроченные мероприятия" count={list.total} flush>
          <LateFilters {...props} />
          <Table
            label="Таблица просроченных мероприятий"
            rows={list.rows}
            rowKey={({ id }) => id}
            keys
            columns={columnsOf(roadmap.id, query, ctx.timeZone)}
            empty={<Nothing id={roadmap.id} query={query} />}
            pick={{
              action: `/roadmaps/${roadmap.id}/board/late`,
              label: ({ regionName, number }) => `${regionName}, ${number}`,
              nouns: measureForms,
              total: list.total,
              hidden: { ...filterOf(query) },
              actions: [{ value: 'picked', text: 'Напомнить о выбранных', icon: 'bell' }],
            }}
          />
          <Pager
            page={query.page}
            size={lateOnPage}
            shown={list.rows.length}
            total={list.total}
            href={(page) => lateAddress(roadmap.id, { ...query, page })}
            keys
          />
        </Card>
        {list.total > 0 ? (
          <LinkButton icon="bell" href={addressOf(`/roadmaps/${roadmap.id}/board/reminders/late`, filterOf(query))}>
            {`Напомнить обо всех найденных: ${counted(list.total, measureForms)}`}
          </LinkButton>
        ) : null}
      </BoardHead>
    </Page>
  )
}

function LateFilters({ place, sections, template, query }: LateProps) {
  const { roadmap, regions } = place
  const narrowed = Object.values(filterOf(query)).some(Boolean)
  return (
    <Filters
      label="Отбор мероприятий"
      action={lateAddress(roadmap.id)}
      reset={narrowed ? lateAddress(roadmap.id) : undefined}
      keep={{ sort: query.sort }}
    >
      <FilterText label="Мероприятие или исполнитель" value={query.q} />
      <FilterSelect
        name="region"
        label="Регион"
        empty="Все регионы"
        value={query.region}
        options={[...regions]
          .sort((one, other) => one.name.localeCompare(other.name, 'ru'))
          .map(({ code, name }) => ({ value: code, text: name }))}
      />
      <FilterSelect
        name="section"
        label="Раздел"
        empty="Все разделы"
        value={query.section}
        options={sections.map(({ id, number, title }) => ({ value: id, text: `${number}. ${title}` }))}
      />
      <FilterSelect
        name="measure"
        label="Мероприятие шаблона"
        empty="Все мероприятия"
        value={query.measure}
        options={template.map(({ id, number, title }) => ({ value: id, text: `${number}. ${title}` }))}
      />
      <FilterSelect
        name="why"
        label="Почему"
        empty="Не важно"
        value={query.why}
        options={Object.entries(lateReasonNames).map(([value, text]) => ({ value, text }))}
      />
    </Filters>
  )
}

const Nothing = ({ id, query }: { id: string; query: LateQuery }) =>
  Object.values(filterOf(query)).some(Boolean) ? (
    <EmptyState
      title="Ничего не нашлось"
      icon="search"
      actions={<LinkButton href={lateAddress(id)}>Показать все</LinkButton>}
    >
      Просроченных мероприятий с таким отбором нет. Измените отбор.
    </EmptyState>
  ) : (
    <EmptyState title="Никто не опаздывает" icon="check">
      У всех мероприятий, срок которых прошёл, стоит отметка о выполнении.
    </EmptyState>
  )

const columnsOf = (id: string, query: LateQuery, zone: string): Column<LateMeasure>[] => [
  {
    key: 'measure',
    title: 'Мероприятие',
    sort: sortLink(id, query, 'measure'),
    cell: ({ id: measure, number, title }) => <a href={`/measures/${measure}`}>{`${number}. ${title}`}</a>,
  },
  {
    key: 'region',
    title: 'Регион и исполнитель',
    sort: sortLink(id, query, 'region'),
    cell: ({ regionName, organisation, person }) => (
      <>
        {regionName}
        {organisation ? <Under>{organisation}</Under> : null}
        {person ? <Under>{person}</Under> : null}
      </>
    ),
  },
  {
    key: 'due',
    title: 'Просрочено',
    unbroken: true,
    sort: sortLink(id, query, 'due'),
    cell: ({ dueOn, daysLate, remindedOn }) => (
      <>
        {counted(daysLate, ['день', 'дня', 'дней'])}
        <Under>{`срок ${formatDate(dueOn)}`}</Under>
        {remindedOn ? <Under>{`напомнили ${formatDate(remindedOn)}`}</Under> : null}
      </>
    ),
  },
  {
    key: 'percent',
    title: 'Что сказал регион',
    sort: sortLink(id, query, 'percent'),
    full: true,
    cell: ({ percent, report }) =>
      report ? (
        <>
          {`${percent} % — ${report.text}`}
          <Under>{`отчёт ${formatDate(report.at, zone)}`}</Under>
        </>
      ) : (
        'Ни одного отчёта'
      ),
  },
  { key: 'holds', title: 'Что держит', cell: (row) => <Holds row={row} /> },
]

function Holds({ row: { id, remarks, waitsFor } }: { row: LateMeasure }) {
  if (remarks === 0 && waitsFor.length === 0) return <>—</>
  return (
    <>
      {remarks > 0 ? (
        <a href={`/measures/${id}#remarks`}>
          {counted(remarks, ['открытое замечание', 'открытых замечания', 'открытых замечаний'])}
        </a>
      ) : null}
      {waitsFor.map(({ id: before, number, title, overdue }) => (
        <Under key={before}>
          ждёт{' '}
          <a href={`/measures/${before}`} title={title}>
            {number}
          </a>
          {overdue ? ' — тоже просрочено' : ''}
        </Under>
      ))}
    </>
  )
}

function sortLink(
  id: string,
  query: LateQuery,
  column: 'due' | 'region' | 'measure' | 'percent',
): Column<LateMeasure>['sort'] {
  const descending = `-${column}` as const
  const address = (sort: LateQuery['sort']) =>
    lateAddress(id, { ...query, page: 1, sort: sort === 'due' ? undefined : sort })
  // The earlier the term, the more days have passed since.
  const [up, down] = column === 'due' ? (['descending', 'ascending'] as const) : (['ascending', 'descending'] as const)
  switch (query.sort ?? 'due') {
    case column:
      return { href: address(descending), sorted: up }
    case descending:
      return { href: address(column), sorted: down }
    default:
      return { href: address(column) }
  }
}
