import type { CellAddress } from './address.ts'
import type { CellFormula } from './formula-trees.ts'
import type { Problem } from './problem.ts'
import type { CellRule, Column, Row, Section, Template } from './template.ts'
import type { Pull } from './template-extensions.ts'

/**
 * input: may be entered (grey). obligatory: must be entered (grey). computed: another cell's sum or the like (white).
 * pulled: taken from one cell of another section, of another report, or from the requisites (white). closed: «х».
 * specific: a key of a multiple row, chosen from a dictionary. label: a column of type B or V, shown and never entered.
 */
export type CellKind = 'input' | 'obligatory' | 'computed' | 'pulled' | 'closed' | 'specific' | 'label'

export type FormCell = {
  /** Address of the cell; in a multiple row, of the pattern without `#n`. */
  address: CellAddress
  kind: CellKind
  column: Column
  row: Row
  rule?: CellRule
  /** Parsed `format`; undefined when absent or unreadable. */
  format?: CellFormat
  /** Terms to choose from: of a specific, or of a cell whose value is checked by one dictionary or a list. */
  choices?: { id: string; name: string }[]
  /** Where the value comes from, of a cell that the form pulls from another report or from the requisites. */
  pull?: Pull
}

export type CellFormat = { type: 'number'; whole: number; fraction: number } | { type: 'text'; length: number }

export type FormRow = {
  code: string
  name: string
  type: Row['type']
  level: 0 | 1 | 2
  row: Row
  /** One per column of the section, in its order; none for a caption. */
  cells: FormCell[]
}

export type FormSection = {
  code: string
  name: string
  number: string
  unit: string
  section: Section
  columns: Column[]
  rows: FormRow[]
  /** The table's head as it is drawn, level by level; a heading shared by neighbours spans them. */
  headings: HeadingCell[][]
}

export type HeadingCell = {
  text: string
  columnSpan: number
  rowSpan: number
  /** Code of the column when this is a column's own name. */
  column?: string
  /** Index of the first column under it. */
  from: number
}

/** A template ready for use: immutable, shared by all sheets of the form. */
export type Form = {
  readonly template: Template
  readonly sections: readonly FormSection[]
  /** By any spelling of an address, with or without `#n`. */
  cell(address: string): FormCell | undefined
  section(code: string): FormSection | undefined
}

/** Kind and number as the period clause sees them: a month is { kind: 12, number: 3 }, a quarter { 4, 1 }, a year { 1, 1 }. */
export type Period = { kind: number; number: number; year: number }

export type SheetOptions = {
  /** Values of the same form's report for the previous period (entered ones suffice: computed ones are worked out). */
  previous?: Record<string, string>
  period?: Period
  /**
   * recalculate (default): white cells are worked out from the others.
   * as-given: values for white cells are taken as they came, so that a file made elsewhere is checked, not mended.
   */
  computed?: 'recalculate' | 'as-given'
  /** Values of the cells that the form pulls, by their addresses. */
  pulled?: Readonly<Record<CellAddress, PulledValue>>
  /** The reports that controls look at in other forms. A control whose report is not among them is not run. */
  others?: readonly OtherReport[]
}

/** What a pulled cell takes, and from where in words: «85-К за 2025 год, раздел 7, строка 701, графа 3». */
export type PulledValue = { value: string | null; from: string }

/** A report that `{form:[…]}` or, when `previous`, `{{form:…}}` means; `form` as `formKey` has it. */
export type OtherReport = {
  form: string
  previous: boolean
  /** «85-К за 2025 год» */
  title: string
  values: Readonly<Record<CellAddress, string>>
  /** The page of that report, for links from explanations. */
  href?: string
}

export type SetResult = { ok: true; value: string | null; changed: CellAddress[] } | { ok: false; problem: string }

export type Fill = { section: string; filled: number; total: number }

export type Explanation = {
  address: CellAddress
  kind: 'computed' | 'pulled'
  value: string | null
  /** Whole explanation in Russian: «Сумма граф 4–11 строки 701: 0 + 12 + 41 = 53». */
  text: string
  /** The control that defines the cell; empty for a cell that the form pulls. */
  control: { id: string; name: string }
  /** The cells that give the value, in the order of the formula. */
  cells: ExplainedCell[]
}

export type ExplainedCell = {
  address: CellAddress
  previous: boolean
  name: string
  value: string | null
  text: string
  /** Of a cell of another form's report: which report, and its page where known. */
  elsewhere?: { title: string; href?: string }
}

/** How one side of a failed comparison came about. */
export type ExplainedSide = {
  value: string
  text: string
  /** The first of the cells that it is worked out from. */
  cells: ExplainedCell[]
  /** How many there are besides. */
  more: number
}

/** `form` is null where the report of one's own form is meant. */
export type WaitingControl = { control: string; name: string; missing: { form: string | null; previous: boolean }[] }

/** One report being filled in or checked. Not safe to share between reports; cheap to open. */
export type Sheet = {
  readonly form: Form
  /** Takes what a person typed or pasted; `changed` holds this cell and every cell recomputed to another value. */
  set(address: CellAddress, typed: string): SetResult
  /** Sets a pasted block with one recalculation; refused cells are left as they were. */
  setMany(typed: Record<CellAddress, string>): {
    changed: CellAddress[]
    refused: { address: CellAddress; problem: string }[]
  }
  /** Canonical value (decimal with a point, or text); null when empty. */
  value(address: CellAddress): string | null
  /** As shown in Russian: thin spaces, comma, true minus; «х» for a closed cell; '' when empty. */
  text(address: CellAddress): string
  /** How many instances a multiple row has now; 1 for a fixed row. */
  instances(section: string, row: string): number
  /** Adds an instance at the end and returns its number; undefined when the row is not multiple or too many. */
  addRow(section: string, row: string): number | undefined
  /** Removes the n-th instance; those below move up. Returns whether there was one. */
  removeRow(section: string, row: string, instance: number): boolean
  /** What was entered, and only that: what is to be stored. */
  values(): Record<CellAddress, string>
  /** Non-empty values of computed and pulled cells. */
  computedValues(): Record<CellAddress, string>
  /**
   * Format first, all of it at once; controls only when the format has no errors.
   * @param explained how many failed controls come with how both sides were worked out
   */
  check(options?: { explained?: number }): Problem[]
  /** Controls that `check` passes over because a report that they look into is not at hand. */
  waiting(): WaitingControl[]
  /** Puts other values into pulled cells; returns the cells that changed, worked-out ones included. */
  pull(values: Readonly<Record<CellAddress, PulledValue>>): CellAddress[]
  /** "Why this number" for a computed or pulled cell; undefined for others. */
  explain(address: CellAddress): Explanation | undefined
  /** How a computed cell is worked out, where plain arithmetic over this report's cells can say it. */
  formula(address: CellAddress): CellFormula | undefined
  /** Works out every computed cell anew; edits do it by themselves, only for what they touch. */
  recalculate(): void
  /** How much of each section is entered: cells that a person may fill in. */
  fill(): Fill[]
}
