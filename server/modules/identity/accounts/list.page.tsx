import {
  type AccountLine,
  type AccountsQuery,
  accountStates,
  accountsPageSize,
} from '../../../../contracts/accounts.ts'
import { audienceNames, audiences } from '../../../../contracts/audiences.ts'
import {
  Badge,
  cabinetCrumb,
  EmptyState,
  formatDate,
  LinkButton,
  type ListAddress,
  ListCard,
  type ListColumn,
  Page,
  type Tone,
  Under,
} from '../../../../web/kit/index.ts'
import { roleNames, roles } from '../../../kernel/access/index.ts'
import type { PageContext } from '../../../kernel/http/index.ts'
import { roleNameOf, stateNames } from './accounts.phrases.ts'
import type { viewAccounts } from './viewing.ts'

type Found = Awaited<ReturnType<typeof viewAccounts>>

const address: ListAddress<AccountsQuery> = {
  path: '/accounts',
  filters: ['q', 'state', 'role', 'audience', 'region'],
  sortOf: () => 'name',
}

const optionsOf = <T extends string>(values: readonly T[], names: Readonly<Record<T, string>>) =>
  values.map((value) => ({ value, text: names[value] }))

export function AccountsListPage({ ctx, query, found }: { ctx: PageContext; query: AccountsQuery; found: Found }) {
  const { rows, total, regions } = found
  return (
    <Page
      title="Учётные записи"
      frame={ctx.frame}
      crumbs={[cabinetCrumb, { text: 'Учётные записи' }]}
      actions={ctx.grants.has('account.manage') ? <Making resets={ctx.grants.has('factor.reset')} /> : undefined}
    >
      <ListCard
        of="учётных записей"
        address={address}
        query={query}
        words="Имя, почта, логин, телефон, организация или ИНН"
        filters={[
          { name: 'state', label: 'Состояние', empty: 'Все', options: optionsOf(accountStates, stateNames) },
          { name: 'role', label: 'Роль', empty: 'Все', options: optionsOf(roles, roleNames) },
          { name: 'audience', label: 'Аудитория', empty: 'Все', options: optionsOf(audiences, audienceNames) },
          {
            name: 'region',
            label: 'Регион',
            empty: 'Все',
            options: regions.map(({ code, name }) => ({ value: code, text: name })),
            least: 2,
          },
        ]}
        columns={columnsOf(ctx)}
        rows={rows}
        rowKey={({ id }) => id}
        empty={
          <EmptyState
            title="Никого не нашлось"
            icon="search"
            actions={<LinkButton href="/accounts">Показать всех</LinkButton>}
          >
            Проверьте, как написаны имя или почта. Показываются только учётные записи ваших регионов и организаций.
          </EmptyState>
        }
        size={accountsPageSize}
        total={total}
      />
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

const columnsOf = (ctx: PageContext): ListColumn<AccountLine>[] => [
  {
    key: 'name',
    title: 'Человек',
    sorts: true,
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
    sorts: true,
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
