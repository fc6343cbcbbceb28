import { errorsOf, InvalidInput } from '../../kernel/errors/index.ts'
import { phrases } from './organisations.phrases.ts'

const error = errorsOf(phrases)

export const AlreadyAttached = error('organisations.already-attached', 409)
export const OrganisationClosed = error('organisations.closed', 409)

/** Organisations stand below it that are open still. */
export const HasLower = error('organisations.has-lower', 409)
export const OrganisationOpen = error('organisations.open', 409)
/** Those like the one that is being added: it is added all the same when they are named as looked at. */
export const SimilarFound = error('organisations.similar', 409)

type FieldPhrase = 'parent-missing' | 'under-itself' | 'wrong-region' | 'future-day' | 'wrong-successor'

/** A rule that one field breaks: said in the field, like what is wrong with its spelling. */
export const wrongField = (field: string, code: `organisations.${FieldPhrase}`) =>
  new InvalidInput({ fields: [{ field, code, text: phrases[code] }] })

export const innTaken = (shortName: string) => {
  const code = 'organisations.inn-taken'
  return new InvalidInput({ fields: [{ field: 'inn', code, text: phrases[code]({ shortName }) }] })
}
