import { Badge, Button, Card, Facts, Form, LinkButton, Row } from '../../../web/kit/index.ts'
import type { PageContext } from '../../kernel/http/index.ts'
import { accountName, findAccounts } from '../identity/index.ts'

/** The cabinet's block «Мой профиль». */
export async function ownProfile(ctx: PageContext) {
  const [account] = await findAccounts(ctx.db, [ctx.account.id])
  return (
    <Card
      title="Мой профиль"
      foot={
        <Row>
          <LinkButton size="small" href="/profile/edit">
            Изменить
          </LinkButton>
          <LinkButton size="small" kind="quiet" href="/profile/settings">
            Настройки аккаунта
          </LinkButton>
          <Form action="/sign-out" label="Выход">
            <Button size="small" icon="exit">
              Выйти
            </Button>
          </Form>
        </Row>
      }
    >
      <Facts
        narrow
        facts={[
          ['Фамилия, имя, отчество', accountName(ctx.account)],
          ['Должность', account?.position ?? '—'],
          ['Почта', <Email key="email" confirmed={account?.email} typed={ctx.account.email} />],
        ]}
      />
    </Card>
  )
}

function Email({ confirmed, typed }: { confirmed: string | null | undefined; typed: string | null }) {
  return confirmed ? (
    <>
      {confirmed} <Badge tone="ok" text="Подтверждена" />
    </>
  ) : (
    <>
      {typed ?? '—'} <Badge tone="warn" text="Не подтверждена" />
    </>
  )
}
