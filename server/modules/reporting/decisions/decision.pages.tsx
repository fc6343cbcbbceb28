/** Pages before a decision: what will happen, to whom, and the reason of a refusal; and after it. */
import type { Decision, Remark, WholeSubmission } from '../../../../contracts/decisions.ts'
import type { Report } from '../../../../contracts/reporting.ts'
import type { Form } from '../../../../engine/index.ts'
import {
  Card,
  Confirmation,
  counted,
  ErrorSummary,
  Facts,
  formatDateTime,
  LinkButton,
  List,
  ListItem,
  Note,
  Page,
  Row,
  Stack,
  Text,
  TextArea,
} from '../../../../web/kit/index.ts'
import { cellHref } from '../../../../web/report/index.ts'
import type { FormFailure, PageContext } from '../../../kernel/http/index.ts'
import { errorForms, warningForms } from '../reporting.phrases.ts'
import { reportTitle } from '../reports/reports.ts'
import { ChangesCard, DecisionSteps, reportCrumbs, whoDecided } from './decision.parts.tsx'
import { outcomeNames } from './decisions.phrases.ts'
import { RemarkBadge, RemarkWords } from './remarks.card.tsx'

type PageProps = { ctx: PageContext; report: Report; failure?: FormFailure | undefined }
export type DecisionProps = PageProps & {
  form: Form
  /** What is decided about. */
  submission: WholeSubmission
  remarks: Remark[]
}

export function AcceptancePage(props: DecisionProps) {
  const { ctx, report, submission, failure } = props
  return (
    <Page
      title={`Принять отчёт ${reportTitle(report)}?`}
      lead={report.organisation.shortName}
      crumbs={reportCrumbs(report, 'Принять')}
      help={{ href: '/guide/proverka', text: 'проверка отчётов' }}
      frame={ctx.frame}
      hasErrors={failure !== undefined}
    >
      <Stack>
        <Refused failure={failure} />
        <Confirmation
          action={`/reports/${report.id}/acceptance`}
          submit="Принять"
          cancel={{ text: 'Вернуться к отчёту', href: `/reports/${report.id}` }}
          hidden={lookedAt(props)}
        >
          <Text>{consequence(report)}</Text>
          <Text>{checkedText(report)}</Text>
        </Confirmation>
        <Before {...props} />
        <Steps ctx={ctx} report={report} submission={submission} />
      </Stack>
    </Page>
  )
}

/** What the decider has before their eyes: what came since is not decided by this page. */
const lookedAt = ({ report, submission }: DecisionProps) => ({
  submission: String(submission.number),
  level: report.level?.code,
})

const consequence = ({ level }: Report): string =>
  level
    ? `Вы решаете на уровне «${level.name}». Если он не последний, отчёт перейдёт на следующий; после последнего отчёт получит состояние «Принято». Организация узнает об этом из сообщения.`
    : 'Отчёт получит состояние «Принято», организация узнает об этом из сообщения и письма. Изменить принятый отчёт организация сможет только по заявке на возврат.'

/** What has become of what was asked for before, and what else has changed. */
function Before({ report, form, submission, remarks }: DecisionProps) {
  const asked = remarks.filter(({ issued }) => issued)
  return (
    <>
      {asked.length > 0 ? (
        <Card title="Прежние замечания">
          <List label="Прежние замечания">
            {asked.map((remark) => (
              <ListItem key={remark.id} end={<RemarkBadge remark={remark} />}>
                <RemarkWords form={form} remark={remark} href={`/reports/${report.id}${cellHref(remark.cell, '')}`} />
              </ListItem>
            ))}
          </List>
        </Card>
      ) : null}
      <ChangesCard
        report={report}
        form={form}
        submission={submission}
        remarked={asked.length > 0 ? new Set(asked.map(({ cell }) => cell)) : undefined}
      />
    </>
  )
}

const Steps = ({ ctx, report, submission }: Pick<DecisionProps, 'ctx' | 'report' | 'submission'>) =>
  report.level ? (
    <Card title="Уровни приёмки">
      <DecisionSteps ctx={ctx} decisions={submission.decisions} standing={report.level.name} />
    </Card>
  ) : null

const checkedText = ({ errors, warnings }: Report): string =>
  errors === null
    ? 'Последняя проверка устарела.'
    : `При отправке найдено: ${counted(errors, errorForms)}, ${counted(warnings ?? 0, warningForms)}.`

export function RefusalPage(props: DecisionProps) {
  const { ctx, report, form, submission, remarks, failure } = props
  const written = remarks.filter(({ issued }) => !issued)
  const problems = failure?.problems ?? []
  return (
    <Page
      title={`Отклонить отчёт ${reportTitle(report)}`}
      lead={report.organisation.shortName}
      crumbs={reportCrumbs(report, 'Отклонить')}
      help={{ href: '/guide/proverka', text: 'проверка отчётов' }}
      frame={ctx.frame}
      hasErrors={failure !== undefined}
    >
      <Stack>
        <ErrorSummary title="Отчёт не отклонён" errors={problems.map(({ field, text }) => ({ field, text }))} />
        <Refused failure={failure} />
        <Confirmation
          action={`/reports/${report.id}/refusal`}
          submit="Отклонить отчёт"
          cancel={{ text: 'Не отклонять', href: `/reports/${report.id}` }}
          bad
          hidden={lookedAt(props)}
        >
          <Text>
            Отчёт вернётся в организацию в состоянии «Отклонено». Её работники получат сообщение и письмо с вашей
            причиной, исправят отчёт и отправят его снова.
          </Text>
          <TextArea
            name="reason"
            label="Причина"
            hint="Организация увидит её так, как вы напишете. Назовите раздел, строку и графу: так исправят быстрее."
            value={failure?.values.reason}
            error={problems.find(({ field }) => field === 'reason')?.text}
            rows={5}
            maxLength={2000}
          />
          {written.length > 0 ? (
            <Stack space="small">
              <Text>{`Вместе с причиной организация получит замечания к ячейкам: ${written.length}.`}</Text>
              <List label="Замечания, которые уйдут">
                {written.map((remark) => (
                  <ListItem key={remark.id} under={[remark.author]}>
                    <RemarkWords
                      form={form}
                      remark={remark}
                      href={`/reports/${report.id}/remarks/new?cell=${encodeURIComponent(remark.cell)}`}
                    />
                  </ListItem>
                ))}
              </List>
            </Stack>
          ) : null}
          <Text>
            <a href={`/reports/${report.id}/remarks`}>Выбрать ячейки и написать к ним замечания</a>
          </Text>
        </Confirmation>
        <Before {...props} />
        <Steps ctx={ctx} report={report} submission={submission} />
      </Stack>
    </Page>
  )
}

type NothingToDecideProps = PageProps & { decision: Decision | undefined }

/** Instead of the form, when the report waits for no decision: a second window, an old link, a colleague was quicker. */
export function NothingToDecidePage({ ctx, report, decision, failure }: NothingToDecideProps) {
  const title = reportTitle(report)
  return (
    <Page
      title={decision ? `Решение по отчёту ${title} уже принято` : `Отчёт ${title} ещё не отправлен`}
      lead={report.organisation.shortName}
      crumbs={reportCrumbs(report, 'Решение')}
      help={{ href: '/guide/proverka', text: 'проверка отчётов' }}
      frame={ctx.frame}
      hasErrors={failure !== undefined}
    >
      <Stack>
        <Refused failure={failure} />
        <Card
          title={decision ? 'Что решено' : 'Решать пока нечего'}
          foot={
            <Row>
              <LinkButton kind="main" href={`/reports/${report.id}`}>
                Вернуться к отчёту
              </LinkButton>
              <LinkButton kind="quiet" href="/reports">
                Все отчёты
              </LinkButton>
            </Row>
          }
        >
          {decision ? (
            <Facts
              facts={[
                ['Решение', outcomeNames[decision.outcome]],
                ['Уровень', decision.level ?? undefined],
                ['Когда', formatDateTime(decision.at, ctx.timeZone)],
                ['Кто', whoDecided(decision)],
                ['Причина', decision.reason ?? undefined],
              ]}
            />
          ) : (
            <Text>Организация ещё заполняет отчёт. Когда он будет отправлен, придёт сообщение.</Text>
          )}
        </Card>
        {failure?.values.reason ? (
          <Card title="Что вы написали">
            <Text>{failure.values.reason}</Text>
          </Card>
        ) : null}
      </Stack>
    </Page>
  )
}

function Refused({ failure }: Pick<PageProps, 'failure'>) {
  return failure?.message ? (
    <Note tone="bad" live="alert">
      {failure.message}
    </Note>
  ) : null
}
