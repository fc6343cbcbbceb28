/** What operators do with letters: look, open accounts, refuse, put aside. */
import {
  type LetterLine,
  type LetterOpening,
  type LetterRefusal,
  type LetterState,
  type LettersQuery,
  LetterUnderstanding,
  type LetterView,
} from '../../../contracts/letters.ts'
import { type Tx, transaction } from '../../kernel/db/index.ts'
import { NotFound } from '../../kernel/errors/index.ts'
import type { Context } from '../../kernel/http/index.ts'
import { journal } from '../../kernel/journal/index.ts'
import { getRule, openInvited, partsOfName, refusalOfMail } from '../identity/index.ts'
import { accessOrganisation, attachMember } from '../organisations/index.ts'
import { LetterDecided, manyForOne, wrongField } from './letters.errors.ts'
import { sendRefusedLetter } from './letters.letters.ts'
import {
  findAnswered,
  findEntered,
  findIncoming,
  type Incoming,
  insertOpened,
  listIncoming,
  listKnown,
  listOpened,
  lockIncoming,
  markDecided,
} from './letters.queries.ts'

export const subjectOf = (id: string) => ({ kind: 'letter', id })

export async function viewLetters(ctx: Context, query: LettersQuery) {
  const { total, letters } = await listIncoming(ctx.db, ctx.grants.scopes('account.manage'), query)
  return { total, page: query.page, letters: letters.map(lineOf) }
}

function lineOf(row: Awaited<ReturnType<typeof listIncoming>>['letters'][number]): LetterLine {
  const { category, organisation, persons, senderAllowed, adding } = LetterUnderstanding.parse(row.understanding)
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    sender: row.sender,
    senderName: row.senderName,
    subject: row.subject,
    category,
    asksToAdd: adding !== undefined,
    senderAllowed,
    organisation: organisation.short ?? organisation.full,
    people: persons.flatMap(({ fullName }) => fullName ?? []).join(', '),
    receivedAt: row.receivedAt.toISOString(),
  }
}

/** @throws NotFound 404 for a letter of another region's mailbox */
export async function accessLetter(ctx: Context, id: string): Promise<Incoming> {
  const found = await findIncoming(ctx.db, ctx.grants.scopes('account.manage'), id)
  if (!found) throw new NotFound({ what: 'page' })
  return found
}

/** @throws NotFound 404 */
export async function viewLetter(ctx: Context, id: string): Promise<LetterView> {
  const row = await accessLetter(ctx, id)
  const understanding = LetterUnderstanding.parse(row.understanding)
  const emails = understanding.persons.flatMap(({ email }) => email ?? [])
  const [known, accounts, application, answers] = await Promise.all([
    emails.length > 0 && !understanding.adding ? listKnown(ctx.db, emails) : [],
    listOpened(ctx.db, id),
    findEntered(ctx.db, id),
    row.answers_to.length > 0 ? findAnswered(ctx.db, row.answers_to, row.sender) : undefined,
  ])
  return {
    id,
    state: row.state,
    sender: row.sender,
    senderName: row.sender_name,
    subject: row.subject,
    body: row.body,
    attachments: row.attachments,
    receivedAt: row.received_at.toISOString(),
    erased: row.erased_at !== null,
    understanding,
    answers: answers ?? null,
    known: known.map(({ id: accountId, fullName, email }) => ({ id: accountId, fullName, email: email ?? '' })),
    accounts,
    application: application ?? null,
    decidedAt: row.decided_at?.toISOString() ?? null,
    decidedBy: row.decider || null,
    reason: row.reason,
  }
}

/**
 * S4: opens an account for each person of the application. Each gets, at the address in the application, a letter with
 * the login and a link to make up a password; the address must be one that its audience may have.
 * @throws LetterDecided 409; InvalidInput 422 in the field; EmailTaken, SeatTaken 409; NotFound 404, Forbidden 403
 */
export async function openByLetter(ctx: Context, id: string, opening: LetterOpening): Promise<LetterView> {
  await accessLetter(ctx, id)
  await transaction(ctx, async (tx) => {
    const letter = await lockWaiting(tx, id)
    await checkOpening(tx, letter.understanding, opening)
    const organisation = opening.organisationId
      ? await accessOrganisation(tx, ctx, opening.organisationId, 'organisation.manage')
      : undefined
    const region = organisation?.regionCode ?? ctx.signedIn.regions.chosen ?? ctx.signedIn.regions.own[0]?.code
    for (const { fullName, ...person } of opening.persons) {
      const accountId = await openInvited(
        tx,
        ctx,
        ctx.baseUrl,
        {
          ...partsOfName(fullName),
          ...person,
          // as: a person of a letter may have no post; the account then has none either
          position: person.position as string,
          audience: 'staff',
          organisation: organisation?.shortName ?? opening.organisation,
          regions: region ? [region] : [],
          role: null,
        },
        null,
      )
      if (organisation) await attachMember(tx, ctx, attachmentTo(organisation.id, accountId))
      await insertOpened(tx, id, accountId)
    }
    await markDecided(tx, id, 'opened', ctx.account.id, null)
    journal(tx, ctx, 'letter.opened', subjectOf(id), { accounts: opening.persons.length })
  })
  return viewLetter(ctx, id)
}

const attachmentTo = (organisationId: string, accountId: string) => ({
  accountId,
  organisationId,
  role: 'responsible' as const,
  startsOn: new Date().toISOString().slice(0, 10),
  endsOn: null,
})

/** Categories 2 to 4 have one account an institution (manual 5). */
async function checkOpening(tx: Tx, understood: unknown, { persons }: LetterOpening): Promise<void> {
  const { category } = LetterUnderstanding.parse(understood)
  if (category !== null && category !== 1 && persons.length > 1) throw manyForOne()
  const rule = await getRule(tx, 'staff')
  for (const [at, { email }] of persons.entries()) {
    const refusal = await refusalOfMail(tx, rule, email)
    if (refusal) throw wrongField(`persons.${at}.email`, refusal.text)
    if (persons.findIndex((other) => other.email === email) !== at)
      throw wrongField(`persons.${at}.email`, 'Этот адрес уже назван: у каждого свой')
  }
}

/**
 * The reason goes to the sender where its address is allowed; another was told already why its address is not.
 * @throws LetterDecided 409, NotFound 404
 */
export async function refuseLetter(ctx: Context, id: string, { reason }: LetterRefusal): Promise<LetterView> {
  await accessLetter(ctx, id)
  await transaction(ctx, async (tx) => {
    const { sender, understanding } = await lockWaiting(tx, id)
    const { senderAllowed, adding } = LetterUnderstanding.parse(understanding)
    await markDecided(tx, id, 'refused', ctx.account.id, reason)
    if (sender && senderAllowed) await sendRefusedLetter(tx, { to: sender, letterId: id, reason, adding: !!adding })
    journal(tx, ctx, 'letter.refused', subjectOf(id))
  })
  return viewLetter(ctx, id)
}

/** Put aside: nothing is to be opened or refused, as after an answer by telephone. @throws LetterDecided 409, NotFound 404 */
export async function closeLetter(ctx: Context, id: string): Promise<LetterView> {
  await accessLetter(ctx, id)
  await transaction(ctx, async (tx) => {
    await lockWaiting(tx, id)
    await markDecided(tx, id, 'closed', ctx.account.id, null)
    journal(tx, ctx, 'letter.closed', subjectOf(id))
  })
  return viewLetter(ctx, id)
}

/** @throws LetterDecided 409, NotFound 404 */
export async function lockWaiting(tx: Tx, id: string) {
  const letter = await lockIncoming(tx, id)
  if (!letter) throw new NotFound({ what: 'page' })
  const state: LetterState = letter.state
  if (state !== 'waiting') throw new LetterDecided({ state })
  return letter
}
