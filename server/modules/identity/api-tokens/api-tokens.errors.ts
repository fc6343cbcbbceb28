import { errorsOf } from '../../../kernel/errors/index.ts'
import { apiTokensPhrases } from './api-tokens.phrases.ts'

const error = errorsOf(apiTokensPhrases)

export const TooManyTokens = error('too-many-tokens', 409)
