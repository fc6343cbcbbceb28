/** Reporting's parts of other pages: deadlines and reports that wait in the cabinet, an organisation's reports on its page. */
import {
  Card,
  type Column,
  Count,
  Disclosure,
  EmptyState,
  formatDate,
  formatDateTime,
  formatDue,
  List,
  ListItem,
  Progress,
  Table,
  Under,
} from '../../../../web/kit/index.ts'
import type { PageContext } from '../../../kernel/http/index.ts'
import type { CabinetBlock, OrganisationBlock } from '../../../kernel/room.ts'
import { accessOrganisation, placeOf } from '../../organisations/index.ts'
import { StateBadge } from './report.bar.tsx'
import { listDue, listReportsOf, listWaiting, type ReportRow } from './reports.queries.ts'
import { reportTitle, shownReport } from './reports.ts'

const shortest = 6

/** «Ближайшие сроки»: what those who fill in still have to send. */
export const dueBlock: CabinetBlock = {
  place: 'main',
  order: 10,
  render: async (ctx) => {
    if (!ctx.grants.has('report.fill')) return null
    const due = await listDue(ctx.db, ctx.grants.scopes('report.fill'), shortest)
    return (
      <Card
        title="Ближайшие сроки"
        flush={due.length > 0}
        aside={due.length > 0 ? <a href="/reports">Все отчёты</a> : undefined}
      >
        {due.length === 0 ? (
          <EmptyState title="Все отчёты отправлены" icon="check">
            Когда откроют новый сбор, отчёт и его срок появятся здесь.
          </EmptyState>
        ) : (
          <Table label="Таблица ближайших сроков" rows={due} rowKey={({ id }) => id} columns={dueColumns(ctx)} />
        )}
      </Card>
    )
  },
}

const dueColumns = (ctx: PageContext): Column<ReportRow>[] => [
  {
    key: 'report',
    title: 'Отчёт',
    cell: (report) => (
      <>
        <a href={`/reports/${report.id}`}>{reportTitle(shownReport(report))}</a>
        <Under>{report.organisationName}</Under>
      </>
    ),
  },
  {
    key: 'deadline',
    title: 'Срок',
    unbroken: true,
    cell: ({ deadline }) => (
      <>
        {formatDate(deadline, ctx.timeZone)}
        <Under>{formatDue(deadline, new Date(), ctx.timeZone)}</Under>
      </>
    ),
  },
  {
    key: 'filled',
    title: 'Заполнено',
    unbroken: true,
    cell: (report) => (
      <Progress
        value={report.filled}
        max={report.total}
        label={`Заполнено: ${reportTitle(shownReport(report))}`}
        text={`${report.filled} из ${report.total}`}
      />
    ),
  },
  {
    key: 'state',
    title: 'Состояние',
    full: true,
    cell: ({ state, levelName }) => <StateBadge state={state} level={levelName} />,
  },
]

/** Reports that wait for one's decision, the longest waiting first. */
export const waitingBlock: CabinetBlock = {
  place: 'main',
  order: 11,
  render: async (ctx) => {
    if (!ctx.grants.has('report.decide')) return null
    const waiting = await listWaiting(ctx.db, ctx.grants.scopes('report.decide'), ctx.account.id, shortest)
    const total = waiting[0]?.waiting ?? 0
    return (
      <Card
        title="Отчёты на проверке"
        count={<Count value={total} />}
        aside={total > 0 ? <a href="/reports?state=sent&sort=sent">Все ждущие решения</a> : undefined}
        foot={<a href="/handovers">Передать проверку коллеге</a>}
      >
        {total === 0 ? (
          <EmptyState title="Все отчёты проверены" icon="check">
            Когда организация отправит отчёт, он появится здесь, и придёт сообщение.
          </EmptyState>
        ) : (
          <List label="Отчёты на проверке">
            {waiting.map((report) => (
              <ListItem
                key={report.id}
                title={report.organisationName}
                href={`/reports/${report.id}`}
                strong
                under={[
                  reportTitle(shownReport(report)),
                  report.levelName ? `уровень: ${report.levelName}` : undefined,
                  report.sentAt ? `отправлен ${formatDateTime(report.sentAt, ctx.timeZone)}` : undefined,
                ]}
              />
            ))}
          </List>
        )}
      </Card>
    )
  },
}

/** «Отчеты о деятельности»: forms, and on a press their periods (manual 2, section 3, pictures 10 and 11). */
export const organisationBlock: OrganisationBlock = {
  order: 10,
  render: async (ctx, organisationId) => {
    const organisation = await accessOrganisation(ctx.db, ctx, organisationId, 'organisation.read')
    if (!ctx.grants.allow('report.read', placeOf(organisation))) return null
    const reports = await listReportsOf(ctx.db, organisationId)
    const forms = [...Map.groupBy(reports, ({ formId }) => formId).values()]
    return (
      <Card title="Отчеты о деятельности" id="reports">
        {forms.length === 0 ? (
          <EmptyState title="Отчётов пока нет" icon="table">
            Отчёт появится здесь, когда откроют сбор, в котором участвует организация.
          </EmptyState>
        ) : (
          forms.map((periods) => (
            <FormPeriods key={periods[0]?.formId} ctx={ctx} periods={periods} open={forms.length === 1} />
          ))
        )}
      </Card>
    )
  },
}

function FormPeriods({ ctx, periods, open }: { ctx: PageContext; periods: ReportRow[]; open: boolean }) {
  const [newest] = periods
  if (!newest) return null
  const unfinished = periods.some(({ state }) => state === 'draft' || state === 'refused')
  return (
    <Disclosure title={newest.formCipher} under={newest.formName} open={open || unfinished}>
      <List label={`Периоды формы ${newest.formCipher}`}>
        {periods.map((report) => (
          <ListItem
            key={report.id}
            title={report.campaignTitle}
            href={`/reports/${report.id}`}
            under={[`срок ${formatDate(report.deadline, ctx.timeZone)}`, dueText(report, ctx)]}
            end={<StateBadge state={report.state} level={report.levelName} />}
          />
        ))}
      </List>
    </Disclosure>
  )
}

/** Days left matter while there is something to send. */
const dueText = (report: ReportRow, ctx: PageContext): string | undefined =>
  report.state === 'draft' || report.state === 'refused'
    ? formatDue(report.deadline, new Date(), ctx.timeZone)
    : undefined
