import { Button, Card, Form, Muted, Page, Row, Stack, Text, TextField } from '../../../../web/kit/index.ts'
import type { FormFailure, PageVisitor } from '../../../kernel/http/index.ts'
import { Problems, problemOf } from '../form-problems.tsx'

type CodePageProps = {
  ctx: PageVisitor
  ticket: string
  phone: string
  /** The rule lets a link in a letter do as well. */
  byLetter: boolean
  failure: FormFailure | undefined
}

export function CodePage({ ctx, ticket, phone, byLetter, failure }: CodePageProps) {
  return (
    <Page title="Код из СМС" heading="Введите код из СМС" frame={ctx.frame} hasErrors={failure !== undefined}>
      <Card>
        <Stack>
          <Text>Данные приняты. На телефон {hidden(phone)} отправлен код из шести цифр, он действует 10 минут.</Text>
          <Problems title="Телефон не подтверждён" failure={failure} />
          <Form action="/registration/code" hidden={{ ticket }} label="Подтверждение телефона">
            <Stack>
              <TextField
                name="code"
                label="Код из СМС"
                autocomplete="one-time-code"
                inputMode="numeric"
                width={10}
                error={problemOf(failure, 'code')}
              />
              <Button kind="main">Подтвердить</Button>
            </Stack>
          </Form>
          <hr />
          <Muted>
            Код не пришёл за две минуты? Проверьте, нет ли ошибки в номере; новый код можно запросить раз в минуту.
          </Muted>
          <Row>
            <Form action="/registration/code/again" hidden={{ ticket }} label="Код ещё раз">
              <Button>Отправить код ещё раз</Button>
            </Form>
            {byLetter ? (
              <Form action="/activation/letter" hidden={{ ticket }} label="Подтверждение письмом">
                <Button kind="quiet">Подтвердить ссылкой в письме</Button>
              </Form>
            ) : null}
          </Row>
          <Text>
            Ошиблись в номере? <a href="/registration">Зарегистрируйтесь заново</a>.
          </Text>
        </Stack>
      </Card>
    </Page>
  )
}

/** «+7 900 •••-••-67»: the page may be seen by others. */
const hidden = (phone: string): string => `${phone.slice(0, 2)}\u00a0${phone.slice(2, 5)} •••-••-${phone.slice(-2)}`
