import { errorsOf, InvalidInput } from '../../kernel/errors/index.ts'
import { lettersPhrases } from './letters.phrases.ts'

const error = errorsOf(lettersPhrases)

export const LetterDecided = error('letters.decided', 409)

export const wrongField = (field: string, text: string) =>
  new InvalidInput({ fields: [{ field, code: 'letters', text }] })
export const manyForOne = () => wrongField('persons.1.fullName', lettersPhrases['letters.many-for-one'])
export const addressNotProved = () => wrongField('applicantEmail', lettersPhrases['letters.address-not-proved'])
