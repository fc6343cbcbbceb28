/** Who is told what of an application, and what the end of an organisation does to those that wait. */
import { formatDateTime } from '../../../web/kit/dates.ts'
import type { Tx } from '../../kernel/db/index.ts'
import type { EventHandlers } from '../../kernel/outbox/index.ts'
import { type Told, tell } from '../messages/index.ts'
import { findOrganisation } from '../organisations/index.ts'
import * as letters from './applications.letters.ts'
import { type Application, findApplication } from './applications.queries.ts'
import { listDecidersNow } from './deciders.queries.ts'
import { closeAbout } from './ended-organisations.ts'
import { writeToVisitor } from './visitors.ts'

declare module '../../kernel/outbox/outbox.ts' {
  interface Events {
    /** The zone in which the deadline is told. A visitor's: when its address is confirmed. */
    'application.submitted': { applicationId: string; timeZone: string }
    'application.agreed': { applicationId: string; stage: number; timeZone: string }
    'application.passed': { applicationId: string; accountId: string }
    'application.asked': { applicationId: string; text: string }
    'application.answered': { applicationId: string; text: string }
    /** What the decider has added, whatever was asked for. */
    'application.granted': { applicationId: string; granting?: unknown }
    'application.refused': { applicationId: string }
    'application.withdrawn': { applicationId: string }
    /** What it is about is no more. */
    'application.closed': { applicationId: string }
  }
}

export const handlers: EventHandlers = {
  'application.submitted': async (tx, { applicationId, timeZone }) => {
    const application = await findApplication(tx, applicationId)
    // Withdrawn before anyone was told of it: there is nothing to decide.
    if (application?.state !== 'waiting') return
    const due = formatDateTime(application.dueAt, timeZone, 'named')
    await tellApplicant(tx, application, letters.submitted(application, due), 'submitted')
    await tellHands(tx, application, letters.waiting(application, due), 'waiting')
  },
  'application.agreed': async (tx, { applicationId, stage, timeZone }) => {
    const application = await findApplication(tx, applicationId)
    if (application?.state !== 'waiting' || application.stage !== stage) return
    const due = formatDateTime(application.dueAt, timeZone, 'named')
    await tellApplicant(tx, application, letters.agreed(application, due), `agreed:${stage}`)
    await tellHands(tx, application, letters.waiting(application, due), `waiting:${stage}`)
  },
  'application.passed': async (tx, { applicationId, accountId }, eventId) => {
    const application = await findApplication(tx, applicationId)
    if (application?.assigneeId !== accountId) return
    await tell(tx, { ...letters.passed(application), accountId, uniqueKey: keyOf(application, `passed:${eventId}`) })
  },
  'application.asked': async (tx, { applicationId, text }, eventId) => {
    const application = await findApplication(tx, applicationId)
    if (application) await tellApplicant(tx, application, letters.asked(application, text), eventId)
  },
  'application.answered': async (tx, { applicationId, text }, eventId) => {
    const application = await findApplication(tx, applicationId)
    if (application?.state === 'waiting') await tellHands(tx, application, letters.answered(application, text), eventId)
  },
  'application.granted': async (tx, { applicationId, granting }) => {
    const application = await findApplication(tx, applicationId)
    if (application) await tellApplicant(tx, application, letters.granted(application, granting), 'granted')
  },
  'application.refused': async (tx, { applicationId }) => {
    const application = await findApplication(tx, applicationId)
    if (application)
      await tellApplicant(tx, application, letters.refused(application, application.reason ?? ''), 'refused')
  },
  'application.withdrawn': async (tx, { applicationId }) => {
    const application = await findApplication(tx, applicationId)
    if (application) await tellHands(tx, application, letters.withdrawn(application), 'withdrawn')
  },
  'application.closed': async (tx, { applicationId }) => {
    const application = await findApplication(tx, applicationId)
    if (!application) return
    const reason = application.reason ?? ''
    await tellApplicant(tx, application, letters.closed(application, reason), 'closed')
    await tellHands(tx, application, letters.needless(application, reason), 'needless')
  },
  'membership.ended': async (tx, { accountId, organisationId, reason }, eventId) => {
    const organisation = await findOrganisation(tx, organisationId)
    if (!organisation) return
    const told = letters.detached(organisation.shortName, reason)
    await tell(tx, { ...told, accountId, uniqueKey: `membership.ended:${eventId}` })
  },
  'organisation.ended': (tx, { organisationId }, eventId) => closeAbout(tx, [organisationId], eventId),
  'organisations.ended': (tx, { organisationIds }, eventId) => closeAbout(tx, organisationIds, eventId),
}

/** In its cabinet and by letter; of a visitor, by letter alone. */
async function tellApplicant(tx: Tx, application: Application, told: Told, what: string): Promise<void> {
  const { applicantId } = application
  if (applicantId) await tell(tx, { ...told, accountId: applicantId, uniqueKey: keyOf(application, what) })
  else await writeToVisitor(tx, application, { what, subject: told.title, paragraphs: told.body.split('\n\n') })
}

/** Those in whose hands it is. */
async function tellHands(tx: Tx, application: Application, told: Told, what: string): Promise<void> {
  const accountIds = (await listDecidersNow(tx, application)).map(({ accountId }) => accountId)
  await tell(tx, { ...told, accountIds, uniqueKey: keyOf(application, what) })
}

/** One thing is told of an application once, whoever tells it again. */
export const keyOf = ({ id }: Pick<Application, 'id'>, what: string): string => `application:${id}:${what}`
