/** How a person wants letters: by kind, unless the kind is one of security. */
import type { Delivery, MessageChoices } from '../../../contracts/messages.ts'
import { transaction } from '../../kernel/db/index.ts'
import type { Context } from '../../kernel/http/index.ts'
import { journal } from '../../kernel/journal/index.ts'
import { type Choice, keepToCabinet, listChoices, writeChoices } from './choices.queries.ts'
import { groupNames, groups, isAlways, isKind, kindOf, kindsOf, type MessageGroup } from './kinds.ts'
import { KindAlways, KindUnknown } from './messages.errors.ts'

export async function viewChoices(ctx: Context): Promise<MessageChoices> {
  const chosen = new Map((await listChoices(ctx.db, ctx.account.id)).map(({ kind, delivery }) => [kind, delivery]))
  return {
    groups: groupNames.map((name) => ({
      name,
      title: groups[name],
      kinds: kindsOf(name).map((kind) => {
        const { title, toWhom, byDefault } = kindOf(kind)
        const always = isAlways(kind)
        return { kind, title, toWhom, always, delivery: always ? 'at-once' : (chosen.get(kind) ?? byDefault) }
      }),
    })),
  }
}

/**
 * What is not named stays as it is.
 * @throws KindUnknown 422, KindAlways 422 for a letter that cannot be put off
 */
export async function chooseDeliveries(ctx: Context, wanted: Readonly<Record<string, Delivery>>): Promise<void> {
  const choices = Object.entries(wanted).flatMap(([kind, delivery]) => checked(kind, delivery))
  if (choices.length === 0) return
  const silenced = choices.filter(({ delivery }) => delivery === 'cabinet').map(({ kind }) => kind)
  await transaction(ctx, async (tx) => {
    await writeChoices(tx, ctx.account.id, choices)
    if (silenced.length > 0) await keepToCabinet(tx, ctx.account.id, silenced)
    journal(
      tx,
      ctx,
      'messages.chosen',
      { kind: 'account', id: ctx.account.id },
      Object.fromEntries(choices.map(({ kind, delivery }) => [kind, delivery])),
    )
  })
}

export const chooseForGroup = (ctx: Context, group: MessageGroup, delivery: Delivery): Promise<void> =>
  chooseDeliveries(
    ctx,
    Object.fromEntries(
      kindsOf(group)
        .filter((kind) => !isAlways(kind))
        .map((kind) => [kind, delivery]),
    ),
  )

function checked(kind: string, delivery: Delivery): Choice[] {
  if (!isKind(kind)) throw new KindUnknown({ kind })
  if (!isAlways(kind)) return [{ kind, delivery }]
  if (delivery !== 'at-once') throw new KindAlways({ title: kindOf(kind).title })
  return []
}
