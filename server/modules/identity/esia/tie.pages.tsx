/** «Настройки аккаунта» → «Синхронизация с Госуслугами». */
import { z } from 'zod'
import type { EsiaTie } from '../../../../contracts/esia.ts'
import {
  Badge,
  Button,
  Card,
  Confirmation,
  Facts,
  Form,
  formatDateTime,
  LinkButton,
  Page,
  Row,
  Stack,
  Text,
} from '../../../../web/kit/index.ts'
import { type FormFailure, type PageContext, pages, seeOther } from '../../../kernel/http/index.ts'
import { accountName } from '../accounts/account.ts'
import { Problems } from '../form-problems.tsx'
import { crumbsToSettings } from '../profile/settings.pages.tsx'
import { beginTie, refreshTie, untieAccount, viewTie } from './tie.ts'

const nothing = z.object({})
const title = 'Синхронизация с Госуслугами'

export const tiePages = pages('/profile/gosuslugi')
  .get('/', { needs: 'signed-in' }, async (ctx) => <TiePage ctx={ctx} tie={await viewTie(ctx)} />)
  .post(
    '/',
    {
      needs: 'signed-in',
      form: nothing,
      again: async (ctx, _, failure) => <TiePage ctx={ctx} tie={await viewTie(ctx)} failure={failure} />,
    },
    async (ctx) => <OnwardPage ctx={ctx} address={await beginTie(ctx)} />,
  )
  .post(
    '/data',
    {
      needs: 'signed-in',
      form: nothing,
      again: async (ctx, _, failure) => <TiePage ctx={ctx} tie={await viewTie(ctx)} failure={failure} />,
    },
    async (ctx) => {
      await refreshTie(ctx)
      return seeOther('/profile/gosuslugi', 'esia.refreshed')
    },
  )
  .get('/untying', { needs: 'signed-in' }, async (ctx) => {
    const { tied } = await viewTie(ctx)
    return tied ? <UntyingPage ctx={ctx} /> : seeOther('/profile/gosuslugi')
  })
  .post(
    '/untying',
    {
      needs: 'signed-in',
      form: nothing,
      again: async (ctx, _, failure) => <TiePage ctx={ctx} tie={await viewTie(ctx)} failure={failure} />,
    },
    async (ctx) => {
      await untieAccount(ctx)
      return seeOther('/profile/gosuslugi', 'esia.untied')
    },
  )

type TiePageProps = { ctx: PageContext; tie: EsiaTie; failure?: FormFailure }

function TiePage({ ctx, tie, failure }: TiePageProps) {
  return (
    <Page title={title} crumbs={crumbsToSettings({ text: title })} frame={ctx.frame} hasErrors={failure !== undefined}>
      <Stack>
        <Problems title="Не получилось" failure={failure} />
        {tie.tied ? <TiedCard ctx={ctx} tied={tie.tied} /> : tie.available ? <UntiedCard /> : <ClosedCard />}
      </Stack>
    </Page>
  )
}

function TiedCard({ ctx, tied }: { ctx: PageContext; tied: NonNullable<EsiaTie['tied']> }) {
  const when = (moment: string) => formatDateTime(moment, ctx.timeZone)
  return (
    <Card
      title="Госуслуги"
      aside={<Badge tone="ok" text="Связано" />}
      foot={
        <Row>
          {tied.refreshable ? (
            <Form action="/profile/gosuslugi/data" label="Обновление данных">
              <Button>Обновить данные</Button>
            </Form>
          ) : null}
          <LinkButton kind="quiet" href="/profile/gosuslugi/untying">
            Отвязать
          </LinkButton>
        </Row>
      }
    >
      <Stack>
        <Facts
          facts={[
            ['Кто', accountName(ctx.account)],
            ['Организация', tied.organisation ?? undefined],
            ['Связано с', when(tied.since)],
            ['Данные обновлены', tied.refreshedAt ? when(tied.refreshedAt) : '—'],
          ]}
        />
        <Text>
          Фамилия, имя и отчество обновляются по Госуслугам при каждом входе через них. Почта и телефон, подтверждённые
          здесь, не меняются.
        </Text>
      </Stack>
    </Card>
  )
}

const UntiedCard = () => (
  <Card
    title="Госуслуги"
    aside={<Badge text="Не связано" />}
    foot={
      <Form action="/profile/gosuslugi" label="Привязка Госуслуг">
        <Button kind="main">Привязать аккаунт</Button>
      </Form>
    }
  >
    <Stack space="small">
      <Text>После привязки сюда можно входить через Госуслуги, а личные данные обновляются по ним сами.</Text>
      <Text>
        Откроются Госуслуги: войдите там и разрешите передать данные. Учётная запись на Госуслугах должна быть
        подтверждённой и вашей: СНИЛС и ИНН сверяются.
      </Text>
    </Stack>
  </Card>
)

const ClosedCard = () => (
  <Card title="Госуслуги" aside={<Badge text="Не связано" />}>
    <Text>
      Для вашей учётной записи вход через Госуслуги закрыт. Входите по паролю или другим способом со страницы входа.
    </Text>
  </Card>
)

const OnwardPage = ({ ctx, address }: { ctx: PageContext; address: string }) => (
  <Page title="Открываем Госуслуги" crumbs={crumbsToSettings({ text: title })} frame={ctx.frame} onward={address}>
    <Card>
      <Stack>
        <Text>Подтвердите там, что это вы. Затем вы вернётесь сюда.</Text>
        <Row>
          <LinkButton kind="main" href={address}>
            Перейти на Госуслуги
          </LinkButton>
          <LinkButton kind="quiet" href="/profile/gosuslugi">
            Не привязывать
          </LinkButton>
        </Row>
      </Stack>
    </Card>
  </Page>
)

const UntyingPage = ({ ctx }: { ctx: PageContext }) => (
  <Page
    title="Отвязать Госуслуги?"
    crumbs={crumbsToSettings({ text: title, href: '/profile/gosuslugi' }, { text: 'Отвязать' })}
    frame={ctx.frame}
  >
    <Confirmation
      action="/profile/gosuslugi/untying"
      submit="Отвязать Госуслуги"
      cancel={{ text: 'Не отвязывать', href: '/profile/gosuslugi' }}
      bad
    >
      Войти через Госуслуги больше не получится, а сеансы, открытые через них на других устройствах, завершатся. Данные,
      которые уже пришли, останутся. Привязать Госуслуги снова можно в любой момент.
    </Confirmation>
  </Page>
)
