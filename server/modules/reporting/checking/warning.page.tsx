/** One warning with both its sides, and a place to write why it may stand. */
import { problemKey } from '../../../../contracts/check-rules.ts'
import type { ReportProblem } from '../../../../contracts/checks.ts'
import type { Report } from '../../../../contracts/reporting.ts'
import type { Form as StatisticalForm } from '../../../../engine/index.ts'
import {
  Button,
  Card,
  ErrorSummary,
  Form,
  LinkButton,
  Note,
  Page,
  Row,
  Stack,
  Text,
  TextArea,
} from '../../../../web/kit/index.ts'
import { CheckSides, placeText } from '../../../../web/report/index.ts'
import type { FormFailure, PageContext } from '../../../kernel/http/index.ts'
import { reportCrumbs } from '../decisions/decision.parts.tsx'
import { reportAddress } from '../reports/report.bar.tsx'

export type WarningProps = {
  ctx: PageContext
  report: Report
  form: StatisticalForm
  problem: ReportProblem | undefined
  /** Of how many cells the same is said. */
  alike: number
  /** The section that the person came from, and goes back to. */
  section: string
  failure?: FormFailure | undefined
}

export function WarningPage({ ctx, report, form, problem, alike, section, failure }: WarningProps) {
  const back = `${reportAddress(report.id, section)}#checks`
  const problems = failure?.problems ?? []
  return (
    <Page
      title="Пояснить предупреждение"
      lead={`${report.form.cipher} за ${report.campaign.title}, ${report.organisation.shortName}`}
      crumbs={reportCrumbs(report, 'Пояснить предупреждение')}
      help={{ href: '/guide/otchety', text: 'пояснения к предупреждениям' }}
      frame={ctx.frame}
      hasErrors={failure !== undefined}
    >
      <Stack>
        <ErrorSummary title="Пояснение не сохранено" errors={problems.map(({ field, text }) => ({ field, text }))} />
        {failure?.message ? <Note tone="bad">{failure.message}</Note> : null}
        {problem ? (
          <>
            <Card title={problem.cells[0] ? placeText(form, problem.cells[0]) : 'Отчёт'}>
              <Stack space="small">
                <Text>{problem.name}</Text>
                {problem.sums ? <Text>{problem.sums}</Text> : null}
                {alike > 1 ? (
                  <Text>{`То же сказано о ${alike} ячейках раздела: пояснение будет ко всем сразу.`}</Text>
                ) : (
                  <CheckSides problem={problem} section="" reportHref={`/reports/${report.id}`} open />
                )}
              </Stack>
            </Card>
            <Form
              action={`/reports/${report.id}/explanation-of-warning`}
              label="Пояснение"
              hidden={{ section, problem: problemKey(problem) }}
            >
              <Stack>
                <TextArea
                  name="text"
                  label="Почему число верное"
                  hint="Это прочитает тот, кто принимает отчёт. Если числа изменятся, пояснение нужно будет подтвердить."
                  value={failure?.values.text ?? problem.explanation?.text}
                  error={problems.find(({ field }) => field === 'text')?.text}
                  rows={4}
                  maxLength={1000}
                />
                <Row>
                  <Button kind="main">Сохранить пояснение</Button>
                  <LinkButton kind="quiet" href={back}>
                    Вернуться к отчёту
                  </LinkButton>
                </Row>
              </Stack>
            </Form>
          </>
        ) : (
          <Card title="Пояснять нечего">
            <Stack space="small">
              <Text>Такого предупреждения в отчёте сейчас нет: числа изменились, и контроль сошёлся.</Text>
              <LinkButton href={back}>Вернуться к отчёту</LinkButton>
            </Stack>
          </Card>
        )}
      </Stack>
    </Page>
  )
}
