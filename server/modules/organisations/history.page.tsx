/** «История реквизитов»: every field that changed, with who, when and why. */
import type { OrganisationFieldChange } from '../../../contracts/organisations.ts'
import {
  Card,
  type Column,
  cabinetCrumb,
  EmptyState,
  formatDate,
  formatDateTime,
  Page,
  Table,
  tied,
  Under,
} from '../../../web/kit/index.ts'
import type { PageContext } from '../../kernel/http/index.ts'
import type { Organisation } from './organisations.queries.ts'

type HistoryProps = { ctx: PageContext; organisation: Organisation; changes: readonly OrganisationFieldChange[] }

export function HistoryPage({ ctx, organisation: { id, shortName, createdAt }, changes }: HistoryProps) {
  return (
    <Page
      title="История реквизитов"
      frame={ctx.frame}
      crumbs={[
        cabinetCrumb,
        { text: 'Организации', href: '/organisations' },
        { text: shortName, href: `/organisations/${id}` },
        { text: 'История реквизитов' },
      ]}
      help={{ href: '/guide/organizatsiya', text: 'организации' }}
      lead={`${shortName}. В реестре с ${formatDate(createdAt, ctx.timeZone)}.`}
    >
      <Card flush>
        <Table
          label="Изменения реквизитов"
          rows={changes}
          rowKey={({ at, field }) => `${at}-${field}`}
          columns={columns(ctx)}
          empty={
            <EmptyState title="Изменений пока не было" icon="history">
              Здесь останется каждое: что изменили, кто, когда и почему.
            </EmptyState>
          }
        />
      </Card>
    </Page>
  )
}

const columns = (ctx: PageContext): Column<OrganisationFieldChange>[] => [
  {
    key: 'field',
    title: 'Реквизит',
    cell: ({ label, at, by }) => (
      <>
        {label}
        <Under>
          {formatDateTime(at, ctx.timeZone)} · {by ?? 'программа'}
        </Under>
      </>
    ),
  },
  { key: 'old', title: 'Было', cell: ({ old }) => tied(old ?? '—') },
  { key: 'new', title: 'Стало', cell: ({ new: now }) => tied(now ?? '—') },
  {
    key: 'reason',
    title: 'Почему',
    full: true,
    cell: ({ reason, applicationId }) => (
      <>
        {tied(reason ?? '—')}
        {applicationId ? (
          <Under>
            <a href={`/applications/${applicationId}`}>По заявке</a>
          </Under>
        ) : null}
      </>
    ),
  },
]
