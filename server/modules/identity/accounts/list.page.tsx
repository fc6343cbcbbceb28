import {
  type AccountLine,
  type AccountsQuery,
  accountStates,
  accountsPageSize,
} from '../../../../contracts/accounts.ts'
import { audienceNames, audiences } from '../../../../contracts/audiences.ts'
import {
  Badge,
  Card,
  type Column,
  EmptyState,
  FilterSelect,
  Filters,
  FilterText,
  formatDate,
  LinkButton,
  Page,
  Pager,
  Table,
  type Tone,
  Under,
} from '../../../../web/kit/index.ts'
import { roleNames, roles } from '../../../kernel/access/index.ts'
import type { PageContext } from '../../../kernel/http/index.ts'
import { roleNameOf, stateNames } from './accounts.phrases.ts'
import type { viewAccounts } from './viewing.ts'

type Found = Awaited<ReturnType<typeof viewAccounts>>

export function AccountsListPage({ ctx, query, found }: { ctx: PageContext; query: AccountsQuery; found: Found }) {
  const { rows, total, regions } = found
  const narrowed = addressOf({ ...query, page: 1, sort: 'name' }) !== '/accounts'
  return (
    <Page
      title="Учётные записи"
      frame={ctx.frame}
      crumbs={[{ text: 'Личный кабинет', href: '/cabinet' }, { text: 'Учётные записи' }]}
      actions={ctx.grants.has('account.manage') ? <Making resets={ctx.grants.has('factor.reset')} /> : undefined}
    >
      <Card flush>
        <Filters
          label="Отбор учётных записей"
          action="/accounts"
          reset={narrowed ? '/accounts' : undefined}
          keep={{ sort: query.sort === 'name' ? undefined : query.sort }}
        >
          <FilterText label="Имя, почта, логин, телефон, организация или ИНН" value={query.q} />
          <FilterSelect
            name="state"
            label="Состояние"
            empty="Все"
            value={query.state}
            options={accountStates.map((value) => ({ value, text: stateNames[value] }))}
          />
          <FilterSelect
            name="role"
            label="Роль"
            empty="Все"
            value={query.role}
            options={roles.map((value) => ({ value, text: roleNames[value] }))}
          />
          <FilterSelect
            name="audience"
            label="Аудитория"
            empty="Все"
            value={query.audience}
            options={audiences.map((value) => ({ value, text: audienceNames[value] }))}
          />
          {regions.length > 1 ? (
            <FilterSelect
              name="region"
              label="Регион"
              empty="Все"
              value={query.region}
              options={regions.map(({ code, name }) => ({ value: code, text: name }))}
            />
          ) : null}
        </Filters>
        <Table
          label="Список учётных записей"
          rows={rows}
          rowKey={({ id }) => id}
          keys
          columns={columnsOf(ctx, query)}
          empty={
            <EmptyState
              title="Никого не нашлось"
              icon="search"
              actions={<LinkButton href="/accounts">Показать всех</LinkButton>}
            >
              Проверьте, как написаны имя или почта. Показываются только учётные записи ваших регионов и организаций.
            </EmptyState>
          }
        />
        <Pager
          page={query.page}
          size={accountsPageSize}
          shown={rows.length}
          total={total}
          href={(page) => addressOf({ ...query, page })}
          keys
        />
      </Card>
    </Page>
  )
}

const Making = ({ resets }: { resets: boolean }) => (
  <>
    <LinkButton kind="main" icon="plus" href="/accounts/new">
      Новая учётная запись
    </LinkButton>
    <LinkButton href="/accounts/imports/new">Пригласить списком</LinkButton>
    {resets ? <LinkButton href="/accounts/factor-resets">Снятие второго фактора</LinkButton> : null}
  </>
)

const columnsOf = (ctx: PageContext, query: AccountsQuery): Column<AccountLine>[] => [
  {
    key: 'name',
    title: 'Человек',
    sort: sortLink(query, 'name'),
    cell: ({ id, fullName, email }) => (
      <>
        <a href={`/accounts/${id}`}>{fullName}</a>
        <Under>{email}</Under>
      </>
    ),
  },
  {
    key: 'organisation',
    title: 'Организация',
    cell: ({ organisation, position }) => (
      <>
        {organisation ?? '—'}
        {position ? <Under>{position}</Under> : null}
      </>
    ),
  },
  { key: 'roles', title: 'Роли', cell: ({ roles: held }) => held.map(roleNameOf).join(', ') || '—' },
  { key: 'state', title: 'Состояние', width: 'state', cell: ({ state }) => <StateBadge state={state} /> },
  {
    key: 'created',
    title: 'Создана',
    unbroken: true,
    sort: sortLink(query, 'created'),
    cell: ({ createdAt }) => formatDate(createdAt, ctx.timeZone),
  },
]

const tones: Record<AccountLine['state'], Tone> = {
  open: 'ok',
  waiting: 'wait',
  refused: 'bad',
  unconfirmed: 'wait',
  temporary: 'warn',
  blocked: 'bad',
}

export const StateBadge = ({ state }: { state: AccountLine['state'] }) => (
  <Badge tone={tones[state]} text={stateNames[state]} />
)

function sortLink(query: AccountsQuery, column: 'name' | 'created'): Column<AccountLine>['sort'] {
  const to = (sort: AccountsQuery['sort']) => addressOf({ ...query, page: 1, sort })
  switch (query.sort) {
    case column:
      return { href: to(`-${column}`), sorted: 'ascending' }
    case `-${column}`:
      return { href: to(column), sorted: 'descending' }
    default:
      return { href: to(column) }
  }
}

/** The address keeps what is filtered and sorted; what is as at first is left out. */
function addressOf({ q, audience, state, role, region, sort, page }: AccountsQuery): string {
  const told = {
    q,
    state,
    role,
    audience,
    region,
    sort: sort === 'name' ? '' : sort,
    page: page > 1 ? String(page) : '',
  }
  const parts = new URLSearchParams(Object.entries(told).flatMap(([key, value]) => (value ? [[key, value]] : [])))
  return parts.size > 0 ? `/accounts?${parts}` : '/accounts'
}
