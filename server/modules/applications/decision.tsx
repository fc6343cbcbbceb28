/** What one who decides has before it: what was looked up, old and new, the decision, the question, whose it is. */
import {
  Button,
  Card,
  ErrorSummary,
  FieldRow,
  Form,
  FormEnd,
  List,
  Radios,
  Row,
  Select,
  Stack,
  Table,
  Text,
  TextArea,
  Tick,
} from '../../../web/kit/index.ts'
import type { FormFailure } from '../../kernel/http/index.ts'
import type { Check, Difference } from './application-type.ts'
import { typeOf } from './application-type.ts'
import { formOf } from './applications.ts'
import { type Field, Fields } from './fields.tsx'
import type { ApplicationView } from './viewing.ts'

export function Checks({ checks }: { checks: readonly Check[] }) {
  return (
    <Card title="Проверено автоматически">
      <List label="Автоматические проверки">
        {checks.map(({ tone, text, link }) => (
          <Tick key={text + (link?.href ?? '')} tone={tone}>
            {text}
            {link ? (
              <>
                {' '}
                <a href={link.href}>{link.text}</a>
              </>
            ) : null}
          </Tick>
        ))}
      </List>
    </Card>
  )
}

/** Old and new side by side; on a phone one under the other. */
export function Differences({ differences, done }: { differences: readonly Difference[]; done: boolean }) {
  return (
    <Card title="Что изменится" flush>
      <Table
        label="Прежние и новые значения"
        rows={differences}
        rowKey={({ label }) => label}
        columns={[
          { key: 'label', title: 'Реквизит', cell: ({ label }) => label },
          { key: 'before', title: done ? 'Было' : 'Сейчас в реестре', cell: ({ before }) => before },
          { key: 'after', title: done ? 'Стало' : 'Станет', cell: ({ after }) => <b>{after}</b> },
        ]}
      />
    </Card>
  )
}

type DecisionProps = {
  application: ApplicationView
  /** What the kind asks of its decider. */
  fields: readonly Field[]
  failure: FormFailure | undefined
}

export function DecisionForm({ application, fields, failure }: DecisionProps) {
  const type = typeOf(application)
  const form = formOf(application)
  const problems = failure?.problems ?? []
  const values = failure?.values ?? {
    decision: 'granting',
    ...(type.granting?.values(form, application) ?? {}),
  }
  const isLast = type.stages(form).length === application.stage + 1
  const errorOf = (field: string) => problems.find((problem) => problem.field === field)?.text
  const dates = fields.filter(({ kind }) => kind === 'date')
  return (
    <Card title="Решение">
      <Form
        action={`/applications/${application.id}/decision`}
        label="Решение по заявке"
        hidden={{ version: String(application.version) }}
      >
        <ErrorSummary title="Решение не записано" errors={problems} />
        <Radios
          name="decision"
          label="Решение по заявке"
          labelHidden
          value={values.decision}
          error={errorOf('decision')}
          options={[
            {
              value: 'granting',
              text: isLast ? type.grant.text : 'Согласиться',
              hint: isLast ? type.grant.hint : 'Заявка перейдёт к следующему решающему, заявителю сообщат',
            },
            {
              value: 'refusal',
              text: 'Отказать',
              hint: 'Причина обязательна, её увидит заявитель; он сможет подать заявку ещё раз',
            },
          ]}
        />
        {isLast ? (
          <Fields fields={fields.filter(({ kind }) => kind !== 'date')} values={values} errors={problems} />
        ) : null}
        {isLast && dates.length > 0 ? (
          <FieldRow>
            <Fields fields={dates} values={values} errors={problems} />
          </FieldRow>
        ) : null}
        <TextArea
          name="reason"
          label="Причина или пояснение"
          hint="Обязательно при отказе"
          after="Увидит заявитель; останется в истории заявки"
          value={values.reason}
          error={errorOf('reason')}
          maxLength={2000}
        />
        <FormEnd>
          <Button kind="main">Принять решение</Button>
        </FormEnd>
      </Form>
    </Card>
  )
}

/** One open question at a time. */
export function QuestionForm({ id, failure }: { id: string; failure: FormFailure | undefined }) {
  const error = failure?.problems.find(({ field }) => field === 'text')?.text
  return (
    <Card title="Спросить заявителя">
      <Form action={`/applications/${id}/question`} label="Вопрос заявителю">
        <TextArea
          name="text"
          id="question"
          label="Вопрос"
          hint="Пока заявитель не ответит, срок решения стоит"
          value={failure?.values.text}
          error={error}
          maxLength={2000}
        />
        <FormEnd>
          <Button>Отправить вопрос</Button>
        </FormEnd>
      </Form>
    </Card>
  )
}

/** Whose it is, and how it comes to another. */
export function Hands({ application, own }: { application: ApplicationView; own: string }) {
  const { id, assigneeId, assigneeName, others } = application
  const mine = assigneeId === own
  return (
    <Card title="В работе">
      <Stack space="small">
        <Text>
          {assigneeId ? (mine ? 'Заявка у вас в работе.' : `Заявка в работе: ${assigneeName}.`) : 'Пока ни у кого.'}
        </Text>
        <Row>
          {assigneeId ? (
            <Form action={`/applications/${id}/release`} label="Снять с рассмотрения">
              <Button size="small">Снять с рассмотрения</Button>
            </Form>
          ) : (
            <Form action={`/applications/${id}/assignment`} label="Взять в работу">
              <Button size="small">Взять в работу</Button>
            </Form>
          )}
        </Row>
        {(mine || !assigneeId) && others.length > 0 ? (
          <Form action={`/applications/${id}/assignment`} label="Передать другому">
            <Select
              name="accountId"
              label="Передать другому"
              empty="Выберите, кому"
              options={others.map(({ accountId, fullName, organisation }) => ({
                value: accountId,
                text: organisation ? `${fullName}, ${organisation}` : fullName,
              }))}
            />
            <FormEnd>
              <Button size="small">Передать</Button>
            </FormEnd>
          </Form>
        ) : null}
      </Stack>
    </Card>
  )
}
