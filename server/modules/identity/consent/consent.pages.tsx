import { z } from 'zod'
import { ConsentForm, consentVersion } from '../../../../contracts/identity.ts'
import { Button, Card, Checkbox, Form, FormEnd, Page, Stack, Text, TextField } from '../../../../web/kit/index.ts'
import { type FormFailure, type PageContext, pages, seeOther } from '../../../kernel/http/index.ts'
import { Problems, problemOf } from '../form-problems.tsx'
import { afterStep } from '../steps/pages.ts'
import { giveConsent, viewConsentStep } from './consent.ts'

const Next = z.string().max(2000).optional().catch(undefined)

export const consentPages = pages('/sign-in/consent')
  .get('/', { needs: 'signed-in', stage: 'consent', query: z.object({ next: Next }) }, async (ctx, _, { next }) =>
    ctx.signedIn.stage === 'full' ? seeOther(afterStep('full', next)) : stepPage(ctx, next),
  )
  .post(
    '/',
    {
      needs: 'signed-in',
      stage: 'consent',
      form: z.intersection(ConsentForm, z.object({ next: Next })),
      again: async (ctx, _, failure) => stepPage(ctx, failure.values.next, failure),
    },
    async (ctx, _, { next, ...given }) => seeOther(afterStep(await giveConsent(ctx, given), next)),
  )

async function stepPage(ctx: PageContext, next: string | undefined, failure?: FormFailure) {
  const asked = await viewConsentStep(ctx.db, ctx.account.id)
  return (
    <Page
      title="Первый вход"
      lead="Остался один шаг, и личный кабинет откроется."
      frame={ctx.frame}
      hasErrors={failure !== undefined}
    >
      <Card>
        <Form action="/sign-in/consent" hidden={{ next, version: consentVersion }} label="Первый вход">
          <Problems title="Вход не завершён" failure={failure} />
          <Stack>
            {asked.number ? (
              <TextField
                name="number"
                label="СНИЛС или ИНН"
                hint="11 цифр СНИЛС или 12 цифр ИНН, можно с пробелами и дефисами: по ним мы отличаем однофамильцев"
                value={failure?.values.number}
                error={problemOf(failure, 'number')}
                inputMode="numeric"
                width={14}
              />
            ) : null}
            <Text>
              Прочтите <a href="/consent">согласие на обработку персональных данных</a>: какие данные, зачем и как долго
              хранит личный кабинет и как отозвать согласие.
            </Text>
            <Checkbox
              name="consent"
              label="Согласен на обработку персональных данных"
              error={problemOf(failure, 'consent')}
            />
          </Stack>
          <FormEnd>
            <Button kind="main">Продолжить</Button>
          </FormEnd>
        </Form>
      </Card>
      <Form action="/sign-out" label="Выход">
        <Button kind="quiet">Выйти, не продолжая</Button>
      </Form>
    </Page>
  )
}
