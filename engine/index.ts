/**
 * The engine of statistical forms: templates, sheets of values, computed cells and control ratios. Pure: no files, no
 * network, no XML (that is `engine/xml.ts`), so that server, browser and command line share it.
 *
 *   const form = compileForm(template)                         // once per template; checkTemplate(template) says what is wrong
 *   const sheet = openSheet(form, values, { previous, period }) // one report; values by address "7/701/3", "2/201#1/4"
 *   sheet.set('7/701/5', '1 234,5')                             // { ok, value: '1234.5', changed: ['7/701/5', '7/701/3'] }
 *   sheet.text('7/701/3'); sheet.explain('7/701/3'); sheet.fill(); sheet.check()
 *   sheet.values()                                              // what to store
 *
 * `engine/xml.ts` adds readTemplate(xml), writeTemplate(template), readReport(xml), writeReport(…).
 * `reportValues(form, report)` turns a read report into values, `reportPeriod(form, report)` into a period;
 * `checkReport(form, report, previous)` checks a file as it came, attributes and title included.
 */
export {
  type CellAddress,
  type CellPlace,
  cellAddress,
  formKey,
  normalAddress,
  normalCode,
  parseAddress,
} from './address.ts'
export { compareTemplates, type Difference, type DifferenceKind } from './comparison.ts'
export { russianNumber, typedNumber } from './decimal.ts'
export type { Elsewhere } from './evaluation/elsewhere.ts'
export type { OtherForms } from './extension-checks.ts'
export { compileForm, otherReportsOf, parseFormat } from './form.ts'
export type {
  CellFormat,
  CellKind,
  ExplainedCell,
  ExplainedSide,
  Explanation,
  Fill,
  Form,
  FormCell,
  FormRow,
  FormSection,
  HeadingCell,
  OtherReport,
  Period,
  PulledValue,
  SetResult,
  Sheet,
  SheetOptions,
  WaitingControl,
} from './form.types.ts'
export type { CellFormula, FormulaTree } from './formula-trees.ts'
export type { FormatCode, Problem, TemplateProblem, TemplateProblemCode } from './problem.ts'
export { carriedOver } from './renamed.ts'
export type { Report, ReportRow } from './report.ts'
export { checkReport, reportPeriod, reportValues } from './report-values.ts'
export { openSheet } from './sheet.ts'
export type {
  CellRule,
  Column,
  ColumnType,
  Control,
  Dictionary,
  InputType,
  Row,
  RowType,
  Section,
  Template,
  TemplateNote,
  TemplateSettings,
  Term,
  TitleItem,
  ValidationType,
} from './template.ts'
export { checkTemplate } from './template-checks.ts'
export {
  type AcceptanceLevel,
  type AttachmentDemand,
  type LevelDecider,
  type Pull,
  type PullPeriod,
  type PullSource,
  requisites,
  type TemplateExtensions,
  type Total,
  type TotalRule,
} from './template-extensions.ts'
