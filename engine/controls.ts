import { formKey } from './address.ts'
import { parseRule } from './language/parser.ts'
import { type PeriodTest, parsePeriodClause } from './language/period-clause.ts'
import { type Logic, type Reference, referencesOf, SyntaxProblem } from './language/syntax.ts'
import type { Control } from './template.ts'

/** A control with its texts read. One that cannot be read is kept with what is wrong, and is never evaluated. */
export type ParsedControl = {
  control: Control
  rule?: Logic
  condition?: Logic
  period?: PeriodTest
  faults: ControlFault[]
  references: Reference[]
  /** Takes the rows that the report has (`*`), so its pairs depend on the report. */
  usesPresentRows: boolean
  usesSpecifics: boolean
  usesPrevious: boolean
  /** Looks into reports of other forms. */
  usesOthers: boolean
}

export type ControlFault = { part: 'rule' | 'condition' | 'periodClause'; text: string; offset: number }

export function parseControl(control: Control): ParsedControl {
  const faults: ControlFault[] = []
  const attempt = <T>(part: ControlFault['part'], read: () => T): T | undefined => {
    try {
      return read()
    } catch (problem) {
      if (!(problem instanceof SyntaxProblem)) throw problem
      faults.push({ part, text: problem.message, offset: problem.offset })
      return undefined
    }
  }
  const rule = attempt('rule', () => parseRule(control.rule))
  const condition = control.condition.trim() ? attempt('condition', () => parseRule(control.condition)) : undefined
  const period = attempt('periodClause', () => parsePeriodClause(control.periodClause))
  const references = [...(rule ? referencesOf(rule) : []), ...(condition ? referencesOf(condition) : [])]
  return {
    control,
    rule,
    condition,
    period,
    faults,
    references,
    usesPresentRows: references.some((reference) => reference.rows === '*'),
    usesSpecifics: references.some((reference) => reference.specifics.some((list) => list !== '*')),
    usesPrevious: references.some((reference) => reference.previous && reference.form === undefined),
    usesOthers: references.some((reference) => reference.form !== undefined),
  }
}

/** An equality that always stands: it can define a cell that is not entered. */
export const isUnconditional = ({ control, faults }: ParsedControl): boolean =>
  faults.length === 0 &&
  control.level === 'error' &&
  !control.condition.trim() &&
  !control.periodClause.trim() &&
  !Number(control.fault ?? 0)

/** A form's name as the control's text has it: the key knows no capitals. */
export function formAsWritten(key: string, { rule, condition }: Control): string {
  const names = `${rule} ${condition}`.matchAll(/\{([^{}[\]:|]{1,60}):/gu)
  for (const [, name = ''] of names) if (formKey(name) === key) return name.trim()
  return key
}
