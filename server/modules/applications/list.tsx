/** The parts of the list of applications: its filters, its columns, what stands there when it is empty. */
import { type ApplicationsQuery, applicationStates } from '../../../contracts/applications.ts'
import {
  type Column,
  EmptyState,
  FilterSelect,
  Filters,
  FilterText,
  formatDate,
  formatDue,
  LinkButton,
  shortName,
  Under,
} from '../../../web/kit/index.ts'
import type { PageContext } from '../../kernel/http/index.ts'
import { listTypes, typeOf } from './application-type.ts'
import { StateBadge } from './applications.badges.tsx'
import { stateNames } from './applications.phrases.ts'
import type { ApplicationRow } from './list.queries.ts'

type Side = 'own' | 'queue'

const isNarrowed = ({ q, state, kind, overdue, hands, region }: ApplicationsQuery): boolean =>
  q !== '' || [state, kind, overdue, hands, region].some(Boolean)

export function ListFilters({ ctx, query, side }: { ctx: PageContext; query: ApplicationsQuery; side: Side }) {
  const regions = ctx.signedIn.regions.own
  return (
    <Filters
      label="Отбор заявок"
      action="/applications"
      reset={isNarrowed(query) ? `/applications?side=${side}` : undefined}
      keep={{ side, sort: query.sort }}
    >
      <FilterText
        label={side === 'queue' ? 'Номер, заявитель или организация' : 'Номер или организация'}
        value={query.q}
      />
      <FilterSelect
        name="kind"
        label="Вид"
        empty="Все виды"
        value={query.kind}
        options={listTypes().map(({ kind, title }) => ({ value: kind, text: title }))}
      />
      <FilterSelect
        name="state"
        label="Состояние"
        empty="Все состояния"
        value={query.state}
        options={applicationStates
          .filter((value) => value !== 'unconfirmed')
          .map((value) => ({ value, text: stateNames[value] }))}
      />
      {side === 'queue' ? (
        <>
          <FilterSelect
            name="hands"
            label="В работе"
            empty="У кого угодно"
            value={query.hands}
            options={[
              { value: 'mine', text: 'У меня' },
              { value: 'nobody', text: 'Ни у кого' },
              { value: 'others', text: 'У других' },
            ]}
          />
          <FilterSelect
            name="overdue"
            label="Срок"
            empty="Любой"
            value={query.overdue}
            options={[{ value: 'yes', text: 'Просрочены' }]}
          />
        </>
      ) : null}
      {side === 'queue' && regions.length > 1 ? (
        <FilterSelect
          name="region"
          label="Регион"
          empty="Все регионы"
          value={query.region}
          options={regions.map(({ code, name }) => ({ value: code, text: name }))}
        />
      ) : null}
    </Filters>
  )
}

export function columnsOf(side: Side, zone: string, query: ApplicationsQuery): Column<ApplicationRow>[] {
  const applicant: Column<ApplicationRow> = {
    key: 'applicant',
    title: 'Заявитель',
    cell: ({ applicantName }) => shortName(applicantName),
  }
  const hands: Column<ApplicationRow> = {
    key: 'hands',
    title: 'Решает',
    cell: ({ assigneeId, assigneeName }) => (assigneeId ? shortName(assigneeName) : '—'),
  }
  return [
    {
      key: 'application',
      title: 'Заявка',
      sort: sortOf({ ...query, side }, 'created'),
      cell: ({ id, number, kind, createdAt }) => (
        <>
          <a href={`/applications/${id}`}>{typeOf({ kind }).title}</a>
          <Under>
            № {number} от {formatDate(createdAt, zone)}
          </Under>
        </>
      ),
    },
    ...(side === 'queue' ? [applicant] : []),
    { key: 'organisation', title: 'О ком или о чём', cell: ({ organisationName }) => organisationName },
    {
      key: 'due',
      title: 'Срок',
      unbroken: true,
      sort: sortOf({ ...query, side }, 'due'),
      cell: (row) => <Term row={row} zone={zone} />,
    },
    ...(side === 'queue' ? [hands] : []),
    {
      key: 'state',
      title: 'Состояние',
      width: 'state',
      full: true,
      cell: (row) => <StateBadge application={row} zone={zone} />,
    },
  ]
}

function sortOf(query: ApplicationsQuery, by: 'created' | 'due'): NonNullable<Column<ApplicationRow>['sort']> {
  const next = query.sort === by ? (`-${by}` as const) : by
  const href = addressOf({ ...query, sort: next, page: 1 })
  if (query.sort === by) return { href, sorted: 'ascending' }
  return query.sort === `-${by}` ? { href, sorted: 'descending' } : { href }
}

function Term({ row, zone }: { row: ApplicationRow; zone: string }) {
  const { state, dueAt, decidedAt } = row
  if (decidedAt) return <>{formatDate(decidedAt, zone)}</>
  if (state === 'asked') return <>стоит</>
  return (
    <>
      {formatDate(dueAt, zone)}
      <Under>{formatDue(dueAt, new Date(), zone)}</Under>
    </>
  )
}

export function NoApplications({ side, query }: { side: Side; query: ApplicationsQuery }) {
  if (isNarrowed(query))
    return (
      <EmptyState
        title="Ничего не нашлось"
        icon="search"
        actions={<LinkButton href={`/applications?side=${side}`}>Показать все</LinkButton>}
      >
        Измените слова поиска или отбор.
      </EmptyState>
    )
  return side === 'queue' ? (
    <EmptyState title="Заявок на рассмотрении нет" icon="check">
      Когда кто-нибудь из вашей сети подаст заявку, она появится здесь, а вам придёт письмо.
    </EmptyState>
  ) : (
    <EmptyState
      title="Вы ещё не подавали заявок"
      actions={<LinkButton href="/applications/new">Подать заявку</LinkButton>}
    >
      Чтобы работать с отчётами, прикрепитесь к своей организации.
    </EmptyState>
  )
}

export function addressOf({ page, q, ...rest }: ApplicationsQuery): string {
  const parts = new URLSearchParams()
  for (const [name, value] of Object.entries(rest)) if (value) parts.set(name, value)
  if (q) parts.set('q', q)
  if (page > 1) parts.set('page', String(page))
  return `/applications?${parts}`
}
