/** Values of a whole 85-К report that passes its checks. */
import { readFileSync } from 'node:fs'
import { compileForm, reportValues } from '../../../engine/index.ts'
import { readReport, readTemplate } from '../../../engine/xml.ts'

const reference = new URL('../../../reference/forms/', import.meta.url)

/** 85-К as its file says it. */
export const sampleForm = (): string => readFileSync(new URL('85-k.xml', reference), 'utf8')

export function sampleValues(): Record<string, string> {
  const template = readTemplate(readFileSync(new URL('85-k.xml', reference)))
  const sample = readReport(readFileSync(new URL('samples/85-k-2026.xml', reference)))
  if (!template.ok || !sample.ok) throw new Error('The reference form cannot be read')
  return reportValues(compileForm(template.template), sample.report)
}
