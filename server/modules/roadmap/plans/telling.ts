/** The template's changes reach the operators of the regions: one message for each change. */
import type { Tx } from '../../../kernel/db/index.ts'
import type { EventHandlers } from '../../../kernel/outbox/index.ts'
import { tell } from '../../messages/index.ts'
import { type TemplateChange, templateChanged } from './measure.letters.ts'
import { findMeasure } from './measures.queries.ts'
import { listOperatorsOfCopies } from './telling.queries.ts'

declare module '../../../kernel/outbox/outbox.ts' {
  interface Events {
    /** One of the template of a published roadmap; `what` is done to its copies too. */
    'measure.changed': { measureId: string; what: TemplateChange; reason: string }
  }
}

export const planHandlers: EventHandlers = {
  'measure.changed': async (tx, { measureId, what, reason }, eventId) => {
    const measure = await findMeasure(tx, measureId)
    // Removed since then: there is nothing to open.
    if (!measure) return
    for (const [copyId, accountIds] of await operatorsByCopy(tx, measureId))
      await tell(tx, { ...templateChanged({ ...measure, id: copyId }, what, reason), accountIds, uniqueKey: eventId })
  },
}

async function operatorsByCopy(tx: Tx, templateId: string): Promise<Map<string, string[]>> {
  const grouped = Map.groupBy(await listOperatorsOfCopies(tx, templateId), ({ measureId }) => measureId)
  return new Map([...grouped].map(([id, operators]) => [id, operators.map(({ accountId }) => accountId)]))
}
