/** Giving a file for a report: the choice of it, then what it would do, cell by cell. */
import type { ReportImport } from '../../../../contracts/exchange.ts'
import type { Report } from '../../../../contracts/reporting.ts'
import { russianNumber, type Form as StatisticalForm } from '../../../../engine/index.ts'
import {
  Button,
  Card,
  Columns,
  counted,
  EmptyState,
  ErrorSummary,
  Facts,
  FileField,
  Form,
  FormEnd,
  formatDateTime,
  LinkButton,
  Note,
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
import type { FormFailure, PageContext } from '../../../kernel/http/index.ts'
import { reportCrumbs } from '../decisions/decision.parts.tsx'
import { reportTitle } from '../reports/reports.ts'

const help = { href: '/guide/fayly', text: 'отчёт в файлах' }
const cellForms = ['ячейка', 'ячейки', 'ячеек'] as const

type UploadProps = { ctx: PageContext; report: Report; failure?: FormFailure }

export function UploadPage({ ctx, report, failure }: UploadProps) {
  const error = failure ? (failure.problems[0]?.text ?? failure.message) : undefined
  return (
    <Page
      title="Загрузить отчёт из файла"
      lead={`${reportTitle(report)}, ${report.organisation.shortName}`}
      frame={ctx.frame}
      crumbs={reportCrumbs(report, 'Загрузка из файла')}
      help={help}
      hasErrors={error !== undefined}
    >
      <Columns shape="form">
        <Stack>
          <ErrorSummary
            title="Файл не загружен"
            errors={error ? [{ field: 'file', text: error }] : []}
            kept="Отчёт не изменён. Выберите файл ещё раз: браузер не хранит его."
          />
          <Card title="Файл отчёта">
            <Form action={`/reports/${report.id}/import`} label="Загрузка отчёта из файла" files>
              <FileField
                name="file"
                label="Файл"
                hint="Книга Excel (.xlsx), CSV или XML отчёта в формате Росстата, до 10 МБ"
                accept=".xlsx,.csv,.txt,.xml"
                {...(error ? { error } : {})}
              />
              <Quiet>Сначала будет видно, что изменится. Отчёт меняется только после кнопки «Внести».</Quiet>
              <FormEnd>
                <Button kind="main" icon="upload">
                  Загрузить и посмотреть
                </Button>
                <LinkButton kind="quiet" href={`/reports/${report.id}`}>
                  Вернуться к отчёту
                </LinkButton>
              </FormEnd>
            </Form>
          </Card>
          <Card title="Где взять файл">
            <Text>
              Скачайте <a href={`/reports/${report.id}/file.xlsx`}>книгу Excel этого отчёта</a>, впишите числа в серые
              ячейки и загрузите её сюда. Подойдёт и своя книга: у каждого раздела свой лист, в таблице есть строка с
              номерами граф и столбец с номерами строк.
            </Text>
          </Card>
        </Stack>
      </Columns>
    </Page>
  )
}

type ImportProps = {
  ctx: PageContext
  report: Report
  form: StatisticalForm
  found: ReportImport
  page: number
  message?: string | undefined
}

const onPage = 50

export function ImportPage({ ctx, report, form, found, page, message }: ImportProps) {
  const { changes, refused, conflicts, appliedAt } = found
  return (
    <Page
      title="Что изменит файл"
      lead={`${found.fileName} — ${reportTitle(report)}, ${report.organisation.shortName}`}
      frame={ctx.frame}
      crumbs={reportCrumbs(report, 'Загрузка из файла')}
      help={help}
      hasErrors={message !== undefined}
    >
      <Stack>
        {message ? (
          <Note tone="bad" live="alert">
            {message}
          </Note>
        ) : null}
        <Situation ctx={ctx} report={report} found={found} />
        <Card>
          <Facts
            facts={[
              ['Изменится', counted(changes.length, cellForms)],
              ['Не принято', counted(refused.length, cellForms)],
              ['Изменили другие', counted(conflicts.length, cellForms)],
              ['Уже стоит так', counted(found.same, cellForms)],
            ]}
          />
        </Card>
        {conflicts.length > 0 ? <Conflicts report={report} form={form} found={found} ctx={ctx} /> : null}
        {refused.length > 0 ? <Refused report={report} form={form} found={found} /> : null}
        {appliedAt ? null : <Changes report={report} form={form} found={found} page={page} />}
      </Stack>
    </Page>
  )
}

function Situation({ ctx, report, found }: Pick<ImportProps, 'ctx' | 'report' | 'found'>) {
  const { changes, appliedAt, id } = found
  if (appliedAt)
    return (
      <Note tone="ok" title={`Внесено ${formatDateTime(appliedAt, ctx.timeZone)}`}>
        Что изменилось, видно в <a href={`/reports/${report.id}/changes`}>истории изменений</a>.{' '}
        <a href={`/reports/${report.id}`}>Вернуться к отчёту</a>
      </Note>
    )
  if (changes.length === 0)
    return (
      <Note tone="wait" title="Вносить нечего">
        Ни одна ячейка файла не изменила бы отчёт. <a href={`/reports/${report.id}/import`}>Загрузить другой файл</a>
      </Note>
    )
  return (
    <Form action={`/reports/${report.id}/imports/${id}/confirmation`}>
      <Row>
        <Button kind="main" icon="check">
          Внести {counted(changes.length, ['ячейку', 'ячейки', 'ячеек'])}
        </Button>
        <LinkButton kind="quiet" href={`/reports/${report.id}`}>
          Не вносить
        </LinkButton>
        <LinkButton kind="quiet" href={`/reports/${report.id}/import`}>
          Другой файл
        </LinkButton>
      </Row>
    </Form>
  )
}

const shown = (value: string | null) =>
  value === null || value === '' ? 'пусто' : /^-?\d+(\.\d+)?$/.test(value) ? <Num>{russianNumber(value)}</Num> : value

const place = (report: Report, form: StatisticalForm, cell: string) => (
  <a href={`/reports/${report.id}${cellHref(cell, '')}`}>{placeText(form, cell)}</a>
)

type PartProps = Pick<ImportProps, 'report' | 'form' | 'found'>

function Changes({ report, form, found, page }: PartProps & { page: number }) {
  const { changes } = found
  const from = (page - 1) * onPage
  return (
    <Card title="Изменится" flush>
      <Table
        label="Ячейки, которые изменятся"
        rows={changes.slice(from, from + onPage)}
        rowKey={({ cell }) => cell}
        empty={
          <EmptyState title="Изменений нет" icon="check">
            Всё, что можно внести из файла, уже стоит в отчёте.
          </EmptyState>
        }
        columns={[
          { key: 'cell', title: 'Ячейка', cell: ({ cell }) => place(report, form, cell) },
          { key: 'old', title: 'Сейчас', numeric: true, cell: ({ old }) => shown(old) },
          { key: 'new', title: 'Станет', numeric: true, cell: (row) => shown(row.new) },
        ]}
      />
      <Pager
        page={page}
        size={onPage}
        shown={Math.max(0, Math.min(onPage, changes.length - from))}
        total={changes.length}
        href={(number) => `/reports/${report.id}/imports/${found.id}?page=${number}`}
      />
    </Card>
  )
}

const mostRefused = 200

function Refused({ report, form, found }: PartProps) {
  return (
    <Card title="Не принято" flush>
      <Table
        label="Ячейки, которые не приняты"
        rows={found.refused.slice(0, mostRefused)}
        rowKey={({ cell }) => cell}
        columns={[
          {
            key: 'cell',
            title: 'Ячейка',
            cell: ({ cell }) => (cell.includes('/') ? place(report, form, cell) : cell),
          },
          { key: 'given', title: 'В файле', cell: ({ given }) => given || 'пусто' },
          { key: 'text', title: 'Почему', full: true, cell: ({ text }) => text },
        ]}
      />
      {found.refused.length > mostRefused ? (
        <Quiet>Показаны первые {mostRefused}: исправьте их в файле и загрузите его снова.</Quiet>
      ) : null}
    </Card>
  )
}

function Conflicts({ ctx, report, form, found }: PartProps & { ctx: PageContext }) {
  return (
    <Card title="Изменили другие после того, как сделан файл" flush>
      <Table
        label="Ячейки, которые изменили другие"
        rows={found.conflicts}
        rowKey={({ cell }) => cell}
        columns={[
          { key: 'cell', title: 'Ячейка', cell: ({ cell }) => place(report, form, cell) },
          { key: 'theirs', title: 'В отчёте', numeric: true, cell: ({ theirs }) => shown(theirs) },
          { key: 'yours', title: 'В файле', numeric: true, cell: ({ yours }) => shown(yours) },
          {
            key: 'by',
            title: 'Кто и когда',
            cell: ({ by, at }) => [by, at ? formatDateTime(at, ctx.timeZone) : ''].filter(Boolean).join(', '),
          },
        ]}
      />
      <Quiet>Эти ячейки останутся как есть. Чтобы внести своё, исправьте их в отчёте.</Quiet>
    </Card>
  )
}
