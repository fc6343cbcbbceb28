/** Pages before a decision: what will happen, to whom, and the reason of a refusal. */

import type { Report } from '../../../contracts/reporting.ts'
import { Confirmation, counted, ErrorSummary, Note, Page, Stack, Text, TextArea } from '../../../web/kit/index.ts'
import type { FormFailure, PageContext } from '../../kernel/http/index.ts'
import { errorForms, warningForms } from './reporting.phrases.ts'
import { reportTitle } from './reports.ts'

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

function Refused({ failure }: Pick<DecisionProps, 'failure'>) {
  return failure?.message ? (
    <Note tone="bad" live="alert">
      {failure.message}
    </Note>
  ) : null
}
