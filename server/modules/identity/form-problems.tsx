import { ErrorSummary, Note } from '../../../web/kit/index.ts'
import type { FormFailure } from '../../kernel/http/index.ts'

/** What is wrong, at the top of a form: the fields to mend, or why the whole was refused. */
export function Problems({ title, failure, kept }: { title: string; failure: FormFailure | undefined; kept?: string }) {
  if (!failure) return null
  if (failure.message === undefined) return <ErrorSummary title={title} errors={oneEach(failure)} kept={kept} />
  return (
    <Note tone="bad" live="alert" title={title}>
      {failure.message}
    </Note>
  )
}

/** What is wrong with one field, all of it. */
export const problemOf = (failure: FormFailure | undefined, field: string): string | undefined =>
  failure?.problems
    .filter((problem) => problem.field === field)
    .map(({ text }) => text)
    .join('. ') || undefined

const oneEach = (failure: FormFailure) =>
  [...new Set(failure.problems.map(({ field }) => field))].map((field) => ({
    field,
    text: problemOf(failure, field) ?? '',
  }))

/** Passwords are never filled in again, so that is what a person has to type once more. */
export const keptButPasswords = 'Всё, что вы ввели, сохранено, кроме паролей: введите их ещё раз.'
