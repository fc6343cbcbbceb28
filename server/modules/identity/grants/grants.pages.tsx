import { z } from 'zod'
import { type AccountView, GrantToGive, type RightsView } from '../../../../contracts/accounts.ts'
import {
  Button,
  Card,
  counted,
  DateField,
  EmptyState,
  FieldRow,
  Form,
  FormEnd,
  LinkButton,
  List,
  ListItem,
  Page,
  parseDate,
  Radios,
  Select,
  Stack,
  Text,
  TextField,
} from '../../../../web/kit/index.ts'
import { roleNames } from '../../../kernel/access/index.ts'
import { InvalidInput, NotFound } from '../../../kernel/errors/index.ts'
import { type FormFailure, type PageContext, pages, seeOther } from '../../../kernel/http/index.ts'
import { crumbsTo, placeOf } from '../accounts/account.page.tsx'
import { accountName } from '../accounts/account.ts'
import { givingGrants } from '../accounts/accounts.access.ts'
import { DeedPage } from '../accounts/deed.page.tsx'
import { viewAccount, viewRights } from '../accounts/viewing.ts'
import { Problems, problemOf } from '../form-problems.tsx'
import { findOrganisationByInn, listRegionsWithin } from './administration.queries.ts'
import { giveGrant, revokeGrant } from './administration.ts'
import { rolesToGive } from './reach.ts'

const needs = 'grant.give'
const GrantForm = z.object({
  role: GrantToGive.shape.role,
  scope: z.enum(['everywhere', 'region', 'subtree', 'organisation'], 'Выберите, где роль действует'),
  region: z.string().trim().max(20).optional(),
  inn: z.string().trim().max(20).optional(),
  startsOn: z.string().trim().max(20).optional(),
  endsOn: z.string().trim().max(20).optional(),
})

export const grantsPages = pages('/accounts')
  .get('/{id}/rights', { needs: 'account.read' }, async (ctx, { id }) => (
    <RightsPage ctx={ctx} account={await viewAccount(ctx, id)} rights={await viewRights(ctx, id)} />
  ))
  .get('/{id}/grants/new', { needs }, (ctx, { id }) => givePage(ctx, id))
  .post(
    '/{id}/grants/new',
    { needs, form: GrantForm, again: (ctx, { id }, failure) => givePage(ctx, id, failure) },
    async (ctx, { id }, form) => {
      await giveGrant(ctx, id, await grantOf(ctx, form))
      return seeOther(`/accounts/${id}`, 'accounts.granted')
    },
  )
  .get('/{id}/grants/{grantId}/revocation', { needs }, (ctx, { id, grantId }) => revocationPage(ctx, id, grantId))
  .post(
    '/{id}/grants/{grantId}/revocation',
    { needs, again: (ctx, { id, grantId }, failure) => revocationPage(ctx, id, grantId, failure) },
    async (ctx, { id, grantId }) => {
      await revokeGrant(ctx, id, grantId)
      return seeOther(`/accounts/${id}`, 'accounts.revoked')
    },
  )

/** As a person types it: an ИНН for the organisation, days as ДД.ММ.ГГГГ. */
async function grantOf(ctx: PageContext, form: z.output<typeof GrantForm>): Promise<GrantToGive> {
  const { role, scope, region, inn } = form
  const placed = scope === 'subtree' || scope === 'organisation'
  const organisation = placed && inn ? await findOrganisationByInn(ctx.db, inn.replaceAll(/\D/g, '')) : undefined
  if (placed && !organisation) throw wrongField('inn', 'Организации с таким ИНН в реестре нет')
  const startsOn = dayOf('startsOn', form.startsOn)
  const endsOn = dayOf('endsOn', form.endsOn)
  if (startsOn && endsOn && endsOn < startsOn) throw wrongField('endsOn', 'Последний день раньше первого')
  return {
    role,
    scope,
    region: scope === 'region' ? region || null : null,
    organisationId: organisation?.id ?? null,
    startsOn,
    endsOn,
  }
}

function dayOf(field: string, typed: string | undefined): string | null {
  if (!typed) return null
  const day = parseDate(typed)
  if (!day) throw wrongField(field, 'Дату пишут так: 31.01.2027')
  return day
}

async function givePage(ctx: PageContext, id: string, failure?: FormFailure) {
  const account = await viewAccount(ctx, id)
  const regions = await listRegionsWithin(ctx.db, ctx.grants.scopes(needs))
  return <GivePage ctx={ctx} account={account} regions={regions} failure={failure} />
}

async function revocationPage(ctx: PageContext, id: string, grantId: string, failure?: FormFailure) {
  const account = await viewAccount(ctx, id)
  const grant = account.grants.find((held) => held.id === grantId)
  if (!grant) throw new NotFound({ what: 'grant' })
  const action = `/accounts/${id}/grants/${grantId}/revocation`
  const about = `${grant.roleName}: ${placeOf(grant)}`
  return <DeedPage ctx={ctx} account={account} deed="revocation" about={about} action={action} failure={failure} />
}

type GiveProps = {
  ctx: PageContext
  account: AccountView
  regions: readonly { code: string; name: string }[]
  failure: FormFailure | undefined
}

function GivePage({ ctx, account, regions, failure }: GiveProps) {
  const values = failure?.values ?? {}
  const told = (name: string) => ({ name, value: values[name], error: problemOf(failure, name) })
  return (
    <Page
      title="Новая роль"
      lead={accountName(account)}
      frame={ctx.frame}
      crumbs={crumbsTo(account, { text: 'Новая роль' })}
      hasErrors={failure !== undefined}
    >
      <Card>
        <Form action={`/accounts/${account.id}/grants/new`} label="Новая роль">
          <Problems title="Роль не дана" failure={failure} order={['role', 'scope', 'region', 'inn']} />
          <Stack>
            <Select
              {...told('role')}
              label="Роль"
              empty="Выберите роль"
              options={rolesToGive(givingGrants(ctx)).map((role) => ({ value: role, text: roleNames[role] }))}
            />
            <Radios
              {...told('scope')}
              label="Где действует"
              options={[
                { value: 'everywhere', text: 'Везде' },
                { value: 'region', text: 'В регионе' },
                { value: 'subtree', text: 'В организации и во всех ниже неё' },
                { value: 'organisation', text: 'В одной организации' },
              ].filter(({ value }) => value !== 'everywhere' || ctx.grants.scopes(needs).everywhere)}
            />
            <Select
              {...told('region')}
              label="Регион"
              hint="Если роль действует в регионе"
              empty="Не выбран"
              options={regions.map(({ code, name }) => ({ value: code, text: name }))}
            />
            <TextField
              {...told('inn')}
              label="ИНН организации"
              hint="Если роль действует в организации"
              inputMode="numeric"
              width={10}
              error={problemOf(failure, 'inn') ?? problemOf(failure, 'organisationId')}
            />
            <FieldRow>
              <DateField {...told('startsOn')} label="С какого дня" optional />
              <DateField {...told('endsOn')} label="По какой день" optional />
            </FieldRow>
          </Stack>
          <FormEnd>
            <Button kind="main">Дать роль</Button>
            <LinkButton kind="quiet" href={`/accounts/${account.id}`}>
              Не давать
            </LinkButton>
          </FormEnd>
        </Form>
      </Card>
    </Page>
  )
}

type RightsProps = { ctx: PageContext; account: AccountView; rights: RightsView }

const RightsPage = ({ ctx, account, rights }: RightsProps) => (
  <Page
    title="Права"
    lead={`Что может ${accountName(account)} и где. Это перечень прав: войти вместо другого человека нельзя.`}
    frame={ctx.frame}
    crumbs={crumbsTo(account, { text: 'Права' })}
  >
    {rights.length === 0 ? (
      <EmptyState title="Прав пока нет" icon="people">
        Ролей нет, ни к одной организации человек не прикреплён. Ему доступны только свой профиль и подача заявок.
      </EmptyState>
    ) : (
      <Stack>
        {account.state === 'blocked' ? <Text>Учётная запись закрыта: сейчас эти права не действуют.</Text> : null}
        {rights.map(({ role, roleName, where, organisations, permissions }, index) => (
          <Card
            key={`${role}${where}`}
            id={`right-${index}`}
            title={`${roleName}: ${where}`}
            foot={counted(organisations, [
              'организация в этой области',
              'организации в этой области',
              'организаций в этой области',
            ])}
          >
            {permissions.length === 0 ? (
              <Text>Сама по себе эта роль пока ничего не разрешает.</Text>
            ) : (
              <List label={`Что разрешает роль ${roleName}`}>
                {permissions.map(({ permission, text }) => (
                  <ListItem key={permission} title={text} />
                ))}
              </List>
            )}
          </Card>
        ))}
      </Stack>
    )}
  </Page>
)

const wrongField = (field: string, text: string) => new InvalidInput({ fields: [{ field, code: 'grant', text }] })
