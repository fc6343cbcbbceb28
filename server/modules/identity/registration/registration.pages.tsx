import { z } from 'zod'
import { LetterTicket, RegistrationForm } from '../../../../contracts/identity.ts'
import { passwordHint } from '../../../../contracts/passwords.ts'
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
  Muted,
  Note,
  Page,
  PasswordField,
  Stack,
  Text,
  TextField,
} from '../../../../web/kit/index.ts'
import { type FormFailure, type PageVisitor, pages, seeOther } from '../../../kernel/http/index.ts'
import { keptButPasswords, Problems, problemOf } from '../form-problems.tsx'
import { findTicket, register, sendLetterAgain } from './registration.ts'

const letterPage = (ticket: string): string => `/registration/letter?${new URLSearchParams({ ticket })}`
const TicketQuery = z.object({ ticket: z.string().max(200).catch('') })

export const registrationPages = pages('')
  .get('/registration', { needs: 'public' }, async (ctx) => <RegistrationPage ctx={ctx} />)
  .post(
    '/registration',
    {
      needs: 'public',
      form: RegistrationForm,
      again: async (ctx, _, failure) => <RegistrationPage ctx={ctx} failure={failure} />,
    },
    async (ctx, _, registration) => {
      const { ticket } = await register(ctx, registration)
      return seeOther(letterPage(ticket))
    },
  )
  .get('/registration/letter', { needs: 'public', query: TicketQuery }, async (ctx, _, { ticket }) => (
    <LetterPage ctx={ctx} ticket={ticket} email={(await findTicket(ctx, ticket))?.email} />
  ))
  .post(
    '/activation/letter',
    {
      needs: 'public',
      form: LetterTicket,
      again: async (ctx, _, failure) => <LetterRefused ctx={ctx} failure={failure} />,
    },
    async (ctx, _, { ticket }) =>
      seeOther(letterPage((await sendLetterAgain(ctx, ticket)).ticket), 'identity.letter-sent'),
  )

const fieldsInOrder = ['surname', 'name', 'patronymic', 'position', 'email', 'userName', 'password', 'passwordAgain']

function RegistrationPage({ ctx, failure }: { ctx: PageVisitor; failure?: FormFailure }) {
  const told = (name: string) => ({ name, value: failure?.values[name], error: problemOf(failure, name) })
  return (
    <Page
      title="Регистрация"
      help={{ href: '/guide/registratsiya', text: 'регистрация' }}
      lead="Учётная запись одна на человека. Все поля обязательны. После отправки придёт письмо: перейдите по ссылке из него, и можно входить."
      frame={ctx.frame}
      hasErrors={failure !== undefined}
    >
      <Columns shape="form">
        <Form action="/registration" draft="registration" label="Регистрация">
          <Problems title="Данные не отправлены" failure={failure} kept={keptButPasswords} order={fieldsInOrder} />
          <Group id="person" title="О вас">
            <TextField {...told('surname')} label="Фамилия" autocomplete="family-name" />
            <TextField {...told('name')} label="Имя" autocomplete="given-name" />
            <TextField {...told('patronymic')} label="Отчество" autocomplete="additional-name" />
            <Checkbox name="noPatronymic" label="Отчества нет" checked={failure?.values.noPatronymic === 'on'} />
            <TextField {...told('position')} label="Должность" autocomplete="organization-title" />
          </Group>
          <Group id="way-in" title="Вход">
            <TextField
              {...told('email')}
              label="Электронная почта"
              hint="Служебная: на неё придёт ссылка для активации"
              type="email"
              autocomplete="email"
              check="email"
            />
            <TextField
              {...told('userName')}
              label="Логин"
              hint="Латинские буквы, цифры, точка, дефис; не короче 3 знаков. Войти можно и по логину, и по почте"
              autocomplete="username"
              width={20}
            />
            <PasswordField
              name="password"
              label="Пароль"
              hint={passwordHint}
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
              <Text>На почту придёт ссылка: по ней учётная запись активируется.</Text>
              <Text>
                В кабинете вы попросите прикрепить вас к организации. Звонить не нужно: решение придёт письмом.
              </Text>
            </Stack>
          </Card>
        </Aside>
      </Columns>
    </Page>
  )
}

type LetterPageProps = { ctx: PageVisitor; ticket: string; email: string | undefined }

/** The same for everyone: what the owner of a taken address gets is told by letter only. */
function LetterPage({ ctx, ticket, email }: LetterPageProps) {
  return (
    <Page title="Письмо отправлено" heading="Проверьте почту" frame={ctx.frame}>
      <Card>
        <Stack>
          <Note tone="ok" title="Данные приняты, письмо отправлено">
            {email ? `Адрес: ${email}` : 'На адрес, который вы указали.'}
          </Note>
          <Text>Перейдите по ссылке из письма: она активирует учётную запись. Ссылка действует 3 дня.</Text>
          <Muted>Письма нет во «Входящих» через несколько минут? Посмотрите в папке «Спам».</Muted>
          {ticket ? (
            <Form action="/activation/letter" hidden={{ ticket }} label="Письмо ещё раз">
              <Button>Отправить письмо ещё раз</Button>
            </Form>
          ) : null}
          <Text>
            Ошиблись в адресе? <a href="/registration">Зарегистрируйтесь заново</a>: неподтверждённая учётная запись
            удалится сама. Логин придумайте другой.
          </Text>
        </Stack>
      </Card>
    </Page>
  )
}

function LetterRefused({ ctx, failure }: { ctx: PageVisitor; failure: FormFailure }) {
  return (
    <Page title="Письмо не отправлено" frame={ctx.frame} hasErrors>
      <Card>
        <Stack>
          <Problems title="Письмо не отправлено" failure={failure} />
          <Text>
            <a href="/sign-in">Войти</a> · <a href="/registration">Зарегистрироваться</a>
          </Text>
        </Stack>
      </Card>
    </Page>
  )
}
