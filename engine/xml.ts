/**
 * Templates and reports as XML files (format 1.3). Apart from `engine/index.ts`, so that a browser that only fills in
 * forms does not carry a parser.
 */
import type { Report } from './report.ts'
import type { SourcePlaces } from './source-places.ts'
import type { Template } from './template.ts'
import { type XmlProblem, XmlRefused } from './xml/document.ts'
import { reportOf } from './xml/report-xml.ts'
import { templateOf } from './xml/template-reading.ts'

export type { XmlProblem } from './xml/document.ts'
export { type ReportHead, reportXml as writeReport } from './xml/report-xml.ts'
export { templateXml as writeTemplate } from './xml/template-writing.ts'

export type TemplateReading =
  | { ok: true; template: Template; places: SourcePlaces }
  | { ok: false; problem: XmlProblem }
export type ReportReading = { ok: true; report: Report } | { ok: false; problem: XmlProblem }

/** Reads a template file: UTF-8 or windows-1251, at most 20 MB. What it does not know stands in `template.notes`. */
export function readTemplate(xml: string | Uint8Array): TemplateReading {
  const reading = attempt(() => templateOf(xml))
  return 'problem' in reading ? { ok: false, problem: reading.problem } : { ok: true, ...reading.value }
}

/** Reads a report's file as written; `reportValues` and `checkReport` hold it against a form. */
export function readReport(xml: string | Uint8Array): ReportReading {
  const reading = attempt(() => reportOf(xml))
  return 'problem' in reading ? { ok: false, problem: reading.problem } : { ok: true, report: reading.value }
}

function attempt<T>(read: () => T): { value: T } | { problem: XmlProblem } {
  try {
    return { value: read() }
  } catch (problem) {
    if (problem instanceof XmlRefused) return { problem: { line: problem.line, text: problem.message } }
    throw problem
  }
}
