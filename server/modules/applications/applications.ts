/** What is common to applications of every kind: deciding, asking and answering, taking into work, withdrawing. */
import type { Granting, RefusalOfApplication } from '../../../contracts/applications.ts'
import { dueAfterWorkingDays, workingDaysBetween } from '../../kernel/calendar/index.ts'
import { type Tx, transaction } from '../../kernel/db/index.ts'
import { type Context, validated } from '../../kernel/http/index.ts'
import { journal } from '../../kernel/journal/index.ts'
import { publish } from '../../kernel/outbox/index.ts'
import { type ApplicationStage, typeOf } from './application-type.ts'
import { accessToChange, refuseTaken } from './applications.access.ts'
import { AlreadyAsked, NotADecider, NotAsked } from './applications.errors.ts'
import {
  type Application,
  findApplication,
  markAgreed,
  markAnswered,
  markAsked,
  markAssigned,
  markDecided,
} from './applications.queries.ts'
import { listAllDeciders } from './deciders.queries.ts'
import { insertStep } from './steps.queries.ts'

/** The form as its kind's contract reads it; it was checked when it was entered. */
export const formOf = (application: Pick<Application, 'kind' | 'form'>): unknown =>
  typeOf(application).form.parse(application.form)

const subjectOf = (id: string) => ({ kind: 'application', id })

/**
 * Grants an application. At its last stage the effect stands in the same transaction; before that it goes on to the
 * next decider.
 * @throws NotWaiting, TakenByAnother, StaleVersion 409; what the effect refuses
 */
export const grantApplication = (ctx: Context, id: string, granting: Granting) =>
  transaction(ctx, (tx) => grantWithin(tx, ctx, id, granting))

/** As `grantApplication`, in the transaction of what led to it. */
export async function grantWithin(
  tx: Tx,
  ctx: Context,
  id: string,
  { reason, version, ...added }: Granting,
): Promise<Application> {
  const application = await accessToChange(tx, ctx, id, 'decide', version)
  refuseTaken(ctx, application)
  const type = typeOf(application)
  const form = formOf(application)
  const next = type.stages(form)[application.stage + 1]
  if (next) return agree(tx, ctx, application, next, reason)

  const granting = type.granting ? validated(type.granting.form, added) : {}
  await markDecided(tx, id, { state: 'granted', by: ctx.account.id, reason: reason || null })
  await insertStep(tx, id, { kind: 'granted', by: ctx.account.id, stage: application.stage, text: reason })
  await type.effect(tx, ctx, { application, form, granting, reason })
  journal(tx, ctx, 'application.granted', subjectOf(id), { kind: application.kind })
  await publish(tx, 'application.granted', { applicationId: id, granting })
  return reread(tx, id)
}

async function agree(
  tx: Tx,
  ctx: Context,
  { id, stage }: Application,
  next: ApplicationStage,
  reason: string,
): Promise<Application> {
  const { permission, fromAbove = false, workingDays } = next
  const dueAt = dueAfterWorkingDays(new Date(), workingDays, ctx.timeZone)
  await markAgreed(tx, id, { stage: stage + 1, needs: permission, fromAbove, dueAt })
  await insertStep(tx, id, { kind: 'agreed', by: ctx.account.id, stage, text: reason })
  journal(tx, ctx, 'application.agreed', subjectOf(id), { stage })
  await publish(tx, 'application.agreed', { applicationId: id, stage: stage + 1, timeZone: ctx.timeZone })
  return reread(tx, id)
}

/**
 * Refuses an application with a reason, at whatever stage; the applicant may submit it again.
 * @throws NotWaiting, TakenByAnother, StaleVersion 409
 */
export const refuseApplication = (ctx: Context, id: string, { reason, version }: RefusalOfApplication) =>
  transaction(ctx, async (tx): Promise<Application> => {
    const application = await accessToChange(tx, ctx, id, 'decide', version)
    refuseTaken(ctx, application)
    await markDecided(tx, id, { state: 'refused', by: ctx.account.id, reason })
    await insertStep(tx, id, { kind: 'refused', by: ctx.account.id, stage: application.stage, text: reason })
    journal(tx, ctx, 'application.refused', subjectOf(id))
    await publish(tx, 'application.refused', { applicationId: id })
    return reread(tx, id)
  })

/**
 * Takes one's own application back; nothing decides on it afterwards.
 * @throws NotWaiting 409 when it is decided already
 */
export const withdrawApplication = (ctx: Context, id: string): Promise<Application> =>
  transaction(ctx, async (tx) => {
    const application = await accessToChange(tx, ctx, id, 'withdraw')
    await markDecided(tx, id, { state: 'withdrawn', by: ctx.account.id, reason: null })
    await insertStep(tx, id, { kind: 'withdrawn', by: ctx.account.id, stage: application.stage })
    journal(tx, ctx, 'application.withdrawn', subjectOf(id))
    await publish(tx, 'application.withdrawn', { applicationId: id })
    return reread(tx, id)
  })

/**
 * Asks the applicant; until it answers the clock stands.
 * @throws AlreadyAsked, NotWaiting, TakenByAnother 409
 */
export const askApplicant = (ctx: Context, id: string, text: string): Promise<Application> =>
  transaction(ctx, async (tx) => {
    const application = await accessToChange(tx, ctx, id, 'decide')
    refuseTaken(ctx, application)
    if (application.state === 'asked') throw new AlreadyAsked()
    await markAsked(tx, id, workingDaysBetween(new Date(), application.dueAt, ctx.timeZone))
    await insertStep(tx, id, { kind: 'asked', by: ctx.account.id, stage: application.stage, text })
    journal(tx, ctx, 'application.asked', subjectOf(id))
    await publish(tx, 'application.asked', { applicationId: id, text })
    return reread(tx, id)
  })

/** @throws NotAsked, NotWaiting 409 */
export const answerQuestion = (ctx: Context, id: string, text: string): Promise<Application> =>
  transaction(ctx, async (tx) => {
    const application = await accessToChange(tx, ctx, id, 'answer')
    await noteAnswer(tx, application, { by: ctx.account.id, text, timeZone: ctx.timeZone })
    journal(tx, ctx, 'application.answered', subjectOf(id))
    return reread(tx, id)
  })

/** As many working days are left as there were when it was asked, at least one. */
export async function noteAnswer(
  tx: Tx,
  { id, state, stage, daysLeft }: Application,
  { by, text, timeZone }: { by: string | null; text: string; timeZone: string },
): Promise<void> {
  if (state !== 'asked') throw new NotAsked()
  await markAnswered(tx, id, dueAfterWorkingDays(new Date(), Math.max(1, daysLeft ?? 1), timeZone))
  await insertStep(tx, id, { kind: 'answered', by, stage, text })
  await publish(tx, 'application.answered', { applicationId: id, text })
}

/**
 * Takes an application into work, or hands it on to another who may decide on it. Taken twice it stays taken.
 * @throws TakenByAnother 409 when another has it: it hands it on itself, or is relieved of it first; NotADecider 409
 */
export const assignApplication = (ctx: Context, id: string, accountId: string = ctx.account.id): Promise<Application> =>
  transaction(ctx, async (tx) => {
    const application = await accessToChange(tx, ctx, id, 'decide')
    refuseTaken(ctx, application)
    if (application.assigneeId === accountId) return application
    const own = accountId === ctx.account.id
    if (!own && !(await listAllDeciders(tx, application)).some((decider) => decider.accountId === accountId))
      throw new NotADecider()
    await markAssigned(tx, id, accountId)
    const step = own ? { kind: 'taken' as const } : { kind: 'passed' as const, to: accountId }
    await insertStep(tx, id, { ...step, by: ctx.account.id, stage: application.stage })
    journal(tx, ctx, own ? 'application.taken' : 'application.passed', subjectOf(id), { accountId })
    if (!own) await publish(tx, 'application.passed', { applicationId: id, accountId })
    return reread(tx, id)
  })

/** Whoever may decide may relieve another of it, say of one who is on leave: the history tells. @throws NotWaiting 409 */
export const releaseApplication = (ctx: Context, id: string): Promise<Application> =>
  transaction(ctx, async (tx) => {
    const application = await accessToChange(tx, ctx, id, 'decide')
    if (!application.assigneeId) return application
    await markAssigned(tx, id, null)
    await insertStep(tx, id, {
      kind: 'released',
      by: ctx.account.id,
      to: application.assigneeId,
      stage: application.stage,
    })
    journal(tx, ctx, 'application.released', subjectOf(id))
    return reread(tx, id)
  })

export async function reread(tx: Tx, id: string): Promise<Application> {
  const application = await findApplication(tx, id)
  if (!application) throw new TypeError('An application that is open is never removed')
  return application
}
