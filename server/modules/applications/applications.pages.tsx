import { ApplicationsQuery, applicationStates } from '../../../contracts/applications.ts'
import { pageSize } from '../../../contracts/organisations.ts'
import {
  Card,
  type Column,
  EmptyState,
  FilterSelect,
  Filters,
  FilterText,
  formatDate,
  formatDue,
  LinkButton,
  Page,
  Pager,
  shortName,
  Table,
  Tabs,
  Under,
} from '../../../web/kit/index.ts'
import { type PageContext, pages } from '../../kernel/http/index.ts'
import { StateBadge } from './applications.badges.tsx'
import { kindTitles, stateNames } from './applications.phrases.ts'
import type { ApplicationRow } from './applications.queries.ts'
import { viewApplications } from './applications.ts'

export const applicationsPages = pages('/applications').get(
  '/',
  { needs: 'signed-in', query: ApplicationsQuery },
  async (ctx, _params, query) => <ApplicationsPage ctx={ctx} query={query} list={await viewApplications(ctx, query)} />,
)

type ListProps = {
  ctx: PageContext
  query: ApplicationsQuery
  list: Awaited<ReturnType<typeof viewApplications>>
}

function ApplicationsPage({ ctx, query, list }: ListProps) {
  const { rows, total, page, side } = list
  const narrowed = query.q !== '' || query.state !== undefined
  return (
    <Page
      title="Сервис заявок"
      frame={ctx.frame}
      crumbs={[{ text: 'Мой профиль', href: '/cabinet' }, { text: 'Сервис заявок' }]}
      help={{ href: '/guide/zayavki', text: 'заявки' }}
      actions={
        <LinkButton kind={side === 'own' ? 'main' : 'plain'} href="/applications/new/attachment">
          Прикрепиться к организации
        </LinkButton>
      }
    >
      {ctx.grants.has('application.decide') ? (
        <Tabs
          label="Какие заявки"
          tabs={[
            { text: 'На рассмотрении у меня', href: '/applications?side=queue', current: side === 'queue' },
            { text: 'Поданные мной', href: '/applications?side=own', current: side === 'own' },
          ]}
        />
      ) : null}
      <Card flush>
        <Filters
          label="Отбор заявок"
          action="/applications"
          reset={narrowed ? `/applications?side=${side}` : undefined}
          keep={{ side }}
        >
          <FilterText
            label={side === 'queue' ? 'Номер, заявитель или организация' : 'Номер или организация'}
            value={query.q}
          />
          <FilterSelect
            name="state"
            label="Состояние"
            empty="Все состояния"
            value={query.state}
            options={applicationStates.map((value) => ({ value, text: stateNames[value] }))}
          />
        </Filters>
        <Table
          label="Список заявок"
          rows={rows}
          rowKey={({ id }) => id}
          keys
          columns={columnsOf(side, ctx.timeZone)}
          empty={<NoApplications side={side} narrowed={narrowed} />}
        />
        <Pager
          page={page}
          size={pageSize}
          shown={rows.length}
          total={total}
          href={(number) => addressOf({ ...query, side, page: number })}
          keys
        />
      </Card>
    </Page>
  )
}

function columnsOf(side: 'own' | 'queue', zone: string): Column<ApplicationRow>[] {
  const applicant: Column<ApplicationRow> = {
    key: 'applicant',
    title: 'Заявитель',
    cell: ({ applicantName }) => shortName(applicantName),
  }
  return [
    {
      key: 'application',
      title: 'Заявка',
      cell: ({ id, number, kind, createdAt }) => (
        <>
          <a href={`/applications/${id}`}>{kindTitles[kind]}</a>
          <Under>
            № {number} от {formatDate(createdAt, zone)}
          </Under>
        </>
      ),
    },
    ...(side === 'queue' ? [applicant] : []),
    { key: 'organisation', title: 'Организация', cell: ({ organisationName }) => organisationName },
    { key: 'due', title: 'Срок', unbroken: true, cell: (row) => <Term row={row} zone={zone} /> },
    {
      key: 'state',
      title: 'Состояние',
      width: 'state',
      full: true,
      cell: (row) => <StateBadge application={row} zone={zone} />,
    },
  ]
}

function Term({ row, zone }: { row: ApplicationRow; zone: string }) {
  const { state, dueAt, decidedAt } = row
  if (state !== 'waiting' && decidedAt) return <>{formatDate(decidedAt, zone)}</>
  return (
    <>
      {formatDate(dueAt, zone)}
      <Under>{formatDue(dueAt, new Date(), zone)}</Under>
    </>
  )
}

function NoApplications({ side, narrowed }: { side: 'own' | 'queue'; narrowed: boolean }) {
  if (narrowed)
    return (
      <EmptyState
        title="Ничего не нашлось"
        icon="search"
        actions={<LinkButton href={`/applications?side=${side}`}>Показать все</LinkButton>}
      >
        Измените слова поиска или состояние.
      </EmptyState>
    )
  return side === 'queue' ? (
    <EmptyState title="Заявок на рассмотрении нет" icon="check">
      Когда кто-нибудь попросит прикрепить его к организации из вашей сети, заявка появится здесь, а вам придёт письмо.
    </EmptyState>
  ) : (
    <EmptyState
      title="Вы ещё не подавали заявок"
      actions={<LinkButton href="/applications/new/attachment">Прикрепиться к организации</LinkButton>}
    >
      Чтобы работать с отчётами, прикрепитесь к своей организации.
    </EmptyState>
  )
}

function addressOf({ side, state, q, page }: ApplicationsQuery): string {
  const parts = new URLSearchParams()
  if (side) parts.set('side', side)
  if (state) parts.set('state', state)
  if (q) parts.set('q', q)
  if (page > 1) parts.set('page', String(page))
  return `/applications?${parts}`
}
