/** Numbers with check digits that their readers accept; nobody's, like all of the stand. */
import { type Reading, readOgrn, readPersonInn } from '../../../contracts/requisites.ts'

/** @param body the first ten digits */
export const personInnOf = (body: string): string => completed(body, 2, readPersonInn)
/** @param body the first twelve digits */
export const ogrnOf = (body: string): string => completed(body, 1, readOgrn)

function completed(body: string, length: number, read: (typed: string) => Reading): string {
  for (let digits = 0; digits < 10 ** length; digits += 1) {
    const { value } = read(`${body}${String(digits).padStart(length, '0')}`)
    if (value !== undefined) return value
  }
  throw new Error(`No check digits agree with ${body}`)
}
