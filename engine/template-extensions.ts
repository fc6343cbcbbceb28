/**
 * What this project adds to the Росстат template: where pulled cells come from, how cells add up over organisations,
 * who accepts, which files and signature a report needs. Plain JSON like `Template`; absent means the ordinary way.
 */

/** Which period of the source a pulled cell looks at. */
export type PullPeriod = 'same' | 'previous' | 'year-ago'

export type PullSource =
  /** One cell of another form's (or this form's) report of the same organisation. */
  | { kind: 'form'; form: string; cell: string; period: PullPeriod }
  /** The total of one cell over the reports of the organisations right below. */
  | { kind: 'subordinates'; form: string; cell: string; period: PullPeriod; total: Total }
  /** A requisite of the organisation: "okpo", "inn", "full_name", "head_name" and the like. */
  | { kind: 'organisation'; field: string }

/** Requisites of an organisation that a cell may take, by name, with how people call them. */
export const requisites: Readonly<Record<string, string>> = {
  okpo: 'ОКПО',
  inn: 'ИНН',
  kpp: 'КПП',
  ogrn: 'ОГРН',
  oktmo: 'ОКТМО',
  okved: 'ОКВЭД',
  full_name: 'полное наименование',
  short_name: 'краткое наименование',
  address: 'адрес',
  phone: 'телефон',
  email: 'почта',
  site: 'сайт',
  head_name: 'руководитель',
  head_position: 'должность руководителя',
}

/** A cell of a fixed row that takes its value from elsewhere and is not entered; `cell` is its address, "3/301/4". */
export type Pull = { cell: string; source: PullSource }

/** How a cell adds up over organisations. `none`: it does not (codes, texts). */
export type Total = 'sum' | 'average' | 'maximum' | 'minimum' | 'list' | 'count' | 'none'

/** The rule for a column, a row of it, or one cell: the narrowest wins; numbers sum and texts do not, where none is given. */
export type TotalRule = {
  section: string
  row?: string
  column?: string
  total: Total
  /** Address of the cell that weighs an average: "7/701/3", or "3" for the column of the same row. */
  weight?: string
}

/**
 * Whose step of acceptance it is: the nearest organisation of this kind above the one that reports, or, as 'higher' says,
 * the next organisation above the step before.
 */
export const levelDeciders = ['higher', 'institution', 'municipality', 'region'] as const
export type LevelDecider = (typeof levelDeciders)[number]

/**
 * One step of acceptance, from the organisation upward; 'higher' where nothing else is said. A form without levels is
 * accepted at once by whoever may decide over the report.
 */
export type AcceptanceLevel = { code: string; name: string; decides?: LevelDecider }

/** A kind of file that goes with the report. */
export type AttachmentDemand = { code: string; name: string; required: boolean; note?: string }

export type TemplateExtensions = {
  pulls?: Pull[]
  totals?: TotalRule[]
  levels?: AcceptanceLevel[]
  attachments?: AttachmentDemand[]
  /** The report is signed with a qualified electronic signature before it is sent. */
  signature?: 'qualified'
  /** Who changes cells of a report that has come back says why; absent: may say. */
  changeReasons?: 'required'
  /** From which day to which the version is in force, "2026-01-01", both included; absent: from when it is published, without end. */
  validFrom?: string
  validTo?: string
  /**
   * Addresses of the version before that this one calls otherwise, whole ("7/701/3") or by their beginning ("7/701", "7"):
   * values of earlier periods and comparisons reach the changed form by it.
   */
  renamed?: Record<string, string>
}
