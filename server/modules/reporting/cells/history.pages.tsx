/** What was changed in a report, by whom and when; and the story of one cell, with why its number is what it is. */
import type { CellExplanation, PullTrace } from '../../../../contracts/checks.ts'
import type { CellHistory, ChangeSource, Report } from '../../../../contracts/reporting.ts'
import type { Form } from '../../../../engine/index.ts'
import {
  Card,
  counted,
  EmptyState,
  Facts,
  formatDateTime,
  formatNumber,
  Num,
  Page,
  Quiet,
  Stack,
  Table,
  Text,
} from '../../../../web/kit/index.ts'
import { cellHref, placeText } from '../../../../web/report/index.ts'
import type { PageContext } from '../../../kernel/http/index.ts'
import { reportCrumbs } from '../decisions/decision.pages.tsx'
import { Trace } from '../pulls/trace.page.tsx'
import type { ReportChange } from './history.ts'

const sourceNames: Record<ChangeSource, string> = {
  page: 'страница отчёта',
  paste: 'вставка',
  api: 'программа',
  import: 'загрузка файла',
}

const shown = (value: string | null) => (value === null ? 'пусто' : <Num>{formatNumber(value)}</Num>)

/** Links of these pages lead back to the report, whatever the section. */
const cellLink = (report: Report, cell: string) => `/reports/${report.id}${cellHref(cell, '')}`

export const historyAddress = (reportId: string, cell: string): string =>
  `/reports/${reportId}/history?cell=${encodeURIComponent(cell)}`

type ChangesProps = { ctx: PageContext; report: Report; form: Form; changes: ReportChange[] }

const mostCellsNamed = 5

export function ChangesPage({ ctx, report, form, changes }: ChangesProps) {
  return (
    <Page
      title="История изменений"
      lead={report.organisation.shortName}
      crumbs={reportCrumbs(report, 'История изменений')}
      frame={ctx.frame}
    >
      <Card flush>
        <Table
          label="Сохранения отчёта"
          rows={changes}
          rowKey={({ number }) => String(number)}
          empty={
            <EmptyState title="Изменений ещё не было" icon="history">
              Здесь появится каждое сохранение: кто, когда и какие ячейки изменил.
            </EmptyState>
          }
          columns={[
            { key: 'at', title: 'Когда', unbroken: true, cell: ({ at }) => formatDateTime(at, ctx.timeZone) },
            { key: 'by', title: 'Кто', cell: ({ by }) => by },
            { key: 'source', title: 'Откуда', cell: ({ source }) => sourceNames[source] },
            {
              key: 'cells',
              title: 'Ячейки',
              cell: ({ cells }) => (
                <>
                  {cells.slice(0, mostCellsNamed).map((cell, index) => (
                    <span key={cell}>
                      {index > 0 ? '; ' : ''}
                      <a href={historyAddress(report.id, cell)}>{placeText(form, cell)}</a>
                    </span>
                  ))}
                  {cells.length > mostCellsNamed
                    ? ` и ещё ${counted(cells.length - mostCellsNamed, ['ячейка', 'ячейки', 'ячеек'])}`
                    : ''}
                </>
              ),
            },
          ]}
        />
      </Card>
    </Page>
  )
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
