/** A form's file as it comes, XML or YAML, read and checked whole. */
import type { FormProblem } from '../../../../contracts/forms.ts'
import { checkTemplate, type OtherForms, type Template } from '../../../../engine/index.ts'
import { placeOfProblem, type SourcePlaces } from '../../../../engine/source-places.ts'
import { readTemplate } from '../../../../engine/xml.ts'
import { readForm } from '../../../../engine/yaml.ts'
import { BadTemplate } from '../reporting.errors.ts'

export type FormFormat = 'xml' | 'yaml'
export type CheckedFile = { template: Template; warnings: FormProblem[]; problems: FormProblem[] }

/** What begins with an angle bracket is XML. */
export const formatOf = (text: string): FormFormat => (/^[\ufeff\s]*</.test(text) ? 'xml' : 'yaml')

/** A file as text: UTF-8 or UTF-16, or windows-1251 when its first line says so. */
export function templateText(bytes: Uint8Array): string {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200))
  if (head.startsWith('\u00ff\u00fe')) return new TextDecoder('utf-16le').decode(bytes)
  if (head.startsWith('\u00fe\u00ff')) return new TextDecoder('utf-16be').decode(bytes)
  const encoding = /encoding\s*=\s*["'](?:windows-|cp)1251["']/i.test(head) ? 'windows-1251' : 'utf-8'
  return new TextDecoder(encoding).decode(bytes)
}

/** @throws BadTemplate 422 with every problem and its place */
export function readChecked(text: string, format: FormFormat, others?: OtherForms): CheckedFile {
  const { template, problems } = examined(text, format, others)
  if (!template || problems.some(({ level }) => level === 'error')) throw new BadTemplate({ problems })
  return { template, problems, warnings: problems }
}

/** As `readChecked`, with what is wrong said and nothing thrown. */
export function examined(
  text: string,
  format: FormFormat,
  others?: OtherForms,
): { template: Template | undefined; problems: FormProblem[] } {
  const reading = format === 'xml' ? fromXml(text) : fromYaml(text)
  if (!reading.template) return { template: undefined, problems: reading.problems }
  const { template, places } = reading
  const found = checkTemplate(template, others).map(({ extension, offset: _, ...problem }): FormProblem => {
    const place = placeOfProblem({ ...problem, ...(extension && { extension }) }, places)
    return { ...problem, ...(place && { line: place.line }), ...(place?.column && { position: place.column }) }
  })
  return { template, problems: [...reading.problems, ...found] }
}

type Reading = { template: Template | undefined; places: SourcePlaces; problems: FormProblem[] }

function fromXml(text: string): Reading {
  const reading = readTemplate(text)
  if (!reading.ok) return { template: undefined, places: new Map(), problems: [fileProblem('error', reading.problem)] }
  const problems = reading.template.notes.map((note) => fileProblem('warning', note))
  return { template: reading.template, places: reading.places, problems }
}

function fromYaml(text: string): Reading {
  const reading = readForm(text.replace(/^\ufeff/, ''))
  if (reading.ok) return { template: reading.template, places: reading.places, problems: [] }
  const problems = reading.faults.map(({ line, column, text: words }) => ({
    ...fileProblem('error', { line, text: words }),
    position: column,
  }))
  return { template: undefined, places: new Map(), problems }
}

const fileProblem = (level: FormProblem['level'], { line, text }: { line: number; text: string }): FormProblem => ({
  code: 'unreadable',
  level,
  control: '',
  section: '',
  row: '',
  column: '',
  line,
  where: line > 0 ? `строка файла ${line}` : 'файл',
  text,
})

/** A file as a form still to be worked on: it must be readable, what stands in it may be wrong. @throws BadTemplate 422 */
export function templateFromFile(text: string, format: FormFormat): Template {
  const { template, problems } = format === 'xml' ? fromXml(text) : fromYaml(text)
  if (!template) throw new BadTemplate({ problems })
  return template
}
