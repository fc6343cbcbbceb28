/** What a table of a plan gives, as it was understood, before it is held against the plan. */

/** Something to know before a line is applied: `unsure` is to be looked at, `wrong` cannot be taken. */
export type GivenDoubt = { certainty: 'unsure' | 'wrong'; text: string }

/** A column that the table does not have is undefined: what stands in the plan then stays. */
export type GivenMeasure = {
  /** As the person sees it in the table, from 1. */
  line: number
  number: string
  title: string
  /** `YYYY-MM-DD`. */
  startsOn?: string | null
  dueOn?: string | null
  expectedResult?: string
  /** Several, each on its line, when more than one is named. */
  organisation?: string
  responsiblePerson?: string
  coExecutors?: string[]
  evidenceKinds?: string[]
  /** Its title or code. */
  indicator?: string
  doubts: GivenDoubt[]
}

export type GivenSection = { line: number; number: string; title: string; measures: GivenMeasure[] }

export type GivenPlan = {
  /** Headings that were recognised, and those that were not. */
  columns: { heading: string; taken: string | null }[]
  sections: GivenSection[]
  /** Lines that hold neither a measure nor a section. */
  left: { line: number; text: string }[]
}
