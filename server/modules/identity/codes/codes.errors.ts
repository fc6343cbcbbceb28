import { errorsOf } from '../../../kernel/errors/index.ts'
import { codesPhrases } from './codes.phrases.ts'

const error = errorsOf(codesPhrases)

export const CodeTooSoon = error('code-too-soon', 429)
