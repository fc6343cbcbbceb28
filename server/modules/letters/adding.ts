/** E1: a letter that asks to add an organisation becomes an application, which the same operator may grant at once. */
import { type LetterEntering, LetterUnderstanding, type LetterView } from '../../../contracts/letters.ts'
import type { OrganisationReference } from '../../../contracts/organisations.ts'
import { transaction } from '../../kernel/db/index.ts'
import type { Context } from '../../kernel/http/index.ts'
import { journal } from '../../kernel/journal/index.ts'
import { enterApplication, type Field, findType, grantWithin } from '../applications/index.ts'
import { findSimilar } from '../organisations/index.ts'
import { addressNotProved } from './letters.errors.ts'
import { markDecided } from './letters.queries.ts'
import { accessLetter, lockWaiting, subjectOf, viewLetter } from './letters.ts'

const kind = 'organisation-adding'

/**
 * Enters the application with what the operator has completed; the answer goes to who asks by letter. Granted at once
 * only where the address is the letter's own: whoever else is named confirms it first.
 * @throws LetterDecided 409, NotFound 404; DuplicateApplication 409; InvalidInput 422 in the fields of the application;
 * Forbidden 403 when another decides on it
 */
export async function enterByLetter(ctx: Context, id: string, entering: LetterEntering): Promise<LetterView> {
  const { applicantName: name, applicantEmail: email, outcome, form } = entering
  await accessLetter(ctx, id)
  await transaction(ctx, async (tx) => {
    const { sender, understanding } = await lockWaiting(tx, id)
    const proved = LetterUnderstanding.parse(understanding).senderAllowed && email.toLowerCase() === sender
    if (outcome === 'granting' && !proved) throw addressNotProved()
    const application = await enterApplication(tx, ctx, {
      kind,
      organisationId: null,
      form,
      sender: { name, email, proved },
      letterId: id,
    })
    if (outcome === 'granting') await grantWithin(tx, ctx, application.id, { reason: '', higher: form.higher ?? '' })
    await markDecided(tx, id, 'entered', ctx.account.id, null)
    journal(tx, ctx, 'letter.entered', subjectOf(id), {
      applicationId: application.id,
      granted: outcome === 'granting',
    })
  })
  return viewLetter(ctx, id)
}

export type AddingDraft = {
  fields: Field[]
  values: Record<string, string>
  /** The sender's own address, from which the letter has come. */
  proved: boolean
  similar: OrganisationReference[]
}

/** The fields of the application, filled with what was understood. */
export async function draftOfAdding(ctx: Context, letter: LetterView): Promise<AddingDraft | undefined> {
  const { adding, persons, senderAllowed } = letter.understanding
  const type = findType(kind)
  if (!adding || !type || letter.state !== 'waiting') return undefined
  const region = ctx.signedIn.regions.chosen ?? ctx.signedIn.regions.own[0]?.code
  const { contact, ...details } = adding.details
  return {
    fields: await type.fields({ db: ctx.db, asker: ctx, organisation: undefined, timeZone: ctx.timeZone }),
    values: {
      applicantName: contact ?? persons[0]?.fullName ?? letter.senderName ?? details.headName ?? '',
      applicantEmail: letter.sender ?? '',
      ...(region ? { regionCode: region } : {}),
      ...details,
    },
    proved: senderAllowed,
    similar: details.inn ? await similarTo(ctx, details) : [],
  }
}

const similarTo = (ctx: Context, { inn = '', shortName = '', fullName = '' }: Record<string, string>) =>
  findSimilar(ctx.db, { inn, shortName, fullName, level: 'institution', kind: 'other', parentId: null })
