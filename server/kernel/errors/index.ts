/** Errors that the program expects: typed codes which are the keys of phrases. */
export { AppError, errorsOf, type FieldProblem, type Phrase, type Phrases } from './errors.ts'
export * from './kernel.errors.ts'
export { kernelPhrases } from './kernel.phrases.ts'
export { type Translate, translator } from './translator.ts'
