import type { AttachmentRole } from '../../../contracts/applications.ts'
import {
  Button,
  Card,
  capital,
  DateField,
  ErrorSummary,
  FieldRow,
  Form,
  FormEnd,
  formatDate,
  List,
  plural,
  Radios,
  Select,
  TextArea,
  Tick,
} from '../../../web/kit/index.ts'
import type { FormFailure } from '../../kernel/http/index.ts'
import { attachmentRoleNames } from './applications.phrases.ts'
import type { ApplicationView } from './applications.ts'
import { type AttachmentChecks, attachmentFormOf } from './attachment.ts'

/** What the one who decides would otherwise have to look up. */
export function Checks({ checks, application }: { checks: AttachmentChecks; application: ApplicationView }) {
  const { emailConfirmedAt, namesakes, othersWithRole, role } = checks
  return (
    <Card title="Проверено автоматически">
      <List label="Автоматические проверки">
        {emailConfirmedAt ? <Tick>Почта подтверждена</Tick> : <Tick tone="bad">Почта не подтверждена</Tick>}
        <DomainCheck checks={checks} />
        {namesakes === 0 ? (
          <Tick>Других учётных записей на это имя нет</Tick>
        ) : (
          <Tick tone="warn">
            На это имя есть ещё {namesakes} {plural(namesakes, ['учётная запись', 'учётные записи', 'учётных записей'])}
          </Tick>
        )}
        {othersWithRole === 0 ? (
          <Tick>С этой ролью к организации никто не прикреплён: {attachmentRoleNames[role]}</Tick>
        ) : (
          <Tick tone="warn">
            К организации уже {plural(othersWithRole, ['прикреплён', 'прикреплены', 'прикреплены'])} {othersWithRole}{' '}
            {plural(othersWithRole, ['человек', 'человека', 'человек'])} с этой ролью:{' '}
            <a href={`/organisations/${application.organisationId}#people`}>показать</a>
          </Tick>
        )}
      </List>
    </Card>
  )
}

function DomainCheck({ checks: { domain, organisationDomain } }: { checks: AttachmentChecks }) {
  switch (domain) {
    case 'same':
      return <Tick>Почта в служебном домене организации</Tick>
    case 'free':
      return <Tick tone="warn">Почта бесплатной службы: проверьте, тот ли это человек</Tick>
    case 'other':
      return <Tick tone="warn">Почта не в домене организации ({organisationDomain})</Tick>
    case 'unknown':
      return <Tick tone="warn">У организации не указана почта, домен сравнить не с чем</Tick>
  }
}

type DecisionProps = {
  application: ApplicationView
  /** Those that the person may give here. */
  roles: readonly AttachmentRole[]
  failure: FormFailure | undefined
  zone: string
}

export function DecisionForm({ application, roles, failure, zone }: DecisionProps) {
  const problems = failure?.problems ?? []
  const values = failure?.values ?? {
    decision: 'granting',
    role: attachmentFormOf(application).role,
    startsOn: formatDate(new Date(), zone),
  }
  const errorOf = (field: string) => problems.find((problem) => problem.field === field)?.text
  return (
    <Card title="Решение">
      <Form action={`/applications/${application.id}/decision`} label="Решение по заявке">
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
              text: 'Прикрепить',
              hint: 'Пользователь сразу увидит организацию в блоке «Мои организации» и получит письмо',
            },
            {
              value: 'refusal',
              text: 'Отказать',
              hint: 'Причина обязательна, её увидит заявитель; он сможет подать заявку ещё раз',
            },
          ]}
        />
        <Select
          name="role"
          label="Роль в организации"
          width={20}
          value={values.role}
          error={errorOf('role')}
          options={roles.map((value) => ({ value, text: capital(attachmentRoleNames[value]) }))}
        />
        <FieldRow>
          <DateField name="startsOn" label="Прикрепить с" value={values.startsOn} error={errorOf('startsOn')} />
          <DateField name="endsOn" label="по" optional value={values.endsOn} error={errorOf('endsOn')} />
        </FieldRow>
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
