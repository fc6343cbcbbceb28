/** The country's plan and what was done of it, month by month. */
import type { Course, CourseMonth, CourseQuery } from '../../../../contracts/roadmap-board.ts'
import {
  Card,
  CardPart,
  type Column,
  EmptyState,
  Figure,
  FilterSelect,
  Filters,
  formatDate,
  formatNumber,
  formatPercent,
  LineChart,
  Page,
  Row,
  Table,
} from '../../../../web/kit/index.ts'
import type { PageContext } from '../../../kernel/http/index.ts'
import type { SectionRow } from '../roadmaps/roadmaps.queries.ts'
import type { BoardPlace } from './board.access.ts'
import { BoardHead, boardCrumbs } from './board.parts.tsx'
import { shareDone } from './board.ts'
import { monthName, monthOf } from './months.ts'

type CourseProps = {
  ctx: PageContext
  place: BoardPlace
  sections: readonly SectionRow[]
  course: Course
  query: CourseQuery
}

export function CoursePage({ ctx, place, sections, course, query }: CourseProps) {
  const { roadmap, today } = place
  const address = `/roadmaps/${roadmap.id}/board/course`
  const { total, months } = course
  const now = months.find(({ month }) => month === monthOf(today))
  return (
    <Page
      title="Ход по месяцам"
      lead={`Сколько мероприятий должно быть выполнено к концу месяца и сколько выполнено, на ${formatDate(today)}.`}
      frame={ctx.frame}
      wide
      crumbs={boardCrumbs(roadmap, { text: 'Ход по месяцам' })}
      help={{ href: '/guide/dorozhnaya-karta#t-сводка-координатора', text: 'сводка координатора' }}
    >
      <BoardHead ctx={ctx} roadmap={roadmap} current="course">
        <Card flush>
          <Filters label="Отбор мероприятий" action={address} reset={query.section ? address : undefined}>
            <FilterSelect
              name="section"
              label="Раздел плана"
              empty="Все разделы"
              value={query.section}
              options={sections.map(({ id, number, title }) => ({ value: id, text: `${number}. ${title}` }))}
            />
          </Filters>
          <CardPart>
            <Row>
              <Figure value={formatPercent(shareDone(total))} text="плана выполнено" />
              <Figure value={`${formatNumber(total.done)} из ${formatNumber(total.all)}`} text="мероприятий" />
              {now ? <Figure value={now.due} text="должно быть выполнено к концу месяца" /> : null}
              <Figure value={total.late} text="просрочено сейчас" />
            </Row>
          </CardPart>
        </Card>
        <Card title="План и выполнение" flush>
          {months.length === 0 ? (
            <EmptyState title="Показывать пока нечего" icon="table">
              Здесь появится ход работ, когда шаблон плана будет разослан по регионам.
            </EmptyState>
          ) : (
            <>
              <LineChart
                label="Мероприятия нарастающим итогом: по плану и выполнено"
                points={months.map(({ month }) => monthName(month))}
                lines={[
                  { name: 'выполнено', values: months.map(({ done }) => (done === null ? null : String(done))) },
                  { name: 'по плану', values: months.map(({ due }) => String(due)) },
                ]}
              />
              <Table
                label="Таблица хода по месяцам"
                rows={months}
                rowKey={({ month }) => month}
                columns={columns}
                isCurrent={({ month }) => month === monthOf(today)}
                narrow={3}
                tall
              />
            </>
          )}
        </Card>
      </BoardHead>
    </Page>
  )
}

const orDash = (value: number | null): string => (value === null ? '—' : formatNumber(value))

const columns: Column<CourseMonth>[] = [
  { key: 'month', title: 'К концу месяца', cell: ({ month }) => monthName(month) },
  { key: 'due', title: 'По плану', numeric: true, cell: ({ due }) => formatNumber(due) },
  { key: 'done', title: 'Выполнено', numeric: true, cell: ({ done }) => orDash(done) },
  {
    key: 'share',
    title: 'От плана',
    numeric: true,
    cell: ({ due, done }) => (done === null || due === 0 ? '—' : formatPercent(done / due)),
  },
  { key: 'late', title: 'Просрочено', numeric: true, cell: ({ late }) => orDash(late) },
]
