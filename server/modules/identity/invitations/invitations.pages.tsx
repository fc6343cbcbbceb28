import { z } from 'zod'
import { InvitationAcceptanceForm, InvitationToken } from '../../../../contracts/helpers.ts'
import { passwordHints } from '../../../../contracts/passwords.ts'
import {
  Button,
  Card,
  Checkbox,
  Facts,
  Form,
  FormEnd,
  LinkButton,
  Note,
  Page,
  PasswordField,
  Stack,
  Text,
  TextField,
} from '../../../../web/kit/index.ts'
import { roleNames } from '../../../kernel/access/index.ts'
import { type FormFailure, type PageVisitor, pages, seeOther } from '../../../kernel/http/index.ts'
import { keptButPasswords, Problems, problemOf } from '../form-problems.tsx'
import { lentInWords, namesOfPlaces, regionsIn } from '../grants/lent-in-words.ts'
import { lendablePartsIn } from '../helpers/rooms.ts'
import { profileOf } from '../passwords/password-rule.ts'
import { acceptAsNewcomer, acceptSignedIn, viewInvitation } from './acceptance.ts'
import { InvitationDead } from './invitations.errors.ts'

const TokenQuery = z.object({ token: z.string().max(200).catch('') })

export const invitationsPages = pages('/invitation')
  .get('/', { needs: 'public', query: TokenQuery }, (ctx, _, { token }) => showInvitation(ctx, token))
  .post(
    '/',
    {
      needs: 'public',
      form: InvitationAcceptanceForm,
      secret: true,
      again: (ctx, _, failure) => showInvitation(ctx, failure.values.token ?? '', failure),
    },
    async (ctx, _, acceptance) => {
      await acceptAsNewcomer(ctx, acceptance)
      return seeOther('/sign-in', 'identity.invitation-account-made')
    },
  )
  .post(
    '/acceptance',
    {
      needs: 'signed-in',
      form: InvitationToken,
      again: (ctx, _, failure) => showInvitation(ctx, failure.values.token ?? '', failure),
    },
    async (ctx, _, { token }) => {
      await acceptSignedIn(ctx, token)
      return seeOther('/cabinet', 'identity.invitation-accepted')
    },
  )

type Found = Awaited<ReturnType<typeof viewInvitation>>

async function showInvitation(ctx: PageVisitor, token: string, failure?: FormFailure) {
  const found = await findOpen(ctx, token)
  return (
    <Page title="Приглашение" frame={ctx.frame} hasErrors={!found || failure !== undefined}>
      {found ? (
        <Stack>
          <Promised invitation={found} words={await promised(ctx, found)} />
          {await answerOf(ctx, found, token, failure)}
        </Stack>
      ) : (
        <Note tone="warn" live="alert" title="Приглашение не действует">
          Его уже приняли или отозвали, вышел срок или ссылка скопирована не вся. Попросите того, кто приглашал,
          отправить его ещё раз.
        </Note>
      )}
    </Page>
  )
}

async function findOpen(ctx: PageVisitor, token: string): Promise<Found | undefined> {
  try {
    return await viewInvitation(ctx, token)
  } catch (error) {
    if (error instanceof InvitationDead) return undefined
    throw error
  }
}

type Named = { name: string }[]
type Words = { roles: string[]; permissions: Named; places: Named; parts: Named | null }

async function promised(ctx: PageVisitor, { grants }: Found): Promise<Words> {
  const parts = grants.some((grant) => grant.parts) ? await lendablePartsIn(ctx.db, regionsIn(grants)) : []
  const words = lentInWords(grants, await namesOfPlaces(ctx.db, grants), parts)
  return { ...words, roles: [...new Set(grants.map(({ role }) => roleNames[role]))] }
}

const Promised = ({ invitation, words }: { invitation: Found; words: Words }) => (
  <Card title={invitation.kind === 'helper' ? 'Вас приглашают в помощники' : 'Вас приглашают в личный кабинет'}>
    <Facts
      facts={[
        ['Приглашает', [invitation.inviter, invitation.inviterPosition].filter(Boolean).join(', ')],
        ['Почта', invitation.email],
        ['Роль', words.roles.join(', ') || undefined],
        ['Что можно', words.permissions.length > 0 ? <Names named={words.permissions} /> : undefined],
        ['Где', words.places.length > 0 ? <Names named={words.places} /> : undefined],
        ['Разделы плана и показатели', words.parts ? <Names named={words.parts} /> : undefined],
      ]}
    />
  </Card>
)

const Names = ({ named }: { named: readonly { name: string }[] }) => (
  <Stack space="small">
    {named.map(({ name }) => (
      <Text key={name}>{name}</Text>
    ))}
  </Stack>
)

/** Who is signed in accepts with one press; who has an account signs in first; a newcomer makes one here. */
async function answerOf(ctx: PageVisitor, found: Found, token: string, failure: FormFailure | undefined) {
  const { signedIn } = ctx
  if (signedIn && signedIn.account.email === found.email) return <Accept token={token} failure={failure} />
  if (signedIn) return <ForAnother email={found.email} failure={failure} />
  if (found.hasAccount) return <SignInFirst token={token} />
  return <Newcomer found={found} token={token} hint={await hintOf(ctx, found)} failure={failure} />
}

const hintOf = async (ctx: PageVisitor, { audience }: Found) => passwordHints[await profileOf(ctx.db, audience)]

const Accept = ({ token, failure }: { token: string; failure: FormFailure | undefined }) => (
  <Card>
    <Form action="/invitation/acceptance" hidden={{ token }} label="Приглашение">
      <Problems title="Приглашение не принято" failure={failure} />
      <Button kind="main">Принять приглашение</Button>
    </Form>
  </Card>
)

const ForAnother = ({ email, failure }: { email: string; failure: FormFailure | undefined }) => (
  <Card>
    <Stack>
      <Problems title="Приглашение не принято" failure={failure} />
      <Text>
        Приглашение отправлено на {email}, а вы вошли с другой почтой. Выйдите и откройте ссылку из письма ещё раз.
      </Text>
      <Form action="/sign-out" label="Выход">
        <Button kind="main">Выйти</Button>
      </Form>
    </Stack>
  </Card>
)

const SignInFirst = ({ token }: { token: string }) => (
  <Card>
    <Stack>
      <Text>На эту почту у вас уже есть учётная запись. Войдите в неё, и вы вернётесь сюда.</Text>
      <div>
        <LinkButton
          kind="main"
          href={`/sign-in?${new URLSearchParams({ next: `/invitation?${new URLSearchParams({ token })}` })}`}
        >
          Войти
        </LinkButton>
      </div>
    </Stack>
  </Card>
)

type NewcomerProps = { found: Found; token: string; hint: string; failure: FormFailure | undefined }

function Newcomer({ found, token, hint, failure }: NewcomerProps) {
  const told = (name: 'surname' | 'name' | 'patronymic') => ({
    name,
    value: failure?.values[name] ?? found[name] ?? '',
    error: problemOf(failure, name),
  })
  return (
    <Card title="Ваша учётная запись">
      <Form action="/invitation" hidden={{ token }} label="Ваша учётная запись">
        <Problems title="Приглашение не принято" failure={failure} kept={keptButPasswords} />
        <Stack>
          <TextField {...told('surname')} label="Фамилия" autocomplete="family-name" />
          <TextField {...told('name')} label="Имя" autocomplete="given-name" />
          <TextField {...told('patronymic')} label="Отчество" autocomplete="additional-name" optional />
          <PasswordField
            name="password"
            label="Придумайте пароль"
            hint={hint}
            autocomplete="new-password"
            error={problemOf(failure, 'password')}
          />
          <PasswordField
            name="passwordAgain"
            label="Пароль ещё раз"
            autocomplete="new-password"
            error={problemOf(failure, 'passwordAgain')}
          />
          <Text>
            Прочтите <a href="/consent">согласие на обработку персональных данных</a>.
          </Text>
          <Checkbox
            name="consent"
            label="Согласен на обработку персональных данных"
            checked={failure?.values.consent === 'on'}
            error={problemOf(failure, 'consent')}
          />
        </Stack>
        <FormEnd>
          <Button kind="main">Принять приглашение</Button>
        </FormEnd>
      </Form>
    </Card>
  )
}
