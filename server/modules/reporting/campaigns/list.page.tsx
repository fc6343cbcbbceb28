/** Campaigns that one sees: drafts first, then those that go on, the nearest terms below. */
import {
  type CampaignList,
  type CampaignsQuery,
  campaignStates,
  campaignsOnPage,
} from '../../../../contracts/campaigns.ts'
import {
  Badge,
  Card,
  type Column,
  cabinetCrumb,
  EmptyState,
  FilterSelect,
  Filters,
  formatDate,
  formatDue,
  formatNumber,
  LinkButton,
  Note,
  Page,
  Pager,
  Progress,
  Table,
  Under,
} from '../../../../web/kit/index.ts'
import type { PageContext } from '../../../kernel/http/index.ts'
import { campaignStateNames, campaignTones } from './campaigns.phrases.ts'

type Line = CampaignList['campaigns'][number]
type ListProps = {
  ctx: PageContext
  query: CampaignsQuery
  list: CampaignList & { choices: { forms: { code: string; cipher: string }[]; years: number[] } }
  /** Why a deed was not done. */
  message?: string | undefined
}

export function CampaignsPage({ ctx, query, list, message }: ListProps) {
  const narrowed = Boolean(query.state || query.form || query.year)
  const opens = ctx.grants.has('campaign.manage') ? (
    <LinkButton kind="main" icon="plus" href="/campaigns/new">
      Новый сбор
    </LinkButton>
  ) : undefined
  return (
    <Page
      title="Сборы"
      frame={ctx.frame}
      crumbs={[cabinetCrumb, { text: 'Сборы' }]}
      help={{ href: '/guide/sbory', text: 'сборы' }}
      actions={opens}
      hasErrors={message !== undefined}
    >
      {message ? (
        <Note tone="bad" live="alert">
          {message}
        </Note>
      ) : null}
      <Card flush>
        <Filters label="Отбор сборов" action="/campaigns" reset={narrowed ? '/campaigns' : undefined}>
          <FilterSelect
            name="state"
            label="Состояние"
            empty="Все состояния"
            value={query.state}
            options={campaignStates.map((value) => ({ value, text: campaignStateNames[value] }))}
          />
          <FilterSelect
            name="form"
            label="Форма"
            empty="Все формы"
            value={query.form}
            options={list.choices.forms.map(({ code, cipher }) => ({ value: code, text: cipher }))}
          />
          <FilterSelect
            name="year"
            label="Год"
            empty="Все годы"
            value={query.year === undefined ? undefined : String(query.year)}
            options={list.choices.years.map((year) => ({ value: String(year), text: String(year) }))}
          />
        </Filters>
        <Table
          label="Список сборов"
          rows={list.campaigns}
          rowKey={({ id }) => id}
          keys
          columns={columnsOf(ctx.timeZone)}
          empty={
            <EmptyState title={narrowed ? 'Ничего не нашлось' : 'Сборов пока нет'} icon="table">
              {narrowed
                ? 'Измените отбор. Показываются сборы, в которых участвуют доступные вам организации.'
                : 'Сбор появится здесь, когда его откроют для доступных вам организаций.'}
            </EmptyState>
          }
        />
        <Pager
          page={query.page}
          size={campaignsOnPage}
          shown={list.campaigns.length}
          total={list.total}
          href={(page) => addressOf({ ...query, page })}
          keys
        />
      </Card>
    </Page>
  )
}

const columnsOf = (zone: string): Column<Line>[] => [
  {
    key: 'campaign',
    title: 'Сбор',
    cell: ({ id, form, title }) => (
      <>
        <a href={`/campaigns/${id}`}>{`${form.cipher} за ${title}`}</a>
        <Under>{form.name}</Under>
      </>
    ),
  },
  {
    key: 'state',
    title: 'Состояние',
    cell: ({ state }) => <Badge tone={campaignTones[state]} text={campaignStateNames[state]} />,
  },
  {
    key: 'term',
    title: 'Срок',
    unbroken: true,
    cell: ({ deadline, state }) => (
      <>
        {formatDate(deadline, zone)}
        {state === 'open' ? <Under>{formatDue(deadline, new Date(), zone)}</Under> : null}
      </>
    ),
  },
  {
    key: 'accepted',
    title: 'Принято',
    unbroken: true,
    cell: ({ accepted, reports }) =>
      reports === 0 ? (
        '—'
      ) : (
        <Progress value={accepted} max={reports} label="Принято" text={`${accepted} из ${reports}`} />
      ),
  },
  { key: 'sent', title: 'На проверке', numeric: true, cell: ({ sent }) => formatNumber(sent) },
  {
    key: 'overdue',
    title: 'Просрочено',
    numeric: true,
    cell: ({ id, overdue }) =>
      overdue === 0 ? '—' : <a href={`/campaigns/${id}?state=overdue#reports`}>{formatNumber(overdue)}</a>,
  },
]

function addressOf({ state, form, year, page }: CampaignsQuery): string {
  const parts = new URLSearchParams()
  for (const [name, value] of Object.entries({ state, form, year })) if (value) parts.set(name, String(value))
  if (page > 1) parts.set('page', String(page))
  return parts.size > 0 ? `/campaigns?${parts}` : '/campaigns'
}
