/** Pages before a decision: what will happen, to whom, and the reason of a refusal; and after it. */
import type { Report } from '../../../../contracts/reporting.ts'
import {
  Card,
  Confirmation,
  counted,
  ErrorSummary,
  Facts,
  formatDateTime,
  LinkButton,
  Note,
  Page,
  Row,
  Stack,
  Text,
  TextArea,
} from '../../../../web/kit/index.ts'
import type { FormFailure, PageContext } from '../../../kernel/http/index.ts'
import { errorForms, reportStates, warningForms } from '../reporting.phrases.ts'
import { type Decision, reportTitle } from '../reports/reports.ts'

type DecisionProps = { ctx: PageContext; report: Report; failure?: FormFailure | undefined }

export const reportCrumbs = (report: Report, last: string) => [
  { text: 'Мой профиль', href: '/cabinet' },
  { text: 'Отчёты', href: '/reports' },
  { text: reportTitle(report), href: `/reports/${report.id}` },
  { text: last },
]

export function AcceptancePage({ ctx, report, failure }: DecisionProps) {
  return (
    <Page
      title={`Принять отчёт ${reportTitle(report)}?`}
      lead={report.organisation.shortName}
      crumbs={reportCrumbs(report, 'Принять')}
      help={{ href: '/guide/proverka', text: 'проверка отчётов' }}
      frame={ctx.frame}
      hasErrors={failure !== undefined}
    >
      <Refused failure={failure} />
      <Confirmation
        action={`/reports/${report.id}/acceptance`}
        submit="Принять"
        cancel={{ text: 'Вернуться к отчёту', href: `/reports/${report.id}` }}
      >
        <Text>
          Отчёт получит состояние «Принято», организация узнает об этом из сообщения и письма. Отменить решение потом
          нельзя: принятый отчёт не изменить и не отклонить.
        </Text>
        <Text>{checkedText(report)}</Text>
      </Confirmation>
    </Page>
  )
}

const checkedText = ({ errors, warnings }: Report): string =>
  errors === null
    ? 'Последняя проверка устарела.'
    : `При отправке найдено: ${counted(errors, errorForms)}, ${counted(warnings ?? 0, warningForms)}.`

export function RefusalPage({ ctx, report, failure }: DecisionProps) {
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
        </Confirmation>
      </Stack>
    </Page>
  )
}

type NothingToDecideProps = DecisionProps & { decision: Decision | undefined }

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
                ['Решение', reportStates[decision.outcome]],
                ['Когда', formatDateTime(decision.at, ctx.timeZone)],
                ['Кто', decision.by],
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

function Refused({ failure }: Pick<DecisionProps, 'failure'>) {
  return failure?.message ? (
    <Note tone="bad" live="alert">
      {failure.message}
    </Note>
  ) : null
}
