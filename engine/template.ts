import type { TemplateExtensions } from './template-extensions.ts'

/**
 * What an element of the file holds besides what is understood, so that writing gives it back: attributes of its own and
 * values that had to be mended, comments and elements before it and inside it as XML, and the same of its plain parts.
 */
export type Carried = {
  attributes?: Record<string, string>
  /** By attribute: what was written and what it was read as; given back while it still means that. */
  mended?: Record<string, { written: string; read: string }>
  before?: string[]
  inside?: string[]
  /** Of containers that are no objects of their own: title, columns, rows. */
  parts?: Record<string, Carried>
}

/**
 * A statistical form as its template file says it (Росстат «шаблон ЭВФ», format 1.3), as a plain JSON-serialisable
 * object: it is stored as it is and sent to the browser as it is. Names are the project's; the attribute of the file
 * stands beside each. Nothing is computed here: `compileForm` does that.
 */
export type Template = TemplateExtensions & {
  /** `code` of metaForm. */
  code: string
  /** `OKUD`: the form's number in the classifier of documents, "0609506". */
  okud: string
  /** `shifr`: the form's short name as people say it, "85-К". */
  cipher: string
  name: string
  /** `idp`: periodicity; "1" is a year, "12" a month, "4" a quarter, "2" a half-year. Leading zeros are dropped. */
  periodicity: string
  /** `idf`. */
  formId: string
  /** `obj`: the title field that tells one reporting object from another, mostly "okpo". */
  keyField: string
  /** `format-version`. */
  formatVersion: string
  /** `version`: dd-mm-yyyy, as written. */
  version: string
  settings: TemplateSettings
  title: TitleItem[]
  sections: Section[]
  dictionaries: Dictionary[]
  controls: Control[]
  /** What the file holds and this reader does not know: never dropped silently. */
  notes: TemplateNote[]
  carried?: Carried
}

export type TemplateSettings = { sign?: string; validation?: string; notEmpty?: string }

/** A field of the title page: okpo, name, leader_fio, responsible_fio, phone, email and the like. */
export type TitleItem = { field: string; name: string; dictionary?: string; carried?: Carried }

export type Section = {
  code: string
  name: string
  /** `nb`. */
  number?: string
  /** Extension of this project: the unit of measure, "человек — 792". */
  unit?: string
  /** Extension of this project: what to heed when filling the section in. */
  note?: string
  columns: Column[]
  rows: Row[]
  carried?: Carried
}

/** B: a label (name of the row). V: a value shown, not entered (row number). S: a specific, a key of a multiple row. Z: a value. */
export type ColumnType = 'B' | 'V' | 'S' | 'Z'

export type Column = {
  /** Digits or Cyrillic letters: "3", "А". */
  code: string
  name: string
  type: ColumnType
  /** Extension of this project: levels of heading above the column's own name, from the top. */
  heading: string[]
  /** Extension of this project: the column's own unit of measure, and what to heed. */
  unit?: string
  note?: string
  /** `fld` of a specific: which of s1, s2, s3 of the report's row it is. */
  specific?: 's1' | 's2' | 's3'
  /** The rule for cells of the column (`default-cell`); also where the dictionary of an S column stands. */
  cell?: CellRule
  carried?: Carried
}

/** 0: not entered (closed with «х», or computed). 1: must be entered. 2: may be entered. */
export type InputType = 0 | 1 | 2

/** 1: one dictionary. 2: range "a-b". 3: list "a,b,c". 4: in both dictionaries named. 5: linked to a specific. */
export type ValidationType = 1 | 2 | 3 | 4 | 5

export type CellRule = {
  /** Code of the column that the rule is for. */
  column: string
  inputType: InputType
  /** "N(15,2)", "C(250)"; absent: anything. */
  format?: string
  /** `dic`: dictionary of the value. */
  dictionary?: string
  /** `vldType` and `vld`. */
  validationType?: ValidationType
  validation?: string
  /** `default`: value of a specific that a row of the report lacks. */
  default?: string
  carried?: Carried
}

/** C: a caption, no code and no cells. F: fixed. M: multiple, repeats and is told apart by its specifics. */
export type RowType = 'C' | 'F' | 'M'

export type Row = {
  /** Empty for captions. */
  code: string
  name: string
  type: RowType
  /** Extension of this project: indent of «из них» rows. */
  level: 0 | 1 | 2
  /** Replace the default cells of their columns as a whole. */
  cells: CellRule[]
  /** Extension of this project: the row's own unit of measure, and what to heed. */
  unit?: string
  note?: string
  carried?: Carried
}

export type Dictionary = { id: string; name?: string; terms: Term[]; carried?: Carried }

/** A term's further attributes without `id`, their names in lower case; `name` is what people see. */
export type Term = { id: string; name: string; attributes: Record<string, string>; carried?: Carried }

export type Control = {
  id: string
  /** What people read when it fails. */
  name: string
  /** Empty: always. */
  condition: string
  rule: string
  /** `tip`: 1 error, 0 warning; 1 when absent. */
  level: 'error' | 'warning'
  /** `fault`: decimal text, how large a difference is still allowed; absent: none. */
  fault?: string
  /** `precision`: digits after the point that both sides are rounded to before comparing; 2 when absent. */
  precision: number
  /** `periodClause`: which periods it is for; empty: all. */
  periodClause: string
  /** Line of the file, where known. */
  line?: number
  carried?: Carried
}

/** Something in the file that this reader does not understand or had to mend; `text` is Russian. */
export type TemplateNote = { line: number; text: string }
