import { z } from 'zod'
import { DomainCredentials, type DomainTie, tieKinds } from '../../../../contracts/domains.ts'
import {
  Badge,
  Button,
  Card,
  cabinetCrumb,
  Form,
  FormEnd,
  formatDateTime,
  LinkButton,
  List,
  ListItem,
  Page,
  PasswordField,
  Row,
  Stack,
  Text,
  TextField,
} from '../../../../web/kit/index.ts'
import { type FormFailure, type PageContext, pages, seeOther } from '../../../kernel/http/index.ts'
import { Problems, problemOf } from '../form-problems.tsx'
import { localPath } from '../sign-in/local-path.ts'
import { comeFromProvider, goToProvider } from './openid.ts'
import { listOwnTies, tieOwnDomain, untieOwn } from './ties.ts'

const Way = z.object({
  next: z.string().max(2000).optional().catch(undefined),
  purpose: z.enum(['enter', 'tie']).catch('enter'),
})
/** Whatever a provider answers; it is checked as a whole. */
const Answer = z.record(z.string().max(100), z.string().max(10_000))
const Kind = z.enum(tieKinds)

/** Ways out are links: a form that ends in another site's page is stopped by the content security policy. */
export const externalDoorPages = pages('/sign-in/external')
  .get('/{provider}', { needs: 'public', query: Way }, async (ctx, { provider }, way) =>
    seeOther(await goToProvider(ctx, provider, { purpose: way.purpose, next: localPath(way.next) })),
  )
  .get('/{provider}/return', { needs: 'public', query: Answer }, async (ctx, { provider }, answer) => {
    const { next, tied } = await comeFromProvider(ctx, provider, answer)
    return tied ? seeOther(next, 'identity.domain-tied') : seeOther(next)
  })

export const domainTiesPages = pages('/profile/domains')
  .get('/', { needs: 'signed-in' }, async (ctx) => <TiesPage ctx={ctx} ties={await listOwnTies(ctx)} />)
  .post(
    '/',
    {
      needs: 'signed-in',
      secret: true,
      form: DomainCredentials,
      again: async (ctx, _, failure) => <TiesPage ctx={ctx} ties={await listOwnTies(ctx)} failure={failure} />,
    },
    async (ctx, _, { login, password }) => {
      await tieOwnDomain(ctx, login, password)
      return seeOther('/profile/domains', 'identity.domain-tied')
    },
  )
  .post(
    '/{kind}/{name}/untie',
    {
      needs: 'signed-in',
      form: z.object({}),
      params: { kind: Kind },
      again: async (ctx, _, failure) => <TiesPage ctx={ctx} ties={await listOwnTies(ctx)} failure={failure} />,
    },
    async (ctx, { kind, name }) => {
      await untieOwn(ctx, Kind.parse(kind), name)
      return seeOther('/profile/domains', 'identity.domain-untied')
    },
  )

type TiesPageProps = { ctx: PageContext; ties: DomainTie[]; failure?: FormFailure }

function TiesPage({ ctx, ties, failure }: TiesPageProps) {
  const canTie = ties.some(({ kind, tiedAt }) => kind === 'domain' && tiedAt === null)
  return (
    <Page
      title="Вход через домен"
      crumbs={[cabinetCrumb, { text: 'Настройки аккаунта', href: '/profile/settings' }, { text: 'Вход через домен' }]}
      frame={ctx.frame}
      hasErrors={failure !== undefined}
    >
      <Stack>
        <Problems title="Не получилось" failure={failure} />
        <Card title="Чем можно войти кроме пароля кабинета">
          {ties.length === 0 ? (
            <Text>В этой системе вход через домен не настроен.</Text>
          ) : (
            <List label="Домены и внешний вход">
              {ties.map((tie) => (
                <TieItem key={`${tie.kind}:${tie.name}`} tie={tie} ctx={ctx} />
              ))}
            </List>
          )}
        </Card>
        {canTie ? <TieForm failure={failure} /> : null}
      </Stack>
    </Page>
  )
}

function TieItem({ tie: { kind, name, title, tiedAt, lastUsedAt }, ctx }: { tie: DomainTie; ctx: PageContext }) {
  const when = (moment: string) => formatDateTime(moment, ctx.timeZone)
  return (
    <ListItem
      title={title}
      under={
        tiedAt
          ? [`с ${when(tiedAt)}`, lastUsedAt ? `последний вход ${when(lastUsedAt)}` : ''].filter(Boolean)
          : ['не связано']
      }
      end={
        tiedAt ? (
          <Row>
            <Badge tone="ok" text="Связано" />
            <Form action={`/profile/domains/${kind}/${name}/untie`} label={`Отвязать: ${title}`}>
              <Button size="small" about={title}>
                Отвязать
              </Button>
            </Form>
          </Row>
        ) : kind === 'openid' ? (
          <LinkButton size="small" href={`/sign-in/external/${name}?purpose=tie`}>
            Привязать аккаунт
          </LinkButton>
        ) : undefined
      }
    />
  )
}

const TieForm = ({ failure }: { failure: FormFailure | undefined }) => (
  <Card title="Привязать аккаунт домена">
    <Form action="/profile/domains" label="Привязать аккаунт домена">
      <Stack>
        <TextField
          name="login"
          label="Логин в домене"
          hint="Как на рабочем компьютере: имя@домен или ДОМЕН\имя"
          autocomplete="off"
          value={failure?.values.login}
          error={failure && problemOf(failure, 'login')}
        />
        <PasswordField
          name="password"
          label="Пароль в домене"
          autocomplete="current-password"
          error={failure && problemOf(failure, 'password')}
        />
        <FormEnd>
          <Button kind="main">Привязать аккаунт</Button>
        </FormEnd>
      </Stack>
    </Form>
  </Card>
)
