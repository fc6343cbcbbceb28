/** The reports of a board under its filters, with what can be done about those ticked. */

import type { BoardQuery } from '../../../../contracts/campaigns.ts'
import { organisationKinds } from '../../../../contracts/organisations.ts'
import {
  Badge,
  Card,
  type Column,
  capital,
  EmptyState,
  FilterSelect,
  Filters,
  FilterText,
  formatDate,
  formatDateTime,
  formatDue,
  LinkButton,
  Pager,
  Progress,
  Table,
  Under,
} from '../../../../web/kit/index.ts'
import { kindNames } from '../../organisations/index.ts'
import { reportForms } from '../campaigns/campaigns.phrases.ts'
import { stateTones } from '../reporting.phrases.ts'
import type { BoardProps } from './board.page.tsx'
import type { BoardRow } from './board.queries.ts'
import { rowsOnPage } from './board.ts'
import { boardAddress, boardStates, rowStates } from './board.words.ts'

export function BoardReports({ ctx, campaign, board, query, list, may }: BoardProps) {
  const { id } = campaign
  const narrowed = Boolean(query.q || query.state || query.kind || query.district)
  const district = board.districts.find((line) => (line.id ?? 'none') === query.district)
  return (
    <Card title={district ? `Отчёты: ${district.name}` : 'Отчёты'} id="reports" flush>
      <Filters
        label="Отбор отчётов"
        action={`/campaigns/${id}`}
        reset={narrowed ? `/campaigns/${id}` : undefined}
        keep={{ sort: query.sort }}
      >
        <FilterText label="Организация или ИНН" value={query.q} />
        <FilterSelect
          name="district"
          label="Территория"
          empty="Все территории"
          value={query.district}
          options={board.districts.map((line) => ({ value: line.id ?? 'none', text: line.name }))}
        />
        <FilterSelect
          name="state"
          label="Состояние"
          empty="Все состояния"
          value={query.state}
          options={Object.entries(boardStates).map(([value, text]) => ({ value, text }))}
        />
        <FilterSelect
          name="kind"
          label="Тип организации"
          empty="Все типы"
          value={query.kind}
          options={organisationKinds.map((value) => ({ value, text: capital(kindNames[value]) }))}
        />
      </Filters>
      <Table
        label="Таблица отчётов"
        rows={list.rows}
        rowKey={(row) => row.id}
        keys
        columns={columnsOf(id, query, ctx.timeZone)}
        empty={
          <EmptyState
            title="Ничего не нашлось"
            icon="search"
            actions={<LinkButton href={`/campaigns/${id}`}>Показать все</LinkButton>}
          >
            Измените отбор. Показываются только отчёты организаций, которые вам доступны.
          </EmptyState>
        }
        pick={
          may.decide
            ? {
                action: `/campaigns/${id}/bulk`,
                label: ({ organisation }) => organisation,
                nouns: reportForms,
                total: list.total,
                hidden: { filters: boardAddress(id, query).split('?')[1], levels: levelsSeen(list.rows) },
                actions: [
                  { value: 'accept', text: 'Принять', icon: 'check' },
                  { value: 'refuse', text: 'Отклонить', icon: 'x' },
                  { value: 'remind', text: 'Напомнить', icon: 'bell' },
                  { value: 'extend', text: 'Продлить срок', icon: 'clock' },
                ],
              }
            : undefined
        }
      />
      <Pager
        page={query.page}
        size={rowsOnPage}
        shown={list.rows.length}
        total={list.total}
        href={(page) => `${boardAddress(id, { ...query, page })}#reports`}
        keys
      />
    </Card>
  )
}

/** Each is accepted at the level where it is seen to wait, and at no other. */
const levelsSeen = (rows: readonly BoardRow[]): string | undefined =>
  rows.flatMap(({ id, state, level }) => (state === 'sent' && level ? [`${id} ${level}`] : [])).join('\n') || undefined

const columnsOf = (id: string, query: BoardQuery, zone: string): Column<BoardRow>[] => [
  {
    key: 'organisation',
    title: 'Организация',
    sort: sortLink(id, query, 'organisation'),
    cell: ({ id: report, organisation, district, outside }) => (
      <>
        <a href={`/reports/${report}`}>{organisation}</a>
        {district && district !== organisation ? <Under>{district}</Under> : null}
        {outside ? <Under>больше не в круге сбора, данные сохранены</Under> : null}
      </>
    ),
  },
  { key: 'responsible', title: 'Ответственный', cell: ({ responsible }) => responsible || '—' },
  {
    key: 'state',
    title: 'Состояние',
    width: 'state',
    full: true,
    cell: ({ state, version, overdue }) => (
      <>
        <Badge
          tone={stateTones[state]}
          icon={state === 'draft' ? (version === 0 ? 'ring' : 'pen') : undefined}
          text={state === 'draft' && version === 0 ? 'Не начато' : rowStates[state]}
        />{' '}
        {overdue ? <Badge tone="bad" icon="alert" text="Просрочен" /> : null}
      </>
    ),
  },
  {
    key: 'term',
    title: 'Срок',
    unbroken: true,
    sort: {
      href: boardAddress(id, { ...query, page: 1, sort: 'term' }),
      ...(query.sort === 'term' && { sorted: 'ascending' as const }),
    },
    cell: ({ term, extended, state }) => (
      <>
        {formatDate(term, zone)}
        {state === 'draft' || state === 'refused' ? <Under>{formatDue(term, new Date(), zone)}</Under> : null}
        {extended ? <Under>продлён</Under> : null}
      </>
    ),
  },
  {
    key: 'filled',
    title: 'Заполнено',
    unbroken: true,
    sort: sortLink(id, query, 'filled'),
    cell: ({ filled, total }) => (
      <Progress value={filled} max={total} label="Заполнено" text={`${filled} из ${total}`} />
    ),
  },
  {
    key: 'errors',
    title: 'Ошибки',
    numeric: true,
    sort: sortLink(id, query, 'errors'),
    cell: ({ errors }) => errors ?? '—',
  },
  {
    key: 'sent',
    title: 'Отправлен',
    unbroken: true,
    sort: sortLink(id, query, 'sent'),
    cell: ({ sentAt }) => (sentAt ? formatDateTime(sentAt, zone) : '—'),
  },
]

function sortLink(
  id: string,
  query: BoardQuery,
  column: 'organisation' | 'filled' | 'errors' | 'sent',
): Column<BoardRow>['sort'] {
  const descending = `-${column}` as const
  const address = (sort: BoardQuery['sort']) => boardAddress(id, { ...query, page: 1, sort })
  switch (query.sort) {
    case column:
      return { href: address(descending), sorted: 'ascending' }
    case descending:
      return { href: address(column), sorted: 'descending' }
    default:
      return { href: address(column) }
  }
}
