/** Pages on which an operator notes that an organisation is no more, and takes that back. */
import { LiquidationForm, MergerForm, type OrganisationHit, ReopeningForm } from '../../../contracts/organisations.ts'
import {
  Confirmation,
  cabinetCrumb,
  DateField,
  ErrorSummary,
  type FieldError,
  Note,
  Page,
  Radios,
  Stack,
  TextArea,
  TextField,
} from '../../../web/kit/index.ts'
import { InvalidInput } from '../../kernel/errors/index.ts'
import { type FormFailure, type PageContext, pages, seeOther } from '../../kernel/http/index.ts'
import { liquidateOrganisation, mergeOrganisation, reopenOrganisation } from './ending.ts'
import { findHigher, suggestHigher } from './higher.ts'
import { accessOrganisation } from './organisations.access.ts'
import type { Organisation } from './organisations.queries.ts'

const needs = 'organisation.manage'

export const endingPages = pages('/organisations')
  .get('/{id}/liquidation', { needs }, (ctx, { id }) => showEnding(ctx, id, 'liquidation'))
  .post(
    '/{id}/liquidation',
    { needs, form: LiquidationForm, again: (ctx, { id }, failure) => showEnding(ctx, id, 'liquidation', failure) },
    async (ctx, { id }, liquidation) => {
      await liquidateOrganisation(ctx, id, liquidation)
      return seeOther(`/organisations/${id}`, 'organisation.ended')
    },
  )
  .get('/{id}/merger', { needs }, (ctx, { id }) => showEnding(ctx, id, 'merger'))
  .post(
    '/{id}/merger',
    { needs, form: MergerForm, again: (ctx, { id }, failure) => showEnding(ctx, id, 'merger', failure) },
    async (ctx, { id }, { into, intoId, ...merger }) => {
      const found = await findInto(ctx, into, intoId)
      if (found.problem !== undefined)
        throw new InvalidInput({ fields: [{ field: 'into', code: 'organisations.into', text: found.problem }] })
      await mergeOrganisation(ctx, id, { ...merger, intoId: found.parentId ?? '' })
      return seeOther(`/organisations/${id}`, 'organisation.ended')
    },
  )
  .get('/{id}/reopening', { needs }, (ctx, { id }) => showEnding(ctx, id, 'reopening'))
  .post(
    '/{id}/reopening',
    { needs, form: ReopeningForm, again: (ctx, { id }, failure) => showEnding(ctx, id, 'reopening', failure) },
    async (ctx, { id }, reopening) => {
      await reopenOrganisation(ctx, id, reopening)
      return seeOther(`/organisations/${id}`, 'organisation.reopened')
    },
  )

type Act = 'liquidation' | 'merger' | 'reopening'

const findInto = (ctx: PageContext, into: string, intoId: string | undefined) =>
  findHigher(ctx, { higher: into, parentId: intoId }, undefined, 'организации')

async function showEnding(ctx: PageContext, id: string, act: Act, failure?: FormFailure) {
  const organisation = await accessOrganisation(ctx.db, ctx, id, needs)
  const into = failure?.values.into?.trim() ?? ''
  const found = act === 'merger' && into !== '' ? await findInto(ctx, into, failure?.values.intoId) : undefined
  return (
    <EndingPage
      ctx={ctx}
      organisation={organisation}
      act={act}
      suggestions={act === 'merger' ? await suggestHigher(ctx) : []}
      hits={found?.problem === undefined ? [] : found.hits}
      failure={failure}
    />
  )
}

type EndingProps = {
  ctx: PageContext
  organisation: Organisation
  act: Act
  suggestions: readonly string[]
  /** Organisations that answer to the words for the one into which this was merged. */
  hits: readonly OrganisationHit[]
  failure: FormFailure | undefined
}

function EndingPage({ ctx, organisation, act, suggestions, hits, failure }: EndingProps) {
  const { id, shortName, version } = organisation
  const { title, failed, submit, what, bad } = wordsOf[act]
  const values = failure?.values ?? {}
  const errors: FieldError[] = (failure?.problems ?? []).map(({ field, text }) => ({
    field: field === 'intoId' ? 'into' : field,
    text,
  }))
  const told = (name: string) => ({
    name,
    value: values[name],
    error: errors.find(({ field }) => field === name)?.text,
  })
  const message = failure && errors.length === 0 ? failure.message : undefined
  return (
    <Page
      title={title}
      frame={ctx.frame}
      crumbs={[
        cabinetCrumb,
        { text: 'Организации', href: '/organisations' },
        { text: shortName, href: `/organisations/${id}` },
        { text: title },
      ]}
      lead={shortName}
      hasErrors={failure !== undefined}
    >
      <Stack>
        {message ? (
          <Note tone="bad" title={failed} live="alert">
            {message} <a href={`/organisations/${id}/${act}`}>Открыть эту страницу заново</a>
          </Note>
        ) : null}
        <Confirmation
          action={`/organisations/${id}/${act}`}
          submit={submit}
          cancel={{ text: 'Ничего не менять', href: `/organisations/${id}` }}
          bad={bad}
          hidden={{ version: String(values.version ?? version) }}
        >
          <ErrorSummary title={failed} errors={errors} />
          <p>{what}</p>
          {act === 'merger' ? <Into told={told} suggestions={suggestions} hits={hits} picked={values.intoId} /> : null}
          {act === 'reopening' ? null : <DateField {...told('on')} label="С какого дня" />}
          <TextArea
            {...told('reason')}
            label={act === 'reopening' ? 'Почему' : 'Основание'}
            hint={act === 'reopening' ? 'Останется в истории' : 'Например, постановление или запись в ЕГРЮЛ'}
            rows={2}
            maxLength={2000}
          />
        </Confirmation>
      </Stack>
    </Page>
  )
}

type IntoProps = {
  told: (name: string) => { name: string; value: string | undefined; error: string | undefined }
  suggestions: readonly string[]
  hits: readonly OrganisationHit[]
  picked: string | undefined
}

const Into = ({ told, suggestions, hits, picked }: IntoProps) => (
  <>
    <TextField
      {...told('into')}
      label="В какую организацию она вошла"
      hint="Название или ИНН. Те, кто стоит под этой организацией, перейдут под неё"
      autocomplete="off"
      maxLength={700}
      suggestions={suggestions}
    />
    {hits.length > 0 ? (
      <Radios
        name="intoId"
        label="Какая из них"
        value={picked}
        options={hits.map(({ id, shortName, inn }) => ({ value: id, text: shortName, hint: `ИНН ${inn}` }))}
      />
    ) : null}
  </>
)

const wordsOf: Record<Act, { title: string; failed: string; submit: string; what: string; bad: boolean }> = {
  liquidation: {
    title: 'Организация ликвидирована?',
    failed: 'Ликвидация не отмечена',
    submit: 'Отметить ликвидацию',
    what: 'Новых отчётов и прикреплений у неё не будет. Отчёты, люди и история останутся, найти её можно будет поиском.',
    bad: true,
  },
  merger: {
    title: 'Организация присоединена к другой?',
    failed: 'Присоединение не отмечено',
    submit: 'Отметить присоединение',
    what: 'Новых отчётов и прикреплений у неё не будет. Её отчёты и история останутся при ней, а её страница приведёт к той, в которую она вошла.',
    bad: true,
  },
  reopening: {
    title: 'Вернуть организацию в действующие?',
    failed: 'Организация не возвращена',
    submit: 'Вернуть в действующие',
    what: 'Если ликвидацию или присоединение отметили по ошибке. Те, кто перешёл под другую организацию, останутся под ней.',
    bad: false,
  },
}
