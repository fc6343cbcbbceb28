import type { CellAddress } from './address.ts'
import type { ExplainedSide } from './form.types.ts'

/** What a report fails: a format check or a control ratio. Texts are Russian and lead to the cell. */
export type Problem = {
  /** attributes and title are checked only of a report that came as a file: see `checkReport`. */
  stage: 'attributes' | 'title' | 'format' | 'control'
  /** What kind of problem: see `FormatCode`; 'control' for a control ratio. */
  code: FormatCode | 'control'
  /** Id of the failed control; empty for format checks. */
  control: string
  level: 'error' | 'warning'
  section: string
  /** Code of the row; with `#n` for an instance of a multiple row. */
  row: string
  column: string
  /** Values of a failed pair as canonical decimals; empty for format checks. */
  left: string
  operator: string
  right: string
  /** left − right with two digits. */
  difference: string
  /** What is wrong, without the place and the figures: the control's name. */
  name: string
  /** The figures of a failed pair: «274 ≠ 276, разница −2»; empty for format checks. */
  sums: string
  /** All in one: «Раздел 7, строка 701, графа 3. Всего … не равно …: 274 ≠ 276, разница −2». */
  text: string
  /** The cells to highlight, the first being the one to go to. */
  cells: CellAddress[]
  /** How each side was worked out; only of the first failed controls, and only when asked for. */
  sides?: { left: ExplainedSide; right: ExplainedSide }
}

export type FormatCode =
  | 'attributes'
  | 'title'
  | 'unknown-section'
  | 'unknown-row'
  | 'unknown-column'
  | 'repeated-row'
  | 'obligatory-empty'
  | 'closed-filled'
  | 'not-a-number'
  | 'too-many-digits'
  | 'text-too-long'
  | 'not-in-dictionary'
  | 'not-in-range'
  | 'not-in-list'

/** What is wrong with a template. `where` says the place in words: «контроль 12, правило, знак 14». */
export type TemplateProblem = {
  code: TemplateProblemCode
  level: 'error' | 'warning'
  /** Control, section, row and column concerned; empty where it is not about one. */
  control: string
  section: string
  row: string
  column: string
  /** Line of the file, where known. */
  line?: number
  /** Entry of an extension that is at fault: «pulls 2», from 0. */
  extension?: string
  /** Place in the rule, condition or period clause, from 0, for an editor to put the cursor at. */
  offset?: number
  where: string
  text: string
}

export type TemplateProblemCode =
  | 'unreadable'
  | 'duplicate'
  | 'bad-format'
  | 'bad-validation'
  | 'unknown-dictionary'
  | 'bad-rule'
  | 'bad-condition'
  | 'bad-period-clause'
  | 'unknown-section'
  | 'unknown-row'
  | 'unknown-column'
  | 'cycle'
  | 'bad-tolerance'
  | 'contradiction'
  | 'doubtful'
  | 'bad-extension'
