import { z } from 'zod'
import { NewSubstitution } from '../../../../contracts/campaigns.ts'
import {
  Button,
  Card,
  cabinetCrumb,
  DateField,
  EmptyState,
  ErrorSummary,
  FieldRow,
  Form,
  FormEnd,
  formatDate,
  LinkButton,
  List,
  ListItem,
  Note,
  Page,
  parseDate,
  Select,
  Stack,
  TextField,
} from '../../../../web/kit/index.ts'
import { NotFound } from '../../../kernel/errors/index.ts'
import { type FormFailure, type PageContext, pages, seeOther } from '../../../kernel/http/index.ts'
import type { OrganisationBlock } from '../../../kernel/room.ts'
import { accessOrganisation, listMembers, placeOf } from '../../organisations/index.ts'
import {
  accessSubstitutions,
  endSubstitution,
  maySubstitute,
  setSubstitution,
  viewSubstitutions,
} from './substitutions.ts'

const Day = (what: string) =>
  z
    .string(what)
    .transform((typed) => parseDate(typed) ?? '')
    .refine((day) => day !== '', what)

const Fields = NewSubstitution.extend({
  startsOn: Day('Укажите первый день: ДД.ММ.ГГГГ'),
  endsOn: Day('Укажите последний день: ДД.ММ.ГГГГ'),
})

export const substitutionPages = pages('/substitutions')
  .get(
    '/new',
    { needs: 'report.read', query: z.object({ organisation: z.uuid() }) },
    (ctx, _params, { organisation }) => newPage(ctx, organisation),
  )
  .post(
    '/new',
    {
      needs: 'report.read',
      form: Fields,
      again: (ctx, _params, failure) => newPage(ctx, organisationIn(failure), failure),
    },
    async (ctx, _params, asked) => {
      await setSubstitution(ctx, asked)
      return seeOther(`/organisations/${asked.organisationId}`, 'substitution.set')
    },
  )
  .post('/{id}/ending', { needs: 'report.read' }, async (ctx, { id }) => {
    const { organisationId } = await endSubstitution(ctx, id)
    return seeOther(`/organisations/${organisationId}`, 'substitution.ended')
  })

function organisationIn({ values }: FormFailure): string {
  const { success, data } = z.uuid().safeParse(values.organisationId)
  if (!success) throw new NotFound({ what: 'organisation' })
  return data
}

async function newPage(ctx: PageContext, organisationId: string, failure?: FormFailure) {
  const organisation = await accessSubstitutions(ctx.db, ctx, organisationId)
  const members = await listMembers(ctx.db, organisationId)
  const options = (roles: readonly string[]) =>
    members
      .filter(({ role }) => roles.includes(role))
      .map(({ accountId, fullName, position }) => ({
        value: accountId,
        text: position ? `${fullName}, ${position}` : fullName,
      }))
  const errors = failure?.problems ?? []
  const typed = (field: string) => failure?.values[field]
  const errorOf = (field: string) => errors.find((problem) => problem.field === field)?.text
  const back = `/organisations/${organisationId}`
  return (
    <Page
      title="Замещение ответственного"
      lead="Замещающий в эти дни заполняет и отправляет отчёты организации и получает напоминания. После последнего дня замещение кончится само."
      frame={ctx.frame}
      crumbs={[cabinetCrumb, { text: organisation.shortName, href: back }, { text: 'Замещение' }]}
      help={{ href: '/guide/sbory', text: 'замещение ответственного' }}
      hasErrors={failure !== undefined}
    >
      <Stack>
        <ErrorSummary title="Замещение не назначено" errors={errors} />
        {failure?.message ? (
          <Note tone="bad" live="alert">
            {failure.message}
          </Note>
        ) : null}
        <Card>
          <Form action="/substitutions/new" hidden={{ organisationId }}>
            <Select
              name="absentId"
              label="Кого замещают"
              empty="Выберите ответственного"
              options={options(['responsible'])}
              value={typed('absentId')}
              error={errorOf('absentId')}
            />
            <Select
              name="substituteId"
              label="Кто замещает"
              empty="Выберите сотрудника"
              options={options(['member', 'responsible'])}
              value={typed('substituteId')}
              error={errorOf('substituteId')}
            />
            <FieldRow>
              <DateField name="startsOn" label="Первый день" value={typed('startsOn')} error={errorOf('startsOn')} />
              <DateField name="endsOn" label="Последний день" value={typed('endsOn')} error={errorOf('endsOn')} />
            </FieldRow>
            <TextField
              name="reason"
              label="Почему"
              hint="Например, отпуск"
              optional
              maxLength={300}
              value={typed('reason')}
              error={errorOf('reason')}
            />
            <FormEnd>
              <Button kind="main">Назначить замещение</Button>
              <LinkButton kind="quiet" href={back}>
                Не назначать
              </LinkButton>
            </FormEnd>
          </Form>
        </Card>
      </Stack>
    </Page>
  )
}

/** On the organisation's page: who stands in for whom. */
export const substitutionBlock: OrganisationBlock = {
  order: 12,
  render: async (ctx, organisationId) => {
    const organisation = await accessOrganisation(ctx.db, ctx, organisationId, 'organisation.read')
    if (!ctx.grants.allow('report.read', placeOf(organisation))) return null
    const sets = maySubstitute(ctx, organisation)
    const substitutions = await viewSubstitutions(ctx, organisationId)
    if (substitutions.length === 0 && !sets) return null
    return (
      <Card
        title="Замещение ответственного"
        aside={sets ? <a href={`/substitutions/new?organisation=${organisationId}`}>Назначить</a> : undefined}
      >
        {substitutions.length === 0 ? (
          <EmptyState title="Никто никого не замещает" icon="check">
            На время отпуска ответственного назначьте, кто отправит отчёты вместо него.
          </EmptyState>
        ) : (
          <List label="Замещения">
            {substitutions.map(({ id, absent, substitute, startsOn, endsOn, reason }) => (
              <ListItem
                key={id}
                title={substitute}
                under={[`вместо: ${absent}`, `${formatDate(startsOn)} — ${formatDate(endsOn)}`, reason ?? undefined]}
                end={
                  sets ? (
                    <Form action={`/substitutions/${id}/ending`}>
                      <Button size="small" kind="quiet" about={substitute}>
                        Закончить
                      </Button>
                    </Form>
                  ) : undefined
                }
              />
            ))}
          </List>
        )}
      </Card>
    )
  },
}
