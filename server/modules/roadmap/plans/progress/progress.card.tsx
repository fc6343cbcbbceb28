/** What was reported of a measure, with its evidence, and the form of the next report. */
import type { MeasureReport, MeasureReportFile } from '../../../../../contracts/measure-progress.ts'
import {
  Badge,
  Button,
  Card,
  Checkboxes,
  DateField,
  Disclosure,
  ErrorSummary,
  FieldRow,
  FileField,
  Form,
  FormEnd,
  formatDate,
  formatDateTime,
  formatFileSize,
  Group,
  HiddenFields,
  List,
  ListItem,
  Muted,
  Note,
  Row,
  Stack,
  Text,
  TextArea,
  TextField,
} from '../../../../../web/kit/index.ts'
import type { FormFailure, PageContext } from '../../../../kernel/http/index.ts'
import type { MeasureRow } from '../measures.queries.ts'
import { acceptedEvidence } from './evidence.ts'

type Props = {
  ctx: PageContext
  measure: MeasureRow
  reports: readonly MeasureReport[]
  may: { report: boolean; coordinate: boolean }
  /** Of the form of a new report, or of a return; what was typed stands in it again. */
  failure?: FormFailure | undefined
}

export function ProgressCard(props: Props) {
  const { ctx, measure, reports, may } = props
  const mayReport = may.report && !measure.cancelledAt
  return (
    <Card title="Ход выполнения" id="progress">
      <Stack>
        {mayReport ? <NewReport {...props} /> : null}
        {reports.length === 0 ? (
          <Muted>{mayReport ? 'Отчётов пока не было.' : 'Регион пока ничего не сообщал.'}</Muted>
        ) : (
          <List label="Отчёты о ходе выполнения">
            {reports.map((report) => (
              <ListItem
                key={report.id}
                top={[formatDateTime(report.at, ctx.timeZone), report.by]}
                end={<StandingBadge report={report} />}
              >
                <Stack space="small">
                  <Text>{report.text}</Text>
                  <Files measureId={measure.id} report={report} />
                  <Returned ctx={ctx} report={report} />
                  {mayReport && report.withdrawable ? <Withdrawing measureId={measure.id} report={report} /> : null}
                  {may.coordinate && !measure.cancelledAt && report.returnable ? (
                    <Returning {...props} report={report} />
                  ) : null}
                </Stack>
              </ListItem>
            ))}
          </List>
        )}
      </Stack>
    </Card>
  )
}

function StandingBadge({ report: { returnedAt, doneOn, percent } }: { report: MeasureReport }) {
  if (returnedAt) return <Badge tone="bad" text="Возвращён" />
  return doneOn ? (
    <Badge tone="ok" text={`Выполнено ${formatDate(doneOn)}`} />
  ) : (
    <Badge tone="wait" text={`Сделано ${percent} %`} />
  )
}

function Files({ measureId, report }: { measureId: string; report: MeasureReport }) {
  if (report.files.length === 0) return null
  return (
    <List label="Приложенные файлы">
      {report.files.map((file) => (
        <ListItem
          key={file.id}
          title={file.name}
          href={`/measures/${measureId}/reports/${report.id}/files/${file.id}`}
          under={[file.kind ?? undefined, formatFileSize(file.size)]}
        />
      ))}
    </List>
  )
}

function Returned({
  ctx,
  report: { returnedAt, returnedBy, returnReason },
}: {
  ctx: PageContext
  report: MeasureReport
}) {
  if (!returnedAt) return null
  return (
    <Note tone="warn" title={`Возвращён ${formatDate(returnedAt, ctx.timeZone)}${returnedBy ? `, ${returnedBy}` : ''}`}>
      {`Причина: ${returnReason}`}
    </Note>
  )
}

const Withdrawing = ({ measureId, report }: { measureId: string; report: MeasureReport }) => (
  <Form action={`/measures/${measureId}/reports/${report.id}/withdrawal`} label="Отозвать отчёт">
    <Button size="small" kind="quiet" icon="bin" about={report.text.slice(0, 60)}>
      Отозвать
    </Button>
  </Form>
)

function Returning({ measure, report, failure }: Props & { report: MeasureReport }) {
  const mine = failure?.values.reason === undefined ? undefined : failure
  const error = mine && (mine.problems.find(({ field }) => field === 'reason')?.text ?? mine.message)
  return (
    <Disclosure
      title="Вернуть отчёт"
      under="Мероприятие станет таким, каким было до этого отчёта"
      open={mine !== undefined}
    >
      <Form action={`/measures/${measure.id}/reports/${report.id}/return`} label="Вернуть отчёт">
        <Stack space="small">
          <TextArea
            name="reason"
            label="Что исправить"
            hint="Регион увидит это как есть"
            maxLength={2000}
            value={mine?.values.reason}
            error={error}
          />
          <Row>
            <Button size="small" kind="bad" icon="turn">
              Вернуть отчёт
            </Button>
          </Row>
        </Stack>
      </Form>
    </Disclosure>
  )
}

const formName = 'progress-report'

function NewReport({ measure, reports, failure }: Props) {
  const mine = failure?.values.text === undefined || failure.values.percent === undefined ? undefined : failure
  const [last] = reports
  const returned = last?.returnedAt ? last : undefined
  const value = (name: string, otherwise: string) => mine?.values[name] ?? otherwise
  const errorOf = (name: string) => mine?.problems.find(({ field }) => field === name)?.text
  return (
    <Disclosure
      title={returned ? 'Отправить исправленный отчёт' : 'Сообщить о ходе выполнения'}
      under={measure.doneOn ? `Сейчас считается выполненным ${formatDate(measure.doneOn)}` : undefined}
      open={mine !== undefined || returned !== undefined || reports.length === 0}
    >
      <Form
        id={formName}
        action={`/measures/${measure.id}/reports`}
        label="Отчёт о ходе выполнения"
        draft={`measure-report:${measure.id}`}
        hidden={{ after: last?.id ?? '' }}
        files
      >
        {mine ? (
          <ErrorSummary
            title="Отчёт не отправлен"
            errors={
              mine.problems.length > 0
                ? mine.problems.map(({ field, text }) => ({ field, text }))
                : [{ text: mine.message ?? '' }]
            }
            kept="Всё, что вы написали, на месте. Файлы выберите ещё раз: браузер не хранит их."
          />
        ) : null}
        <TextArea
          name="text"
          label="Что сделано"
          rows={4}
          maxLength={5000}
          value={value('text', returned?.text ?? '')}
          error={errorOf('text')}
        />
        <FieldRow>
          <TextField
            name="percent"
            label="Сделано, %"
            width={6}
            inputMode="numeric"
            value={value('percent', String(returned?.percent ?? measure.percent))}
            error={errorOf('percent')}
          />
          <DateField
            name="doneOn"
            label="День выполнения"
            optional
            hint="Только если мероприятие выполнено: ДД.ММ.ГГГГ"
            value={value('doneOn', dayTyped(returned?.doneOn ?? measure.doneOn))}
            error={errorOf('doneOn')}
          />
        </FieldRow>
        <Evidence measure={measure} reports={reports} returned={returned} error={errorOf('file')} />
        <FormEnd>
          <Button kind="main" icon="send">
            Отправить отчёт
          </Button>
        </FormEnd>
      </Form>
    </Disclosure>
  )
}

const dayTyped = (day: string | null): string => (day ? formatDate(day) : '')

type EvidenceProps = Pick<Props, 'measure' | 'reports'> & {
  returned: MeasureReport | undefined
  error?: string | undefined
}

/** A field for each kind of evidence; those that earlier reports hold need not be sent again. */
function Evidence({ measure, reports, returned, error }: EvidenceProps) {
  const there = new Set(
    reports.filter(({ returnedAt }) => !returnedAt).flatMap(({ files }) => files.map(({ kind }) => kind)),
  )
  return (
    <Group
      id="evidence"
      title="Подтверждающие документы"
      lead={measure.evidenceKinds.length > 0 ? 'Когда назван день выполнения, нужен каждый из них.' : undefined}
    >
      {returned && returned.files.length > 0 ? <Kept files={returned.files} /> : null}
      {measure.evidenceKinds.map((kind, index) => (
        <EvidenceField
          key={kind}
          id={`file-${index}`}
          kind={kind}
          label={kind}
          hint={there.has(kind) ? 'Уже приложен к прежнему отчёту, можно добавить ещё' : undefined}
        />
      ))}
      <EvidenceField
        id="file"
        kind=""
        label={measure.evidenceKinds.length > 0 ? 'Другой файл' : 'Файл'}
        hint="PDF, PNG, JPG, docx, xlsx, odt или ods; каждый не больше 5 МБ, вместе не больше 25 МБ"
        error={error}
      />
      <EvidenceField id="file-more" kind="" label="Ещё один файл" />
    </Group>
  )
}

/** The kind goes before its file, chosen or not, so that the two lists keep step. */
const EvidenceField = (props: {
  id: string
  kind: string
  label: string
  hint?: string
  error?: string | undefined
}) => (
  <>
    <HiddenFields fields={{ kind: props.kind }} />
    <FileField
      name="file"
      id={props.id}
      label={props.label}
      hint={props.hint}
      error={props.error}
      accept={acceptedEvidence}
      optional
    />
  </>
)

/** What came back need not be chosen anew where only the words were wrong. */
const Kept = ({ files }: { files: readonly MeasureReportFile[] }) => (
  <Checkboxes
    name="kept"
    label="Оставить из возвращённого отчёта"
    values={files.map(({ id }) => id)}
    options={files.map(({ id, name, kind }) => ({ value: id, text: kind ? `${name} — ${kind}` : name }))}
  />
)
