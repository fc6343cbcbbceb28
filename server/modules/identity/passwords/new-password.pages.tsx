import { z } from 'zod'
import { OwnPasswordForm } from '../../../../contracts/password-reset.ts'
import { type PasswordProfile, passwordHints } from '../../../../contracts/passwords.ts'
import { Button, Card, Form, FormEnd, Page, PasswordField, Stack } from '../../../../web/kit/index.ts'
import { type FormFailure, type PageContext, pages, seeOther } from '../../../kernel/http/index.ts'
import { Problems, problemOf } from '../form-problems.tsx'
import { afterStep } from '../steps/pages.ts'
import { replaceTemporaryPassword } from './password-change.ts'
import { profileOf } from './password-rule.ts'
import { findById } from './reset.queries.ts'

const Next = z.object({ next: z.string().max(2000).optional().catch(undefined) })

export const newPasswordPages = pages('/sign-in/new-password')
  .get('/', { needs: 'signed-in', stage: 'password-change', query: Next }, async (ctx, _, { next }) =>
    ctx.signedIn.stage === 'password-change' ? stepPage(ctx, next) : seeOther(afterStep(ctx.signedIn.stage, next)),
  )
  .post(
    '/',
    {
      needs: 'signed-in',
      stage: 'password-change',
      secret: true,
      form: OwnPasswordForm,
      again: (ctx, _, failure) => stepPage(ctx, failure.values.next, failure),
    },
    async (ctx, _, { password, next }) => {
      const stage = await replaceTemporaryPassword(ctx, password)
      return seeOther(afterStep(stage, next), 'identity.own-password-set')
    },
  )

async function stepPage(ctx: PageContext, next: string | undefined, failure?: FormFailure) {
  const { audience } = await findById(ctx.db, ctx.account.id)
  return (
    <Page
      title="Придумайте свой пароль"
      lead="Вы вошли с временным паролем. Замените его своим, и вход продолжится; временный больше не подойдёт."
      frame={ctx.frame}
      hasErrors={failure !== undefined}
    >
      <Card>
        <Form action="/sign-in/new-password" hidden={{ next }} label="Новый пароль">
          <Problems title="Пароль не изменён" failure={failure} kept="Введите пароли ещё раз." />
          <NewPasswordFields profile={await profileOf(ctx.db, audience)} failure={failure} />
          <FormEnd>
            <Button kind="main">Сохранить пароль</Button>
          </FormEnd>
        </Form>
      </Card>
      <Form action="/sign-out" label="Выход">
        <Button kind="quiet">Выйти, не продолжая</Button>
      </Form>
    </Page>
  )
}

type FieldsProps = { profile: PasswordProfile; failure: FormFailure | undefined }

/** A new password, twice, with its rule said beforehand and as it is typed. */
export const NewPasswordFields = ({ profile, failure }: FieldsProps) => (
  <Stack>
    <PasswordField
      name="password"
      label="Новый пароль"
      hint={passwordHints[profile]}
      rule={profile}
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
)
