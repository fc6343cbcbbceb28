/** The page of one organisation: its requisites, what became of it, its people, and what other rooms have to say. */
import type { VNode } from 'preact'
import type { OrganisationMember } from '../../../contracts/organisations.ts'
import type { Seat } from '../../../contracts/seats.ts'
import {
  Card,
  Columns,
  cabinetCrumb,
  capital,
  counted,
  EmptyState,
  Facts,
  formatDate,
  LinkButton,
  List,
  ListItem,
  Menu,
  Note,
  Num,
  Page,
  Row,
  Stack,
} from '../../../web/kit/index.ts'
import type { PageContext } from '../../kernel/http/index.ts'
import { okvedInWords } from './details.ts'
import { placeOf } from './organisations.access.ts'
import {
  kindNames,
  legalFormNames,
  legalStandingNames,
  levelNames,
  membershipRoleNames,
  settlementNames,
} from './organisations.phrases.ts'
import type { Organisation } from './organisations.queries.ts'
import { SeatCard } from './seats.pages.tsx'

type OrganisationProps = {
  ctx: PageContext
  organisation: Organisation
  /** Undefined when one may not see them. */
  members: OrganisationMember[] | undefined
  seat: Seat
  /** Of its address in the dictionary, where it is known. */
  garId: string | null
  /** How many open ones stand right under it. */
  below: number
  blocks: (VNode | null)[]
}

export function OrganisationPage({ ctx, organisation, members, seat, garId, below, blocks }: OrganisationProps) {
  const { id, shortName, fullName, closedAt } = organisation
  const manages = ctx.grants.allow('organisation.manage', placeOf(organisation))
  return (
    <Page
      title={shortName}
      frame={ctx.frame}
      crumbs={[cabinetCrumb, { text: 'Организации', href: '/organisations' }, { text: shortName }]}
      help={{ href: '/guide/organizatsiya', text: 'страница организации' }}
      actions={manages ? <Actions id={id} closed={closedAt !== null} /> : undefined}
    >
      <Columns>
        <Stack>
          <WhatBecame ctx={ctx} organisation={organisation} />
          {blocks}
          <Card title="Реквизиты" foot={<a href={`/organisations/${id}/history`}>История реквизитов</a>}>
            <Facts facts={[['Полное наименование', fullName], ...requisites(ctx, organisation, garId, below)]} />
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

const Actions = ({ id, closed }: { id: string; closed: boolean }) =>
  closed ? (
    <LinkButton href={`/organisations/${id}/reopening`}>Вернуть в действующие</LinkButton>
  ) : (
    <Row tight>
      <LinkButton icon="pen" href={`/organisations/${id}/edit`}>
        Изменить
      </LinkButton>
      <Menu
        text="Ещё"
        items={[
          { text: 'История реквизитов', icon: 'history', href: `/organisations/${id}/history` },
          'line',
          { text: 'Присоединена к другой', href: `/organisations/${id}/merger` },
          { text: 'Ликвидирована', href: `/organisations/${id}/liquidation` },
        ]}
      />
    </Row>
  )

/** What is no more says so first, with where to go instead. */
function WhatBecame({ ctx, organisation }: { ctx: PageContext; organisation: Organisation }) {
  const { state, endedOn, endReason, successorId, successorShortName } = organisation
  if (state === 'active') return null
  const on = endedOn ? ` ${formatDate(endedOn)}` : ''
  return (
    <Note tone="warn" title={state === 'merged' ? `Присоединена${on} к другой организации` : `Ликвидирована${on}`}>
      {successorId && successorShortName ? (
        <>
          Теперь это{' '}
          {ctx.grants.has('organisation.read') ? (
            <a href={`/organisations/${successorId}`}>{successorShortName}</a>
          ) : (
            successorShortName
          )}
          .{' '}
        </>
      ) : null}
      {endReason ? `Основание: ${endReason.replace(/[.\s]+$/, '')}. ` : ''}
      Отчёты и история реквизитов сохранены.
    </Note>
  )
}

const requisites = (ctx: PageContext, organisation: Organisation, garId: string | null, below: number) =>
  [
    ['Прежние названия', formerNames(organisation)],
    ['Вышестоящая организация', higherOf(ctx, organisation)],
    ['Под ней', below === 0 ? undefined : <Below key="below" organisation={organisation} count={below} />],
    ['Регион', organisation.regionName],
    ['ИНН', <Num key="inn">{organisation.inn}</Num>],
    ['КПП', organisation.kpp ? <Num key="kpp">{organisation.kpp}</Num> : undefined],
    ['ОГРН', <Num key="ogrn">{organisation.ogrn}</Num>],
    ['Код ОКПО', organisation.okpo ? <Num key="okpo">{organisation.okpo}</Num> : '—'],
    ['Код ОКТМО', organisation.oktmo ? <Num key="oktmo">{organisation.oktmo}</Num> : '—'],
    ['Тип', kindNames[organisation.kind]],
    ['Форма', legalFormNames[organisation.legalForm]],
    ['Правовое положение', organisation.legalStanding ? legalStandingNames[organisation.legalStanding] : '—'],
    ['Структурный уровень', levelNames[organisation.level]],
    ['Основной вид деятельности', organisation.okved ? okvedInWords(organisation.okved) : '—'],
    ['Дополнительные виды', additionalOf(organisation)],
    ['Адрес', organisation.address],
    ['Номер адреса в ГАР', garId ?? undefined],
    ['Населённый пункт', organisation.settlement ? settlementNames[organisation.settlement] : '—'],
  ] as const

/** One under another; those who read the page hear how many there are. */
const lines = (texts: readonly string[]) =>
  texts.length === 0 ? undefined : (
    <List>
      {texts.map((text) => (
        <ListItem key={text}>{text}</ListItem>
      ))}
    </List>
  )

const formerNames = ({ formerNames: names }: Organisation) => lines(names.split('\n').filter(Boolean))
const additionalOf = ({ okvedAdditional }: Organisation) => lines(okvedAdditional.map(okvedInWords))

/** The name is known to everybody below; the page opens to those who may see it. */
function higherOf(ctx: PageContext, { higherId, higherShortName, lineage, regionCode }: Organisation) {
  if (!higherId || !higherShortName) return '—'
  const place = { id: higherId, region: regionCode, lineage: lineage.slice(0, -1) }
  if (!ctx.grants.allow('organisation.read', place)) return higherShortName
  return <a href={`/organisations/${higherId}`}>{higherShortName}</a>
}

const Below = ({ organisation, count }: { organisation: Organisation; count: number }) => (
  <>
    {counted(count, ['организация', 'организации', 'организаций'])}:{' '}
    <a href={branchOf(organisation)}>показать в списке</a>
  </>
)

/** Parts of a legal person are found by the number that they share. */
function branchOf({ id, level, regionCode, inn }: Organisation): string {
  switch (level) {
    case 'region':
      return `/organisations?region=${encodeURIComponent(regionCode)}`
    case 'municipality':
      return `/organisations?municipality=${id}`
    case 'institution':
    case 'division':
    case 'branch':
      return `/organisations?q=${inn}`
  }
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
