import { z } from 'zod'
import { ErasureCancelling } from '../../../../contracts/own-data.ts'
import { Button, Card, Form, formatDate, LinkButton, Note, Page, Stack, Text } from '../../../../web/kit/index.ts'
import { type PageVisitor, pages, seeOther } from '../../../kernel/http/index.ts'
import { cancelErasure, viewCancelling } from './erasure.ts'

const TokenQuery = z.object({ token: z.string().max(200).catch('') })

/** Mail scanners open every link of a letter, so opening one changes nothing: the button does. */
export const cancellationPages = pages('/erasure-cancellation')
  .get('/', { needs: 'public', query: TokenQuery }, (ctx, _, { token }) => cancellationPage(ctx, token))
  .post(
    '/',
    {
      needs: 'public',
      form: ErasureCancelling,
      // How things stand by now says more than why the press was refused.
      again: (ctx, _, { values }) => cancellationPage(ctx, values.token ?? ''),
    },
    async (ctx, _, { token }) => {
      await cancelErasure(ctx, token)
      return seeOther('/sign-in', 'identity.erasure-cancelled')
    },
  )

async function cancellationPage(ctx: PageVisitor, token: string) {
  const until = await viewCancelling(ctx, token)
  return (
    <Page title="Отмена удаления" frame={ctx.frame} hasErrors={until === undefined}>
      <Card>{until ? <Waiting token={token} until={formatDate(until, ctx.timeZone)} /> : <Dead />}</Card>
    </Page>
  )
}

const Waiting = ({ token, until }: { token: string; until: string }) => (
  <Stack>
    <Text>
      Учётная запись закрыта, {until} её данные будут удалены. Отмените удаление, и войти можно будет как прежде;
      согласие на обработку данных попросим при входе ещё раз.
    </Text>
    <Form action="/erasure-cancellation" hidden={{ token }} label="Отмена удаления">
      <Button kind="main">Отменить удаление</Button>
    </Form>
  </Stack>
)

const Dead = () => (
  <Stack>
    <Note tone="warn" live="alert" title="Отменять нечего">
      Удаление уже отменено, или данные уже удалены. Проверьте и то, вся ли ссылка скопирована из письма. Если удаление
      отменено, просто войдите.
    </Note>
    <div>
      <LinkButton href="/sign-in">Войти</LinkButton>
    </div>
  </Stack>
)
