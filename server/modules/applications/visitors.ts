/**
 * Applications of people without an account: the address is confirmed by the link of a letter before anybody decides,
 * and the same link shows where the application is.
 */
import type { VisitorsApplication } from '../../../contracts/applications.ts'
import { dueAfterWorkingDays } from '../../kernel/calendar/index.ts'
import { type Tx, transaction } from '../../kernel/db/index.ts'
import { NotFound } from '../../kernel/errors/index.ts'
import { takeAttempt, type Visitor } from '../../kernel/http/index.ts'
import { journal } from '../../kernel/journal/index.ts'
import { publish } from '../../kernel/outbox/index.ts'
import { attach, mostOfVisitor, readUpload, savedFile } from './application-files.ts'
import { findType, typeOf } from './application-type.ts'
import { isOpen } from './applications.access.ts'
import { DuplicateApplication, LinkOfNothing, NotWaiting } from './applications.errors.ts'
import {
  type Application,
  findFollowed,
  findOpen,
  lockApplication,
  markConfirmed,
  markDecided,
} from './applications.queries.ts'
import { formOf, noteAnswer } from './applications.ts'
import { hashOf, newKey } from './entering.ts'
import { insertStep } from './steps.queries.ts'
import { enter } from './submission.ts'
import { type Shown, shownOf } from './viewing.ts'
import { sendConfirmLetter, sendNewsLetter } from './visitors.letters.ts'

const anHour = 3600
const aDay = 86_400
/** From one network address an hour; a school may have one for all. */
const mostFromAddress = 10
/** Letters to one mailbox a day, whoever fills the form in: it may be a stranger's. */
const mostToMailbox = 3

/**
 * Keeps what a visitor asks for and sends the letter that confirms its address. Whether the address is known here is
 * not told.
 * @throws TooManyRequests 429; NotFound 404 for a kind that needs an account; what the kind refuses
 */
export async function submitAsVisitor(
  ctx: Visitor,
  { kind, form, visitorName, visitorEmail }: VisitorsApplication,
): Promise<void> {
  const type = findType(kind)
  if (!type?.byVisitors) throw new NotFound({ what: 'page' })
  const email = visitorEmail.toLowerCase()
  await takeAttempt(ctx.db, `applications:visitors:${ctx.address}`, mostFromAddress, anHour)
  await takeAttempt(ctx.db, `applications:letters:${hashOf(email).toString('base64url')}`, mostToMailbox, aDay)
  const { token, key } = newKey()
  await transaction(ctx, async (tx) => {
    const visitor = { name: visitorName, email, key, confirmed: false }
    await enter(tx, ctx, undefined, { kind, organisationId: null, form, visitor })
    await sendConfirmLetter(tx, ctx.baseUrl, { email, title: type.title, token })
  })
}

/** Guesses are counted, though 256 bits are not guessed. @throws LinkOfNothing 404 */
async function getFollowed(db: Tx | Visitor['db'], token: string): Promise<Application> {
  const application = await findFollowed(db, hashOf(token))
  if (!application) throw new LinkOfNothing()
  return application
}

export const viewFollowed = async (ctx: Visitor, token: string): Promise<Shown> =>
  shownOf(ctx.db, await getFollowed(ctx.db, token))

/** As `getFollowed`, others wait until the transaction ends. */
async function lockFollowed(tx: Tx, token: string): Promise<Application> {
  await lockApplication(tx, (await getFollowed(tx, token)).id)
  return getFollowed(tx, token)
}

const subjectOf = ({ id }: Application) => ({ kind: 'application', id })

/**
 * Confirms the address: from now on it waits for a decision. Confirmed once more, it stays as it is.
 * @throws LinkOfNothing 404; DuplicateApplication 409 when the same waits from somebody else
 */
export async function confirmFollowed(ctx: Visitor, token: string): Promise<Shown> {
  try {
    await transaction(ctx, (tx) => confirm(tx, ctx, token))
  } catch (error) {
    if (!isTaken(error)) throw error
    throw await duplicateOf(ctx, token)
  }
  return viewFollowed(ctx, token)
}

async function confirm(tx: Tx, ctx: Visitor, token: string): Promise<void> {
  const application = await lockFollowed(tx, token)
  if (application.state !== 'unconfirmed') return
  const before = await findOpen(tx, application.subjectKey)
  if (before) throw new DuplicateApplication({ number: before.number })
  const [stage] = typeOf(application).stages(formOf(application))
  await markConfirmed(tx, application.id, dueAfterWorkingDays(new Date(), stage.workingDays, ctx.timeZone))
  await insertStep(tx, application.id, { kind: 'confirmed' })
  journal(tx, ctx, 'application.confirmed', subjectOf(application))
  await publish(tx, 'application.submitted', { applicationId: application.id, timeZone: ctx.timeZone })
}

/** Two that ask for the same were confirmed at once: the index let one in. */
const isTaken = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === '23505'

async function duplicateOf(ctx: Visitor, token: string) {
  const { subjectKey } = await getFollowed(ctx.db, token)
  return new DuplicateApplication({ number: (await findOpen(ctx.db, subjectKey))?.number ?? '' })
}

/** @throws NotAsked 409, LinkOfNothing 404 */
export const answerFollowed = (ctx: Visitor, token: string, text: string): Promise<void> =>
  transaction(ctx, async (tx) => {
    const application = await lockFollowed(tx, token)
    await noteAnswer(tx, application, { by: null, text, timeZone: ctx.timeZone })
    journal(tx, ctx, 'application.answered', subjectOf(application))
  })

/** @throws NotWaiting 409, LinkOfNothing 404 */
export const withdrawFollowed = (ctx: Visitor, token: string): Promise<void> =>
  transaction(ctx, async (tx) => {
    const application = await lockFollowed(tx, token)
    refuseEnded(application)
    await markDecided(tx, application.id, { state: 'withdrawn', by: null, reason: null })
    await insertStep(tx, application.id, { kind: 'withdrawn' })
    journal(tx, ctx, 'application.withdrawn', subjectOf(application))
    if (isOpen(application)) await publish(tx, 'application.withdrawn', { applicationId: application.id })
  })

/** Whoever has the link; a school may have one network address for all. */
const mostUploads = 60

/**
 * Puts a file with the application, also before it is confirmed.
 * @throws as `readUpload`; TooManyFiles 409, NotWaiting 409, LinkOfNothing 404, TooManyRequests 429
 */
export async function addFollowedFile(ctx: Visitor, token: string, file: unknown): Promise<void> {
  await takeAttempt(ctx.db, `applications:files:${ctx.address}`, mostUploads, anHour)
  refuseEnded(await getFollowed(ctx.db, token))
  const { name, bytes } = await readUpload(file)
  const stored = await ctx.files.put(bytes)
  await transaction(ctx, async (tx) => {
    const application = await lockFollowed(tx, token)
    refuseEnded(application)
    await attach(tx, ctx, application.id, { stored, name, by: null, most: mostOfVisitor })
  })
}

/** @throws LinkOfNothing 404, NotFound 404 */
export async function downloadFollowedFile(ctx: Visitor, token: string, fileId: string): Promise<Response> {
  const { id } = await getFollowed(ctx.db, token)
  return savedFile(ctx.db, ctx.files, id, fileId)
}

export const mayStillAdd = (application: Pick<Application, 'state'>): boolean =>
  isOpen(application) || application.state === 'unconfirmed'

function refuseEnded(application: Application): void {
  if (!mayStillAdd(application)) throw new NotWaiting({ state: application.state })
}

type Told = { what: string; subject: string; paragraphs: string[] }

/** The visitor has no cabinet: what happens is told by letter alone. Its own link is in the first one. */
export async function writeToVisitor(tx: Tx, { id, visitorEmail }: Application, told: Told): Promise<void> {
  if (visitorEmail) await sendNewsLetter(tx, { id, email: visitorEmail, ...told })
}
