/** What was sent: the list of submissions, and one of them as it was sent, with its hash, signatures and decisions. */
import type { Submission, Verification, WholeSubmission } from '../../../../contracts/decisions.ts'
import type { Report } from '../../../../contracts/reporting.ts'
import { openSheet, type Form as StatisticalForm } from '../../../../engine/index.ts'
import {
  Button,
  Card,
  EmptyState,
  Facts,
  Form,
  formatDate,
  formatDateTime,
  LinkButton,
  List,
  ListItem,
  Note,
  Page,
  Row,
  Stack,
  Table,
  Tabs,
  Text,
} from '../../../../web/kit/index.ts'
import { placeText, ReportTable } from '../../../../web/report/index.ts'
import type { PageContext } from '../../../kernel/http/index.ts'
import { reportTitle } from '../reports/reports.ts'
import { ChangesCard, DecisionSteps, reportCrumbs } from './decision.parts.tsx'
import { outcomeNames } from './decisions.phrases.ts'

const help = { href: '/guide/proverka', text: 'отправленные представления' }

/** Twelve signs of a hash tell two submissions apart; the whole stands on the submission's own page. */
const shortHash = (hash: string): string => `${hash.slice(0, 12)}…`

type ListProps = { ctx: PageContext; report: Report; submissions: Submission[] }

export function SubmissionsPage({ ctx, report, submissions }: ListProps) {
  const address = `/reports/${report.id}/submissions`
  return (
    <Page
      title="Отправленные представления"
      lead={`${reportTitle(report)}, ${report.organisation.shortName}`}
      crumbs={reportCrumbs(report, 'Представления')}
      help={help}
      frame={ctx.frame}
    >
      <Card flush={submissions.length > 0}>
        <Table
          label="Представления отчёта"
          rows={submissions}
          rowKey={({ id }) => id}
          empty={
            <EmptyState title="Отчёт ещё не отправляли" icon="send">
              Каждая отправка останется здесь такой, какой она была.
            </EmptyState>
          }
          columns={[
            {
              key: 'number',
              title: 'Представление',
              cell: ({ number }) => <a href={`${address}/${number}`}>{`№ ${number}`}</a>,
            },
            {
              key: 'at',
              title: 'Отправлено',
              unbroken: true,
              cell: ({ sentAt }) => formatDateTime(sentAt, ctx.timeZone),
            },
            { key: 'by', title: 'Кто отправил', cell: ({ sentBy }) => sentBy },
            {
              key: 'outcome',
              title: 'Решение',
              cell: ({ outcome }) => (outcome ? outcomeNames[outcome] : 'Ждёт решения'),
            },
            { key: 'hash', title: 'Отпечаток', unbroken: true, cell: ({ contentHash }) => shortHash(contentHash) },
          ]}
        />
      </Card>
    </Page>
  )
}

type SubmissionProps = {
  ctx: PageContext
  report: Report
  form: StatisticalForm
  submission: WholeSubmission
  section: string | undefined
  /** After the button was pressed. */
  verification: Verification | undefined
}

export function SubmissionPage(props: SubmissionProps) {
  const { ctx, report, form, submission, verification } = props
  const standing =
    submission.outcome === null && report.state === 'sent'
      ? (report.level?.name ?? 'вышестоящая организация')
      : undefined
  return (
    <Page
      title={`Представление № ${submission.number}`}
      lead={`${reportTitle(report)}, ${report.organisation.shortName}`}
      crumbs={[
        ...reportCrumbs(report, '').slice(0, -1),
        { text: 'Представления', href: `/reports/${report.id}/submissions` },
        { text: `№ ${submission.number}` },
      ]}
      help={help}
      frame={ctx.frame}
      wide
    >
      <Stack>
        {verification ? <VerificationNote verification={verification} /> : null}
        <Card
          title="Что отправлено"
          foot={
            <Row>
              <Form
                action={`/reports/${report.id}/submissions/${submission.number}`}
                method="get"
                label="Сверка с отпечатком"
                hidden={{ verify: 'yes' }}
              >
                <Button icon="check">Сверить с отпечатком</Button>
              </Form>
              <LinkButton kind="quiet" href={`/reports/${report.id}`}>
                Вернуться к отчёту
              </LinkButton>
            </Row>
          }
        >
          <Facts
            facts={[
              ['Отправлено', formatDateTime(submission.sentAt, ctx.timeZone)],
              ['Кто отправил', submission.sentBy],
              ['Ячеек', String(Object.keys(submission.cells).length)],
              ['Отпечаток (SHA-256)', <code class="hash">{submission.contentHash}</code>],
            ]}
          />
        </Card>
        <Card title="Решения">
          {submission.decisions.length === 0 && !standing ? (
            <Text>Решения по этому представлению не было.</Text>
          ) : (
            <DecisionSteps ctx={ctx} decisions={submission.decisions} standing={standing} />
          )}
        </Card>
        <Signatures {...props} />
        <Explanations form={form} submission={submission} />
        <ChangesCard report={report} form={form} submission={submission} />
        <Cells {...props} />
      </Stack>
    </Page>
  )
}

function VerificationNote({ verification }: { verification: Verification }) {
  const { intact, computedHash, signatures } = verification
  const broken = signatures.filter((signature) => !signature.intact)
  if (!intact || broken.length > 0)
    return (
      <Note tone="bad" live="alert" title="Содержимое не сошлось">
        <Text>
          {intact
            ? `Отпечаток сошёлся, но подпись не подтвердилась: ${broken.map(({ subject }) => subject).join('; ')}.`
            : `Хранимые ячейки дают другой отпечаток: ${computedHash}. Сообщите администратору системы: данные изменили в обход программы.`}
        </Text>
      </Note>
    )
  return (
    <Note tone="ok" live="status" title="Содержимое то же, что при отправке">
      <Text>{`Отпечаток вычислен заново и совпал.${signatures.length > 0 ? ' Подписи тоже подтвердились.' : ''}`}</Text>
    </Note>
  )
}

function Signatures({ ctx, report, submission }: SubmissionProps) {
  if (submission.signatures.length === 0) return null
  return (
    <Card title="Подписи">
      <List label="Подписи">
        {submission.signatures.map((signature, index) => (
          <ListItem
            key={signature.serialNumber}
            title={signature.subject}
            under={[
              `сертификат ${signature.serialNumber}, действует ${formatDate(signature.validFrom, ctx.timeZone)} — ${formatDate(signature.validTo, ctx.timeZone)}`,
              `выдан: ${signature.issuer}`,
              `загружена ${formatDateTime(signature.putAt, ctx.timeZone)}, ${signature.putBy}`,
            ]}
            end={
              <LinkButton
                size="small"
                kind="quiet"
                href={`/reports/${report.id}/submissions/${submission.number}/signatures/${index + 1}`}
              >
                Скачать
              </LinkButton>
            }
          />
        ))}
      </List>
    </Card>
  )
}

function Explanations({ form, submission }: Pick<SubmissionProps, 'form' | 'submission'>) {
  if (submission.explanations.length === 0) return null
  return (
    <Card title="Пояснения к предупреждениям">
      <List label="Пояснения">
        {submission.explanations.map(({ cell, name, explanation }, index) => (
          <ListItem key={index} top={[cell ? placeText(form, cell) : undefined]} under={[name]}>
            {explanation}
          </ListItem>
        ))}
      </List>
    </Card>
  )
}

/** The table of a section, drawn of what was frozen and nothing else. */
function Cells({ report, form, submission, section: asked }: SubmissionProps) {
  const section = form.section(asked ?? '') ?? form.sections[0]
  if (!section) return null
  const cells = Object.fromEntries(
    Object.entries(submission.cells).filter(([address]) => !address.startsWith('title/')),
  )
  const address = `/reports/${report.id}/submissions/${submission.number}`
  return (
    <Stack space="small">
      <h2 id="cells">{`Раздел ${section.number || section.code}. ${section.name}`}</h2>
      <Tabs
        label="Разделы"
        tabs={form.sections.map(({ code, number }) => ({
          text: `Раздел ${number || code}`,
          href: `${address}?section=${encodeURIComponent(code)}#cells`,
          current: code === section.code,
        }))}
      />
      <ReportTable
        form={form}
        section={section.code}
        sheet={openSheet(form, cells, { computed: 'as-given' })}
        readOnly
        blank
      />
    </Stack>
  )
}
