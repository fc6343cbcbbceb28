/** Statistical forms: a file is checked whole, then published as the form's next version, never changed after. */
import type {
  FormComparison,
  FormDifference,
  FormVersion,
  FormVersions,
  NewForm,
  StatisticalForm,
} from '../../../../contracts/forms.ts'
import {
  compareTemplates,
  compileForm,
  type Form,
  formKey,
  type OtherForms,
  type Template,
} from '../../../../engine/index.ts'
import { writeTemplate } from '../../../../engine/xml.ts'
import { writeForm } from '../../../../engine/yaml.ts'
import { type Db, type Tx, transaction } from '../../../kernel/db/index.ts'
import { NotFound } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { type Actor, journal } from '../../../kernel/journal/index.ts'
import { SameTemplate } from '../reporting.errors.ts'
import {
  type FormRow,
  findForm,
  findFormByCode,
  findNewestSource,
  getSource,
  getTemplate,
  insertVersion,
  listFormRows,
  listNewestTemplates,
  listVersions,
  upsertForm,
  type VersionRow,
} from './forms.queries.ts'
import { type FormFormat, formatOf, readChecked } from './template-files.ts'

export const viewForms = async (ctx: Context): Promise<StatisticalForm[]> => (await listFormRows(ctx.db)).map(shownForm)

const shownForm = (form: FormRow): StatisticalForm => ({ ...form, publishedAt: form.publishedAt.toISOString() })
const shownVersion = (version: VersionRow): FormVersion => ({
  ...version,
  publishedAt: version.publishedAt.toISOString(),
})

/** @throws BadTemplate 422 with every problem and its place; SameTemplate 409 when the file is the newest version */
export function publishForm(ctx: Context, { xml, yaml }: NewForm) {
  return xml === undefined ? publishText(ctx, yaml ?? '', 'yaml') : publishText(ctx, xml, 'xml')
}

/** As `publishForm`, of a file that may be either. */
export const publishFile = (ctx: Context, text: string) => publishText(ctx, text, formatOf(text))

async function publishText(ctx: Context, text: string, format: FormFormat) {
  const { template, warnings } = readChecked(text, format, await otherForms(ctx.db))
  const form = await transaction(ctx, (tx) => publishTemplate(tx, ctx, template, text, format))
  return { form: shownForm(form), warnings }
}

/** Publishes a file of the program's own or of its operator's, without a session. */
export async function publishOwnForm(tx: Tx, actor: Actor, text: string): Promise<FormRow> {
  const { template } = readChecked(text, formatOf(text), await otherForms(tx))
  return publishTemplate(tx, actor, template, text, formatOf(text))
}

/** Forms that are published, by code or short name, each compiled when it is asked for. */
export async function otherForms(db: Db): Promise<OtherForms> {
  const templates = new Map<string, Template>()
  for (const { code, cipher, template } of await listNewestTemplates(db)) {
    templates.set(formKey(cipher), template)
    templates.set(formKey(code), template)
  }
  const compiled = new Map<Template, Form>()
  return (key) => {
    const template = templates.get(key)
    if (!template) return undefined
    const form = compiled.get(template) ?? compileForm(template)
    compiled.set(template, form)
    return form
  }
}

async function publishTemplate(
  tx: Tx,
  actor: Actor,
  template: Template,
  source: string,
  format: FormFormat,
): Promise<FormRow> {
  const formId = await upsertForm(tx, template)
  const newest = await findNewestSource(tx, formId)
  if (newest?.source === source) throw new SameTemplate()
  const number = (newest?.number ?? 0) + 1
  await insertVersion(tx, { formId, number, template, source, format, by: actor.account?.id ?? null })
  journal(tx, actor, 'form.published', { kind: 'form', id: formId }, { code: template.code, number })
  const form = await findForm(tx, formId)
  if (!form) throw new Error('The form published just now is not there')
  return form
}

/** @throws NotFound 404 */
export async function viewVersions(db: Db, code: string): Promise<FormVersions> {
  const form = await findFormByCode(db, code)
  if (!form) throw new NotFound({ what: 'form' })
  return { form: shownForm(form), versions: (await listVersions(db, form.id)).map(shownVersion) }
}

export type ShownVersion = FormVersions & { version: FormVersion; template: Template }

/** One version, the newest unless its number is said. @throws NotFound 404 */
export async function viewVersion(db: Db, code: string, number?: number): Promise<ShownVersion> {
  const { form, versions } = await viewVersions(db, code)
  const version = number === undefined ? versions[0] : versions.find((one) => one.number === number)
  if (!version) throw new NotFound({ what: 'form' })
  return { form, versions, version, template: await getTemplate(db, version.id) }
}

/** A version as a file: as it was published where that is the format asked for, written anew otherwise. */
export async function versionFile(db: Db, { version, template }: ShownVersion, format: FormFormat): Promise<string> {
  const published = await getSource(db, version.id)
  if (published.format === format) return published.source.replace(/^(<\?xml[^>]*encoding=["'])[\w-]+/i, '$1utf-8')
  return format === 'xml' ? writeTemplate(template) : writeForm(template)
}

/** Two versions side by side: the newest and the one before it unless said otherwise. @throws NotFound 404 */
export async function compareVersions(
  db: Db,
  code: string,
  asked: { before?: number | undefined; after?: number | undefined },
): Promise<FormVersions & FormComparison> {
  const { form, versions } = await viewVersions(db, code)
  const after = versions.find(({ number }) => number === asked.after) ?? versions[0]
  const earlier = versions.find(({ number }) => number < (after?.number ?? 0))
  const before = versions.find(({ number }) => number === asked.before) ?? earlier ?? after
  if (!before || !after) throw new NotFound({ what: 'form' })
  const differences: FormDifference[] = compareTemplates(
    await getTemplate(db, before.id),
    await getTemplate(db, after.id),
  )
  return { form, versions, before: before.number, after: after.number, differences }
}
