import type { z } from 'zod'
import { type FieldProblem, InvalidInput } from '../errors/index.ts'

/** @throws InvalidInput with every wrong field at once */
export function validated<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  throw new InvalidInput({ fields: result.error.issues.map(fieldProblem) })
}

function fieldProblem(issue: z.core.$ZodIssue): FieldProblem {
  return { field: issue.path.join('.'), code: issue.code, text: issueText(issue) }
}

/** A contract's own Russian text wins; these stand where it says nothing. */
function issueText(issue: z.core.$ZodIssue): string {
  if (/[а-яё]/i.test(issue.message)) return issue.message
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined || issue.input === null
        ? 'Заполните это поле'
        : `Нужно значение другого вида: ${issue.expected}`
    case 'too_small':
      return issue.origin === 'string' && Number(issue.minimum) <= 1
        ? 'Заполните это поле'
        : `Слишком мало: нужно не меньше ${issue.minimum}`
    case 'too_big':
      return `Слишком много: можно не больше ${issue.maximum}`
    case 'invalid_value':
      return 'Выберите одно из предложенного'
    case 'invalid_format':
      return 'Проверьте, как это написано'
    case 'unrecognized_keys':
      return `Лишнее: ${issue.keys.join(', ')}`
    default:
      return 'Проверьте это поле'
  }
}
