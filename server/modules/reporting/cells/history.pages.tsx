/** What was changed in a report, by whom and when; and the story of one cell, with why its number is what it is. */
import type { CellExplanation, PullTrace } from '../../../../contracts/checks.ts'
import { changesOnPage, type HistoryQuery, type ReportChange } from '../../../../contracts/history.ts'
import type { CellHistory, ChangeSource, Report } from '../../../../contracts/reporting.ts'
import type { Form } from '../../../../engine/index.ts'
import {
  Card,
  EmptyState,
  Facts,
  FilterDate,
  FilterSelect,
  Filters,
  formatDate,
  formatDateTime,
  formatNumber,
  isNarrowed,
  LinkButton,
  type ListAddress,
  listAddress,
  Num,
  Page,
  Pager,
  Quiet,
  Row,
  Stack,
  Table,
  Text,
} from '../../../../web/kit/index.ts'
import { cellHref, placeText } from '../../../../web/report/index.ts'
import type { PageContext } from '../../../kernel/http/index.ts'
import { reportCrumbs } from '../decisions/decision.parts.tsx'
import { Trace } from '../pulls/trace.page.tsx'
import { reportTitle } from '../reports/reports.ts'
import type { ReportHistoryView } from './history.ts'

const sourceNames: Record<ChangeSource, string> = {
  page: 'страница отчёта',
  paste: 'вставка',
  api: 'программа',
  import: 'загрузка файла',
}

const shown = (value: string | null) =>
  value === null ? 'пусто' : /^-?\d+(\.\d+)?$/.test(value) ? <Num>{formatNumber(value)}</Num> : value

/** Links of these pages lead back to the report, whatever the section. */
const cellLink = (report: Report, cell: string) => `/reports/${report.id}${cellHref(cell, '')}`

export const historyAddress = (reportId: string, cell: string): string =>
  `/reports/${reportId}/history?cell=${encodeURIComponent(cell)}`

const address = (reportId: string): ListAddress<HistoryQuery> => ({
  path: `/reports/${reportId}/changes`,
  filters: ['person', 'section', 'from', 'to', 'since'],
  sortOf: () => undefined,
})

type ChangesProps = {
  ctx: PageContext
  report: Report
  form: Form
  history: ReportHistoryView
  query: HistoryQuery
}

/** Every change of the report: who, when, which cell, from what to what, and why. */
export function ChangesPage({ ctx, report, form, history, query }: ChangesProps) {
  const listed = address(report.id)
  const sections = [
    ...(form.template.title.length > 0 ? [{ value: 'title', text: 'Титульный лист' }] : []),
    ...form.sections.map(({ code, name }) => ({ value: code, text: `${code}. ${name}` })),
  ]
  return (
    <Page
      title="История изменений"
      lead={`${reportTitle(report)}, ${report.organisation.shortName}`}
      crumbs={reportCrumbs(report, 'История изменений')}
      help={{ href: '/guide/otchety', text: 'заполнение отчёта' }}
      frame={ctx.frame}
      wide
    >
      <Stack>
        <Card flush>
          <Filters
            label="Отбор изменений"
            action={listed.path}
            reset={isNarrowed(listed, query) ? listed.path : undefined}
          >
            <FilterSelect
              name="person"
              label="Кто"
              empty="Все"
              value={query.person}
              options={history.editors.map(({ id, name }) => ({ value: id, text: name }))}
            />
            <FilterSelect name="section" label="Раздел" empty="Все" value={query.section} options={sections} />
            <FilterDate name="from" label="С дня" value={query.from && formatDate(query.from)} />
            <FilterDate name="to" label="По день" value={query.to && formatDate(query.to)} />
          </Filters>
          <Table
            label="Изменения отчёта"
            rows={history.changes}
            rowKey={({ number, cell }) => `${number} ${cell}`}
            narrow={3}
            empty={
              <EmptyState
                title={isNarrowed(listed, query) ? 'Таких изменений нет' : 'Изменений ещё не было'}
                icon="history"
              >
                Здесь стоит каждое изменение: кто, когда, в какой ячейке, что было, что стало и почему.
              </EmptyState>
            }
            columns={[
              { key: 'at', title: 'Когда', unbroken: true, cell: ({ at }) => formatDateTime(at, ctx.timeZone) },
              { key: 'by', title: 'Кто', cell: ({ by }) => by },
              {
                key: 'cell',
                title: 'Ячейка',
                cell: ({ cell }) => <a href={historyAddress(report.id, cell)}>{placeText(form, cell)}</a>,
              },
              { key: 'from', title: 'Было', cell: ({ from }) => shown(from) },
              { key: 'to', title: 'Стало', cell: ({ to }) => shown(to) },
              { key: 'reason', title: 'Почему', cell: ({ reason }) => reason ?? '' },
              { key: 'source', title: 'Откуда', cell: ({ source }) => sourceNames[source] },
            ]}
          />
          <Pager
            page={history.page}
            size={changesOnPage}
            shown={history.changes.length}
            total={history.total}
            href={(page) => listAddress(listed, { ...query, page })}
          />
        </Card>
        {history.total > 0 ? (
          <Row>
            <LinkButton size="small" icon="download" href={fileAddress(report.id, query, 'xlsx')} download>
              Скачать Excel
            </LinkButton>
            <LinkButton size="small" kind="quiet" icon="download" href={fileAddress(report.id, query, 'csv')} download>
              Скачать CSV
            </LinkButton>
          </Row>
        ) : null}
      </Stack>
    </Page>
  )
}

const fileAddress = (reportId: string, { page: _page, ...query }: HistoryQuery, format: string): string => {
  const filters = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))
  return `/reports/${reportId}/changes.${format}?${new URLSearchParams(filters)}`
}

export const historyWidths = [18, 26, 60, 20, 20, 50, 18]

/** The same lines in a file. */
export async function* historyTable(
  changes: AsyncIterable<ReportChange>,
  form: Form,
  zone: string,
): AsyncGenerator<readonly string[]> {
  yield ['Когда', 'Кто', 'Ячейка', 'Было', 'Стало', 'Почему', 'Откуда']
  for await (const { at, by, cell, from, to, reason, source } of changes)
    yield [formatDateTime(at, zone), by, placeText(form, cell), from ?? '', to ?? '', reason ?? '', sourceNames[source]]
}

type CellProps = {
  ctx: PageContext
  report: Report
  form: Form
  history: CellHistory
  explanation: CellExplanation | undefined
  /** Of a cell that is pulled from other reports. */
  trace: PullTrace | undefined
}

export function CellPage({ ctx, report, form, history, explanation, trace }: CellProps) {
  const place = placeText(form, history.cell)
  return (
    <Page
      title={place}
      lead={`${report.form.cipher} за ${report.campaign.title}, ${report.organisation.shortName}`}
      crumbs={reportCrumbs(report, place)}
      frame={ctx.frame}
    >
      <Stack>
        {trace ? (
          <Trace trace={trace} />
        ) : explanation ? (
          <Explanation report={report} explanation={explanation} />
        ) : null}
        <Card title="Как менялась ячейка" flush>
          <Table
            label="Изменения ячейки"
            rows={history.changes}
            rowKey={({ at, to }) => `${at}${to}`}
            empty={
              <EmptyState title="Изменений не было" icon="history">
                {trace
                  ? 'Ячейка подтягивается сама: меняется то, откуда она.'
                  : explanation
                    ? 'Ячейка рассчитывается сама: меняются те, из которых она складывается.'
                    : 'В эту ячейку ещё ничего не вводили.'}
              </EmptyState>
            }
            columns={[
              { key: 'at', title: 'Когда', unbroken: true, cell: ({ at }) => formatDateTime(at, ctx.timeZone) },
              { key: 'by', title: 'Кто', cell: ({ by }) => by },
              { key: 'from', title: 'Было', numeric: true, cell: ({ from }) => shown(from) },
              { key: 'to', title: 'Стало', numeric: true, cell: ({ to }) => shown(to) },
              { key: 'reason', title: 'Почему', cell: ({ reason }) => reason ?? '' },
              { key: 'source', title: 'Откуда', cell: ({ source }) => sourceNames[source] },
            ]}
          />
        </Card>
        <Text>
          <a href={cellLink(report, history.cell)}>К ячейке в отчёте</a>
        </Text>
      </Stack>
    </Page>
  )
}

function Explanation({ report, explanation }: { report: Report; explanation: CellExplanation }) {
  return (
    <Card title="Почему это число">
      <Stack space="small">
        <Text>{explanation.text}</Text>
        <Facts
          facts={explanation.cells.map(
            ({ address, previous, name, text }) =>
              [
                previous ? `${name}, прошлый период` : name,
                text === '' ? 'пусто' : previous ? <Num>{text}</Num> : <a href={cellLink(report, address)}>{text}</a>,
              ] as const,
          )}
        />
        <Text>
          <Quiet>{`Контроль ${explanation.control.id}: ${explanation.control.name}`}</Quiet>
        </Text>
      </Stack>
    </Card>
  )
}
