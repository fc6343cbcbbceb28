import { ErrorSummary, Note } from '../../../web/kit/index.ts'
import type { FormFailure } from '../../kernel/http/index.ts'

type ProblemsProps = {
  title: string
  failure: FormFailure | undefined
  kept?: string
  /** The fields as they stand on the page, when the contract looks at them in another order; the others follow. */
  order?: readonly string[]
}

/** What is wrong, at the top of a form: the fields to mend, or why the whole was refused. */
export function Problems({ title, failure, kept, order = [] }: ProblemsProps) {
  if (!failure) return null
  if (failure.message === undefined) return <ErrorSummary title={title} errors={oneEach(failure, order)} kept={kept} />
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

function oneEach(failure: FormFailure, order: readonly string[]) {
  const place = (field: string) => (order.includes(field) ? order.indexOf(field) : order.length)
  const fields = [...new Set(failure.problems.map(({ field }) => field))]
  return fields
    .sort((one, other) => place(one) - place(other))
    .map((field) => ({ field, text: problemOf(failure, field) ?? '' }))
}

/** Passwords are never filled in again, so that is what a person has to type once more. */
export const keptButPasswords = 'Всё, что вы ввели, сохранено, кроме паролей: введите их ещё раз.'
