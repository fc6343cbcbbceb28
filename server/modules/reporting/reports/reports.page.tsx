/** The list of reports within one's scopes, with filters that the address keeps. */
import {
  type Report,
  type ReportList,
  type ReportQuery,
  ReportState,
  reportsOnPage,
} from '../../../../contracts/reporting.ts'
import {
  cabinetCrumb,
  EmptyState,
  formatDate,
  formatDateTime,
  isNarrowed,
  LinkButton,
  type ListAddress,
  ListCard,
  type ListColumn,
  Page,
  Progress,
  Stack,
  Under,
} from '../../../../web/kit/index.ts'
import type { PageContext } from '../../../kernel/http/index.ts'
import { reportStates } from '../reporting.phrases.ts'
import type { ReportChoices } from './list.queries.ts'
import { StateBadge } from './report.bar.tsx'
import type { ReportRow } from './reports.queries.ts'
import { reportTitle } from './reports.ts'
import { ToDo } from './to-do.card.tsx'

type ReportsProps = {
  ctx: PageContext
  query: ReportQuery
  list: ReportList & { choices: ReportChoices }
  /** Of whoever fills reports in: what is not sent yet. */
  toDo: readonly ReportRow[]
}

const address: ListAddress<ReportQuery> = {
  path: '/reports',
  filters: ['q', 'state', 'form', 'year'],
  // By the deadline, the last first, which no column offers by itself.
  sortOf: () => undefined,
}

export function ReportsPage({ ctx, query, list, toDo }: ReportsProps) {
  const { reports, total, page, choices } = list
  return (
    <Page
      title="Отчёты"
      frame={ctx.frame}
      wide
      crumbs={[cabinetCrumb, { text: 'Отчёты' }]}
      actions={
        ctx.grants.has('report.decide') ? (
          <LinkButton kind="quiet" href="/handovers">
            Передача проверки
          </LinkButton>
        ) : undefined
      }
      help={
        ctx.grants.has('report.decide')
          ? { href: '/guide/proverka', text: 'проверка отчётов' }
          : { href: '/guide/otchety', text: 'отчёты' }
      }
    >
      <Stack>
        {ctx.grants.has('report.fill') && !isNarrowed(address, query) && page === 1 ? (
          <ToDo ctx={ctx} reports={toDo} />
        ) : null}
        <ListCard
          of="отчётов"
          address={address}
          query={{ ...query, page }}
          words="Организация или ИНН"
          filters={[
            {
              name: 'state',
              label: 'Состояние',
              empty: 'Все состояния',
              options: ReportState.options.map((value) => ({ value, text: reportStates[value] })),
            },
            {
              name: 'form',
              label: 'Форма',
              empty: 'Все формы',
              options: choices.forms.map(({ code, cipher }) => ({ value: code, text: cipher })),
            },
            {
              name: 'year',
              label: 'Год',
              empty: 'Все годы',
              options: choices.years.map((year) => ({ value: String(year), text: String(year) })),
            },
          ]}
          columns={columnsOf(ctx)}
          rows={reports}
          rowKey={({ id }) => id}
          empty={<NothingFound narrowed={isNarrowed(address, query)} />}
          size={reportsOnPage}
          total={total}
        />
      </Stack>
    </Page>
  )
}

const columnsOf = (ctx: PageContext): ListColumn<Report>[] => [
  {
    key: 'organisation',
    title: 'Организация и отчёт',
    sorts: true,
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
    sorts: true,
    cell: ({ campaign }) => formatDate(campaign.deadline, ctx.timeZone),
  },
  {
    key: 'sent',
    title: 'Отправлен',
    unbroken: true,
    sorts: true,
    cell: ({ sentAt }) => (sentAt ? formatDateTime(sentAt, ctx.timeZone) : '—'),
  },
  {
    key: 'state',
    title: 'Состояние',
    width: 'state',
    full: true,
    cell: ({ state, level }) => <StateBadge state={state} level={level?.name} />,
  },
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
    sorts: true,
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
