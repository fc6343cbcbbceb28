/** Regions by measures: a sign in each cell leads to the measure of the region. */
import type {
  BoardColumn,
  BoardRegion,
  BoardSort,
  RoadmapBoard,
  RoadmapBoardQuery,
} from '../../../../contracts/roadmap-board.ts'
import {
  Card,
  CardPart,
  type Column,
  counted,
  Disclosure,
  EmptyState,
  Figure,
  FilterSelect,
  Filters,
  FilterText,
  formatDate,
  formatNumber,
  formatPercent,
  type HeatHead,
  HeatLegend,
  HeatMap,
  type HeatRow,
  LinkButton,
  Muted,
  Page,
  Row,
  Table,
} from '../../../../web/kit/index.ts'
import type { PageContext } from '../../../kernel/http/index.ts'
import { measureStateNames } from '../plans/states.ts'
import type { RoadmapRow } from '../roadmaps/roadmaps.queries.ts'
import { BoardHead, boardCrumbs } from './board.parts.tsx'
import { shareDone } from './board.ts'
import { boardAddress, lateAddress, marksOfStates, regionForms, regionShowNames, statesInOrder } from './board.words.ts'

type BoardProps = {
  ctx: PageContext
  roadmap: RoadmapRow
  board: RoadmapBoard
  query: RoadmapBoardQuery
  indicators: readonly { id: string; title: string }[]
}

export function BoardPage(props: BoardProps) {
  const { ctx, roadmap, board } = props
  const { total } = board
  return (
    <Page
      title={`Сводка: ${roadmap.shortTitle}`}
      lead={`Как регионы выполняют план на ${formatDate(board.today)}.`}
      frame={ctx.frame}
      wide
      crumbs={boardCrumbs(roadmap)}
      help={{ href: '/guide/dorozhnaya-karta#t-сводка-координатора', text: 'сводка координатора' }}
    >
      <BoardHead ctx={ctx} roadmap={roadmap} current="map">
        <Card>
          <Row>
            <Figure
              value={board.regions.length}
              text={counted(board.regions.length, regionForms).replace(/^\S+\s/, '')}
            />
            <Figure value={formatPercent(shareDone(total))} text="мероприятий выполнено" />
            <Figure
              value={`${formatNumber(total.done)} из ${formatNumber(total.all)}`}
              text="мероприятий во всех регионах"
            />
            <Figure value={total.late} text="просрочено" />
            <Figure value={total.lateRegions} text="регионов с опозданием" />
          </Row>
        </Card>
        <RegionsByMeasures {...props} />
        <ForMeeting {...props} />
      </BoardHead>
    </Page>
  )
}

const ForMeeting = ({ roadmap, indicators }: BoardProps) => (
  <Card title="К совещанию" flush>
    <CardPart>
      <Muted>
        Документ PDF для печати: карта по доле выполненного, все регионы, самые частые и самые давние просрочки.
      </Muted>
    </CardPart>
    <Filters label="Сводка к совещанию" action={`${boardAddress(roadmap.id)}/export`} submit="Скачать PDF">
      <FilterSelect
        name="indicator"
        label="Показатель рядом с регионами"
        empty="Без показателя"
        options={indicators.map(({ id, title }) => ({ value: id, text: title }))}
      />
    </Filters>
  </Card>
)

function RegionsByMeasures({ roadmap, board, query }: BoardProps) {
  const narrowed = Boolean(query.q || query.section || query.show)
  return (
    <Card
      title="Регионы и мероприятия"
      flush
      aside={<HeatLegend entries={statesInOrder.map((state) => [marksOfStates[state], measureStateNames[state]])} />}
    >
      <Filters
        label="Отбор регионов и мероприятий"
        action={boardAddress(roadmap.id)}
        reset={narrowed ? boardAddress(roadmap.id) : undefined}
        keep={{ sort: query.sort }}
      >
        <FilterText label="Регион" value={query.q} />
        <FilterSelect
          name="section"
          label="Раздел плана"
          empty="Все разделы"
          value={query.section}
          options={board.sections.map(({ id, number, title }) => ({ value: id, text: `${number}. ${title}` }))}
        />
        <FilterSelect
          name="show"
          label="Какие регионы"
          empty="Все регионы"
          value={query.show}
          options={Object.entries(regionShowNames).map(([value, text]) => ({ value, text }))}
        />
      </Filters>
      {board.regions.length === 0 || board.columns.length === 0 ? (
        <EmptyState
          title={narrowed ? 'Ничего не нашлось' : 'Показывать пока нечего'}
          icon="search"
          actions={narrowed ? <LinkButton href={boardAddress(roadmap.id)}>Показать все</LinkButton> : undefined}
        >
          {narrowed
            ? 'Измените отбор.'
            : 'Здесь появятся регионы и мероприятия, когда шаблон плана будет разослан по регионам.'}
        </EmptyState>
      ) : (
        <Filled roadmap={roadmap} board={board} query={query} />
      )}
    </Card>
  )
}

type FilledProps = Omit<BoardProps, 'ctx' | 'indicators'>

function Filled({ roadmap, board, query }: FilledProps) {
  const { id } = roadmap
  const { total, sections, columns } = board
  return (
    <>
      <HeatMap
        label="Таблица регионов и мероприятий"
        caption="Состояние мероприятий шаблона в регионах. Под номером мероприятия — сколько регионов с ним опаздывает."
        rowsTitle={headOf(id, query, 'region', 'Регион')}
        figures={[headOf(id, query, 'done', 'Выполнено'), headOf(id, query, 'late', 'Просрочено', 'Проср.')]}
        whole={{
          title: 'Опаздывают регионов',
          figures: [`${formatNumber(total.done)}/${formatNumber(total.all)}`, formatNumber(total.late)],
        }}
        groups={sections
          .map(({ id: key, number, title }) => ({
            key,
            title: `${number}. ${title}`,
            columns: columns
              .filter(({ sectionId }) => sectionId === key)
              .map((column) => ({
                key: column.id,
                number: column.number,
                title: column.title,
                ...(column.late > 0 && { count: countOf(id, column) }),
              })),
          }))
          .filter((group) => group.columns.length > 0)}
        rows={board.regions.map((region) => rowOf(id, region, columns))}
      />
      <CardPart>
        <Disclosure title="Что стоит за номерами" under="Название, срок и ход каждого мероприятия шаблона">
          <Table
            label="Мероприятия шаблона"
            rows={columns}
            rowKey={(column) => column.id}
            columns={numberColumns(id)}
            narrow={3}
          />
        </Disclosure>
      </CardPart>
    </>
  )
}

const countOf = (id: string, column: BoardColumn) => ({
  text: formatNumber(column.late),
  told: `Мероприятие ${column.number}: опаздывает ${counted(column.late, regionForms)}`,
  href: lateAddress(id, { measure: column.id }),
})

/** The row's cells lead by short addresses, relative to the page's own. */
function rowOf(id: string, region: BoardRegion, columns: readonly BoardColumn[]): HeatRow {
  const { code, name, done, all, late } = region
  const place = `board/cells/${encodeURIComponent(code)}`
  return {
    key: code,
    head: <a href={`/roadmaps/${id}/plan?${new URLSearchParams({ region: code })}`}>{name}</a>,
    figures: [
      `${done}/${all}`,
      late > 0 ? (
        <a href={lateAddress(id, { region: code })} aria-label={`${name}: просрочено ${late}`}>
          {late}
        </a>
      ) : (
        '—'
      ),
    ],
    cells: region.states.map((state, index) =>
      state === null
        ? undefined
        : {
            mark: marksOfStates[state],
            word: measureStateNames[state],
            href: `${place}/${columns[index]?.id.slice(-8)}`,
          },
    ),
  }
}

function headOf(
  id: string,
  query: RoadmapBoardQuery,
  column: 'region' | 'done' | 'late',
  title: string,
  short?: string,
): HeatHead {
  const descending: BoardSort = `-${column}`
  const to = (sort: BoardSort) => boardAddress(id, { ...query, sort: sort === 'region' ? undefined : sort })
  const words = { title, ...(short && { short }) }
  switch (query.sort ?? 'region') {
    case column:
      return { ...words, href: to(descending), sorted: 'ascending' }
    case descending:
      return { ...words, href: to(column), sorted: 'descending' }
    default:
      // Of figures the most telling end first.
      return { ...words, href: to(column === 'late' ? '-late' : column) }
  }
}

const numberColumns = (id: string): Column<BoardColumn>[] => [
  {
    key: 'title',
    title: 'Мероприятие',
    cell: (column) => `${column.number}. ${column.title}`,
  },
  { key: 'due', title: 'Срок', unbroken: true, cell: ({ dueOn }) => formatDate(dueOn) },
  {
    key: 'done',
    title: 'Выполнили',
    unbroken: true,
    cell: ({ done, all }) => `${formatNumber(done)} из ${formatNumber(all)}`,
  },
  {
    key: 'late',
    title: 'Опаздывают',
    numeric: true,
    cell: (column) =>
      column.late > 0 ? <a href={lateAddress(id, { measure: column.id })}>{formatNumber(column.late)}</a> : '—',
  },
]
