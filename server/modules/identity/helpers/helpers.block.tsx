import { Card, List, ListItem } from '../../../../web/kit/index.ts'
import type { PageContext } from '../../../kernel/http/index.ts'
import { accountName } from '../accounts/account.ts'
import { listOperatorsOf } from './helpers.queries.ts'

/** In a helper's cabinet: whose helper one is, and in whose name besides one's own everything is done. */
export async function whoseHelper(ctx: PageContext) {
  const held = ctx.grants.operators()
  if (held.length === 0) return null
  const operators = (await listOperatorsOf(ctx.db, ctx.account.id)).filter(({ id }) => held.includes(id))
  // Whoever deputises for some days holds what a helper holds, and is none.
  if (operators.length === 0) return null
  return (
    <Card title="Вы помощник">
      <List label="Кому вы помогаете">
        {operators.map((operator) => (
          <ListItem key={operator.id} title={accountName(operator)} under={[operator.position ?? '', operator.email]}>
            В журнале ваших действий стоят оба имени: ваше и этого оператора.
          </ListItem>
        ))}
      </List>
    </Card>
  )
}
