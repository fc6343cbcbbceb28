/** A line of the table: what it says, and what is wrong with it. */
import type { NewManagedAccount } from '../../../../../contracts/accounts.ts'

export type ImportedPerson = NewManagedAccount
export type ImportProblem = { column: string; text: string }
