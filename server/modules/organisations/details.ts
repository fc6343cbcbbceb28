/** What is said of an organisation, as a form shows it. */

import { okvedCode } from './okved.ts'
import type { Organisation } from './organisations.queries.ts'
import { fieldsOf } from './registry.ts'

/** Every field as the words in its control; what is not known is empty. */
export function detailsValues(organisation: Organisation): Record<string, string> {
  const { parentId: _parentId, okvedAdditional, okved, ...plain } = fieldsOf(organisation)
  return {
    ...Object.fromEntries(Object.entries(plain).map(([field, value]) => [field, value ?? ''])),
    okved: okved === null ? '' : okvedInWords(okved),
    okvedAdditional: okvedAdditional.join(', '),
  }
}

/** «85.11 Образование дошкольное» */
export const okvedInWords = (code: string): string => `${code} ${okvedCode(code).name}`.trim()
