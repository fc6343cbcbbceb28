import { z } from 'zod'
import { PasswordChangeForm, type Profile, ProfileForm } from '../../../../contracts/identity.ts'
import type { PasswordProfile } from '../../../../contracts/passwords.ts'
import {
  Badge,
  Button,
  Card,
  type Crumb,
  cabinetCrumb,
  Facts,
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
import { roleNames } from '../../../kernel/access/index.ts'
import { type FormFailure, type PageContext, pages, seeOther } from '../../../kernel/http/index.ts'
import { accountName } from '../accounts/account.ts'
import { passwordKeeperOf } from '../domains/password-keeper.ts'
import { Problems, problemOf } from '../form-problems.tsx'
import { NewPasswordFields } from '../passwords/new-password.pages.tsx'
import { changePassword } from '../passwords/password-change.ts'
import { profileOf } from '../passwords/password-rule.ts'
import { findById } from '../passwords/reset.queries.ts'
import { endOtherSessions, endOwnSession, listOwnSessions } from '../sign-in/sessions.ts'
import { changeProfile, viewProfile } from './profile.ts'

export const profilePages = pages('/profile')
  .get('/', { needs: 'signed-in', stage: 'contacts' }, async (ctx) => {
    const [profile, sessions] = await Promise.all([viewProfile(ctx), listOwnSessions(ctx)])
    return <ProfilePage ctx={ctx} profile={profile} sessions={sessions} />
  })
  .get('/edit', { needs: 'signed-in' }, async (ctx) => <EditPage ctx={ctx} values={valuesOf(await viewProfile(ctx))} />)
  .post(
    '/edit',
    {
      needs: 'signed-in',
      form: ProfileForm,
      again: async (ctx, _, failure) => <EditPage ctx={ctx} values={failure.values} failure={failure} />,
    },
    async (ctx, _, changes) => {
      await changeProfile(ctx, changes)
      return seeOther('/profile', 'identity.profile-saved')
    },
  )
  .get('/password', { needs: 'signed-in' }, async (ctx) => {
    const keeper = await passwordKeeperOf(ctx.db, ctx.account.id)
    return keeper ? <PasswordElsewhere ctx={ctx} keeper={keeper} /> : passwordPage(ctx)
  })
  .post(
    '/password',
    {
      needs: 'signed-in',
      form: PasswordChangeForm,
      secret: true,
      again: (ctx, _, failure) => passwordPage(ctx, failure),
    },
    async (ctx, _, { current, password }) => {
      await changePassword(ctx, current, password)
      return seeOther('/profile', 'identity.password-changed')
    },
  )
  .post('/sessions/{id}/end', { needs: 'signed-in' }, async (ctx, { id }) => {
    await endOwnSession(ctx, id)
    return seeOther('/profile', 'identity.session-ended')
  })
  .post('/sessions/end-others', { needs: 'signed-in', form: z.object({}) }, async (ctx) => {
    await endOtherSessions(ctx)
    return seeOther('/profile', 'identity.sessions-ended')
  })

const crumbsTo = (...rest: Crumb[]): Crumb[] => [cabinetCrumb, { text: 'Учётная запись', href: '/profile' }, ...rest]

type OwnSessions = Awaited<ReturnType<typeof listOwnSessions>>
type ProfilePageProps = { ctx: PageContext; profile: Profile; sessions: OwnSessions }

function ProfilePage({ ctx, profile, sessions }: ProfilePageProps) {
  const roles = [...new Set(ctx.grants.list.map(({ role }) => roleNames[role]))]
  return (
    <Page
      title="Учётная запись"
      help={{ href: '/guide/kabinet', text: 'учётная запись' }}
      crumbs={crumbsTo()}
      frame={ctx.frame}
    >
      <Stack>
        <Card
          title={accountName(profile)}
          foot={
            <Row>
              <LinkButton kind="main" href="/profile/edit">
                Изменить
              </LinkButton>
              <LinkButton href="/profile/settings">Настройки аккаунта</LinkButton>
              <LinkButton href="/profile/password">Сменить пароль</LinkButton>
              <Form action="/sign-out" label="Выход">
                <Button kind="quiet" icon="exit">
                  Выйти
                </Button>
              </Form>
            </Row>
          }
        >
          <Facts
            facts={[
              ['Должность', profile.position ?? '—'],
              ['Электронная почта', profile.email ?? '—'],
              ['Логин', profile.userName ?? undefined],
              ['Телефон', profile.phone ?? '—'],
              ['Роли', roles.join(', ') || 'пока нет: попросите прикрепить вас к организации'],
              ['Организация', ctx.signedIn.organisation?.shortName],
            ]}
          />
        </Card>
        <SessionsCard ctx={ctx} sessions={sessions} />
      </Stack>
    </Page>
  )
}

function SessionsCard({ ctx, sessions }: { ctx: PageContext; sessions: OwnSessions }) {
  const others = sessions.length - sessions.filter(({ current }) => current).length
  return (
    <Card
      title="Сеансы"
      foot={
        <Row>
          {others > 0 ? (
            <Form action="/profile/sessions/end-others" label="Остальные сеансы">
              <Button size="small">Завершить все остальные</Button>
            </Form>
          ) : null}
          <LinkButton size="small" kind="quiet" href="/profile/sign-ins">
            Журнал входов
          </LinkButton>
        </Row>
      }
    >
      <List label="Открытые сеансы">
        {sessions.map((session) => (
          <ListItem
            key={session.id}
            title={session.device}
            under={[
              `Адрес ${session.address}${session.network ? ` (${session.network})` : ''}`,
              `вход ${formatDateTime(session.createdAt, ctx.timeZone)}`,
              `последнее действие ${formatDateTime(session.lastSeenAt, ctx.timeZone)}`,
            ]}
            end={session.current ? <Badge tone="ok" text="Этот сеанс" /> : <EndSession session={session} />}
          />
        ))}
      </List>
    </Card>
  )
}

const EndSession = ({ session }: { session: OwnSessions[number] }) => (
  <Form action={`/profile/sessions/${session.id}/end`} label={`Сеанс: ${session.device}`}>
    <Button size="small" about={session.device}>
      Завершить
    </Button>
  </Form>
)

const valuesOf = (profile: Profile): Record<string, string> => ({
  surname: profile.surname,
  name: profile.name,
  patronymic: profile.patronymic ?? '',
  position: profile.position ?? '',
  version: String(profile.version),
})

type EditPageProps = { ctx: PageContext; values: Record<string, string>; failure?: FormFailure }

function EditPage({ ctx, values, failure }: EditPageProps) {
  const told = (name: string) => ({ name, value: values[name], error: problemOf(failure, name) })
  return (
    <Page
      title="Изменение профиля"
      crumbs={crumbsTo({ text: 'Изменение профиля' })}
      frame={ctx.frame}
      hasErrors={failure !== undefined}
    >
      <Card>
        <Form action="/profile/edit" hidden={{ version: values.version }} label="Изменение профиля">
          <Problems title="Профиль не сохранён" failure={failure} />
          <Stack>
            <TextField {...told('surname')} label="Фамилия" autocomplete="family-name" />
            <TextField {...told('name')} label="Имя" autocomplete="given-name" />
            <TextField {...told('patronymic')} label="Отчество" autocomplete="additional-name" optional />
            <TextField {...told('position')} label="Должность" autocomplete="organization-title" />
          </Stack>
          <FormEnd>
            <Button kind="main">Сохранить</Button>
            <LinkButton kind="quiet" href="/profile">
              Не менять
            </LinkButton>
          </FormEnd>
        </Form>
      </Card>
    </Page>
  )
}

const PasswordElsewhere = ({ ctx, keeper }: { ctx: PageContext; keeper: string }) => (
  <Page title="Смена пароля" crumbs={crumbsTo({ text: 'Смена пароля' })} frame={ctx.frame}>
    <Card title="Пароль хранится не в кабинете">
      <Stack>
        <Text>
          Вы входите через {keeper}, своего пароля в кабинете у вас нет. Пароль меняют там же: на рабочем компьютере или
          через администратора домена. Кабинет узнает о смене сам.
        </Text>
        <Row>
          <LinkButton href="/profile">Вернуться в профиль</LinkButton>
        </Row>
      </Stack>
    </Card>
  </Page>
)

async function passwordPage(ctx: PageContext, failure?: FormFailure) {
  const profile = await profileOf(ctx.db, (await findById(ctx.db, ctx.account.id)).audience)
  return <PasswordPage ctx={ctx} profile={profile} failure={failure} />
}

type PasswordPageProps = { ctx: PageContext; profile: PasswordProfile; failure: FormFailure | undefined }

const PasswordPage = ({ ctx, profile, failure }: PasswordPageProps) => (
  <Page
    title="Смена пароля"
    lead="Сеансы на других устройствах завершатся, этот останется. На почту придёт письмо о смене."
    crumbs={crumbsTo({ text: 'Смена пароля' })}
    frame={ctx.frame}
    hasErrors={failure !== undefined}
  >
    <Card>
      <Form action="/profile/password" label="Смена пароля">
        <Problems title="Пароль не изменён" failure={failure} kept="Введите пароли ещё раз." />
        <Stack>
          <PasswordField
            name="current"
            label="Нынешний пароль"
            autocomplete="current-password"
            error={problemOf(failure, 'current')}
          />
          <NewPasswordFields profile={profile} failure={failure} />
        </Stack>
        <FormEnd>
          <Button kind="main">Сменить пароль</Button>
          <LinkButton kind="quiet" href="/profile">
            Не менять
          </LinkButton>
        </FormEnd>
      </Form>
    </Card>
  </Page>
)
