/** The list of organisations, as its filters leave it. */
import {
  type OrganisationLine,
  type OrganisationsQuery,
  organisationKinds,
  organisationStates,
  pageSize,
} from '../../../contracts/organisations.ts'
import {
  Badge,
  Card,
  CardPart,
  type Column,
  capital,
  EmptyState,
  FilterSelect,
  Filters,
  FilterText,
  formatNumber,
  LinkButton,
  Menu,
  Muted,
  Page,
  Pager,
  Table,
  Under,
} from '../../../web/kit/index.ts'
import type { PageContext } from '../../kernel/http/index.ts'
import { type ListChoices, mostCounted } from './list.queries.ts'
import { kindNames, stateNames } from './organisations.phrases.ts'

const profile = { text: 'Мой профиль', href: '/cabinet' }

type ListProps = {
  ctx: PageContext
  query: OrganisationsQuery
  list: { rows: OrganisationLine[]; total: number; page: number; choices: ListChoices }
}

export function OrganisationsPage({ ctx, query, list }: ListProps) {
  const { rows, total, page, choices } = list
  const narrowed = Boolean(query.q || query.kind || query.region || query.municipality || query.state)
  const adds = ctx.grants.has('organisation.manage')
  return (
    <Page
      title="Организации"
      frame={ctx.frame}
      crumbs={[profile, { text: 'Организации' }]}
      help={{ href: '/guide/organizatsiya', text: 'организации' }}
      actions={total > 0 || narrowed ? <ListActions query={query} adds={adds} /> : undefined}
    >
      <Card flush>
        <Filters
          label="Отбор организаций"
          action="/organisations"
          reset={narrowed ? '/organisations' : undefined}
          keep={{ sort: query.sort === 'relevance' ? undefined : query.sort }}
        >
          <FilterText label="Название, ИНН, ОГРН или ОКПО" value={query.q} />
          <Places query={query} choices={choices} />
          <FilterSelect
            name="kind"
            label="Тип организации"
            empty="Все типы"
            value={query.kind}
            options={organisationKinds.map((value) => ({ value, text: capital(kindNames[value]) }))}
          />
          <FilterSelect
            name="state"
            label="Состояние"
            empty={query.q === '' ? 'Действует' : 'Любое'}
            value={query.state}
            options={organisationStates.map((value) => ({ value, text: capital(stateNames[value]) }))}
          />
        </Filters>
        <Table
          label="Список организаций"
          rows={rows}
          rowKey={({ id }) => id}
          keys
          columns={[
            {
              key: 'name',
              title: 'Организация',
              sort: sortLink(query, 'name'),
              cell: ({ id, shortName, higher, state }) => (
                <>
                  <a href={`/organisations/${id}`}>{shortName}</a>{' '}
                  {state === 'active' ? null : <Badge text={stateNames[state]} />}
                  {higher ? <Under>{higher.shortName}</Under> : null}
                </>
              ),
            },
            { key: 'inn', title: 'ИНН', unbroken: true, sort: sortLink(query, 'inn'), cell: ({ inn }) => inn },
            { key: 'kind', title: 'Тип', cell: ({ kind }) => kindNames[kind] },
          ]}
          empty={<NothingFound narrowed={narrowed} adds={adds} />}
        />
        <Pager
          page={page}
          size={pageSize}
          shown={rows.length}
          total={Math.min(total, mostCounted)}
          href={(number) => addressOf({ ...query, page: number })}
          keys
        />
        {total > mostCounted ? (
          <CardPart>
            <Muted>Здесь первые {formatNumber(mostCounted)}: уточните отбор, чтобы увидеть остальные.</Muted>
          </CardPart>
        ) : null}
      </Card>
    </Page>
  )
}

const ListActions = ({ query, adds }: { query: OrganisationsQuery; adds: boolean }) => (
  <>
    <Menu
      text="Выгрузить"
      icon="download"
      items={[
        { text: 'Книга Excel (XLSX)', href: fileAddress(query, 'xlsx') },
        { text: 'Текст CSV', href: fileAddress(query, 'csv') },
      ]}
    />
    {adds ? (
      <>
        <LinkButton icon="upload" href="/organisations/imports">
          Импорт
        </LinkButton>
        <AddButton />
      </>
    ) : null}
  </>
)

/** All pages of the list under its filters, as a file. */
function fileAddress(query: OrganisationsQuery, format: 'xlsx' | 'csv'): string {
  const address = addressOf({ ...query, page: 1 }).replace('/organisations', '/organisations/export')
  return `${address}${address.includes('?') ? '&' : '?'}format=${format}`
}

/** Whoever sees one region chooses no region; municipalities are those of one region. */
function Places({ query, choices: { regions, municipalities } }: { query: OrganisationsQuery; choices: ListChoices }) {
  return (
    <>
      {regions.length > 1 ? (
        <FilterSelect
          name="region"
          label="Регион"
          empty="Все регионы"
          value={query.region}
          options={regions.map(({ code, name }) => ({ value: code, text: name }))}
        />
      ) : null}
      {municipalities.length > 1 ? (
        <FilterSelect
          name="municipality"
          label="Муниципалитет"
          empty="Все муниципалитеты"
          value={query.municipality}
          options={municipalities.map(({ id, shortName }) => ({ value: id, text: shortName }))}
        />
      ) : null}
    </>
  )
}

const AddButton = () => (
  <LinkButton kind="main" icon="plus" href="/organisations/new">
    Добавить организацию
  </LinkButton>
)

const NothingFound = ({ narrowed, adds }: { narrowed: boolean; adds: boolean }) =>
  narrowed ? (
    <EmptyState
      title="Ничего не нашлось"
      icon="search"
      actions={<LinkButton href="/organisations">Показать все</LinkButton>}
    >
      Проверьте, как написано название, или введите ИНН, ОГРН или ОКПО. Показываются только организации, которые вам
      доступны.
    </EmptyState>
  ) : adds ? (
    <EmptyState title="Организаций пока нет" icon="house" actions={<AddButton />}>
      Начните с верхней, например с министерства, затем добавьте управления под ней и учреждения под ними.
    </EmptyState>
  ) : (
    <EmptyState
      title="Организаций пока нет"
      icon="house"
      actions={<LinkButton href="/applications/new/attachment">Прикрепиться к организации</LinkButton>}
    >
      Здесь появятся организации, к которым вас прикрепят.
    </EmptyState>
  )

function sortLink(query: OrganisationsQuery, column: 'name' | 'inn'): Column<OrganisationLine>['sort'] {
  const descending = `-${column}` as const
  switch (sortOf(query)) {
    case column:
      return { href: addressOf({ ...query, page: 1, sort: descending }), sorted: 'ascending' }
    case descending:
      return { href: addressOf({ ...query, page: 1, sort: column }), sorted: 'descending' }
    default:
      return { href: addressOf({ ...query, page: 1, sort: column }) }
  }
}

/** Without words there is nothing to be close to. */
const sortOf = ({ q, sort }: OrganisationsQuery) => (sort === 'relevance' && q === '' ? 'name' : sort)

/** The address keeps what is filtered and sorted; what is as at first is left out. */
function addressOf(query: OrganisationsQuery): string {
  const { q, region, municipality, kind, state, sort, page } = query
  const kept = { q, region, municipality, kind, state }
  const parts = new URLSearchParams()
  for (const [name, value] of Object.entries(kept)) if (value) parts.set(name, value)
  if (sort !== 'relevance' && !(sort === 'name' && q === '')) parts.set('sort', sort)
  if (page > 1) parts.set('page', String(page))
  return parts.size > 0 ? `/organisations?${parts}` : '/organisations'
}
