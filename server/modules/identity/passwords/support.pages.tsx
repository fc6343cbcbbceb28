import { Card, Muted, Page, Stack, Text } from '../../../../web/kit/index.ts'
import { pages } from '../../../kernel/http/index.ts'

let contacts = ''

/** How support of this installation is reached, as its administrator has written it; empty: not told. */
export function configureSupport(told: string): void {
  contacts = told
}

export const supportPages = pages('/support').get('/', { needs: 'public' }, async (ctx) => (
  <Page
    title="Поддержка"
    lead="Если войти или восстановить пароль не получается, поможет служба поддержки."
    frame={ctx.frame}
  >
    <Card title="Как обратиться">
      <Stack>
        <Text>
          {contacts || 'Обратитесь к вышестоящему оператору или к администратору системы в своей организации.'}
        </Text>
        <Text>
          Назовите номер заявки, если он есть на странице или в письме, и опишите, что произошло. Пароль и коды из
          сообщений не называйте: сотрудники поддержки их не спрашивают.
        </Text>
      </Stack>
    </Card>
    <Card title="Сначала попробуйте сами">
      <Stack>
        <Text>
          Пароль забыт — <a href="/password-reset">сброс пароля</a> по почте или телефону.
        </Text>
        <Text>
          Почта не подтверждена — войдите с паролем и нажмите «Отправить письмо ещё раз»; посмотрите и в папке «Спам».
        </Text>
        <Muted>
          Почта и телефон больше не ваши — их сменит только администратор: он убедится, что учётная запись ваша.
        </Muted>
      </Stack>
    </Card>
  </Page>
))
