/** Drafts of forms: begun from nothing, from a version or from a file, changed part by part, published or put aside. */
import type {
  DraftChange,
  DraftComparison,
  DraftProblem,
  DraftPublication,
  FormDraft,
  NewFormDraft,
  PartSaved,
} from '../../../../contracts/designer.ts'
import { checkTemplate, compareTemplates, type Template } from '../../../../engine/index.ts'
import { writeForm } from '../../../../engine/yaml.ts'
import { type Db, type Tx, transaction } from '../../../kernel/db/index.ts'
import { NotFound } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { authorOf } from '../cells/cells.ts'
import { findFormByCode, getTemplate } from '../forms/forms.queries.ts'
import { otherForms, publishOwnForm } from '../forms/forms.ts'
import { formatOf, templateFromFile } from '../forms/template-files.ts'
import { blankForm } from './blank.ts'
import { DraftChanged, DraftClosed, NoSuchPart } from './designer.errors.ts'
import {
  type DraftRow,
  type FoundDraft,
  findChange,
  findDraft,
  insertChange,
  insertDraft,
  listChanges,
  listChangesAfter,
  listDrafts,
  lockDraft,
  markDiscarded,
  markDraftPublished,
  writeTemplate,
} from './drafts.queries.ts'
import { isPart, overlap, type Part, partOfProblem, partTitle, readPart, withPart } from './parts.ts'

export const viewDrafts = async (ctx: Context): Promise<FormDraft[]> =>
  (await listDrafts(ctx.db)).map((row) => shownDraft(row, { code: row.code, cipher: row.cipher, name: row.formName }))

const shownDraft = (row: DraftRow, { code, cipher, name }: Pick<Template, 'code' | 'cipher' | 'name'>): FormDraft => ({
  id: row.id,
  code,
  cipher,
  name,
  origin: row.origin,
  version: row.version,
  base: row.base,
  changedAt: row.changedAt.toISOString(),
  changedBy: row.surname === null ? null : authorOf(row),
  state: row.publishedId ? 'published' : row.discardedAt ? 'discarded' : 'open',
})

export type OpenDraft = FormDraft &
  Pick<FoundDraft, 'template' | 'baseId' | 'sample' | 'fired'> & { problems: DraftProblem[] }

/** A draft with what publishing would refuse. @throws NotFound 404 */
export async function viewDraft(db: Db, id: string): Promise<OpenDraft> {
  const row = await findDraft(db, id)
  if (!row) throw new NotFound({ what: 'draft' })
  const { template, baseId, sample, fired } = row
  return { ...shownDraft(row, template), template, baseId, sample, fired, problems: await problemsOf(db, template) }
}

export async function problemsOf(db: Db, template: Template): Promise<DraftProblem[]> {
  return checkTemplate(template, await otherForms(db)).map(({ extension, offset, ...problem }) => ({
    ...problem,
    ...(offset === undefined ? {} : { position: offset + 1 }),
    part: partOfProblem({ ...problem, ...(extension ? { extension } : {}) }),
  }))
}

/** @throws NotFound 404 when there is no such form; BadTemplate 422 when the file cannot be read at all */
export async function beginDraft(ctx: Context, { form, xml, yaml, blank }: NewFormDraft): Promise<FormDraft> {
  if (form !== undefined) return beginFromVersion(ctx, form)
  if (blank) return addDraft(ctx, blankForm(blank), 'blank')
  const text = xml ?? yaml ?? ''
  const format = xml === undefined ? 'yaml' : 'xml'
  return addDraft(ctx, templateFromFile(text, format), format)
}

/** As `beginDraft`, of a file that may be either. */
export const beginFromFile = (ctx: Context, text: string): Promise<FormDraft> =>
  beginDraft(ctx, formatOf(text) === 'xml' ? { xml: text } : { yaml: text })

async function beginFromVersion(ctx: Context, code: string): Promise<FormDraft> {
  const form = await findFormByCode(ctx.db, code)
  if (!form) throw new NotFound({ what: 'form' })
  const { validFrom: _, validTo: __, renamed: ___, ...template } = await getTemplate(ctx.db, form.versionId)
  return addDraft(ctx, template, 'version', form.versionId)
}

export async function addDraft(
  ctx: Context,
  template: Template,
  origin: FormDraft['origin'],
  baseId: string | null = null,
): Promise<FormDraft> {
  const id = await transaction(ctx, async (tx) => {
    const known = baseId ?? (await findFormByCode(tx, template.code))?.versionId ?? null
    const draftId = await insertDraft(tx, { template, origin, baseId: known, by: ctx.account.id })
    await insertChange(tx, {
      draftId,
      number: 1,
      by: ctx.account.id,
      part: '',
      told: beginnings[origin],
      before: undefined,
    })
    journal(tx, ctx, 'form-draft.begun', { kind: 'form-draft', id: draftId }, { code: template.code, origin })
    return draftId
  })
  const { template: _, baseId: __, sample: ___, fired: ____, problems: _____, ...draft } = await viewDraft(ctx.db, id)
  return draft
}

const beginnings: Record<FormDraft['origin'], string> = {
  blank: 'Начата пустая форма',
  version: 'Начат от действующей версии',
  xml: 'Начат из файла XML',
  yaml: 'Начат из файла YAML',
  xlsx: 'Начат из книги Excel',
}

/**
 * Writes one part of a draft as a whole.
 * @param seen version of the draft that the person has looked at; a change of another part since is no hindrance
 * @throws NotFound 404, DraftClosed 409, DraftChanged 409 when the same part has been changed since
 */
export const savePart = (ctx: Context, id: string, part: string, seen: number, value: unknown): Promise<PartSaved> =>
  changePart(ctx, id, part, seen, () => value)

/** As `savePart`; the value is worked out from the draft as it is now. */
export function changePart(
  ctx: Context,
  id: string,
  part: string,
  seen: number,
  make: (template: Template) => unknown,
): Promise<PartSaved> {
  return transaction(ctx, async (tx) => {
    if (!isPart(part)) throw new NoSuchPart()
    const draft = await openDraftToChange(tx, id)
    await refuseStale(tx, draft, part, seen)
    const after = withPart(draft.template, part, make(draft.template))
    return putPart(tx, ctx, draft, part, after)
  })
}

async function putPart(tx: Tx, ctx: Context, draft: FoundDraft, part: Part, after: Template): Promise<PartSaved> {
  const before = draft.template
  const told = toldDifference(before, after)
  if (told === undefined) return { version: draft.version, changed: false }
  const change = {
    draftId: draft.id,
    number: draft.version + 1,
    by: ctx.account.id,
    part,
    told,
    before: readPart(before, part),
  }
  await writeTemplate(tx, change, after, stillFired(draft.fired, before, after))
  return { version: change.number, changed: true }
}

async function openDraftToChange(tx: Tx, id: string): Promise<FoundDraft> {
  const draft = await lockDraft(tx, id)
  if (!draft) throw new NotFound({ what: 'draft' })
  if (draft.publishedId || draft.discardedAt) throw new DraftClosed()
  return draft
}

async function refuseStale(tx: Tx, draft: FoundDraft, part: Part, seen: number): Promise<void> {
  if (draft.version <= seen) return
  const other = (await listChangesAfter(tx, draft.id, seen)).find((change) => overlap(change.part, part))
  if (other) throw new DraftChanged({ who: authorOf(other), part: partTitle(other.part) })
}

const mostTold = 3

/** What a change did, in a line for the history; undefined when nothing is otherwise. */
function toldDifference(before: Template, after: Template): string | undefined {
  if (sameJson(before) === sameJson(after)) return undefined
  const differences = compareTemplates(before, after)
  const told = differences.slice(0, mostTold).map(({ place, before: was, after: is }) => {
    const what = was === null ? 'добавлено' : is === null ? 'убрано' : 'изменено'
    return `${place}: ${what}`
  })
  const more = differences.length > mostTold ? [`ещё ${differences.length - mostTold}`] : []
  return [...told, ...more].join('; ') || 'Порядок или оформление'
}

/** Keys in one order: neither the base nor a contract keeps them as they were written. */
const sameJson = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  )

/** A control that is another now has found nothing yet. */
function stillFired(fired: readonly string[], before: Template, after: Template): string[] {
  const ruleOf = (template: Template) =>
    new Map(template.controls.map(({ id, rule, condition }) => [id, `${condition} ${rule}`]))
  const [was, is] = [ruleOf(before), ruleOf(after)]
  return fired.filter((id) => was.get(id) === is.get(id))
}

/** Who changed what, newest first. @throws NotFound 404 */
export async function viewHistory(db: Db, id: string): Promise<(DraftChange & { restorable: boolean })[]> {
  if (!(await findDraft(db, id))) throw new NotFound({ what: 'draft' })
  return (await listChanges(db, id)).map((row) => ({
    number: row.number,
    at: row.at.toISOString(),
    by: row.surname === null ? null : authorOf(row),
    part: row.part,
    told: row.told,
    restorable: row.restorable,
  }))
}

/** Puts a part back to what it was before a change; itself a change. @throws NoSuchPart 404 */
export function restorePart(ctx: Context, id: string, number: number): Promise<PartSaved> {
  return transaction(ctx, async (tx) => {
    const draft = await openDraftToChange(tx, id)
    const change = await findChange(tx, id, number)
    if (!change || change.before === null || !isPart(change.part)) throw new NoSuchPart()
    return putPart(tx, ctx, draft, change.part, withPart(draft.template, change.part, change.before))
  })
}

export function discardDraft(ctx: Context, id: string): Promise<void> {
  return transaction(ctx, async (tx) => {
    const draft = await openDraftToChange(tx, id)
    await markDiscarded(tx, id, ctx.account.id)
    journal(tx, ctx, 'form-draft.discarded', { kind: 'form-draft', id }, { code: draft.template.code })
  })
}

/** What the draft has otherwise than the version in force of its form. @throws NotFound 404 */
export async function compareDraft(db: Db, { template }: Pick<OpenDraft, 'template'>): Promise<DraftComparison> {
  const form = await findFormByCode(db, template.code)
  if (!form) return { before: null, differences: [] }
  return { before: form.version, differences: compareTemplates(await getTemplate(db, form.versionId), template) }
}

/**
 * Publishes a draft as the next version of its form.
 * @throws DraftChanged 409 when it was changed since it was looked at; BadTemplate 422 with every problem; SameTemplate 409
 */
export async function publishDraft(ctx: Context, id: string, { version, validFrom, validTo }: DraftPublication) {
  return transaction(ctx, async (tx) => {
    const draft = await openDraftToChange(tx, id)
    const [last] = draft.version > version ? await listChangesAfter(tx, id, version) : []
    if (last) throw new DraftChanged({ who: authorOf(last), part: partTitle(last.part) })
    const { validFrom: _, validTo: __, ...rest } = draft.template
    const template: Template = { ...rest, ...(validFrom ? { validFrom } : {}), ...(validTo ? { validTo } : {}) }
    const text = writeForm(template)
    const form = await publishOwnForm(tx, ctx, text)
    await markDraftPublished(tx, id, form.versionId, template)
    journal(tx, ctx, 'form-draft.published', { kind: 'form-draft', id }, { code: form.code, number: form.version })
    return form
  })
}
