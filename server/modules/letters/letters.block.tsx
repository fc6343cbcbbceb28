/** Letters on the cabinet's page of those who look after accounts. */
import { Card, Count, counted, Muted } from '../../../web/kit/index.ts'
import type { PageContext } from '../../kernel/http/index.ts'
import type { NextStepFinder } from '../../kernel/room.ts'
import { countWaitingFor } from './letters.queries.ts'

const letters = ['письмо ждёт', 'письма ждут', 'писем ждут'] as const

export async function waitingLetters(ctx: PageContext) {
  if (!ctx.grants.has('account.manage')) return null
  const waiting = await countWaitingFor(ctx.db, ctx.grants.scopes('account.manage'))
  return (
    <Card
      title="Письма с просьбой о доступе"
      count={<Count value={waiting} tone="hot" unit="ждут решения" />}
      foot={<a href="/letters">Все письма</a>}
    >
      <Muted>{waiting === 0 ? 'Ни одно не ждёт решения.' : `${counted(waiting, letters)} решения.`}</Muted>
    </Card>
  )
}

export const lettersToDecide: NextStepFinder = {
  order: 40,
  find: async (ctx) => {
    if (!ctx.grants.has('account.manage')) return undefined
    const waiting = await countWaitingFor(ctx.db, ctx.grants.scopes('account.manage'))
    return waiting === 0
      ? undefined
      : { told: `${counted(waiting, letters)} вашего решения`, text: 'Разобрать письма', href: '/letters' }
  },
}
