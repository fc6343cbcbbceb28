import { z } from 'zod'
import { Activation } from '../../../../contracts/identity.ts'
import { Button, Card, Facts, Form, LinkButton, Muted, Note, Page, Stack } from '../../../../web/kit/index.ts'
import { type PageVisitor, pages, seeOther } from '../../../kernel/http/index.ts'
import { accountName } from '../accounts/account.ts'
import { activate, findActivation } from './registration.ts'

const TokenQuery = z.object({ token: z.string().max(200).catch('') })

/**
 * Mail scanners open every link of a letter, so opening one changes nothing: the button does. A browser with scripts
 * presses it by itself (the form's id asks for that), and without them one press is enough.
 */
export const activationPages = pages('/activation')
  .get('/', { needs: 'public', query: TokenQuery }, (ctx, _, { token }) => showActivation(ctx, token))
  .post(
    '/',
    {
      needs: 'public',
      form: Activation,
      // How things stand by now says more than why the press was refused.
      again: (ctx, _, { values }) => showActivation(ctx, values.token ?? ''),
    },
    async (ctx, _, { token }) => {
      const { waits } = await activate(ctx, token)
      return seeOther('/sign-in', waits ? 'registration.confirmed-waits' : 'identity.activated')
    },
  )

type Found = Awaited<ReturnType<typeof findActivation>>

async function showActivation(ctx: PageVisitor, token: string) {
  const account = token ? await findActivation(ctx, token) : undefined
  return <ActivationPage ctx={ctx} token={token} account={account} />
}

function ActivationPage({ ctx, token, account }: { ctx: PageVisitor; token: string; account: Found }) {
  return (
    <Page title="Подтверждение почты" frame={ctx.frame} hasErrors={!account?.good}>
      <Card>
        <Stack>
          {account?.confirmed ? (
            <Confirmed />
          ) : account?.good ? (
            <Waiting token={token} account={account} />
          ) : (
            <Dead token={token} known={account !== undefined} />
          )}
        </Stack>
      </Card>
    </Page>
  )
}

const Waiting = ({ token, account }: { token: string; account: NonNullable<Found> }) => (
  <>
    <Facts
      facts={[
        ['Учётная запись', accountName(account)],
        ['Логин', account.userName ?? undefined],
        ['Почта', account.email],
      ]}
    />
    <Muted>Если это не вы или логин не ваш, закройте страницу: учётная запись не заработает.</Muted>
    <Form action="/activation" id="send-at-once" hidden={{ token }} label="Подтверждение почты">
      <Button kind="main">Подтвердить почту</Button>
    </Form>
  </>
)

const Confirmed = () => (
  <>
    <Note tone="ok" title="Почта уже подтверждена">
      Эта ссылка сработала раньше, второй раз она не нужна.
    </Note>
    <div>
      <LinkButton kind="main" href="/sign-in">
        Войти
      </LinkButton>
    </div>
  </>
)

const Dead = ({ token, known }: { token: string; known: boolean }) => (
  <>
    <Note tone="warn" live="alert" title="Ссылка больше не действует">
      {known
        ? 'Она действует 3 дня и срабатывает один раз. Отправим новую на ту же почту; если письма нет во «Входящих», посмотрите в папке «Спам».'
        : 'Проверьте, вся ли ссылка скопирована из письма. Если с регистрации прошло больше месяца, зарегистрируйтесь заново.'}
    </Note>
    {known ? (
      <Form action="/activation/letter" hidden={{ ticket: token }} label="Письмо ещё раз">
        <Button kind="main">Отправить письмо ещё раз</Button>
      </Form>
    ) : (
      <div>
        <LinkButton href="/registration">Регистрация</LinkButton>
      </div>
    )}
  </>
)
