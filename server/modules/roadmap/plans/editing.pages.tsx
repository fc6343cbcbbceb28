/** Pages on which measures are added, changed, cancelled, restored, removed and moved. */
import { z } from 'zod'
import { type Measure, MeasureDecision, MeasureMove } from '../../../../contracts/measures.ts'
import { RegionCode } from '../../../../contracts/roadmaps.ts'
import { Confirmation, type Crumb, Page, Text, TextArea } from '../../../../web/kit/index.ts'
import { Forbidden } from '../../../kernel/errors/index.ts'
import { type FormFailure, type PageContext, pages, seeOther } from '../../../kernel/http/index.ts'
import { roadmapCrumbs, templateChoice } from '../roadmaps/roadmap.tabs.tsx'
import { findRoadmap } from '../roadmaps/roadmaps.queries.ts'
import { listIndicators, listPlanned } from './changing.queries.ts'
import { addMeasure, changeMeasure, changeResponsible } from './changing.ts'
import { cancelMeasure, moveMeasure, removeMeasure, restoreMeasure } from './deciding.ts'
import { MeasureFields, NewMeasureFields, ResponsibleFields, valuesOf, withOrganisations } from './measure.form.ts'
import { type Choices, MeasureFormPage } from './measure-form.page.tsx'
import { accessMeasure } from './measures.access.ts'
import { detailsOf, isCopy } from './measures.ts'
import { nextNumber } from './numbers.ts'
import { accessPlan, editingOf, placeOfPlan } from './plan.ts'
import { planAddress } from './plan.words.ts'
import { MeasureChanged } from './plans.errors.ts'

const NewQuery = z.object({
  region: RegionCode.optional().catch(undefined),
  section: z.uuid().optional().catch(undefined),
})

export const planEditingPages = pages('/roadmaps')
  .get('/{id}/plan/new', { needs: 'roadmap.read', query: NewQuery }, (ctx, { id }, { region, section }) =>
    newPage(ctx, id, region, section ? { sectionId: section } : {}),
  )
  .post(
    '/{id}/plan/new',
    {
      needs: 'roadmap.read',
      form: NewMeasureFields,
      again: (ctx, { id }, failure) => newPage(ctx, id, failure.values.region, failure.values, failure),
    },
    async (ctx, { id }, typed) => {
      const { number: typedNumber, ...fields } = await withOrganisations(ctx.db, typed)
      const number = typedNumber || (await numberFor(ctx, id, typed))
      const added = await addMeasure(ctx, id, { ...fields, number })
      return seeOther(`/measures/${added.id}`, added.region === null ? 'measure.spread' : 'measure.added')
    },
  )

export const measureEditingPages = pages('/measures')
  .get('/{id}/edit', { needs: 'roadmap.read' }, (ctx, { id }) => editPage(ctx, id))
  .post(
    '/{id}/edit',
    {
      needs: 'roadmap.read',
      form: MeasureFields,
      again: (ctx, { id }, failure) => editPage(ctx, id, failure),
    },
    async (ctx, { id }, typed) => {
      const { region } = await changeMeasure(ctx, id, await withOrganisations(ctx.db, typed))
      return seeOther(`/measures/${id}`, region === null ? 'measure.saved-everywhere' : 'measure.saved')
    },
  )
  .post(
    '/{id}/responsible',
    {
      needs: 'plan.edit',
      form: ResponsibleFields,
      again: (ctx, { id }, failure) => editPage(ctx, id, failure),
    },
    async (ctx, { id }, typed) => {
      await changeResponsible(ctx, id, await withOrganisations(ctx.db, typed))
      return seeOther(`/measures/${id}`, 'measure.saved')
    },
  )
  .get('/{id}/cancellation', { needs: 'roadmap.read' }, (ctx, { id }) => decisionPage(ctx, id, 'cancellation'))
  .post(
    '/{id}/cancellation',
    {
      needs: 'roadmap.read',
      form: MeasureDecision,
      again: (ctx, { id }, failure) => decisionPage(ctx, id, 'cancellation', failure),
    },
    async (ctx, { id }, decision) => {
      await cancelMeasure(ctx, id, decision)
      return seeOther(`/measures/${id}`, 'measure.is-cancelled')
    },
  )
  .get('/{id}/restoration', { needs: 'roadmap.read' }, (ctx, { id }) => decisionPage(ctx, id, 'restoration'))
  .post(
    '/{id}/restoration',
    {
      needs: 'roadmap.read',
      form: MeasureDecision,
      again: (ctx, { id }, failure) => decisionPage(ctx, id, 'restoration', failure),
    },
    async (ctx, { id }, decision) => {
      await restoreMeasure(ctx, id, decision)
      return seeOther(`/measures/${id}`, 'measure.is-restored')
    },
  )
  .get('/{id}/removal', { needs: 'roadmap.read' }, (ctx, { id }) => decisionPage(ctx, id, 'removal'))
  .post(
    '/{id}/removal',
    { needs: 'roadmap.read', again: (ctx, { id }, failure) => decisionPage(ctx, id, 'removal', failure) },
    async (ctx, { id }) => {
      const { roadmapId, region } = await accessMeasure(ctx.db, ctx, id, 'roadmap.read')
      await removeMeasure(ctx, id)
      return seeOther(planAddress(roadmapId, { region: region ?? templateChoice }), 'measure.removed')
    },
  )
  .post('/{id}/place', { needs: 'roadmap.read', form: MeasureMove }, async (ctx, { id }, move) => {
    await moveMeasure(ctx, id, move)
    return seeOther(`/measures/${id}`, 'measure.moved')
  })

/** The form of a plan of which one may change nothing does not open. */
async function newPage(
  ctx: PageContext,
  roadmapId: string,
  asked: string | undefined,
  values: Readonly<Record<string, string>>,
  failure?: FormFailure,
) {
  const { roadmap, region: found, sections } = await accessPlan(ctx.db, ctx, roadmapId, asked)
  const region = found?.code ?? null
  const editable = sections.filter(({ id }) => ctx.grants.allow(editingOf(region), placeOfPlan(region, id)))
  if (editable.length === 0 && !ctx.grants.allow(editingOf(region), placeOfPlan(region))) throw new Forbidden()
  const others = await listPlanned(ctx.db, roadmapId, region)
  const plan = planAddress(roadmapId, { region: region ?? templateChoice })
  return (
    <MeasureFormPage
      ctx={ctx}
      title={found ? `Новое мероприятие: ${found.name}` : 'Новое мероприятие шаблона'}
      lead={
        found
          ? 'Своё мероприятие региона: его видят в этом регионе и координатор, в шаблон оно не попадёт.'
          : 'Когда дорожная карта опубликована, оно сразу появится в плане каждого региона.'
      }
      crumbs={roadmapCrumbs(roadmap, ...planCrumbs(found?.name, plan), { text: 'Новое мероприятие' })}
      action={`/roadmaps/${roadmapId}/plan/new`}
      back={plan}
      values={values}
      failure={failure}
      hidden={{ region: region ?? templateChoice }}
      whole={{
        sections: editable,
        indicators: await listIndicators(ctx.db, roadmapId),
        others,
        numbers: editable.map((section) => nextNumber(section, others)),
        asksReason: false,
      }}
      asksWho={region !== null}
    />
  )
}

const planCrumbs = (region: string | null | undefined, href: string): Crumb[] => [
  { text: region ? `План: ${region}` : 'Шаблон плана', href },
]

async function numberFor(ctx: PageContext, roadmapId: string, typed: { region: string; sectionId: string }) {
  const { region, sections } = await accessPlan(ctx.db, ctx, roadmapId, typed.region)
  const section = sections.find(({ id }) => id === typed.sectionId)
  return section ? nextNumber(section, await listPlanned(ctx.db, roadmapId, region?.code ?? null)) : '1'
}

async function editPage(ctx: PageContext, id: string, failure?: FormFailure) {
  const { row, measure, crumbs } = await opened(ctx, id)
  const copy = isCopy(row)
  const values = failure?.values ?? (await valuesOf(ctx.db, measure))
  // Whoever was told what has changed meanwhile saves over it knowingly.
  const version = failure?.error instanceof MeasureChanged ? String(row.version) : values.version
  return (
    <MeasureFormPage
      ctx={ctx}
      title={copy ? `Ответственные за мероприятие ${row.number}` : `Изменить мероприятие ${row.number}`}
      lead={row.title}
      crumbs={[...crumbs, { text: copy ? 'Ответственные' : 'Изменение' }]}
      action={copy ? `/measures/${id}/responsible` : `/measures/${id}/edit`}
      back={`/measures/${id}`}
      values={values}
      failure={failure}
      hidden={{ version }}
      whole={copy ? undefined : await choicesOf(ctx, row)}
      copy={copy ? measure : undefined}
      asksWho={row.region !== null}
    />
  )
}

/** What is wanted of a measure that one may change. */
async function opened(ctx: PageContext, id: string) {
  const { region } = await accessMeasure(ctx.db, ctx, id, 'roadmap.read')
  const row = await accessMeasure(ctx.db, ctx, id, editingOf(region))
  const roadmap = await findRoadmap(ctx.db, row.roadmapId)
  if (!roadmap) throw new Error(`No roadmap ${row.roadmapId}`)
  const plan = planAddress(row.roadmapId, { region: region ?? templateChoice })
  const crumbs = roadmapCrumbs(roadmap, ...planCrumbs(row.regionName, plan), {
    text: `Мероприятие ${row.number}`,
    href: `/measures/${id}`,
  })
  // as: the reply of the API, before it is checked once more on its way out
  return { row, measure: (await detailsOf(ctx.db, row)) as Measure, crumbs }
}

async function choicesOf(
  ctx: PageContext,
  { id, roadmapId, region, publishedAt }: Awaited<ReturnType<typeof opened>>['row'],
): Promise<Choices> {
  const { sections } = await accessPlan(ctx.db, ctx, roadmapId, region ?? templateChoice)
  return {
    sections: sections.filter((section) => ctx.grants.allow(editingOf(region), placeOfPlan(region, section.id))),
    indicators: await listIndicators(ctx.db, roadmapId),
    others: (await listPlanned(ctx.db, roadmapId, region)).filter((other) => other.id !== id),
    asksReason: publishedAt !== null,
  }
}

const decisions = {
  cancellation: {
    question: (number: string) => `Отменить мероприятие ${number}?`,
    submit: 'Отменить мероприятие',
    cancel: 'Не отменять',
    told: (template: boolean) =>
      `Выполнять его и отчитываться по нему больше не нужно${template ? ', во всех регионах; операторы получат сообщение' : ''}. Всё, что о нём известно, останется. Вернуть его в план можно.`,
  },
  restoration: {
    question: (number: string) => `Вернуть мероприятие ${number} в план?`,
    submit: 'Вернуть в план',
    cancel: 'Не возвращать',
    told: (template: boolean) =>
      `Его снова нужно выполнить в срок${template ? ', во всех регионах; операторы получат сообщение' : ''}. Если срок прошёл, оно станет просроченным: срок можно изменить.`,
  },
  removal: {
    question: (number: string) => `Удалить мероприятие ${number}?`,
    submit: 'Удалить мероприятие',
    cancel: 'Не удалять',
    told: (template: boolean) =>
      `Оно исчезнет${template ? ' из шаблона и из планов всех регионов' : ' из плана'} вместе со своей историей, вернуть его нельзя. Удаляют то, что добавили по ошибке; если мероприятие стало не нужно, отмените его.`,
  },
} as const

async function decisionPage(ctx: PageContext, id: string, deed: keyof typeof decisions, failure?: FormFailure) {
  const { row, crumbs } = await opened(ctx, id)
  const { question, submit, cancel, told } = decisions[deed]
  return (
    <Page
      title={question(row.number)}
      lead={row.title}
      frame={ctx.frame}
      crumbs={[...crumbs, { text: submit }]}
      help={{ href: '/guide/dorozhnaya-karta#t-план-мероприятий', text: 'изменение плана' }}
      hasErrors={failure !== undefined}
    >
      <Confirmation
        action={`/measures/${id}/${deed}`}
        submit={submit}
        cancel={{ text: cancel, href: `/measures/${id}` }}
        bad={deed !== 'restoration'}
      >
        <Text>{told(row.region === null)}</Text>
        {failure?.message ? <Text>{failure.message}</Text> : null}
        {deed === 'removal' ? null : (
          <TextArea
            name="reason"
            label="Причина"
            hint="Останется в истории, её увидят все, кто работает с планом"
            value={failure?.values.reason}
            error={failure?.problems.find(({ field }) => field === 'reason')?.text}
          />
        )}
      </Confirmation>
    </Page>
  )
}
