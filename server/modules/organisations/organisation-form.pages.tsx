import { OrganisationChangeForm, OrganisationForm, type SimilarOrganisation } from '../../../contracts/organisations.ts'
import { Columns, cabinetCrumb, type FieldError, Form, LinkButton, Note, Page, Stack } from '../../../web/kit/index.ts'
import { InvalidInput } from '../../kernel/errors/index.ts'
import { type FormFailure, type PageContext, pages, seeOther } from '../../kernel/http/index.ts'
import { detailsValues } from './details.ts'
import { findHigher, higherInWords, suggestHigher } from './higher.ts'
import { type Choices, fieldsInOrder, OrganisationFields, Parts, Similar } from './organisation-form.tsx'
import { accessOrganisation } from './organisations.access.ts'
import { SimilarFound } from './organisations.errors.ts'
import type { Organisation } from './organisations.queries.ts'
import { listRegions } from './regions.queries.ts'
import { addOrganisation, changeOrganisation } from './registry.ts'

type HigherTold = Parameters<typeof findHigher>[1]

export const organisationFormPages = pages('/organisations')
  .get('/new', { needs: 'organisation.manage' }, async (ctx) => {
    const choices = await choicesOf(ctx)
    const [only, ...others] = choices.regions
    const regionCode = only && others.length === 0 ? only.code : ''
    return <FormPage ctx={ctx} choices={choices} values={{ regionCode }} />
  })
  .post(
    '/new',
    {
      needs: 'organisation.manage',
      form: OrganisationForm,
      again: async (ctx, _params, failure) => showAgain(ctx, failure),
    },
    async (ctx, _params, { higher, parentId, ...organisation }) => {
      const found = await chosenHigher(ctx, { higher, parentId })
      const { id } = await addOrganisation(ctx, { ...organisation, parentId: found })
      return seeOther(`/organisations/${id}`, 'organisation.added')
    },
  )
  .get('/{id}/edit', { needs: 'organisation.manage' }, async (ctx, { id }) => {
    const organisation = await accessOrganisation(ctx.db, ctx, id, 'organisation.manage')
    return (
      <FormPage ctx={ctx} choices={await choicesOf(ctx)} values={valuesOf(organisation)} organisation={organisation} />
    )
  })
  .post(
    '/{id}/edit',
    {
      needs: 'organisation.manage',
      form: OrganisationChangeForm,
      again: async (ctx, { id }, failure) =>
        showAgain(ctx, failure, await accessOrganisation(ctx.db, ctx, id, 'organisation.manage')),
    },
    async (ctx, { id }, { higher, parentId, ...change }) => {
      const organisation = await accessOrganisation(ctx.db, ctx, id, 'organisation.manage')
      const found = await chosenHigher(ctx, { higher, parentId }, organisation)
      await changeOrganisation(ctx, id, { ...change, parentId: found })
      return seeOther(`/organisations/${id}`, 'organisation.changed')
    },
  )

const choicesOf = async (ctx: PageContext): Promise<Choices> => ({
  regions: await listRegions(ctx.db, ctx.grants.scopes('organisation.manage')),
  suggestions: await suggestHigher(ctx),
  hits: [],
})

/** @throws InvalidInput 422 in the field when the words do not tell one organisation */
async function chosenHigher(ctx: PageContext, told: HigherTold, current?: Organisation): Promise<string | null> {
  const found = await findHigher(ctx, told, current)
  if (found.problem === undefined) return found.parentId
  throw new InvalidInput({ fields: [{ field: 'higher', code: 'organisations.higher', text: found.problem }] })
}

/** All that is wrong at once: the words for the higher organisation are looked at even when another field was refused. */
async function showAgain(ctx: PageContext, failure: FormFailure, organisation?: Organisation) {
  const { higher = '', parentId } = failure.values
  const found = await findHigher(ctx, { higher: higher.trim(), parentId }, organisation)
  const errors: FieldError[] = failure.problems
    .filter(({ field }) => field !== 'higher')
    .map(({ field, text }) => ({ field: field === 'parentId' ? 'higher' : field, text }))
  if (found.problem !== undefined) errors.push({ field: 'higher', text: found.problem })
  const similar = similarIn(failure)
  const place = (error: FieldError) => fieldsInOrder.indexOf(error.field ?? '')
  return (
    <FormPage
      ctx={ctx}
      choices={{ ...(await choicesOf(ctx)), hits: found.problem === undefined ? [] : found.hits }}
      values={failure.values}
      organisation={organisation}
      errors={errors.sort((one, other) => place(one) - place(other))}
      message={similar.length > 0 ? undefined : failure.message}
      similar={similar}
    />
  )
}

// as: the parameters of SimilarFound
const similarIn = ({ error }: FormFailure): SimilarOrganisation[] =>
  error instanceof SimilarFound ? (error.params.organisations as SimilarOrganisation[]) : []

const valuesOf = (organisation: Organisation): Record<string, string> => ({
  ...detailsValues(organisation),
  higher: higherInWords(organisation),
  version: String(organisation.version),
})

type FormPageProps = {
  ctx: PageContext
  choices: Choices
  values: Record<string, string>
  /** Undefined when it is being added. */
  organisation?: Organisation | undefined
  errors?: readonly FieldError[]
  /** Why the whole was refused. */
  message?: string | undefined
  /** What is like the one being added. */
  similar?: readonly SimilarOrganisation[]
}

function FormPage({ ctx, choices, values, organisation, errors = [], message, similar = [] }: FormPageProps) {
  const words = organisation ? wordsOfChange(organisation) : wordsOfAdding
  return (
    <Page
      title={words.title}
      frame={ctx.frame}
      crumbs={[
        cabinetCrumb,
        { text: 'Организации', href: '/organisations' },
        ...(organisation ? [{ text: organisation.shortName, href: `/organisations/${organisation.id}` }] : []),
        { text: words.title },
      ]}
      help={{ href: '/guide/organizatsiya#t-вести-реестр-организаций', text: 'реестр организаций' }}
      lead="Все поля обязательны, кроме помеченных «необязательно»."
      hasErrors={errors.length > 0 || message !== undefined || similar.length > 0}
    >
      <Columns shape="form">
        <Stack>
          {message ? (
            <Note tone="bad" title={words.failed} live="alert">
              {message} {organisation ? <a href={words.address}>Открыть эту страницу заново</a> : null}
            </Note>
          ) : null}
          {similar.length > 0 ? <Similar organisations={similar} /> : null}
          <Form
            action={words.address}
            label={words.title}
            draft={`organisation-${organisation?.id ?? 'new'}-${values.version ?? ''}`}
            hidden={{ version: values.version, notDuplicateOf: similar.map(({ id }) => id).join(' ') || undefined }}
          >
            <OrganisationFields
              values={values}
              errors={errors}
              choices={choices}
              words={similar.length > 0 ? { ...words, submit: 'Добавить всё равно' } : words}
              explains={organisation !== undefined}
            />
          </Form>
        </Stack>
        <Parts errors={errors} explains={organisation !== undefined} />
      </Columns>
    </Page>
  )
}

const wordsOfAdding = {
  title: 'Добавление организации',
  address: '/organisations/new',
  failed: 'Организация не добавлена',
  submit: 'Добавить организацию',
  cancel: (
    <LinkButton kind="quiet" href="/organisations">
      Не добавлять
    </LinkButton>
  ),
}

const wordsOfChange = ({ id }: Organisation): typeof wordsOfAdding => ({
  title: 'Изменение сведений об организации',
  address: `/organisations/${id}/edit`,
  failed: 'Изменения не сохранены',
  submit: 'Сохранить изменения',
  cancel: (
    <LinkButton kind="quiet" href={`/organisations/${id}`}>
      Не сохранять
    </LinkButton>
  ),
})
