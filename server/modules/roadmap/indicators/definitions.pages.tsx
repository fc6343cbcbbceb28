import { NotFound } from '../../../kernel/errors/index.ts'
import { type FormFailure, type PageContext, pages, seeOther } from '../../../kernel/http/index.ts'
import { accessRoadmapToManage } from '../roadmaps/roadmaps.access.ts'
import { DefinitionPage } from './definition.page.tsx'
import { IndicatorForm, NewIndicatorForm, newValues, valuesOf } from './definitions.form.ts'
import { DefinitionsPage } from './definitions.page.tsx'
import { addIndicator, archiveIndicator, changeIndicator, viewDefinitions } from './definitions.ts'

export const definitionsPages = pages('/roadmaps')
  .get('/{id}/indicators/definitions', { needs: 'roadmap.manage' }, (ctx, { id }) => listPage(ctx, id))
  .get('/{id}/indicators/definitions/new', { needs: 'roadmap.manage' }, (ctx, { id }) => newPage(ctx, id))
  .post(
    '/{id}/indicators/definitions/new',
    {
      needs: 'roadmap.manage',
      form: NewIndicatorForm,
      again: (ctx, { id }, failure) => newPage(ctx, id, failure),
    },
    async (ctx, { id }, fields) => {
      await addIndicator(ctx, id, fields)
      return seeOther(`/roadmaps/${id}/indicators/definitions`, 'indicator.added')
    },
  )
  .get('/{id}/indicators/definitions/{indicatorId}', { needs: 'roadmap.manage' }, (ctx, { id, indicatorId }) =>
    editPage(ctx, id, indicatorId),
  )
  .post(
    '/{id}/indicators/definitions/{indicatorId}',
    {
      needs: 'roadmap.manage',
      form: IndicatorForm,
      again: (ctx, { id, indicatorId }, failure) => editPage(ctx, id, indicatorId, failure),
    },
    async (ctx, { id, indicatorId }, fields) => {
      await changeIndicator(ctx, id, indicatorId, fields)
      return seeOther(`/roadmaps/${id}/indicators/definitions`, 'indicator.saved')
    },
  )
  .post(
    '/{id}/indicators/definitions/{indicatorId}/archive',
    { needs: 'roadmap.manage', again: (ctx, { id }, failure) => listPage(ctx, id, failure.message) },
    async (ctx, { id, indicatorId }) => {
      await archiveIndicator(ctx, id, indicatorId, true)
      return seeOther(`/roadmaps/${id}/indicators/definitions`, 'indicator.archived')
    },
  )
  .post(
    '/{id}/indicators/definitions/{indicatorId}/restoration',
    { needs: 'roadmap.manage', again: (ctx, { id }, failure) => listPage(ctx, id, failure.message) },
    async (ctx, { id, indicatorId }) => {
      await archiveIndicator(ctx, id, indicatorId, false)
      return seeOther(`/roadmaps/${id}/indicators/definitions`, 'indicator.restored')
    },
  )

async function listPage(ctx: PageContext, id: string, message?: string) {
  const roadmap = await accessRoadmapToManage(ctx.db, ctx, id)
  const { indicators } = await viewDefinitions(ctx, id)
  return <DefinitionsPage ctx={ctx} roadmap={roadmap} indicators={indicators} message={message} />
}

async function newPage(ctx: PageContext, id: string, failure?: FormFailure) {
  const roadmap = await accessRoadmapToManage(ctx.db, ctx, id)
  const { indicators } = await viewDefinitions(ctx, id)
  return (
    <DefinitionPage
      ctx={ctx}
      roadmap={roadmap}
      title="Новый показатель"
      action={`/roadmaps/${id}/indicators/definitions/new`}
      values={failure?.values ?? newValues}
      others={indicators}
      publishedPeriods={0}
      failure={failure}
    />
  )
}

async function editPage(ctx: PageContext, id: string, indicatorId: string, failure?: FormFailure) {
  const roadmap = await accessRoadmapToManage(ctx.db, ctx, id)
  const { indicators } = await viewDefinitions(ctx, id)
  const definition = indicators.find((indicator) => indicator.id === indicatorId)
  if (!definition) throw new NotFound({ what: 'indicator' })
  return (
    <DefinitionPage
      ctx={ctx}
      roadmap={roadmap}
      title={definition.title}
      action={`/roadmaps/${id}/indicators/definitions/${indicatorId}`}
      values={failure?.values ?? valuesOf(definition)}
      others={indicators.filter((indicator) => indicator.id !== indicatorId)}
      publishedPeriods={definition.publishedPeriods}
      failure={failure}
    />
  )
}
