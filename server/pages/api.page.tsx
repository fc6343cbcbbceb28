import { Card, CopyCode, Muted, Page, Stack, Table, Text } from '../../web/kit/index.ts'
import type { ApiEndpoint, Endpoint } from '../kernel/http/index.ts'
import { pages } from '../kernel/http/index.ts'

/** The API for people: every call, what it does and what it needs. */
export function apiPage(endpoints: readonly ApiEndpoint[]): Endpoint {
  const [page] = pages('').get('/api', { needs: 'public' }, async (ctx) => (
    <Page
      title="Программный интерфейс"
      lead={
        <>
          Всё, что можно сделать на страницах, можно сделать и программой. Полное описание:{' '}
          <a href="/api/openapi.json">openapi.json</a> (OpenAPI 3.1).
        </>
      }
      crumbs={[{ text: 'Главная', href: '/' }, { text: 'Программный интерфейс' }]}
      frame={ctx.frame}
      wide
    >
      <Card title="Как войти программе">
        <Stack>
          <Text>
            Выпустите токен в профиле (<a href="/profile/tokens">«Токены API»</a>), отметьте только нужные права и
            передавайте его в заголовке. Токен может не больше, чем вы сами: закончатся ваши права, закончатся и его.
          </Text>
          <CopyCode label="Пример вызова" code={example(ctx.baseUrl)} />
          <Muted>
            Пароль, второй фактор, сеансы, токены и контакты токеном не изменить: такие вызовы отвечают 403. Сообщения и
            заявки владельца открыты только токену, при выпуске которого отмечено «Мои сообщения и заявки». Неверный,
            отозванный или просроченный токен получает 401.
          </Muted>
        </Stack>
      </Card>
      <Card title="Вызовы" flush>
        <Table
          label="Вызовы программного интерфейса"
          rows={[...endpoints].sort((one, other) => one.path.localeCompare(other.path))}
          rowKey={(endpoint) => `${endpoint.method} ${endpoint.path}`}
          columns={[
            {
              key: 'path',
              title: 'Адрес',
              cell: (endpoint) => <code>{`${endpoint.method.toUpperCase()} ${endpoint.path}`}</code>,
            },
            { key: 'summary', title: 'Что делает', cell: (endpoint) => endpoint.summary },
            { key: 'needs', title: 'Нужное право', cell: (endpoint) => needsText(endpoint.needs) },
          ]}
        />
      </Card>
    </Page>
  )).endpoints
  if (!page) throw new Error('The page of the API is missing')
  return page
}

const example = (baseUrl: string): string =>
  `curl --header 'Authorization: Bearer kab_…' '${baseUrl}/api/v1/reports?year=2026'`

const needsText = (needs: string): string => (needs === 'public' ? 'не нужно' : needs === 'signed-in' ? 'войти' : needs)
