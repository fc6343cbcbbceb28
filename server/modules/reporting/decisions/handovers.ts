/**
 * A decider away for some days hands the queue over to a colleague of the same body: what is lent is a grant as a helper's,
 * narrowed to a form or an organisation, that holds no further than the decider's own and ends by itself.
 */
import type { Handover, NewHandover } from '../../../../contracts/decisions.ts'
import { formatDate } from '../../../../web/kit/dates.ts'
import { type Grant, Grants, type Permission, type Scopes } from '../../../kernel/access/index.ts'
import { dayIn, holdsFrom } from '../../../kernel/calendar/index.ts'
import { transaction } from '../../../kernel/db/index.ts'
import { NotFound } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { endLending, lendFor, ownGrantsOf } from '../../identity/index.ts'
import { tell } from '../../messages/index.ts'
import { HandoverDays, HandoverNothing, HandoverUnfit } from './decisions.errors.ts'
import {
  endHandoverRow,
  type HandoverRow,
  insertHandover,
  listColleagues,
  listFormNames,
  listHandedOver,
  listHandoverRows,
  listWaitingOrganisations,
  newHandoverId,
  type QueuePart,
  type QueueRow,
} from './handovers.queries.ts'

const lent: readonly Permission[] = ['report.read', 'report.decide', 'report.comment']

/** @throws HandoverUnfit 422 when it is nobody of the same body; HandoverDays, HandoverNothing 422 */
export const handOver = (ctx: Context, asked: NewHandover): Promise<void> =>
  transaction(ctx, async (tx) => {
    if (asked.endsOn < asked.startsOn || asked.endsOn < dayIn(new Date(), ctx.timeZone)) throw new HandoverDays()
    const colleague = (await listColleagues(tx, ctx.account.id)).find(({ id }) => id === asked.toId)
    if (!colleague) throw new HandoverUnfit()

    const id = newHandoverId()
    const { toId, formId = null, organisationId = null, endsOn, reason = null } = asked
    const startsOn = holdsFrom(asked.startsOn, ctx.timeZone)
    await insertHandover(tx, { id, fromId: ctx.account.id, toId, formId, organisationId, startsOn, endsOn, reason })
    const own = (await ownGrantsOf(tx, ctx.account.id)).filter((grant) => new Grants([grant]).has('report.decide'))
    const wanted = wantedGrants(own, asked)
    const count = await lendFor(tx, ctx, toId, wanted, { handoverId: id, term: { startsOn, endsOn } })
    if (count === 0) throw new HandoverNothing()
    const { toId: to, ...told } = asked
    journal(tx, ctx, 'handover.made', { kind: 'account', id: to }, { handover: id, ...told })
    await tell(tx, { ...made(asked, nameOf(ctx)), accountIds: [toId], uniqueKey: id })
    await tell(tx, { ...madeByMe(asked, colleague.fullName), accountIds: [ctx.account.id], uniqueKey: `${id}:own` })
  })

/** All that one decides oneself, or one organisation of it. */
function wantedGrants(own: readonly Grant[], { organisationId, formId }: NewHandover): Grant[] {
  const narrowed = { role: 'helper' as const, permissions: lent, ...(formId ? { form: formId } : {}) }
  if (organisationId) return [{ scope: 'organisation', organisationId, ...narrowed }]
  return own.map((grant): Grant => ({ ...grant, ...narrowed }))
}

/** @throws NotFound 404 when it is not one's own, or has ended */
export const endHandover = (ctx: Context, id: string): Promise<void> =>
  transaction(ctx, async (tx) => {
    const ended = await endHandoverRow(tx, id, ctx.account.id)
    if (!ended) throw new NotFound({ what: 'handover' })
    await endLending(tx, id, ctx.account.id)
    journal(tx, ctx, 'handover.ended', { kind: 'account', id: ended.toId }, { handover: id })
    await tell(tx, { ...endedEarly(nameOf(ctx)), accountIds: [ended.toId], uniqueKey: `${id}:ended` })
  })

export async function viewHandovers(ctx: Context): Promise<Handover[]> {
  return (await listHandoverRows(ctx.db, ctx.account.id)).map((row) => shown(row, ctx.account.id))
}

const shown = ({ fromId, toId: _, ...row }: HandoverRow, accountId: string): Handover => ({
  ...row,
  mine: fromId === accountId,
})

const mostWaiting = 200

/** What waits of that which colleagues have handed over to one. */
export async function viewHandedQueue(ctx: Context): Promise<QueueRow[]> {
  const givers = new Set(
    (await listHandoverRows(ctx.db, ctx.account.id)).filter(({ active }) => active).map(({ fromId }) => fromId),
  )
  const levels = new Map<string, Scopes>()
  for (const giver of givers)
    if (giver !== ctx.account.id)
      levels.set(giver, new Grants(await ownGrantsOf(ctx.db, giver)).scopes('report.decide'))
  const parts = ctx.grants.list.flatMap((grant): QueuePart[] => {
    const { form, operator, ...wide } = grant
    const high = operator && levels.get(operator)
    if (!operator || !high || !new Grants([grant]).has('report.decide')) return []
    const scopes = new Grants([{ ...wide, operator }]).scopes('report.decide')
    return [{ scopes, formId: form, operator, levels: high }]
  })
  return listHandedOver(ctx.db, ctx.account.id, parts, mostWaiting)
}

/** What the form of a handover offers. */
export async function viewHandoverChoices(ctx: Context) {
  const own = new Grants(ctx.grants.own)
  const [colleagues, forms, organisations] = await Promise.all([
    listColleagues(ctx.db, ctx.account.id),
    listFormNames(ctx.db),
    listWaitingOrganisations(ctx.db, own.scopes('report.decide')),
  ])
  return { colleagues, forms, organisations, mayHandOver: own.has('report.decide') }
}

const nameOf = ({ account: { surname, name, patronymic } }: Context): string =>
  [surname, name, patronymic].filter(Boolean).join(' ')

const daysOf = ({ startsOn, endsOn }: Pick<NewHandover, 'startsOn' | 'endsOn'>): string =>
  `с ${formatDate(startsOn)} по ${formatDate(endsOn)}`
const told = { kind: 'handover.made' as const, href: '/handovers' }

export const made = (asked: Pick<NewHandover, 'startsOn' | 'endsOn'>, from: string) => ({
  ...told,
  title: 'Вам передана проверка отчётов',
  body: `${from} передаёт вам проверку отчётов ${daysOf(asked)}. Отчёты, которые ждут решения, собраны на странице «Передача проверки». После последнего дня передача кончится сама.`,
  action: 'Открыть переданное',
})
const madeByMe = (asked: NewHandover, to: string) => ({
  ...told,
  title: 'Проверка отчётов передана',
  body: `Проверку отчётов ${daysOf(asked)} за вас ведёт ${to}. В истории решений стоят оба имени. Закончить передачу раньше можно на странице «Передача проверки».`,
})
const endedEarly = (from: string) => ({
  ...told,
  title: 'Передача проверки отчётов закончена',
  body: `${from} снова проверяет отчёты без вас. Решать по ним вам больше не нужно.`,
})
