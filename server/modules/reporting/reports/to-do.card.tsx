/** «Что сделать»: what a clerk has not sent yet, overdue first, each with the one thing to do next. */
import {
  Badge,
  Card,
  type Column,
  Count,
  EmptyState,
  formatDate,
  formatDue,
  LinkButton,
  Progress,
  Section,
  Stack,
  Table,
  Under,
} from '../../../../web/kit/index.ts'
import type { PageContext } from '../../../kernel/http/index.ts'
import { StateBadge } from './report.bar.tsx'
import { listDue, type ReportRow } from './reports.queries.ts'
import { reportTitle, shownReport } from './reports.ts'

const most = 200

export const listToDo = (ctx: PageContext): Promise<ReportRow[]> =>
  ctx.grants.has('report.fill') ? listDue(ctx.db, ctx.grants.scopes('report.fill'), most) : Promise.resolve([])

/** Of one organisation a plain list; of several, a list under the name of each. */
export function ToDo({ ctx, reports }: { ctx: PageContext; reports: readonly ReportRow[] }) {
  const organisations = [...Map.groupBy(reports, ({ organisationId }) => organisationId).values()]
  if (organisations.length === 0)
    return (
      <Card title="Что сделать">
        <EmptyState title="Все отчёты отправлены" icon="check">
          Когда откроют новый сбор или вернут отчёт, он появится здесь, и придёт сообщение.
        </EmptyState>
      </Card>
    )
  return (
    <Card title="Что сделать" count={<Count value={reports.length} />} flush>
      {organisations.length === 1 ? (
        <ToDoTable ctx={ctx} reports={[...reports]} label="Что сделать: таблица" />
      ) : (
        <Stack>
          {organisations.map((own) => (
            <Section
              key={own[0]?.organisationId}
              id={`of-${own[0]?.organisationId}`}
              title={own[0]?.organisationName ?? ''}
            >
              <ToDoTable ctx={ctx} reports={own} label={`Что сделать: ${own[0]?.organisationName}`} />
            </Section>
          ))}
        </Stack>
      )}
    </Card>
  )
}

const ToDoTable = ({ ctx, reports, label }: { ctx: PageContext; reports: ReportRow[]; label: string }) => (
  <Table label={label} rows={reports} rowKey={({ id }) => id} columns={columnsOf(ctx)} />
)

const columnsOf = (ctx: PageContext): Column<ReportRow>[] => [
  {
    key: 'report',
    title: 'Отчёт',
    cell: (report) => (
      <>
        <a href={`/reports/${report.id}`}>{reportTitle(shownReport(report))}</a>
        <Under>{report.formName}</Under>
      </>
    ),
  },
  {
    key: 'term',
    title: 'Срок',
    unbroken: true,
    cell: ({ deadline, campaignDeadline }) => {
      const due = formatDue(deadline, new Date(), ctx.timeZone)
      return (
        <>
          {formatDate(deadline, ctx.timeZone)}
          {deadline.getTime() > campaignDeadline.getTime() ? <Under>продлён</Under> : null}
          {deadline.getTime() < Date.now() ? <Badge tone="bad" icon="alert" text={due} /> : <Under>{due}</Under>}
        </>
      )
    },
  },
  {
    key: 'filled',
    title: 'Заполнено',
    unbroken: true,
    cell: ({ filled, total }) => (
      <Progress value={filled} max={total} label="Заполнено" text={`${filled} из ${total}`} />
    ),
  },
  {
    key: 'state',
    title: 'Состояние',
    full: true,
    cell: ({ state, levelName }) => <StateBadge state={state} level={levelName} />,
  },
  {
    key: 'next',
    title: 'Дальше',
    full: true,
    cell: (report) => (
      <LinkButton size="small" kind="main" href={`/reports/${report.id}`}>
        {nextOf(report)}
      </LinkButton>
    ),
  },
]

/** One thing: mend what was refused, mend errors, send what is clean, go on, begin. */
function nextOf({ state, version, errors, checkedAt }: ReportRow): string {
  if (state === 'refused') return 'Исправить'
  if (checkedAt && errors === 0) return 'Отправить'
  if (errors) return 'Исправить ошибки'
  return version === 0 ? 'Начать' : 'Продолжить'
}
