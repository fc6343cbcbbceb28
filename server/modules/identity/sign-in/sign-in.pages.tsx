import { z } from 'zod'
import { Credentials } from '../../../../contracts/identity.ts'
import { PasskeyAnswer } from '../../../../contracts/second-factor.ts'
import {
  Badge,
  Button,
  Card,
  Columns,
  Form,
  LinkButton,
  Muted,
  Note,
  Page,
  PasskeyForm,
  PasswordField,
  Row,
  Stack,
  Table,
  Text,
  TextField,
  Under,
} from '../../../../web/kit/index.ts'
import { type FormFailure, type PageVisitor, pages, seeOther } from '../../../kernel/http/index.ts'
import { type StandPerson, standAccounts, standPassword } from '../../../seeds/stand.people.ts'
import { OtherDoors } from '../domains/other-doors.tsx'
import { afterSignOut, EsiaButton, isEsiaOffered } from '../esia/esia-offer.tsx'
import { enterByPasskey } from '../second-factor/passkey-entry.ts'
import { answerOf, PasskeyPost } from '../second-factor/passkey-post.ts'
import { afterStep } from '../steps/pages.ts'
import { localPath } from './local-path.ts'
import { signOut } from './sessions.ts'
import { signIn } from './sign-in.ts'

const Next = z.string().max(2000).optional().catch(undefined)
/** The session ended before a form came: what was typed is kept until now, or is not. */
const Ended = z.enum(['kept', 'yes']).optional().catch(undefined)
/** Whoever has a password of the cabinet under a login that leads to a domain says so. */
const OwnPassword = z.enum(['password']).optional().catch(undefined)
const Way = z.object({ next: Next, ended: Ended, door: OwnPassword })
type Way = z.infer<typeof Way>
const cabinet = '/cabinet'

export const signInPages = pages('')
  .get('/sign-in', { needs: 'public', query: Way }, async (ctx, _, way) =>
    ctx.signedIn ? (
      seeOther(localPath(way.next) ?? cabinet)
    ) : (
      <SignInPage ctx={ctx} {...way} esia={await isEsiaOffered(ctx.db)} />
    ),
  )
  .post(
    '/sign-in',
    {
      needs: 'public',
      secret: true,
      form: Credentials.extend(Way.shape),
      again: async (ctx, _, failure) => (
        <SignInPage ctx={ctx} {...Way.parse(failure.values)} failure={failure} esia={await isEsiaOffered(ctx.db)} />
      ),
    },
    async (ctx, _, { next, ended: _ended, ...credentials }) => {
      await signIn(ctx, credentials)
      return seeOther(localPath(next) ?? cabinet)
    },
  )
  .post(
    '/sign-in/passkey',
    {
      needs: 'public',
      secret: true,
      form: PasskeyPost.extend(Way.shape),
      again: async (ctx, _, failure) => (
        <SignInPage ctx={ctx} {...Way.parse(failure.values)} failure={failure} esia={await isEsiaOffered(ctx.db)} />
      ),
    },
    async (ctx, _, { next, ended: _ended, ...posted }) => {
      const { stage } = await enterByPasskey(ctx, answerOf(PasskeyAnswer, posted))
      return seeOther(afterStep(stage, next))
    },
  )
  .post('/sign-out', { needs: 'public', stage: 'second-factor' }, async (ctx) => {
    const next = await afterSignOut(ctx.db, ctx.signedIn?.sessionId)
    await signOut(ctx)
    return seeOther(next, 'identity.signed-out')
  })

type SignInPageProps = Way & { ctx: PageVisitor; esia: boolean; failure?: FormFailure }

function SignInPage(props: SignInPageProps) {
  const { ctx, failure } = props
  const island = ctx.frame.assets.islands?.passkey
  return (
    <Page
      title="Авторизация"
      heading={null}
      frame={ctx.frame}
      hasErrors={failure !== undefined}
      scripts={island ? [island] : []}
    >
      <Columns shape={ctx.stand ? 'door' : 'half'}>
        <SignInCard {...props} />
        {ctx.stand ? <StandAccounts next={props.next} /> : <Newcomers />}
      </Columns>
    </Page>
  )
}

function SignInCard({ next, ended, door, esia, failure }: SignInPageProps) {
  const problem = (field: string) => failure?.problems.find((found) => found.field === field)?.text
  return (
    <Card>
      <Stack>
        <h1>Авторизация</h1>
        {ended ? <SessionOver kept={ended === 'kept'} /> : null}
        <Refusal failure={failure} />
        <Form action="/sign-in" hidden={{ next, ended, door }} label="Авторизация">
          <Stack>
            <TextField
              name="login"
              label="Введите логин (e-mail)"
              hint="Подойдут также имя пользователя и подтверждённый телефон"
              autocomplete="username"
              value={failure?.values.login}
              error={problem('login')}
            />
            <PasswordField
              name="password"
              label="Введите пароль"
              autocomplete="current-password"
              error={problem('password')}
            />
            <Row>
              <Button kind="main">Войти</Button>
              <LinkButton kind="quiet" href="/password-reset">
                Восстановить пароль
              </LinkButton>
            </Row>
          </Stack>
        </Form>
        <PasskeyForm
          kind="sign-in"
          action="/sign-in/passkey"
          hidden={{ next, ended }}
          submit="Войти по ключу доступа"
        />
        {esia ? <EsiaButton next={next} /> : null}
        <OtherDoors next={next} byPassword={door === 'password'} />
        <hr />
        <Row>
          <span>Ещё нет учётной записи?</span>
          <a href="/registration">Регистрация</a>
        </Row>
        <Row>
          <span>Забыли пароль?</span>
          <a href="/password-reset">Сброс пароля</a>
        </Row>
      </Stack>
    </Card>
  )
}

const SessionOver = ({ kept }: { kept: boolean }) => (
  <Note tone="wait" title="Сеанс завершился">
    {kept
      ? 'Войдите снова — введённое сохранено и откроется на той же странице.'
      : 'Отправленное не выполнено. Войдите снова — откроется та же страница.'}
  </Note>
)

/** The first sentence of a refusal says what happened; the rest, what to do. */
function Refusal({ failure }: { failure: FormFailure | undefined }) {
  if (!failure?.message) return null
  const [what = '', ...more] = failure.message.split(/(?<=[а-яё])\. /u)
  const { ticket } = failure.error.params
  return (
    <Note tone="bad" live="alert" id="wrong" title={what}>
      <Muted>{more.join('. ')}</Muted>
      {typeof ticket === 'string' ? (
        <Form action="/activation/letter" hidden={{ ticket }} label="Письмо ещё раз">
          <Button size="small">Отправить письмо ещё раз</Button>
        </Form>
      ) : null}
    </Note>
  )
}

const Newcomers = () => (
  <Card title="Впервые здесь?">
    <Stack space="small">
      <Text>Зарегистрируйтесь по служебной почте и перейдите по ссылке из письма.</Text>
      <Text>В кабинете попросите прикрепить вас к организации. Звонить никуда не нужно: решение придёт письмом.</Text>
    </Stack>
  </Card>
)

/** On the stand alone: everyone who lives there, and a button for each. */
function StandAccounts({ next }: { next: string | undefined }) {
  return (
    <Card
      title="Учётные записи стенда"
      flush
      aside={<Badge tone="warn" icon="flag" text="Стенд" />}
      foot={
        <Stack space="small">
          <Text>
            Пароль у всех один: <code>{standPassword}</code>
          </Text>
          <Muted>Область, организации и люди вымышлены. На рабочей установке этого списка нет.</Muted>
        </Stack>
      }
    >
      <Table
        label="Люди стенда"
        rows={standAccounts}
        rowKey={({ key }) => key}
        columns={[
          { key: 'who', title: 'Кто', cell: (person) => <Who person={person} /> },
          { key: 'login', title: 'Логин', full: true, cell: ({ login }) => <Login login={login} /> },
          { key: 'enter', title: 'Вход', full: true, cell: (person) => <EnterAs person={person} next={next} /> },
        ]}
      />
    </Card>
  )
}

const Who = ({ person: { roleName, name } }: { person: StandPerson }) => (
  <>
    <b>{roleName}</b>
    <Under>{name}</Under>
  </>
)

function Login({ login }: { login: string }) {
  const [name, domain] = login.split('@')
  return (
    <>
      {name}@<wbr />
      {domain}
    </>
  )
}

const EnterAs = ({ person, next }: { person: StandPerson; next: string | undefined }) => (
  <Form
    action="/sign-in"
    hidden={{ login: person.login, password: person.password, next }}
    label={`Вход: ${person.roleName}`}
  >
    <Button size="small" about={`${person.roleName}, ${person.name}`}>
      Войти
    </Button>
  </Form>
)
