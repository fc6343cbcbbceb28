import { type ApiToken, type IssuedApiToken, NewApiTokenForm, tokenDays } from '../../../../contracts/api-tokens.ts'
import {
  Badge,
  Button,
  Card,
  Checkbox,
  CopyCode,
  cabinetCrumb,
  counted,
  Form,
  FormEnd,
  formatDate,
  formatDateTime,
  LinkButton,
  List,
  ListItem,
  Muted,
  Note,
  Page,
  Select,
  Stack,
  Text,
  TextField,
} from '../../../../web/kit/index.ts'
import { type FormFailure, type PageContext, pages, seeOther } from '../../../kernel/http/index.ts'
import { Problems, problemOf } from '../form-problems.tsx'
import { PermissionChoice, tickedIn } from '../grants/permission-choice.tsx'
import { issueApiToken, listOwnTokens, permissionsToGive, revokeOwnToken } from './api-tokens.ts'

export const apiTokensPages = pages('/profile/tokens')
  .get('/', { needs: 'signed-in' }, async (ctx) => <TokensPage ctx={ctx} tokens={await listOwnTokens(ctx)} />)
  .get('/new', { needs: 'signed-in' }, async (ctx) => <NewTokenPage ctx={ctx} />)
  .post(
    '/new',
    {
      needs: 'signed-in',
      form: NewApiTokenForm,
      again: async (ctx, _, failure) => <NewTokenPage ctx={ctx} failure={failure} />,
    },
    async (ctx, _, wanted) => {
      ctx.showOnce('/profile/tokens')
      return <IssuedPage ctx={ctx} issued={await issueApiToken(ctx, wanted)} />
    },
  )
  .post('/{id}/revocation', { needs: 'signed-in' }, async (ctx, { id }) => {
    await revokeOwnToken(ctx, id)
    return seeOther('/profile/tokens', 'identity.token-revoked')
  })

const list = { text: 'Токены API', href: '/profile/tokens' }
const crumbs = [cabinetCrumb, { text: 'Настройки аккаунта', href: '/profile/settings' }]

const TokensPage = ({ ctx, tokens }: { ctx: PageContext; tokens: ApiToken[] }) => (
  <Page
    title="Токены API"
    lead={
      <>
        С токеном ваша программа работает через <a href="/api">программный интерфейс</a> от вашего имени: не больше
        ваших прав и не дольше, чем они у вас есть.
      </>
    }
    crumbs={[...crumbs, { text: 'Токены API' }]}
    actions={
      <LinkButton kind="main" href="/profile/tokens/new">
        Выпустить токен
      </LinkButton>
    }
    frame={ctx.frame}
  >
    <Card>
      {tokens.length === 0 ? (
        <Muted>Токенов пока нет. Если ваши программы не обращаются к кабинету, они и не нужны.</Muted>
      ) : (
        <List label="Мои токены">
          {tokens.map((token) => (
            <ListItem
              key={token.id}
              title={token.name}
              strong
              under={[
                `выпущен ${formatDate(token.createdAt, ctx.timeZone)}`,
                `действует до ${formatDate(token.expiresAt, ctx.timeZone)}`,
                token.lastUsedAt
                  ? `последнее обращение ${formatDateTime(token.lastUsedAt, ctx.timeZone)} с адреса ${token.lastAddress}`
                  : 'ещё не использован',
              ]}
              end={<End token={token} />}
            >
              {[...token.permissions.map(({ name }) => name), ...(token.own ? [ownData] : [])].join(' · ')}
            </ListItem>
          ))}
        </List>
      )}
    </Card>
  </Page>
)

const End = ({ token }: { token: ApiToken }) => {
  switch (token.state) {
    case 'works':
      return (
        <Form action={`/profile/tokens/${token.id}/revocation`} label={`Токен: ${token.name}`}>
          <Button size="small" about={token.name}>
            Отозвать
          </Button>
        </Form>
      )
    case 'expired':
      return <Badge tone="warn" text="Срок вышел" />
    case 'revoked':
      return <Badge tone="bad" text="Отозван" />
  }
}

const ownData = 'Мои сообщения и заявки'

const terms = { 30: 'месяц', 90: 'три месяца', 180: 'полгода', 365: 'год' } as const

function NewTokenPage({ ctx, failure }: { ctx: PageContext; failure?: FormFailure }) {
  const permissions = permissionsToGive(ctx)
  return (
    <Page
      title="Новый токен"
      crumbs={[...crumbs, list, { text: 'Новый токен' }]}
      frame={ctx.frame}
      hasErrors={failure !== undefined}
    >
      <Card>
        <Form action="/profile/tokens/new" label="Новый токен">
          <Problems title="Токен не выпущен" failure={failure} />
          <Stack>
            <TextField
              name="name"
              label="Название"
              hint="Какой программе он нужен: по названию вы узнаете его в списке"
              value={failure?.values.name}
              error={problemOf(failure, 'name')}
            />
            {permissions.length === 0 ? (
              <Note tone="wait" title="Прав для токена пока нет">
                Токен получает часть ваших прав. Они появятся, когда вас прикрепят к организации или дадут роль. Пока
                программе можно открыть только ваши сообщения и заявки.
              </Note>
            ) : null}
            <PermissionChoice
              legend="Что можно этой программе"
              permissions={permissions}
              chosen={tickedIn(failure?.values.permissions)}
              error={problemOf(failure, 'permissions')}
            />
            <Checkbox
              name="own"
              label={ownData}
              hint="Без этой отметки программа не увидит ваших сообщений и заявок и не подаст новых от вашего имени"
              checked={failure?.values.own === 'on'}
            />
            <Select
              name="days"
              label="Сколько действует"
              options={tokenDays.map((days) => ({
                value: String(days),
                text: `${terms[days]} (${counted(days, dayForms)})`,
              }))}
              value={failure?.values.days ?? '90'}
              error={problemOf(failure, 'days')}
            />
            <Muted>
              Пароль, второй фактор, сеансы, токены и контакты с токеном не изменить, и прав другим он не раздаёт. О
              выпуске придёт письмо.
            </Muted>
          </Stack>
          <FormEnd>
            <Button kind="main">Выпустить токен</Button>
            <LinkButton kind="quiet" href="/profile/tokens">
              Не выпускать
            </LinkButton>
          </FormEnd>
        </Form>
      </Card>
    </Page>
  )
}

const dayForms = ['день', 'дня', 'дней'] as const

const IssuedPage = ({ ctx, issued }: { ctx: PageContext; issued: IssuedApiToken }) => (
  <Page title="Токен выпущен" crumbs={[...crumbs, list, { text: 'Токен выпущен' }]} frame={ctx.frame}>
    <Card title={issued.name}>
      <Stack>
        <Note tone="warn" title="Скопируйте токен сейчас">
          Больше мы его не покажем. Храните его как пароль: не отправляйте почтой и не кладите в исходный текст.
        </Note>
        <CopyCode code={issued.token} label="Токен" />
        <Text>
          Передавайте его в заголовке <code>Authorization: Bearer …</code>. Пример есть на странице{' '}
          <a href="/api">«Программный интерфейс»</a>.
        </Text>
        <Muted>Действует до {formatDate(issued.expiresAt, ctx.timeZone)}.</Muted>
        <div>
          <LinkButton href="/profile/tokens">К списку токенов</LinkButton>
        </div>
      </Stack>
    </Card>
  </Page>
)
