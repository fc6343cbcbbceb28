import type { VNode } from 'preact'
import {
  type OrganisationLine,
  type OrganisationMember,
  OrganisationsQuery,
  organisationKinds,
  pageSize,
} from '../../../contracts/organisations.ts'
import type { Seat } from '../../../contracts/seats.ts'
import {
  Card,
  type Column,
  Columns,
  capital,
  EmptyState,
  Facts,
  FilterSelect,
  Filters,
  FilterText,
  formatDate,
  LinkButton,
  List,
  ListItem,
  Num,
  Page,
  Pager,
  Stack,
  Table,
  Under,
} from '../../../web/kit/index.ts'
import { type PageContext, pages } from '../../kernel/http/index.ts'
import type { OrganisationBlock } from '../../kernel/room.ts'
import { listMembers } from './members.queries.ts'
import { placeOf } from './organisations.access.ts'
import { kindNames, legalFormNames, levelNames, membershipRoleNames } from './organisations.phrases.ts'
import type { Organisation } from './organisations.queries.ts'
import { viewOrganisation, viewOrganisations } from './organisations.ts'
import { SeatCard } from './seats.pages.tsx'
import { seatOf } from './seats.ts'

const profile = { text: 'Мой профиль', href: '/cabinet' }

export const organisationsPages = (blocks: readonly OrganisationBlock[]) =>
  pages('/organisations')
    .get('/', { needs: 'organisation.read', query: OrganisationsQuery }, async (ctx, _params, query) => (
      <OrganisationsPage ctx={ctx} query={query} list={await viewOrganisations(ctx, query)} />
    ))
    .get('/{id}', { needs: 'organisation.read' }, async (ctx, { id }) => {
      const organisation = await viewOrganisation(ctx, id)
      const members = ctx.grants.allow('organisation.members.read', placeOf(organisation))
        ? await listMembers(ctx.db, id)
        : undefined
      const ofRooms = await Promise.all(inOrder(blocks).map((block) => block.render(ctx, id)))
      const seat = await seatOf(ctx, organisation)
      return <OrganisationPage ctx={ctx} organisation={organisation} members={members} seat={seat} blocks={ofRooms} />
    })

const inOrder = (blocks: readonly OrganisationBlock[]) => [...blocks].sort((one, other) => one.order - other.order)

type ListProps = {
  ctx: PageContext
  query: OrganisationsQuery
  list: { rows: OrganisationLine[]; total: number; page: number }
}

function OrganisationsPage({ ctx, query, list }: ListProps) {
  const { rows, total, page } = list
  const narrowed = query.q !== '' || query.kind !== undefined
  const adds = ctx.grants.has('organisation.manage')
  return (
    <Page
      title="Организации"
      frame={ctx.frame}
      crumbs={[profile, { text: 'Организации' }]}
      help={{ href: '/guide/organizatsiya', text: 'организации' }}
      actions={adds && (total > 0 || narrowed) ? <AddButton /> : undefined}
    >
      <Card flush>
        <Filters
          label="Отбор организаций"
          action="/organisations"
          reset={narrowed ? '/organisations' : undefined}
          keep={{ sort: query.sort === 'name' ? undefined : query.sort }}
        >
          <FilterText label="Название или ИНН" value={query.q} />
          <FilterSelect
            name="kind"
            label="Тип организации"
            empty="Все типы"
            value={query.kind}
            options={organisationKinds.map((value) => ({ value, text: capital(kindNames[value]) }))}
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
              cell: ({ id, shortName, higher }) => (
                <>
                  <a href={`/organisations/${id}`}>{shortName}</a>
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
          total={total}
          href={(number) => addressOf({ ...query, page: number })}
          keys
        />
      </Card>
    </Page>
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
      Проверьте, как написано название, или введите ИНН. Показываются только организации, которые вам доступны.
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
  switch (query.sort) {
    case column:
      return { href: addressOf({ ...query, page: 1, sort: descending }), sorted: 'ascending' }
    case descending:
      return { href: addressOf({ ...query, page: 1, sort: column }), sorted: 'descending' }
    default:
      return { href: addressOf({ ...query, page: 1, sort: column }) }
  }
}

/** The address keeps what is filtered and sorted; what is as at first is left out. */
function addressOf({ q, kind, sort, page }: OrganisationsQuery): string {
  const parts = new URLSearchParams()
  if (q) parts.set('q', q)
  if (kind) parts.set('kind', kind)
  if (sort !== 'name') parts.set('sort', sort)
  if (page > 1) parts.set('page', String(page))
  return parts.size > 0 ? `/organisations?${parts}` : '/organisations'
}

type OrganisationProps = {
  ctx: PageContext
  organisation: Organisation
  /** Undefined when one may not see them. */
  members: OrganisationMember[] | undefined
  seat: Seat
  blocks: (VNode | null)[]
}

function OrganisationPage({ ctx, organisation, members, seat, blocks }: OrganisationProps) {
  const { shortName, fullName, closedAt } = organisation
  return (
    <Page
      title={shortName}
      frame={ctx.frame}
      crumbs={[profile, { text: 'Организации', href: '/organisations' }, { text: shortName }]}
      help={{ href: '/guide/organizatsiya', text: 'страница организации' }}
      lead={closedAt ? `Закрыта ${formatDate(closedAt, ctx.timeZone)}` : undefined}
      actions={
        closedAt || !ctx.grants.allow('organisation.manage', placeOf(organisation)) ? undefined : (
          <LinkButton icon="pen" href={`/organisations/${organisation.id}/edit`}>
            Изменить
          </LinkButton>
        )
      }
    >
      <Columns>
        <Stack>
          {blocks}
          <Card title="Реквизиты">
            <Facts facts={[['Полное наименование', fullName], ...requisites(ctx, organisation)]} />
          </Card>
        </Stack>
        <Stack>
          <Card title="Руководитель и связь">
            <Facts narrow facts={contacts(organisation)} />
          </Card>
          <SeatCard ctx={ctx} organisationId={organisation.id} seat={seat} />
          {members ? <Members members={members} /> : null}
        </Stack>
      </Columns>
    </Page>
  )
}

const requisites = (ctx: PageContext, organisation: Organisation) =>
  [
    ['Вышестоящая организация', higherOf(ctx, organisation)],
    ['Регион', organisation.regionName],
    ['ИНН', <Num key="inn">{organisation.inn}</Num>],
    ['ОГРН', <Num key="ogrn">{organisation.ogrn}</Num>],
    ['Код ОКПО', organisation.okpo ? <Num key="okpo">{organisation.okpo}</Num> : '—'],
    ['Тип', kindNames[organisation.kind]],
    ['Форма', legalFormNames[organisation.legalForm]],
    ['Структурный уровень', levelNames[organisation.level]],
    ['Адрес', organisation.address],
  ] as const

/** The name is known to everybody below; the page opens to those who may see it. */
function higherOf(ctx: PageContext, { higherId, higherShortName, lineage, regionCode }: Organisation) {
  if (!higherId || !higherShortName) return '—'
  const place = { id: higherId, region: regionCode, lineage: lineage.slice(0, -1) }
  if (!ctx.grants.allow('organisation.read', place)) return higherShortName
  return <a href={`/organisations/${higherId}`}>{higherShortName}</a>
}

const contacts = ({ headName, headPosition, phone, email, site }: Organisation) =>
  [
    [capital(headPosition ?? 'руководитель'), headName ?? '—'],
    ['Телефон', phone ? <a href={`tel:${phone}`}>{spelledPhone(phone)}</a> : '—'],
    ['Электронная почта', email ? <a href={`mailto:${email}`}>{email}</a> : '—'],
    [
      'Сайт',
      site ? (
        <a href={site} rel="noreferrer">
          {new URL(site).hostname}
        </a>
      ) : (
        '—'
      ),
    ],
  ] as const

/** «+70001021414» → «+7 000 102-14-14» */
const spelledPhone = (phone: string): string =>
  phone.replace(/^(\+7)(\d{3})(\d{3})(\d{2})(\d{2})$/, '$1\u00a0$2\u00a0$3\u2011$4\u2011$5')

function Members({ members }: { members: OrganisationMember[] }) {
  return (
    <Card title="Кто прикреплён" id="people">
      {members.length === 0 ? (
        <EmptyState title="Пока никто" icon="people">
          Человек подаёт заявку на прикрепление, решение принимает вышестоящая организация.
        </EmptyState>
      ) : (
        <List label="Прикреплённые пользователи">
          {members.map(({ membershipId, fullName, position, role, startsOn, endsOn }) => (
            <ListItem key={membershipId} title={fullName} under={[membershipRoleNames[role], termOf(startsOn, endsOn)]}>
              {position}
            </ListItem>
          ))}
        </List>
      )}
    </Card>
  )
}

/** «с 01.09.2024», «с 18.01.2027 по 14.02.2027» */
export const termOf = (startsOn: string, endsOn: string | null): string =>
  `с ${formatDate(startsOn)}${endsOn ? ` по ${formatDate(endsOn)}` : ''}`
