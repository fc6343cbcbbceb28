/** The list of reports within one's scopes, with filters that the address keeps. */
import {
  type Report,
  type ReportList,
  type ReportQuery,
  ReportState,
  reportsOnPage,
} from '../../../../contracts/reporting.ts'
import {
  Card,
  type Column,
  EmptyState,
  FilterSelect,
  Filters,
  FilterText,
  formatDate,
  formatDateTime,
  LinkButton,
  Page,
  Pager,
  Progress,
  Table,
  Under,
} from '../../../../web/kit/index.ts'
import type { PageContext } from '../../../kernel/http/index.ts'
import { reportStates } from '../reporting.phrases.ts'
import type { ReportChoices } from './list.queries.ts'
import { StateBadge } from './report.bar.tsx'
import { reportTitle } from './reports.ts'

type ReportsProps = { ctx: PageContext; query: ReportQuery; list: ReportList & { choices: ReportChoices } }

export function ReportsPage({ ctx, query, list }: ReportsProps) {
  const { reports, total, page, choices } = list
  const narrowed = Boolean(query.q || query.state || query.form || query.year)
  return (
    <Page
      title="Отчёты"
      frame={ctx.frame}
      wide
      crumbs={[{ text: 'Мой профиль', href: '/cabinet' }, { text: 'Отчёты' }]}
      help={
        ctx.grants.has('report.decide')
          ? { href: '/guide/proverka', text: 'проверка отчётов' }
          : { href: '/guide/otchety', text: 'отчёты' }
      }
    >
      <Card flush>
        <Filters
          label="Отбор отчётов"
          action="/reports"
          reset={narrowed ? '/reports' : undefined}
          keep={{ sort: query.sort }}
        >
          <FilterText label="Организация или ИНН" value={query.q} />
          <FilterSelect
            name="state"
            label="Состояние"
            empty="Все состояния"
            value={query.state}
            options={ReportState.options.map((value) => ({ value, text: reportStates[value] }))}
          />
          <FilterSelect
            name="form"
            label="Форма"
            empty="Все формы"
            value={query.form}
            options={choices.forms.map(({ code, cipher }) => ({ value: code, text: cipher }))}
          />
          <FilterSelect
            name="year"
            label="Год"
            empty="Все годы"
            value={query.year === undefined ? undefined : String(query.year)}
            options={choices.years.map((year) => ({ value: String(year), text: String(year) }))}
          />
        </Filters>
        <Table
          label="Список отчётов"
          rows={reports}
          rowKey={({ id }) => id}
          columns={columnsOf(ctx, query)}
          empty={<NothingFound narrowed={narrowed} />}
          keys
        />
        <Pager
          page={page}
          size={reportsOnPage}
          shown={reports.length}
          total={total}
          href={(number) => addressOf({ ...query, page: number })}
          keys
        />
      </Card>
    </Page>
  )
}

const columnsOf = (ctx: PageContext, query: ReportQuery): Column<Report>[] => [
  {
    key: 'organisation',
    title: 'Организация и отчёт',
    sort: sortLink(query, 'organisation'),
    cell: (report) => (
      <>
        <a href={`/reports/${report.id}`}>{report.organisation.shortName}</a>
        <Under>{reportTitle(report)}</Under>
      </>
    ),
  },
  {
    key: 'deadline',
    title: 'Срок',
    unbroken: true,
    sort: sortLink(query, 'deadline'),
    cell: ({ campaign }) => formatDate(campaign.deadline, ctx.timeZone),
  },
  {
    key: 'sent',
    title: 'Отправлен',
    unbroken: true,
    sort: sortLink(query, 'sent'),
    cell: ({ sentAt }) => (sentAt ? formatDateTime(sentAt, ctx.timeZone) : '—'),
  },
  { key: 'state', title: 'Состояние', width: 'state', full: true, cell: ({ state }) => <StateBadge state={state} /> },
  {
    key: 'filled',
    title: 'Заполнено',
    unbroken: true,
    cell: (report) => (
      <Progress
        value={report.filled}
        max={report.total}
        label="Заполнено"
        text={`${report.filled} из ${report.total}`}
      />
    ),
  },
  {
    key: 'errors',
    title: 'Ошибки',
    numeric: true,
    sort: sortLink(query, 'errors'),
    cell: ({ errors }) => errors ?? '—',
  },
  {
    key: 'warnings',
    title: 'Предупреждения',
    short: 'Предупр.',
    numeric: true,
    cell: ({ warnings }) => warnings ?? '—',
  },
]

const NothingFound = ({ narrowed }: { narrowed: boolean }) =>
  narrowed ? (
    <EmptyState title="Ничего не нашлось" icon="search" actions={<LinkButton href="/reports">Показать все</LinkButton>}>
      Измените отбор. Показываются только отчёты организаций, которые вам доступны.
    </EmptyState>
  ) : (
    <EmptyState title="Отчётов пока нет" icon="table">
      Отчёт появится здесь, когда откроют сбор, в котором участвует ваша организация. О сроке придёт сообщение.
    </EmptyState>
  )

type Sortable = 'organisation' | 'deadline' | 'sent' | 'errors'

function sortLink(query: ReportQuery, column: Sortable): Column<Report>['sort'] {
  const descending = `-${column}` as const
  switch (query.sort) {
    case column:
      return { href: addressOf({ ...query, page: 1, sort: descending }), sorted: 'ascending' }
    case descending:
      return { href: addressOf({ ...query, page: 1, sort: column }), sorted: 'descending' }
    default:
      return { href: addressOf({ ...query, page: 1, sort: column }) }
  }
}

/** The address keeps what is filtered and sorted; what is as at first is left out. */
function addressOf({ q, state, form, year, sort, page }: ReportQuery): string {
  const parts = new URLSearchParams()
  for (const [name, value] of Object.entries({ q, state, form, year, sort })) if (value) parts.set(name, String(value))
  if (page > 1) parts.set('page', String(page))
  return parts.size > 0 ? `/reports?${parts}` : '/reports'
}
