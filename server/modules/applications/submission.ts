/** Entering an application: who may, about what, and whether the same waits already. */

import { dayIn, dueAfterWorkingDays } from '../../kernel/calendar/index.ts'
import { type Tx, transaction } from '../../kernel/db/index.ts'
import { Forbidden, NotFound } from '../../kernel/errors/index.ts'
import { type Context, validated } from '../../kernel/http/index.ts'
import { type Actor, journal } from '../../kernel/journal/index.ts'
import { publish } from '../../kernel/outbox/index.ts'
import { findOrganisation, type Organisation, placeOf } from '../organisations/index.ts'
import { type ApplicationType, type Asker, findType } from './application-type.ts'
import { DuplicateApplication } from './applications.errors.ts'
import { findOpen, insertApplication } from './applications.queries.ts'
import { insertStep } from './steps.queries.ts'

/** Someone without an account. `confirmed`: the address is known to be its own, as when it wrote from there. */
export type Visiting = { name: string; email: string; key: Buffer; confirmed: boolean }

/** Entered by another than who asks, as from a letter. */
export type Origin = { letterId: string | null; enteredBy: string }

export type Submission = {
  kind: string
  organisationId: string | null
  /** As it was typed or sent: the kind's own contract reads it. */
  form: unknown
  visitor?: Visiting
  origin?: Origin
}

export type Entered = { id: string; number: string }

/** @throws as `enter` */
export const submitApplication = (ctx: Context, submission: Submission): Promise<Entered> =>
  transaction(ctx, (tx) => enter(tx, ctx, ctx, submission))

/**
 * Enters an application in the transaction of what led to it: a form, or a letter that was read.
 * @param asker undefined: a visitor, whom `submission.visitor` names
 * @throws DuplicateApplication 409 when the same waits already; NotFound 404, Forbidden 403; InvalidInput 422
 */
export async function enter(
  tx: Tx,
  actor: Actor & { timeZone: string },
  asker: Asker,
  { kind, organisationId, form: sent, visitor, origin }: Submission,
): Promise<Entered> {
  const { timeZone } = actor
  const type = findType(kind)
  if (!type || (!asker && !type.byVisitors)) throw new NotFound({ what: 'page' })
  const organisation = await accessSubject(tx, asker, type, organisationId)
  const typed = validated(type.form, sent)
  const form = (await type.prepare?.(tx, { db: tx, asker, organisation, timeZone }, typed)) ?? typed
  const place = organisation ? { regionCode: organisation.regionCode, subject: '' } : type.place?.(form)
  if (!place) throw new NotFound({ what: 'organisation' })

  const [stage] = type.stages(form)
  const now = new Date()
  const applicantId = asker?.account.id ?? null
  const subjectKey = [kind, organisation?.id, type.sameAs?.(form, applicantId)].filter(Boolean).join(':')
  const before = await findOpen(tx, subjectKey)
  if (before) throw new DuplicateApplication({ number: before.number })
  const entered = await insertApplication(tx, {
    kind,
    applicantId,
    visitor,
    origin,
    organisationId: organisation?.id ?? null,
    ...place,
    subjectKey,
    form,
    stage: 0,
    needs: stage.permission,
    fromAbove: stage.fromAbove ?? false,
    dueAt: dueAfterWorkingDays(now, stage.workingDays, timeZone),
    year: Number(dayIn(now, timeZone).slice(0, 4)),
  })
  // Two windows at once: the other one's application is visible by now, for this insert has waited for its commit.
  if (!entered) throw new DuplicateApplication({ number: (await findOpen(tx, subjectKey))?.number ?? '' })
  await insertStep(tx, entered.id, { kind: 'submitted', by: origin?.enteredBy ?? applicantId })
  const subject = { kind: 'application', id: entered.id }
  journal(tx, actor, 'application.submitted', subject, {
    kind,
    organisationId: organisation?.id ?? null,
    ...(origin?.letterId ? { letterId: origin.letterId } : {}),
  })
  if (!visitor || visitor.confirmed) await publish(tx, 'application.submitted', { applicationId: entered.id, timeZone })
  return entered
}

/** @throws NotFound 404 for what is closed or not the asker's to know of; Forbidden 403 */
export async function accessSubject(
  db: Tx | Context['db'],
  asker: Asker,
  type: ApplicationType,
  organisationId: string | null,
): Promise<Organisation | undefined> {
  if (type.about === 'region' && !organisationId) return undefined
  const organisation = organisationId ? await findOrganisation(db, organisationId) : undefined
  if (!organisation || organisation.closedAt) throw new NotFound({ what: 'organisation' })
  if (type.asks === 'anyone') return organisation
  const place = placeOf(organisation)
  if (!asker?.grants.see(place)) throw new NotFound({ what: 'organisation' })
  if (!type.asks.some((permission) => asker.grants.allow(permission, place))) throw new Forbidden()
  return organisation
}
