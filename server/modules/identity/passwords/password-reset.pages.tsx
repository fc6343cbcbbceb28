import { z } from 'zod'
import { NewPasswordByLinkForm } from '../../../../contracts/identity.ts'
import {
  NewPasswordByCodeForm,
  type ResetAddress,
  ResetRequest,
  ResetTicket,
} from '../../../../contracts/password-reset.ts'
import type { PasswordProfile } from '../../../../contracts/passwords.ts'
import {
  Button,
  Card,
  Form,
  FormEnd,
  LinkButton,
  Muted,
  Note,
  Page,
  Radios,
  Stack,
  Text,
  TextField,
} from '../../../../web/kit/index.ts'
import { type FormFailure, type PageVisitor, pages, seeOther } from '../../../kernel/http/index.ts'
import { isSmsAvailable } from '../../../kernel/sms/index.ts'
import { Problems, problemOf } from '../form-problems.tsx'
import { NewPasswordFields } from './new-password.pages.tsx'
import { profileOf } from './password-rule.ts'
import { askReset, findReset, setPasswordByCode, setPasswordByLink } from './reset.ts'
import { isSupportDue, resetNumberOf } from './reset-number.ts'
import { addressOf, ticketOf } from './reset-ticket.ts'

const TokenQuery = z.object({ token: z.string().max(200).catch('') })

export const passwordResetPages = pages('/password-reset')
  .get('/', { needs: 'public' }, async (ctx) => <AskPage ctx={ctx} />)
  .post(
    '/',
    { needs: 'public', form: ResetRequest, again: async (ctx, _, failure) => <AskPage ctx={ctx} failure={failure} /> },
    async (ctx, _, { contact, way }) => {
      await askReset(ctx, { contact, way })
      const page = way === 'link' && contact.channel === 'email' ? 'sent' : 'code'
      return seeOther(pathTo(page, ticketOf(ctx, contact)))
    },
  )
  .get('/sent', { needs: 'public', query: ResetTicket }, (ctx, _, { ticket }) => showSent(ctx, ticket))
  .get('/code', { needs: 'public', query: ResetTicket }, (ctx, _, { ticket }) => showCode(ctx, ticket))
  .post(
    '/code',
    {
      needs: 'public',
      secret: true,
      form: NewPasswordByCodeForm,
      again: (ctx, _, failure) => showCode(ctx, failure.values.ticket ?? '', failure),
    },
    async (ctx, _, { ticket, code, password }) => {
      const address = addressOf(ctx, ticket)
      if (!address) return seeOther('/password-reset')
      await setPasswordByCode(ctx, address, code, password)
      return seeOther('/sign-in', 'identity.password-set')
    },
  )
  .post(
    '/code/again',
    {
      needs: 'public',
      form: ResetTicket,
      again: (ctx, _, failure) => showCode(ctx, failure.values.ticket ?? '', failure),
    },
    async (ctx, _, { ticket }) => {
      const contact = addressOf(ctx, ticket)
      if (!contact) return seeOther('/password-reset')
      await askReset(ctx, { contact, way: 'code' })
      return seeOther(pathTo('code', ticket), 'identity.code-sent')
    },
  )
  .get('/new', { needs: 'public', query: TokenQuery }, (ctx, _, { token }) => showNewPassword(ctx, token))
  .post(
    '/new',
    {
      needs: 'public',
      secret: true,
      form: NewPasswordByLinkForm,
      again: (ctx, _, failure) => showNewPassword(ctx, failure.values.token ?? '', failure),
    },
    async (ctx, _, { token, password }) => {
      await setPasswordByLink(ctx, token, password)
      return seeOther('/sign-in', 'identity.password-set')
    },
  )

const pathTo = (page: 'sent' | 'code', ticket: string): string =>
  `/password-reset/${page}?${new URLSearchParams({ ticket })}`

function AskPage({ ctx, failure }: { ctx: PageVisitor; failure?: FormFailure }) {
  const sms = isSmsAvailable()
  return (
    <Page
      title="Сброс пароля"
      help={{ href: '/guide/registratsiya', text: 'если пароль забыт' }}
      lead="Забыли пароль? Пришлём ссылку или код, и вы придумаете новый."
      frame={ctx.frame}
      hasErrors={failure !== undefined}
    >
      <Card>
        <Form action="/password-reset" label="Сброс пароля">
          <Problems title="Запрос не отправлен" failure={failure} />
          <Stack>
            <TextField
              name="contact"
              label={sms ? 'Электронная почта или телефон' : 'Электронная почта'}
              hint={sms ? 'Телефон подойдёт, если вы подтвердили его в личном кабинете' : undefined}
              autocomplete="username"
              value={failure?.values.contact}
              error={problemOf(failure, 'contact')}
            />
            <Radios
              name="way"
              label="Что прислать"
              value={failure?.values.way ?? 'link'}
              options={[
                { value: 'link', text: 'Ссылку в письме', hint: 'Действует один час' },
                {
                  value: 'code',
                  text: sms ? 'Код из 6 цифр: письмом или в SMS' : 'Код из 6 цифр в письме',
                  hint: sms ? 'Действует 10 минут. На телефон приходит только код' : 'Действует 10 минут',
                },
              ]}
            />
          </Stack>
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
async function showSent(ctx: PageVisitor, ticket: string) {
  const address = addressOf(ctx, ticket)
  if (!address) return seeOther('/password-reset')
  return (
    <Page title="Проверьте почту" frame={ctx.frame}>
      <Card>
        <Stack>
          <Note tone="ok" title="Запрос принят">
            Если учётная запись с этой почтой есть, на неё придёт письмо со ссылкой. Ссылка действует один час.
          </Note>
          <Muted>Письма нет во «Входящих» через несколько минут? Посмотрите в папке «Спам».</Muted>
          {await wayToSupport(ctx, address)}
          <Text>
            <a href="/password-reset">Запросить ещё раз</a> · <a href="/sign-in">Вернуться ко входу</a>
          </Text>
        </Stack>
      </Card>
    </Page>
  )
}

/** Quiet at first; after some failures, the thing to do. */
async function wayToSupport(ctx: PageVisitor, address: ResetAddress) {
  const number = resetNumberOf(ctx, address)
  if (!(await isSupportDue(ctx, address))) return <Muted>Номер заявки на восстановление: {number}</Muted>
  return (
    <Note tone="wait" title="Не получается? Обратитесь в поддержку">
      Назовите номер заявки <b>{number}</b>: по нему найдут ваш запрос.{' '}
      <a href="/support">Как обратиться в поддержку</a>
    </Note>
  )
}

async function showCode(ctx: PageVisitor, ticket: string, failure?: FormFailure) {
  const address = addressOf(ctx, ticket)
  if (!address) return <AskPage ctx={ctx} failure={failure} />
  return (
    <CodePage
      ctx={ctx}
      ticket={ticket}
      address={address}
      failure={failure}
      support={await wayToSupport(ctx, address)}
    />
  )
}

type CodePageProps = {
  ctx: PageVisitor
  ticket: string
  address: ResetAddress
  failure: FormFailure | undefined
  support: Awaited<ReturnType<typeof wayToSupport>>
}

const CodePage = ({ ctx, ticket, address, failure, support }: CodePageProps) => (
  <Page
    title="Новый пароль"
    lead={`Если учётная запись есть, ${address.channel === 'sms' ? 'на телефон придёт SMS' : 'на почту придёт письмо'} с кодом. Все открытые сеансы завершатся, на всех устройствах.`}
    frame={ctx.frame}
    hasErrors={failure !== undefined}
  >
    <Stack>
      <Card>
        <Form action="/password-reset/code" hidden={{ ticket }} label="Новый пароль">
          <Problems title="Пароль не изменён" failure={failure} kept="Введите пароли ещё раз." />
          <Stack>
            <TextField
              name="code"
              label="Код из сообщения"
              hint="6 цифр, действует 10 минут"
              autocomplete="one-time-code"
              inputMode="numeric"
              width={10}
              value={failure?.values.code}
              error={problemOf(failure, 'code')}
            />
            {/* Whose account it is, is not told: so the rule of most is said, and the account's own decides. */}
            <NewPasswordFields profile="four-classes" failure={failure} />
          </Stack>
          <FormEnd>
            <Button kind="main">Сохранить пароль</Button>
            <LinkButton kind="quiet" href="/sign-in">
              Вернуться ко входу
            </LinkButton>
          </FormEnd>
        </Form>
      </Card>
      <Card title="Код не пришёл?">
        <Stack>
          <Text>
            {address.channel === 'sms'
              ? 'SMS идёт до нескольких минут и приходит только на подтверждённый телефон.'
              : 'Посмотрите в папке «Спам». Письмо приходит только на почту учётной записи.'}{' '}
            Проверьте, верно ли указан контакт: <a href="/password-reset">указать другой</a>.
          </Text>
          <Form action="/password-reset/code/again" hidden={{ ticket }} label="Код ещё раз">
            <Button>Прислать новый код</Button>
          </Form>
          {support}
        </Stack>
      </Card>
    </Stack>
  </Page>
)

async function showNewPassword(ctx: PageVisitor, token: string, failure?: FormFailure) {
  const account = token === '' ? undefined : await findReset(ctx, token)
  if (!account) return <DeadPage ctx={ctx} />
  return (
    <NewPasswordPage ctx={ctx} token={token} failure={failure} profile={await profileOf(ctx.db, account.audience)} />
  )
}

type NewPasswordProps = {
  ctx: PageVisitor
  token: string
  failure: FormFailure | undefined
  profile: PasswordProfile
}

const NewPasswordPage = ({ ctx, token, failure, profile }: NewPasswordProps) => (
  <Page
    title="Новый пароль"
    lead="Все открытые сеансы этой учётной записи завершатся, на всех устройствах."
    frame={ctx.frame}
    hasErrors={failure !== undefined}
  >
    <Card>
      <Form action="/password-reset/new" hidden={{ token }} label="Новый пароль">
        <Problems title="Пароль не изменён" failure={failure} kept="Введите пароли ещё раз." />
        <NewPasswordFields profile={profile} failure={failure} />
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
