/** What can be asked for, by kinds, in plain words; and the one form that asks for any of them. */
import { z } from 'zod'
import {
  Button,
  Card,
  Columns,
  ErrorSummary,
  Form,
  FormEnd,
  LinkButton,
  List,
  ListItem,
  Note,
  Page,
  Quiet,
  Stack,
  Text,
  tied,
} from '../../../web/kit/index.ts'
import { NotFound } from '../../kernel/errors/index.ts'
import { type FormFailure, type PageContext, pages, seeOther } from '../../kernel/http/index.ts'
import type { Organisation } from '../organisations/index.ts'
import { type ApplicationType, type Asking, findType, listTypes } from './application-type.ts'
import { showChoosing } from './choosing.page.tsx'
import { listOwnOrganisations } from './circumstances.queries.ts'
import { type Field, Fields } from './fields.tsx'
import { asking, crumbsTo, helpOf } from './new.kit.ts'
import { accessSubject, submitApplication } from './submission.ts'
import { WhatNext } from './what-next.tsx'

const Chosen = z.looseObject({
  q: z.string().trim().max(200).catch('').default(''),
  organisation: z.uuid().optional().catch(undefined),
  /** Another is to be chosen, though one would do. */
  other: z.literal('yes').optional().catch(undefined),
})
const Typed = z.looseObject({ organisationId: z.uuid().optional() })

const kind = z.string().regex(/^[a-z][a-z-]{1,40}$/)

export const newApplicationPages = pages('/applications')
  .get('/new', { needs: 'signed-in' }, async (ctx) => <KindsPage ctx={ctx} />)
  .get('/new/{kind}', { needs: 'signed-in', params: { kind }, query: Chosen }, async (ctx, params, query) => {
    const type = getType(params.kind)
    const { q, organisation: id, other, ...known } = query
    const chosen = id ?? (other || q ? undefined : await onlyOne(ctx, type))
    if (type.about === 'organisation' && !chosen) return showChoosing(ctx, type, q)
    const organisation = await accessSubject(ctx.db, ctx, type, chosen ?? null)
    return showForm(ctx, type, organisation, undefined, z.record(z.string(), z.string()).catch({}).parse(known))
  })
  .post(
    '/new/{kind}',
    {
      needs: 'signed-in',
      params: { kind },
      form: Typed,
      again: async (ctx, params, failure) => {
        const type = getType(params.kind)
        const id = z.uuid().safeParse(failure.values.organisationId).data
        return showForm(ctx, type, await accessSubject(ctx.db, ctx, type, id ?? null), failure)
      },
    },
    async (ctx, params, { organisationId, ...form }) => {
      const { id } = await submitApplication(ctx, { kind: params.kind, organisationId: organisationId ?? null, form })
      return seeOther(`/applications/${id}`, 'application.submitted')
    },
  )

function getType(name: string): ApplicationType {
  const type = findType(name)
  if (!type) throw new NotFound({ what: 'page' })
  return type
}

const groupTitles: Record<ApplicationType['group'], string> = {
  people: 'Люди и доступ',
  organisations: 'Организации',
  reports: 'Отчёты',
}

function KindsPage({ ctx }: { ctx: PageContext }) {
  const types = listTypes().filter((type) => !type.hidden && mayAskSomewhere(ctx, type))
  return (
    <Page
      title="Подать заявку"
      frame={ctx.frame}
      crumbs={crumbsTo()}
      help={{ href: '/guide/zayavki', text: 'заявки' }}
      lead="Выберите, о чём вы просите. Заявка покажет, у кого она, до какого дня её решат и что будет дальше."
    >
      <Stack>
        {(['people', 'organisations', 'reports'] as const)
          .map((group) => ({ group, members: types.filter((type) => type.group === group) }))
          .filter(({ members }) => members.length > 0)
          .map(({ group, members }) => (
            <Card key={group} title={groupTitles[group]}>
              <List label={groupTitles[group]}>
                {members.map((type) => (
                  <ListItem key={type.kind} title={type.title} href={asking(type)}>
                    {type.told}
                  </ListItem>
                ))}
              </List>
            </Card>
          ))}
      </Stack>
    </Page>
  )
}

const mayAskSomewhere = ({ grants }: PageContext, { asks }: ApplicationType): boolean =>
  asks === 'anyone' || asks.some((permission) => grants.has(permission))

/** Whoever is of one organisation need not choose it. */
async function onlyOne(ctx: PageContext, type: ApplicationType): Promise<string | undefined> {
  if (type.about !== 'organisation' || type.asks === 'anyone') return undefined
  const own = await listOwnOrganisations(ctx.db, ctx.account.id)
  return own.length === 1 ? own[0]?.id : undefined
}

async function showForm(
  ctx: PageContext,
  type: ApplicationType,
  organisation: Organisation | undefined,
  failure?: FormFailure,
  known: Record<string, string> = {},
) {
  const about: Asking = { db: ctx.db, asker: ctx, organisation, timeZone: ctx.timeZone }
  const fields = await type.fields(about)
  const values = failure?.values ?? { ...(await type.values?.(about)), ...known }
  return (
    <Page
      title={type.title}
      frame={ctx.frame}
      crumbs={crumbsTo(type.title)}
      lead={type.about === 'organisation' && type.asks === 'anyone' ? `Шаг 2 из 2. ${type.told}` : type.told}
      help={helpOf(type)}
      hasErrors={failure !== undefined}
    >
      <Columns shape="form">
        <Stack>
          {organisation ? (
            <Card title="Организация" aside={<a href={`${asking(type)}?other=yes`}>Выбрать другую</a>}>
              <Text>
                <b>{tied(organisation.shortName)}</b>
              </Text>
              <Quiet>ИНН {organisation.inn}</Quiet>
            </Card>
          ) : null}
          <WholeForm
            draft={`${type.kind}-${organisation?.id ?? 'new'}`}
            hidden={{ organisationId: organisation?.id }}
            fields={fields}
            values={values}
            failure={failure}
          />
        </Stack>
        <WhatNext type={type} />
      </Columns>
    </Page>
  )
}

type WholeProps = {
  draft?: string
  hidden?: Record<string, string | undefined>
  fields: readonly Field[]
  values: Record<string, string | undefined>
  failure: FormFailure | undefined
  cancel?: string
}

export function WholeForm({ draft, hidden, fields, values, failure, cancel = '/applications/new' }: WholeProps) {
  const problems = failure?.problems ?? []
  return (
    <Form draft={draft} hidden={hidden}>
      <ErrorSummary title="Заявка не отправлена" errors={problems.map((problem) => labelled(fields, problem))} />
      {failure?.message ? (
        <Note tone="bad" title="Заявка не отправлена" live="alert">
          {failure.message}
        </Note>
      ) : null}
      <Fields fields={fields} values={values} errors={problems} />
      <FormEnd>
        <Button kind="main">Отправить заявку</Button>
        <LinkButton kind="quiet" href={cancel}>
          Не отправлять
        </LinkButton>
      </FormEnd>
    </Form>
  )
}

/** «ИНН: в номере опечатка»: away from its field a fault names it. */
const labelled = (fields: readonly Field[], { field, text }: { field: string; text: string }) => {
  const label = fields.find(({ name }) => name === field)?.label
  return { field, text: label ? `${label}: ${text}` : text }
}
