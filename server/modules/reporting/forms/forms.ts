/** Statistical forms: a template file is checked whole, then published as the form's next version, never changed after. */
import type { FormProblem, StatisticalForm } from '../../../../contracts/reporting.ts'
import { checkTemplate, type Template } from '../../../../engine/index.ts'
import { readTemplate } from '../../../../engine/xml.ts'
import { type Tx, transaction } from '../../../kernel/db/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { type Actor, journal } from '../../../kernel/journal/index.ts'
import { BadTemplate, SameTemplate } from '../reporting.errors.ts'
import { type FormRow, findForm, findNewestSource, insertVersion, listFormRows, upsertForm } from './forms.queries.ts'

export const viewForms = async (ctx: Context): Promise<StatisticalForm[]> => (await listFormRows(ctx.db)).map(shownForm)

const shownForm = (form: FormRow): StatisticalForm => ({ ...form, publishedAt: form.publishedAt.toISOString() })

/**
 * @throws BadTemplate 422 with every problem and its place; SameTemplate 409 when the file is the version in force
 */
export async function publishForm(ctx: Context, xml: string) {
  const { template, warnings } = readChecked(xml)
  const form = await transaction(ctx, (tx) => publishTemplate(tx, ctx, template, xml))
  return { form: shownForm(form), warnings }
}

/** Publishes a template that the program brings along, for the stand. */
export const publishOwnForm = (tx: Tx, actor: Actor, xml: string): Promise<FormRow> =>
  publishTemplate(tx, actor, readChecked(xml).template, xml)

async function publishTemplate(tx: Tx, actor: Actor, template: Template, xml: string): Promise<FormRow> {
  const formId = await upsertForm(tx, template)
  const newest = await findNewestSource(tx, formId)
  if (newest?.sourceXml === xml) throw new SameTemplate()
  const number = (newest?.number ?? 0) + 1
  await insertVersion(tx, { formId, number, template, sourceXml: xml, by: actor.account?.id ?? null })
  journal(tx, actor, 'form.published', { kind: 'form', id: formId }, { code: template.code, number })
  const form = await findForm(tx, formId)
  if (!form) throw new Error('The form published just now is not there')
  return form
}

function readChecked(xml: string): { template: Template; warnings: FormProblem[] } {
  const reading = readTemplate(xml)
  if (!reading.ok) throw new BadTemplate({ problems: [fileProblem('error', reading.problem)] })
  const { template } = reading
  const problems: FormProblem[] = [
    ...template.notes.map((note) => fileProblem('warning', note)),
    ...checkTemplate(template),
  ]
  if (problems.some(({ level }) => level === 'error')) throw new BadTemplate({ problems })
  return { template, warnings: problems }
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

/** A template's file as text: UTF-8, or windows-1251 when its first line says so. */
export function templateText(bytes: Uint8Array): string {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200))
  const encoding = /encoding\s*=\s*["']windows-1251["']/i.test(head) ? 'windows-1251' : 'utf-8'
  return new TextDecoder(encoding).decode(bytes)
}
