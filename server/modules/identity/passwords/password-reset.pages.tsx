import { z } from 'zod'
import { NewPasswordByLinkForm, ResetRequest } from '../../../../contracts/identity.ts'
import { passwordHint } from '../../../../contracts/passwords.ts'
import {
  Button,
  Card,
  Form,
  FormEnd,
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
import { Problems, problemOf } from '../form-problems.tsx'
import { askPasswordReset, findReset, setPasswordByLink } from './password-change.ts'

const TokenQuery = z.object({ token: z.string().max(200).catch('') })

export const passwordResetPages = pages('/password-reset')
  .get('/', { needs: 'public' }, async (ctx) => <AskPage ctx={ctx} />)
  .post(
    '/',
    {
      needs: 'public',
      form: ResetRequest,
      again: async (ctx, _, failure) => <AskPage ctx={ctx} failure={failure} />,
    },
    async (ctx, _, { email }) => {
      await askPasswordReset(ctx, email)
      return seeOther('/password-reset/sent')
    },
  )
  .get('/sent', { needs: 'public' }, async (ctx) => <SentPage ctx={ctx} />)
  .get('/new', { needs: 'public', query: TokenQuery }, (ctx, _, { token }) => showNewPassword(ctx, token))
  .post(
    '/new',
    {
      needs: 'public',
      form: NewPasswordByLinkForm,
      again: (ctx, _, failure) => showNewPassword(ctx, failure.values.token ?? '', failure),
    },
    async (ctx, _, { token, password }) => {
      await setPasswordByLink(ctx, token, password)
      return seeOther('/sign-in', 'identity.password-set')
    },
  )

function AskPage({ ctx, failure }: { ctx: PageVisitor; failure?: FormFailure }) {
  return (
    <Page
      title="Восстановить пароль"
      help={{ href: '/guide/registratsiya', text: 'если пароль забыт' }}
      lead="Введите почту учётной записи. Мы пришлём ссылку, по которой можно придумать новый пароль."
      frame={ctx.frame}
      hasErrors={failure !== undefined}
    >
      <Card>
        <Form action="/password-reset" label="Восстановление пароля">
          <Problems title="Письмо не отправлено" failure={failure} />
          <TextField
            name="email"
            label="Электронная почта"
            type="email"
            autocomplete="email"
            check="email"
            value={failure?.values.email}
            error={problemOf(failure, 'email')}
          />
          <FormEnd>
            <Button kind="main">Восстановить пароль</Button>
            <LinkButton kind="quiet" href="/sign-in">
              Вернуться ко входу
            </LinkButton>
          </FormEnd>
        </Form>
      </Card>
    </Page>
  )
}

/** The same whether the address is known or not. */
const SentPage = ({ ctx }: { ctx: PageVisitor }) => (
  <Page title="Проверьте почту" frame={ctx.frame}>
    <Card>
      <Stack>
        <Note tone="ok" title="Запрос принят">
          Если учётная запись с этой почтой есть, на неё придёт письмо со ссылкой. Ссылка действует один час.
        </Note>
        <Muted>Письма нет во «Входящих» через несколько минут? Посмотрите в папке «Спам».</Muted>
        <Text>
          <a href="/password-reset">Запросить ещё раз</a> · <a href="/sign-in">Вернуться ко входу</a>
        </Text>
      </Stack>
    </Card>
  </Page>
)

async function showNewPassword(ctx: PageVisitor, token: string, failure?: FormFailure) {
  const good = token !== '' && (await findReset(ctx, token)) !== undefined
  return good ? <NewPasswordPage ctx={ctx} token={token} failure={failure} /> : <DeadPage ctx={ctx} />
}

type NewPasswordProps = { ctx: PageVisitor; token: string; failure: FormFailure | undefined }

const NewPasswordPage = ({ ctx, token, failure }: NewPasswordProps) => (
  <Page
    title="Новый пароль"
    lead="Все открытые сеансы этой учётной записи завершатся, на всех устройствах."
    frame={ctx.frame}
    hasErrors={failure !== undefined}
  >
    <Card>
      <Form action="/password-reset/new" hidden={{ token }} label="Новый пароль">
        <Problems title="Пароль не изменён" failure={failure} kept="Введите пароли ещё раз." />
        <Stack>
          <PasswordField
            name="password"
            label="Новый пароль"
            hint={passwordHint}
            autocomplete="new-password"
            error={problemOf(failure, 'password')}
          />
          <PasswordField
            name="passwordAgain"
            label="Новый пароль ещё раз"
            autocomplete="new-password"
            error={problemOf(failure, 'passwordAgain')}
          />
        </Stack>
        <FormEnd>
          <Button kind="main">Сохранить пароль</Button>
        </FormEnd>
      </Form>
    </Card>
  </Page>
)

const DeadPage = ({ ctx }: { ctx: PageVisitor }) => (
  <Page title="Ссылка больше не действует" frame={ctx.frame} hasErrors>
    <Card>
      <Stack>
        <Note tone="warn" live="alert" title="Эта ссылка не сработает">
          Ссылка из письма действует один час и срабатывает один раз. Запросите новую.
        </Note>
        <div>
          <LinkButton kind="main" href="/password-reset">
            Восстановить пароль
          </LinkButton>
        </div>
      </Stack>
    </Card>
  </Page>
)
