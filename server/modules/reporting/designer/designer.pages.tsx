import { z } from 'zod'
import { NewFormDraft } from '../../../../contracts/designer.ts'
import { type FormFailure, type PageContext, pages, seeOther } from '../../../kernel/http/index.ts'
import { viewForms } from '../forms/forms.ts'
import { templateText } from '../forms/template-files.ts'
import { BookPage } from './book.page.tsx'
import { draftFromBook, keepBook, viewBook } from './book-drafts.ts'
import { isBook } from './books.ts'
import {
  addPattern,
  saveCells,
  saveControl,
  saveHead,
  saveLines,
  saveSignature,
  typedDay,
  type Values,
} from './changes.ts'
import { DraftFileMissing } from './designer.errors.ts'
import { draftAddress, partAddress } from './draft.words.ts'
import { DraftsPage } from './drafts.page.tsx'
import { beginDraft, beginFromFile, discardDraft, publishDraft, restorePart, viewDrafts } from './drafts.ts'
import { linesOnPage } from './lines.editor.tsx'
import { PatternForm } from './rule-patterns.ts'
import { editing, shownPart } from './shown.tsx'
import { clearSample, enterSample, takeSample } from './trial.ts'

const largestFile = 20_971_520

const Text = z.string().max(200)
export const Query = z.object({
  part: Text.optional().catch(undefined),
  view: Text.optional().catch(undefined),
  dictionary: Text.optional().catch(undefined),
  control: Text.optional().catch(undefined),
  section: Text.optional().catch(undefined),
  q: Text.optional().catch(undefined),
  blank: z.coerce.number().int().min(0).optional().catch(undefined),
  page: z.coerce.number().int().min(1).optional().catch(undefined),
})

/** Fields of any name, as texts; of several with one name, each on a line. */
const Fields = z.record(z.string(), z.unknown()).transform(
  (given): Values =>
    Object.fromEntries(
      Object.entries(given).flatMap(([name, value]) => {
        const texts = (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string')
        return texts.length > 0 ? [[name, texts.join('\n')]] : []
      }),
    ),
)

const Upload = z.object({ file: z.instanceof(File).optional().catch(undefined) })

const draftsAgain = async (ctx: PageContext, _: unknown, failure: FormFailure) => (
  <DraftsPage ctx={ctx} drafts={await viewDrafts(ctx)} forms={await viewForms(ctx)} failure={failure} />
)

const bookAgain = async (ctx: PageContext, { bookId }: { bookId: string }, failure: FormFailure) => (
  <BookPage ctx={ctx} {...(await viewBook(ctx, bookId, failure.values))} values={failure.values} failure={failure} />
)

/** Shows the part that was posted, with all that was typed. */
const again =
  (part?: string) =>
  async (ctx: PageContext, { id }: { id: string }, failure: FormFailure) => {
    const { view, dictionary, was, section } = failure.values
    const query = { part: part ?? failure.values.part, view, dictionary, control: was, section }
    return shownPart(await editing(ctx, id, Query.parse(query), failure))
  }

const saved = ({ changed }: { changed: boolean }): string => (changed ? 'draft.saved' : 'draft.same')

export const designerPages = pages('/form-drafts')
  .get('/', { needs: 'form.manage' }, async (ctx) => (
    <DraftsPage ctx={ctx} drafts={await viewDrafts(ctx)} forms={await viewForms(ctx)} />
  ))
  .post(
    '/file',
    { needs: 'form.manage', form: Upload, largest: largestFile, again: draftsAgain },
    async (ctx, _, { file }) => {
      if (!file || file.size === 0) throw new DraftFileMissing()
      const bytes = new Uint8Array(await file.arrayBuffer())
      if (isBook(bytes)) return seeOther(`/form-drafts/books/${await keepBook(ctx, file.name, bytes)}`)
      return seeOther(draftAddress((await beginFromFile(ctx, templateText(bytes))).id), 'draft.made')
    },
  )
  .post(
    '/version',
    { needs: 'form.manage', form: z.object({ form: Text }), again: draftsAgain },
    async (ctx, _, { form }) => seeOther(draftAddress((await beginDraft(ctx, { form })).id), 'draft.made'),
  )
  .post(
    '/blank',
    { needs: 'form.manage', form: NewFormDraft.shape.blank.unwrap(), again: draftsAgain },
    async (ctx, _, blank) => seeOther(draftAddress((await beginDraft(ctx, { blank })).id), 'draft.made'),
  )
  .get('/books/{bookId}', { needs: 'form.manage' }, async (ctx, { bookId }) => (
    <BookPage ctx={ctx} {...(await viewBook(ctx, bookId))} values={{}} />
  ))
  .post(
    '/books/{bookId}',
    { needs: 'form.manage', form: Fields, again: bookAgain },
    async (ctx, { bookId }, values) => {
      if (values.do !== 'take') return <BookPage ctx={ctx} {...(await viewBook(ctx, bookId, values))} values={values} />
      return seeOther(draftAddress((await draftFromBook(ctx, bookId, values)).id), 'draft.made')
    },
  )
  .get('/{id}', { needs: 'form.manage', query: Query }, async (ctx, { id }, query) =>
    shownPart(await editing(ctx, id, query)),
  )
  .post('/{id}/lines', { needs: 'form.manage', form: Fields, again: again() }, async (ctx, { id }, values) => {
    const { blank, ...outcome } = await saveLines(ctx, id, values, linesOnPage)
    const { part, view, dictionary } = values
    const page = Math.floor((Number(values.from) || 0) / linesOnPage) + 1
    const address = partAddress(id, {
      part,
      ...(view ? { view } : {}),
      ...(dictionary ? { dictionary } : {}),
      ...(page > 1 ? { page } : {}),
      blank,
    })
    return seeOther(blank === undefined ? address : `${address}#line-${blank}`, saved(outcome))
  })
  .post('/{id}/head', { needs: 'form.manage', form: Fields, again: again('head') }, async (ctx, { id }, values) =>
    seeOther(partAddress(id, { part: 'head' }), saved(await saveHead(ctx, id, values))),
  )
  .post(
    '/{id}/signature',
    { needs: 'form.manage', form: Fields, again: again('acceptance') },
    async (ctx, { id }, values) =>
      seeOther(partAddress(id, { part: 'acceptance' }), saved(await saveSignature(ctx, id, values))),
  )
  .post('/{id}/cells', { needs: 'form.manage', form: Fields, again: again() }, async (ctx, { id }, values) =>
    seeOther(partAddress(id, { part: values.part, view: 'cells' }), saved(await saveCells(ctx, id, values))),
  )
  .post(
    '/{id}/control',
    { needs: 'form.manage', form: Fields, again: again('controls') },
    async (ctx, { id }, values) => {
      const query = { part: 'controls', control: values.was || 'new' }
      if (values.do === 'read') return shownPart(await editing(ctx, id, query), { typed: values })
      return seeOther(partAddress(id, { part: 'controls' }), saved(await saveControl(ctx, id, values)))
    },
  )
  .post(
    '/{id}/pattern',
    { needs: 'form.manage', form: PatternForm, again: again('controls') },
    async (ctx, { id }, pattern) =>
      seeOther(partAddress(id, { part: 'controls' }), saved(await addPattern(ctx, id, pattern))),
  )
  .post('/{id}/trial', { needs: 'form.manage', form: Fields, again: again('trial') }, async (ctx, { id }, values) => {
    const query = { part: 'trial', section: values.section }
    if (values.do === 'clear') await clearSample(ctx, id)
    else if (values.do === 'take') {
      await takeSample(ctx, id)
      return seeOther(partAddress(id, query), 'draft.sampled')
    } else {
      const refused = await enterSample(ctx, id, values)
      if (refused.length > 0) return shownPart(await editing(ctx, id, query), { refused })
    }
    return seeOther(partAddress(id, query), 'draft.tried')
  })
  .post(
    '/{id}/publication',
    { needs: 'form.manage', form: Fields, again: again('publication') },
    async (ctx, { id }, values) => {
      const [validFrom, validTo] = [typedDay(values.validFrom), typedDay(values.validTo)]
      const form = await publishDraft(ctx, id, { version: Number(values.version) || 0, validFrom, validTo })
      return seeOther(`/forms/${encodeURIComponent(form.code)}`, 'draft.published')
    },
  )
  .post('/{id}/removal', { needs: 'form.manage' }, async (ctx, { id }) => {
    await discardDraft(ctx, id)
    return seeOther('/form-drafts', 'draft.discarded')
  })
  .post(
    '/{id}/restoration',
    { needs: 'form.manage', form: z.object({ number: z.coerce.number().int() }), again: again('history') },
    async (ctx, { id }, { number }) => {
      await restorePart(ctx, id, number)
      return seeOther(partAddress(id, { part: 'history' }), 'draft.restored')
    },
  )
