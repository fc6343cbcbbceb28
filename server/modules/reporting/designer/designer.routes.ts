import { z } from 'zod'
import {
  DraftComparison,
  DraftHistory,
  DraftPart,
  DraftPublication,
  FormDraft,
  FormDrafts,
  NewFormDraft,
  PartChange,
  PartSaved,
  RuleReading,
  RuleText,
  WholeDraft,
} from '../../../../contracts/designer.ts'
import { PublishedForm } from '../../../../contracts/forms.ts'
import { writeForm } from '../../../../engine/yaml.ts'
import { routes } from '../../../kernel/http/index.ts'
import { NoSuchPart } from './designer.errors.ts'
import {
  beginDraft,
  compareDraft,
  discardDraft,
  publishDraft,
  savePart,
  viewDraft,
  viewDrafts,
  viewHistory,
} from './drafts.ts'
import { isPart, readPart } from './parts.ts'
import { readRule } from './rule-words.ts'

const twentyMegabytes = 20_971_520
const params = { part: DraftPart }

export const designerRoutes = routes('/form-drafts')
  .get('/', { needs: 'form.manage', summary: 'Черновики форм', replies: FormDrafts }, async (ctx) => ({
    drafts: await viewDrafts(ctx),
  }))
  .post(
    '/',
    {
      needs: 'form.manage',
      summary: 'Начать черновик: пустой, от действующей версии или из файла',
      body: NewFormDraft,
      replies: FormDraft,
      status: 201,
      largest: twentyMegabytes,
    },
    (ctx, _, given) => beginDraft(ctx, given),
  )
  .get(
    '/{id}',
    { needs: 'form.manage', summary: 'Черновик целиком и что мешает его опубликовать', replies: WholeDraft },
    async (ctx, { id }) => {
      const { template, baseId: _, sample: __, fired: ___, ...draft } = await viewDraft(ctx.db, id)
      return { ...draft, yaml: writeForm(template) }
    },
  )
  .get(
    '/{id}/parts/{part}',
    {
      needs: 'form.manage',
      summary: 'Часть черновика',
      params,
      replies: z.object({ version: z.int(), value: z.unknown() }),
    },
    async (ctx, { id, part }) => {
      const { template, version } = await viewDraft(ctx.db, id)
      if (!isPart(part)) throw new NoSuchPart()
      return { version, value: readPart(template, part) }
    },
  )
  .put(
    '/{id}/parts/{part}',
    {
      needs: 'form.manage',
      summary: 'Записать часть черновика',
      params,
      body: PartChange,
      replies: PartSaved,
      largest: twentyMegabytes,
    },
    (ctx, { id, part }, { version, value }) => savePart(ctx, id, part, version, value),
  )
  .get(
    '/{id}/changes',
    { needs: 'form.manage', summary: 'Кто и что менял в черновике', replies: DraftHistory },
    async (ctx, { id }) => ({
      changes: (await viewHistory(ctx.db, id)).map(({ restorable: _, ...change }) => change),
    }),
  )
  .get(
    '/{id}/comparison',
    { needs: 'form.manage', summary: 'Чем черновик отличается от действующей версии', replies: DraftComparison },
    async (ctx, { id }) => compareDraft(ctx.db, await viewDraft(ctx.db, id)),
  )
  .post(
    '/{id}/rule-readings',
    { needs: 'form.manage', summary: 'Прочитать правило контроля словами', body: RuleText, replies: RuleReading },
    async (_ctx, _params, rule) => readRule(rule),
  )
  .post(
    '/{id}/publication',
    {
      needs: 'form.manage',
      summary: 'Опубликовать черновик',
      body: DraftPublication,
      replies: PublishedForm,
      status: 201,
    },
    async (ctx, { id }, publication) => {
      const form = await publishDraft(ctx, id, publication)
      return { form: { ...form, publishedAt: form.publishedAt.toISOString() }, warnings: [] }
    },
  )
  .delete('/{id}', { needs: 'form.manage', summary: 'Убрать черновик', status: 204 }, (ctx, { id }) =>
    discardDraft(ctx, id),
  )
