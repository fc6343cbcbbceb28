import { type AudienceView, askedBy, registrationFields } from '../../../../contracts/audiences.ts'
import {
  Button,
  Checkbox,
  Form,
  FormEnd,
  Group,
  LinkButton,
  type Option,
  Radios,
  TextArea,
} from '../../../../web/kit/index.ts'
import type { FormFailure } from '../../../kernel/http/index.ts'
import { problemOf } from '../form-problems.tsx'
import {
  confirmations,
  doorsByEsia,
  fieldNames,
  identifications,
  mailChoices,
  passwordProfiles,
  registrations,
  secondFactors,
  unconfirmedChoices,
} from './audiences.phrases.ts'

export const fieldsInOrder = [
  'doorPassword',
  'doorEsia',
  'registration',
  'mailDomains',
  'listedDomains',
  'confirmation',
]

type EditorProps = { view: AudienceView; values: Record<string, string>; failure: FormFailure | undefined }

/** The form of a rule. It leads to the preview: nothing is saved from here. */
export function RuleEditor({ view, values, failure }: EditorProps) {
  const told = (name: string) => ({ name, error: problemOf(failure, name) })
  const box = (name: string) => ({ ...told(name), checked: values[name] === 'on' })
  const choice = (name: string, texts: Record<string, string>) => ({
    ...told(name),
    value: values[name],
    options: optionsOf(texts),
  })
  return (
    <Form
      action={`/access/audiences/${view.audience}/edit`}
      label="Правило аудитории"
      hidden={{ version: values.version }}
    >
      <Group id="doors" title="Способы входа">
        <Checkbox {...box('doorPassword')} label="По паролю" />
        <Checkbox
          {...box('doorPasskey')}
          label="По ключу доступа (passkey)"
          hint="Настраивают в кабинете после первого входа"
        />
        <Checkbox {...box('doorDomain')} label="Через домен своей организации или её поставщика входа" />
        <Radios {...choice('doorEsia', doorsByEsia)} label="Через Госуслуги (ЕСИА)" />
      </Group>
      <Group id="registering" title="Регистрация">
        <Radios {...choice('registration', registrations)} label="Зарегистрироваться самостоятельно" />
        {registrationFields.map((field) => (
          <Checkbox
            key={field}
            {...box(askedBy[field])}
            label={field === 'organisation' ? 'Спрашивать название организации' : `Спрашивать: ${fieldNames[field]}`}
          />
        ))}
        <Radios {...choice('confirmation', confirmations)} label="Чем подтверждают регистрацию" />
        <Radios {...choice('unconfirmed', unconfirmedChoices)} label="Пока контакты не подтверждены" />
      </Group>
      <Group id="mail" title="Почта">
        <Radios
          {...choice('mailDomains', mailChoices)}
          label="Какая почта подходит"
          after={<a href="/access/free-mail">Список бесплатных почтовых служб</a>}
        />
        <TextArea
          {...told('listedDomains')}
          label="Домены служебной почты"
          hint="По одному в строке; подходят и поддомены. Нужны, когда почта только в перечисленных доменах"
          value={values.listedDomains}
          rows={5}
          optional
        />
      </Group>
      <Group id="steps" title="Первый вход и пароль">
        <Radios {...choice('identification', identifications)} label="При первом входе спрашивают" />
        <Radios {...choice('secondFactor', secondFactors)} label="Второй фактор" />
        <Radios {...choice('passwordProfile', passwordProfiles)} label="Пароль" />
      </Group>
      <Group id="sharing" title="Организации">
        <Checkbox
          {...box('seat')}
          label="Одна учётная запись на организацию"
          hint="Её держит один ответственный человек и передаёт другому; общим логином не пользуются"
        />
      </Group>
      <FormEnd>
        <Button kind="main" name="step" value="preview">
          Показать, кого коснётся
        </Button>
        <LinkButton kind="quiet" href={`/access/audiences/${view.audience}`}>
          Не менять
        </LinkButton>
      </FormEnd>
    </Form>
  )
}

const optionsOf = (texts: Record<string, string>): Option[] =>
  Object.entries(texts).map(([value, text]) => ({ value, text }))
