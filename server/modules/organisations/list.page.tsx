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
  CardPart,
  cabinetCrumb,
  capital,
  EmptyState,
  formatNumber,
  isNarrowed,
  LinkButton,
  type ListAddress,
  ListCard,
  type ListColumn,
  type ListFilter,
  listAddress,
  Menu,
  Muted,
  Page,
  Under,
} from '../../../web/kit/index.ts'
import type { PageContext } from '../../kernel/http/index.ts'
import { type ListChoices, mostCounted } from './list.queries.ts'
import { kindNames, stateNames } from './organisations.phrases.ts'

const address: ListAddress<OrganisationsQuery> = {
  path: '/organisations',
  filters: ['q', 'region', 'municipality', 'kind', 'state'],
  sortOf: ({ q }) => (q === '' ? 'name' : 'relevance'),
}

type ListProps = {
  ctx: PageContext
  query: OrganisationsQuery
  list: { rows: OrganisationLine[]; total: number; page: number; choices: ListChoices }
}

export function OrganisationsPage({ ctx, query, list }: ListProps) {
  const { rows, total } = list
  const sorted = { ...query, page: list.page, sort: sortOf(query) }
  const narrowed = isNarrowed(address, query)
  const adds = ctx.grants.has('organisation.manage')
  return (
    <Page
      title="Организации"
      frame={ctx.frame}
      crumbs={[cabinetCrumb, { text: 'Организации' }]}
      help={{ href: '/guide/organizatsiya', text: 'организации' }}
      actions={total > 0 || narrowed ? <ListActions query={sorted} adds={adds} /> : undefined}
    >
      <ListCard
        of="организаций"
        address={address}
        query={sorted}
        words="Название, ИНН, ОГРН или ОКПО"
        filters={filtersOf(query, list.choices)}
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        empty={<NothingFound narrowed={narrowed} adds={adds} />}
        size={pageSize}
        total={Math.min(total, mostCounted)}
      >
        {total > mostCounted ? (
          <CardPart>
            <Muted>Здесь первые {formatNumber(mostCounted)}: уточните отбор, чтобы увидеть остальные.</Muted>
          </CardPart>
        ) : null}
      </ListCard>
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
  const list = listAddress(address, { ...query, page: 1 })
  return `${list.replace('/organisations', '/organisations/export')}${list.includes('?') ? '&' : '?'}format=${format}`
}

/** Whoever sees one region chooses no region; municipalities are those of one region. */
const filtersOf = (
  { q }: OrganisationsQuery,
  { regions, municipalities }: ListChoices,
): ListFilter<OrganisationsQuery>[] => [
  {
    name: 'region',
    label: 'Регион',
    empty: 'Все регионы',
    options: regions.map(({ code, name }) => ({ value: code, text: name })),
    least: 2,
  },
  {
    name: 'municipality',
    label: 'Муниципалитет',
    empty: 'Все муниципалитеты',
    options: municipalities.map(({ id, shortName }) => ({ value: id, text: shortName })),
    least: 2,
  },
  {
    name: 'kind',
    label: 'Тип организации',
    empty: 'Все типы',
    options: organisationKinds.map((value) => ({ value, text: capital(kindNames[value]) })),
  },
  {
    name: 'state',
    label: 'Состояние',
    empty: q === '' ? 'Действует' : 'Любое',
    options: organisationStates.map((value) => ({ value, text: capital(stateNames[value]) })),
  },
]

const columns: ListColumn<OrganisationLine>[] = [
  {
    key: 'name',
    title: 'Организация',
    sorts: true,
    cell: ({ id, shortName, higher, state }) => (
      <>
        <a href={`/organisations/${id}`}>{shortName}</a>{' '}
        {state === 'active' ? null : <Badge text={stateNames[state]} />}
        {higher ? <Under>{higher.shortName}</Under> : null}
      </>
    ),
  },
  { key: 'inn', title: 'ИНН', unbroken: true, sorts: true, cell: ({ inn }) => inn },
  { key: 'kind', title: 'Тип', cell: ({ kind }) => kindNames[kind] },
]

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

/** Without words there is nothing to be close to. */
const sortOf = ({ q, sort }: OrganisationsQuery) => (sort === 'relevance' && q === '' ? 'name' : sort)
