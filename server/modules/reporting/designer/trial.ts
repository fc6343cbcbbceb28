/** Trying a draft: values typed by hand or taken from a report, checked by the engine as a report would be. */
import {
  type Control,
  compileForm,
  type Form,
  normalAddress,
  openSheet,
  type Problem,
  type Sheet,
  type Template,
} from '../../../../engine/index.ts'
import { transaction } from '../../../kernel/db/index.ts'
import { AppError, NotFound } from '../../../kernel/errors/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { readCells } from '../cells/cells.queries.ts'
import { accessReport } from '../reporting.access.ts'
import { DraftClosed, NothingToTake } from './designer.errors.ts'
import { findLastReport, lockDraft, writeSample } from './drafts.queries.ts'
import type { OpenDraft } from './drafts.ts'

export type Trial = {
  form: Form
  sheet: Sheet
  problems: Problem[]
  /** Controls that have never found anything, in any sample since they were last changed. */
  silent: Control[]
}

export function tryDraft({ template, sample, fired }: Pick<OpenDraft, 'template' | 'sample' | 'fired'>): Trial {
  const form = compileForm(template)
  const sheet = openSheet(form, known(form, sample))
  const problems = sheet.check()
  const found = new Set([...fired, ...firedBy(problems)])
  return { form, sheet, problems, silent: template.controls.filter(({ id }) => !found.has(id)) }
}

/** A place that the form has lost since is no fault of the sample. */
const known = (form: Form, sample: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(sample).filter(([address]) => form.cell(address)))

const firedBy = (problems: readonly Problem[]): string[] => [
  ...new Set(problems.filter(({ stage }) => stage === 'control').map(({ control }) => control)),
]

export type Refused = { cell: string; typed: string; text: string }

/** Keeps what was typed in one section. What cannot be taken comes back, the rest is kept. */
export function enterSample(ctx: Context, id: string, typed: Record<string, string>): Promise<Refused[]> {
  return changeSample(ctx, id, (template, sample) => {
    const form = compileForm(template)
    const sheet = openSheet(form, known(form, sample))
    const cells = Object.fromEntries(
      Object.entries(typed).flatMap(([name, text]) => {
        const address = normalAddress(name)
        return address && form.cell(address) ? [[address, text]] : []
      }),
    )
    const { refused } = sheet.setMany(cells)
    return {
      sample: sheet.values(),
      fired: firedBy(sheet.check()),
      result: refused.map(({ address, problem }) => ({ cell: address, typed: cells[address] ?? '', text: problem })),
    }
  })
}

export const clearSample = (ctx: Context, id: string): Promise<void> =>
  changeSample(ctx, id, () => ({ sample: {}, fired: [], result: undefined }))

/** Values of the report of this form that the person may see, sent last. @throws NothingToTake 409 */
export async function takeSample(ctx: Context, id: string): Promise<{ organisation: string; title: string }> {
  return changeSample(ctx, id, async (template) => {
    for (const report of await findLastReport(ctx.db, template.code)) {
      if (!(await isSeen(ctx, report.id))) continue
      const form = compileForm(template)
      const sample = known(form, await readCells(ctx.db, report.id))
      return { sample, fired: firedBy(openSheet(form, sample).check()), result: report }
    }
    throw new NothingToTake()
  })
}

async function isSeen(ctx: Context, reportId: string): Promise<boolean> {
  try {
    await accessReport(ctx.db, ctx, reportId, 'report.read')
    return true
  } catch (refusal) {
    if (refusal instanceof AppError) return false
    throw refusal
  }
}

type Sampled<Result> = { sample: Record<string, string>; fired: string[]; result: Result }

function changeSample<Result>(
  ctx: Context,
  id: string,
  change: (template: Template, sample: Record<string, string>) => Sampled<Result> | Promise<Sampled<Result>>,
): Promise<Result> {
  return transaction(ctx, async (tx) => {
    const draft = await lockDraft(tx, id)
    if (!draft) throw new NotFound({ what: 'draft' })
    if (draft.publishedId || draft.discardedAt) throw new DraftClosed()
    const { sample, fired, result } = await change(draft.template, draft.sample)
    await writeSample(tx, id, sample, [...new Set([...draft.fired, ...fired])])
    return result
  })
}
