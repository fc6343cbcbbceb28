import type { FactorResetAsked } from '../../../../contracts/accounts.ts'
import {
  Button,
  Card,
  cabinetCrumb,
  EmptyState,
  Form,
  formatDateTime,
  List,
  ListItem,
  Page,
  Row,
} from '../../../../web/kit/index.ts'
import type { PageContext } from '../../../kernel/http/index.ts'

/** What waits for a second administrator. */
export const FactorResetsPage = ({ ctx, waiting }: { ctx: PageContext; waiting: FactorResetAsked[] }) => (
  <Page
    title="Снятие второго фактора"
    lead="Один администратор просит, другой соглашается. Согласие необратимо: человек настроит второй фактор заново."
    frame={ctx.frame}
    crumbs={[cabinetCrumb, { text: 'Учётные записи', href: '/accounts' }, { text: 'Снятие второго фактора' }]}
  >
    {waiting.length === 0 ? (
      <EmptyState title="Просьб нет" icon="check">
        Попросить снять второй фактор можно на странице учётной записи.
      </EmptyState>
    ) : (
      <Card>
        <List label="Просьбы">
          {waiting.map((reset) => (
            <ListItem
              key={reset.id}
              title={reset.fullName}
              href={`/accounts/${reset.accountId}`}
              strong
              under={[reset.email, `просит ${reset.askedBy}`, formatDateTime(reset.askedAt, ctx.timeZone)]}
              end={<Decision ctx={ctx} reset={reset} />}
            >
              {reset.reason}
            </ListItem>
          ))}
        </List>
      </Card>
    )}
  </Page>
)

/** Whoever asked can only take it back; nobody decides about one's own factor. */
function Decision({ ctx, reset }: { ctx: PageContext; reset: FactorResetAsked }) {
  const own = reset.askedById === ctx.account.id || reset.accountId === ctx.account.id
  return (
    <Row>
      {own ? null : (
        <Form action={`/accounts/factor-resets/${reset.id}/consent`} label={`Согласие: ${reset.fullName}`}>
          <Button size="small" about={reset.fullName}>
            Согласиться
          </Button>
        </Form>
      )}
      <Form action={`/accounts/factor-resets/${reset.id}/refusal`} label={`Отказ: ${reset.fullName}`}>
        <Button size="small" about={reset.fullName}>
          {reset.askedById === ctx.account.id ? 'Отозвать просьбу' : 'Отказать'}
        </Button>
      </Form>
    </Row>
  )
}
