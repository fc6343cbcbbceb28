/** Two to six regions side by side. */
import {
  type ComparedIndicator,
  type ComparedMeasure,
  type ComparedRegion,
  type Comparison,
  mostCompared,
} from '../../../../contracts/roadmap-board.ts'
import {
  Card,
  CardPart,
  type Column,
  Disclosure,
  EmptyState,
  FilterSelect,
  Filters,
  formatNumber,
  formatPercent,
  HeatSign,
  LineChart,
  Page,
  type ShareKind,
  Shares,
  SharesLegend,
  Table,
  Under,
} from '../../../../web/kit/index.ts'
import type { PageContext } from '../../../kernel/http/index.ts'
import { periodName } from '../indicators/periods.ts'
import { measureStateNames } from '../plans/states.ts'
import type { BoardPlace } from './board.access.ts'
import { BoardHead, boardCrumbs } from './board.parts.tsx'
import { shareDone } from './board.ts'
import { marksOfStates } from './board.words.ts'
import { monthName } from './months.ts'

type ComparisonProps = { ctx: PageContext; place: BoardPlace; codes: readonly string[]; comparison: Comparison }

export function ComparisonPage(props: ComparisonProps) {
  const { ctx, place, comparison } = props
  const { roadmap } = place
  return (
    <Page
      title="Сравнение регионов"
      lead={`Выберите от двух до ${mostCompared} регионов. Выбор остаётся в адресе страницы.`}
      frame={ctx.frame}
      wide
      crumbs={boardCrumbs(roadmap, { text: 'Сравнение регионов' })}
      help={{ href: '/guide/dorozhnaya-karta#t-сводка-координатора', text: 'сводка координатора' }}
    >
      <BoardHead ctx={ctx} roadmap={roadmap} current="comparison">
        <Choice {...props} />
        {comparison.regions.length < 2 ? (
          <Card>
            <EmptyState title="Выберите хотя бы два региона" icon="table">
              Здесь встанут рядом их мероприятия по состояниям, ход по месяцам и опубликованные показатели.
            </EmptyState>
          </Card>
        ) : (
          <>
            <States roadmapId={roadmap.id} regions={comparison.regions} />
            <Months comparison={comparison} />
            <Indicators comparison={comparison} />
            <Differing roadmapId={roadmap.id} comparison={comparison} />
          </>
        )}
      </BoardHead>
    </Page>
  )
}

function Choice({ place, codes }: ComparisonProps) {
  const options = [...place.regions]
    .sort((one, other) => one.name.localeCompare(other.name, 'ru'))
    .map(({ code, name }) => ({ value: code, text: name }))
  const address = `/roadmaps/${place.roadmap.id}/board/comparison`
  return (
    <Card flush>
      <Filters
        label="Какие регионы сравнить"
        action={address}
        reset={codes.length > 0 ? address : undefined}
        submit="Сравнить"
      >
        {Array.from({ length: mostCompared }, (_, index) => (
          <FilterSelect
            key={index}
            name={`region${index + 1}`}
            label={`Регион ${index + 1}`}
            empty="Не выбран"
            value={codes[index]}
            options={options}
          />
        ))}
      </Filters>
    </Card>
  )
}

const shades: readonly (readonly ['done' | 'done-late' | 'going' | 'overdue' | 'planned', ShareKind])[] = [
  ['done', 1],
  ['done-late', 2],
  ['going', 4],
  ['overdue', 3],
  ['planned', 0],
]

function States({ roadmapId, regions }: { roadmapId: string; regions: readonly ComparedRegion[] }) {
  return (
    <Card
      title="Мероприятия по состояниям"
      flush
      aside={<SharesLegend entries={shades.map(([state, kind]) => [kind, measureStateNames[state].toLowerCase()])} />}
    >
      <Table
        label="Таблица состояний"
        rows={regions}
        rowKey={({ code }) => code}
        columns={[
          {
            key: 'name',
            title: 'Регион',
            cell: ({ code, name }) => (
              <a href={`/roadmaps/${roadmapId}/plan?${new URLSearchParams({ region: code })}`}>{name}</a>
            ),
          },
          {
            key: 'share',
            title: 'Ход',
            width: 'share',
            full: true,
            cell: (region) => (
              <Shares
                parts={shades.map(([state, kind]) => [kind, region.states[state] ?? 0] as const)}
                text={`выполнено ${formatPercent(shareDone(region))}`}
              />
            ),
          },
          ...shades.map(
            ([state]): Column<ComparedRegion> => ({
              key: state,
              title: measureStateNames[state],
              numeric: true,
              cell: ({ states }) => formatNumber(states[state] ?? 0),
            }),
          ),
        ]}
      />
    </Card>
  )
}

const percent = (share: number): string => (share * 100).toFixed(1)

function Months({ comparison: { months, regions } }: { comparison: Comparison }) {
  return (
    <Card title="Доля выполненного по месяцам" flush>
      <LineChart
        label="Доля выполненных мероприятий к концу месяца, в процентах"
        points={months.map(monthName)}
        lines={regions.map(({ name, shares }) => ({ name, values: shares.map(percent) }))}
      />
      <CardPart>
        <Disclosure title="Те же числа таблицей">
          <Table
            label="Таблица долей по месяцам"
            rows={months.map((month, index) => ({ month, index }))}
            rowKey={({ month }) => month}
            narrow="scroll"
            tall
            columns={[
              { key: 'month', title: 'К концу месяца', unbroken: true, cell: ({ month }) => monthName(month) },
              ...regions.map(({ code, name, shares }) => ({
                key: code,
                title: name,
                numeric: true,
                cell: ({ index }: { index: number }) => formatPercent(shares[index] ?? 0),
              })),
            ]}
          />
        </Disclosure>
      </CardPart>
    </Card>
  )
}

function Indicators({ comparison: { indicators, regions } }: { comparison: Comparison }) {
  return (
    <Card title="Опубликованные показатели" flush>
      <Table
        label="Таблица показателей"
        rows={indicators}
        rowKey={({ id }) => id}
        narrow="scroll"
        empty={
          <EmptyState title="Показатели ещё не публиковались" icon="table">
            Они появятся здесь после первой публикации.
          </EmptyState>
        }
        columns={[
          {
            key: 'title',
            title: 'Показатель',
            cell: ({ title, unit, periodicity, period }) => (
              <>
                {title}
                <Under>{`${unit}, ${periodName(periodicity, period)}`}</Under>
              </>
            ),
          },
          ...regions.map(
            ({ code, name }, index): Column<ComparedIndicator> => ({
              key: code,
              title: name,
              numeric: true,
              cell: ({ values, decimals }) => figureOf(values[index], decimals),
            }),
          ),
        ]}
      />
    </Card>
  )
}

/** As many digits after the point as the indicator has. */
const figureOf = (value: string | null | undefined, decimals: number): string =>
  value === null || value === undefined ? '—' : formatNumber(Number(value), decimals)

function Differing({ roadmapId, comparison: { differing, regions } }: { roadmapId: string; comparison: Comparison }) {
  return (
    <Card title="Один выполнил, другой нет" count={differing.length} flush>
      <Table
        label="Таблица различий"
        rows={differing}
        rowKey={({ id }) => id}
        narrow="scroll"
        empty={
          <EmptyState title="Различий нет" icon="check">
            Эти регионы выполнили одни и те же мероприятия шаблона.
          </EmptyState>
        }
        columns={[
          { key: 'title', title: 'Мероприятие', cell: ({ number, title }) => `${number}. ${title}` },
          ...regions.map(
            ({ code, name }, index): Column<ComparedMeasure> => ({
              key: code,
              title: name,
              cell: ({ id, states }) => {
                const state = states[index]
                return state ? (
                  <a href={`/roadmaps/${roadmapId}/board/cells/${encodeURIComponent(code)}/${id.slice(-8)}`}>
                    <HeatSign mark={marksOfStates[state]} word={measureStateNames[state]} />
                  </a>
                ) : (
                  '—'
                )
              },
            }),
          ),
        ]}
      />
    </Card>
  )
}
