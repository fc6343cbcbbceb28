import type { Audience, AudienceRule } from '../../../../contracts/audiences.ts'
import { passwordHints } from '../../../../contracts/password-rules.ts'
import { askedFields } from '../../../../contracts/registration.ts'
import {
  Aside,
  Button,
  Card,
  Checkbox,
  Columns,
  Form,
  FormEnd,
  Group,
  LinkButton,
  Page,
  PasswordField,
  Radios,
  Stack,
  Text,
  TextField,
} from '../../../../web/kit/index.ts'
import type { FormFailure, PageVisitor } from '../../../kernel/http/index.ts'
import { isSmsAvailable } from '../../../kernel/sms/index.ts'
import { keptButPasswords, Problems, problemOf } from '../form-problems.tsx'
import { audienceWords } from './registration.phrases.ts'

const fieldsInOrder = [
  'surname',
  'name',
  'patronymic',
  'position',
  'organisation',
  'inn',
  'snils',
  'email',
  'phone',
  'userName',
  'password',
  'passwordAgain',
]

type Props = { ctx: PageVisitor; audience: Audience; rule: AudienceRule; failure?: FormFailure }

/** The fields that the audience's rule asks for, and no others. */
export function RegistrationPage({ ctx, audience, rule, failure }: Props) {
  const words = audienceWords[audience]
  const asked = new Set<string>(askedFields(audience, rule))
  const told = (name: string) => ({ name, value: failure?.values[name], error: problemOf(failure, name) })
  const choosesChannel = rule.confirmation === 'either' && asked.has('phone') && isSmsAvailable()
  return (
    <Page
      title="Регистрация"
      help={{ href: '/guide/registratsiya', text: 'регистрация' }}
      lead={`Учётная запись одна на человека. Все поля обязательны. ${afterSending(rule, choosesChannel)}`}
      frame={ctx.frame}
      hasErrors={failure !== undefined}
    >
      <Columns shape="form">
        <Form action={`/registration/${audience}`} draft={`registration-${audience}`} label="Регистрация">
          <Problems title="Данные не отправлены" failure={failure} kept={keptButPasswords} order={fieldsInOrder} />
          <Group id="person" title="О вас">
            <TextField {...told('surname')} label="Фамилия" autocomplete="family-name" />
            <TextField {...told('name')} label="Имя" autocomplete="given-name" />
            <TextField {...told('patronymic')} label="Отчество" autocomplete="additional-name" />
            <Checkbox name="noPatronymic" label="Отчества нет" checked={failure?.values.noPatronymic === 'on'} />
            {asked.has('position') ? (
              <TextField {...told('position')} label="Должность" autocomplete="organization-title" />
            ) : null}
            {asked.has('organisation') ? (
              <TextField {...told('organisation')} label="Организация" autocomplete="organization" />
            ) : null}
            {asked.has('inn') ? (
              <TextField {...told('inn')} label="ИНН" hint="12 цифр, свой, а не организации" check="inn" width={14} />
            ) : null}
            {asked.has('snils') ? (
              <TextField {...told('snils')} label="СНИЛС" hint="11 цифр" check="snils" width={14} />
            ) : null}
          </Group>
          <Group id="way-in" title="Вход">
            <TextField
              {...told('email')}
              label="Электронная почта"
              hint={words.email}
              type="email"
              autocomplete="email"
              check="email"
            />
            {asked.has('phone') ? (
              <TextField
                {...told('phone')}
                label="Телефон"
                hint="Мобильный, в любом написании"
                type="tel"
                autocomplete="tel"
                check="phone"
                width={20}
              />
            ) : null}
            {choosesChannel ? <Channel failure={failure} /> : null}
            {asked.has('userName') ? (
              <TextField
                {...told('userName')}
                label="Логин"
                hint="Латинские буквы, цифры, точка, дефис; не короче 3 знаков. Войти можно и по логину, и по почте"
                autocomplete="username"
                width={20}
              />
            ) : null}
            <PasswordField
              name="password"
              label="Пароль"
              hint={passwordHints[rule.passwordProfile]}
              rule={rule.passwordProfile}
              autocomplete="new-password"
              error={problemOf(failure, 'password')}
            />
            <PasswordField
              name="passwordAgain"
              label="Пароль ещё раз"
              autocomplete="new-password"
              error={problemOf(failure, 'passwordAgain')}
            />
          </Group>
          <Group id="agreement" title="Согласие">
            <Checkbox
              name="consent"
              label="Согласен на обработку персональных данных"
              checked={failure?.values.consent === 'on'}
              error={problemOf(failure, 'consent')}
              after={<a href="/consent">Прочитать текст согласия</a>}
            />
          </Group>
          <FormEnd>
            <Button kind="main">Отправить данные</Button>
            <LinkButton kind="quiet" href="/sign-in">
              У меня уже есть учётная запись
            </LinkButton>
          </FormEnd>
        </Form>
        <Aside label="О регистрации">
          <Card title="Что будет дальше">
            <Stack space="small">
              <Text>
                {choosesChannel
                  ? 'Подтвердите ввод через код, полученный в СМС, или через ссылку в письме.'
                  : rule.confirmation === 'sms'
                    ? 'Подтвердите ввод через код, полученный в СМС.'
                    : 'На почту придёт ссылка: по ней учётная запись активируется.'}
              </Text>
              {rule.registration === 'approved' ? (
                <Text>Затем регистрацию рассмотрит оператор: решение придёт письмом.</Text>
              ) : null}
              <Text>{words.next}</Text>
            </Stack>
          </Card>
        </Aside>
      </Columns>
    </Page>
  )
}

const afterSending = ({ confirmation }: AudienceRule, choosesChannel: boolean): string => {
  if (choosesChannel) return 'После отправки подтвердите их через код, полученный в СМС, или через ссылку в письме.'
  return confirmation === 'sms'
    ? 'После отправки придёт СМС: введите код из него, и можно входить.'
    : 'После отправки придёт письмо: перейдите по ссылке из него, и можно входить.'
}

const Channel = ({ failure }: { failure: FormFailure | undefined }) => (
  <Radios
    name="confirmBy"
    label="Чем подтвердить регистрацию"
    value={failure?.values.confirmBy ?? 'sms'}
    error={problemOf(failure, 'confirmBy')}
    options={[
      { value: 'sms', text: 'Через код, полученный в СМС' },
      { value: 'email', text: 'Через ссылку в письме' },
    ]}
  />
)
