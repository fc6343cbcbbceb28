/** An organisation is no more: its people are told, and what waits about it is closed, for there is nothing to decide. */
import type { Tx } from '../../kernel/db/index.ts'
import { journal } from '../../kernel/journal/index.ts'
import { publish } from '../../kernel/outbox/index.ts'
import { tell } from '../messages/index.ts'
import { findOrganisation, type Organisation } from '../organisations/index.ts'
import { isOpen } from './applications.access.ts'
import { ended } from './applications.letters.ts'
import { findApplication, listOpenAbout, lockApplication, markDecided } from './applications.queries.ts'
import { listPeopleOf } from './circumstances.queries.ts'
import { insertStep } from './steps.queries.ts'

/** Thousands may end at once; only those are looked at that somebody is attached to or asks about. */
export async function closeAbout(tx: Tx, organisationIds: readonly string[], eventId: string): Promise<void> {
  const waiting = await listOpenAbout(tx, organisationIds)
  const people = await listPeopleOf(tx, organisationIds)
  for (const id of new Set([...waiting, ...people].map(({ organisationId }) => organisationId))) {
    const organisation = id ? await findOrganisation(tx, id) : undefined
    // Taken back meanwhile: all goes on.
    if (!organisation?.closedAt) continue
    for (const application of waiting)
      if (application.organisationId === id) await close(tx, application.id, organisation)
    const accountIds = people.flatMap(({ organisationId, accountId }) => (organisationId === id ? [accountId] : []))
    await tell(tx, { ...ended(toldOf(organisation)), accountIds, uniqueKey: `organisation.ended:${eventId}:${id}` })
  }
}

async function close(tx: Tx, id: string, organisation: Organisation): Promise<void> {
  await lockApplication(tx, id)
  const application = await findApplication(tx, id)
  if (!application || !isOpen(application)) return
  const reason = whyOf(organisation)
  await markDecided(tx, id, { state: 'closed', by: null, reason })
  await insertStep(tx, id, { kind: 'closed', stage: application.stage, text: reason })
  journal(tx, { requestId: 'organisation-ended' }, 'application.closed', { kind: 'application', id }, { reason })
  await publish(tx, 'application.closed', { applicationId: id })
}

const whyOf = ({ shortName, successorShortName }: Organisation): string =>
  successorShortName
    ? `Организация ${shortName} вошла в состав другой: ${successorShortName}.`
    : `Организация ${shortName} закрыта в реестре.`

const toldOf = ({ id, shortName, endReason, successorId, successorShortName }: Organisation) => ({
  id,
  shortName,
  reason: endReason ?? 'не указана',
  successor: successorId && successorShortName ? { id: successorId, shortName: successorShortName } : null,
})
