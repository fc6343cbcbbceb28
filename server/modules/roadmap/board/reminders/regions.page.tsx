/** Which regions to remind, of what is late or of figures that are not entered. */
import { Card, type Column, EmptyState, formatNumber, Note, Page, Table } from '../../../../../web/kit/index.ts'
import type { PageContext } from '../../../../kernel/http/index.ts'
import type { BoardPlace } from '../board.access.ts'
import { BoardHead, boardCrumbs } from '../board.parts.tsx'
import { lateAddress, regionForms } from '../board.words.ts'
import type { RegionToRemind } from './reminders.ts'

type RegionsProps = {
  ctx: PageContext
  place: BoardPlace
  rows: readonly RegionToRemind[]
  /** What kept a deed from being done. */
  problem?: string | undefined
}

export function RegionsToRemindPage({ ctx, place, rows, problem }: RegionsProps) {
  const { roadmap } = place
  return (
    <Page
      title="Напоминания регионам"
      lead="Отметьте регионы и выберите, о чём напомнить. Перед отправкой будет видно, кто получит сообщение."
      frame={ctx.frame}
      wide
      crumbs={boardCrumbs(roadmap, { text: 'Напоминания' })}
      help={{ href: '/guide/dorozhnaya-karta#t-напоминания', text: 'напоминания' }}
    >
      <BoardHead ctx={ctx} roadmap={roadmap} current="reminders">
        {problem ? (
          <Note tone="bad" live="alert">
            {problem}
          </Note>
        ) : null}
        <Card title="Регионы, которым есть о чём напомнить" count={rows.length} flush>
          <Table
            label="Таблица регионов"
            rows={rows}
            rowKey={({ code }) => code}
            keys
            columns={columnsOf(roadmap.id)}
            empty={
              <EmptyState title="Напоминать не о чем" icon="check">
                Просроченных мероприятий нет, показатели за закончившийся период введены.
              </EmptyState>
            }
            pick={{
              action: `/roadmaps/${roadmap.id}/board/reminders/regions`,
              label: ({ name }) => name,
              nouns: regionForms,
              total: rows.length,
              actions: [
                { value: 'late', text: 'О просроченных мероприятиях', icon: 'bell' },
                { value: 'figures', text: 'О невведённых показателях', icon: 'bell' },
              ],
            }}
          />
        </Card>
      </BoardHead>
    </Page>
  )
}

const columnsOf = (id: string): Column<RegionToRemind>[] => [
  {
    key: 'name',
    title: 'Регион',
    cell: ({ code, name }) => <a href={`/roadmaps/${id}/plan?${new URLSearchParams({ region: code })}`}>{name}</a>,
  },
  {
    key: 'late',
    title: 'Просрочено мероприятий',
    numeric: true,
    cell: ({ code, late }) => (late > 0 ? <a href={lateAddress(id, { region: code })}>{formatNumber(late)}</a> : '—'),
  },
  {
    key: 'missing',
    title: 'Не введено показателей',
    numeric: true,
    cell: ({ missing }) => (missing > 0 ? formatNumber(missing) : '—'),
  },
  {
    key: 'operators',
    title: 'Операторы',
    full: true,
    cell: ({ operators }) =>
      operators.length > 0 ? operators.join(', ') : 'оператора нет: напоминание никто не получит',
  },
]
