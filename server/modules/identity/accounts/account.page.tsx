import type { VNode } from 'preact'
import type { AccountView } from '../../../../contracts/accounts.ts'
import { audienceNames } from '../../../../contracts/audiences.ts'
import {
  Button,
  Card,
  Columns,
  type Crumb,
  cabinetCrumb,
  counted,
  Facts,
  Form,
  formatDate,
  formatDateTime,
  LinkButton,
  List,
  ListItem,
  Muted,
  Note,
  Num,
  Page,
  Row,
  Stack,
} from '../../../../web/kit/index.ts'
import type { PageContext } from '../../../kernel/http/index.ts'
import { accountName } from './account.ts'
import { roleNameOf } from './accounts.phrases.ts'
import { StateBadge } from './list.page.tsx'
import type { viewAccountHistory } from './viewing.ts'

export type History = Awaited<ReturnType<typeof viewAccountHistory>>
type Shown = { ctx: PageContext; account: AccountView }

export const crumbsTo = (account: Pick<AccountView, 'id' | 'surname' | 'name' | 'patronymic'>, ...rest: Crumb[]) => [
  cabinetCrumb,
  { text: 'Учётные записи', href: '/accounts' },
  { text: accountName(account), href: `/accounts/${account.id}` },
  ...rest,
]

export function AccountPage({
  ctx,
  account,
  history,
  revocable,
}: Shown & { history: History; revocable: ReadonlySet<string> }) {
  return (
    <Page
      title={accountName(account)}
      frame={ctx.frame}
      crumbs={crumbsTo(account)}
      lead={account.position ?? undefined}
    >
      <Columns>
        <Stack>
          <Standing ctx={ctx} account={account} />
          <Card
            title="Сведения"
            aside={<StateBadge state={account.state} />}
            foot={<Deeds ctx={ctx} account={account} />}
          >
            <Facts facts={factsOf(ctx, account)} />
          </Card>
          <RolesCard ctx={ctx} account={account} revocable={revocable} />
          <HistoryCard ctx={ctx} history={history} />
        </Stack>
        <Stack>
          <MembershipsCard account={account} />
          <FactorsCard account={account} />
          <SessionsCard ctx={ctx} account={account} />
          {account.helpers.length > 0 ? <HelpersCard account={account} /> : null}
        </Stack>
      </Columns>
    </Page>
  )
}

/** What stands in the way of using the account, and what to do about it. */
function Standing({ ctx, account }: Shown) {
  const { id, state, may, blockedAt, blockedBy, blockReason, approvalAskedAt, approvalReason } = account
  switch (state) {
    case 'blocked':
      return (
        <Note tone="bad" title={`Закрыта ${blockedAt ? formatDateTime(blockedAt, ctx.timeZone) : ''}`}>
          {[blockedBy, blockReason].filter(Boolean).join(': ') || 'Причина не названа'}
        </Note>
      )
    case 'refused':
      return (
        <Note tone="bad" title="В доступе отказано">
          {approvalReason ?? 'Причина не названа'}
        </Note>
      )
    case 'waiting':
      return (
        <Note
          tone="wait"
          title={`Ждёт одобрения с ${approvalAskedAt ? formatDateTime(approvalAskedAt, ctx.timeZone) : ''}`}
        >
          {may.manage ? (
            <Row>
              <PostButton action={`/accounts/${id}/approval`} version={account.version} main>
                Одобрить
              </PostButton>
              <LinkButton size="small" href={`/accounts/${id}/approval-refusal`}>
                Отказать
              </LinkButton>
            </Row>
          ) : (
            'Решение принимает оператор региона.'
          )}
        </Note>
      )
    case 'unconfirmed':
      return (
        <Note tone="wait" title="Почта не подтверждена">
          {may.manage ? (
            <Row>
              <span>Войти можно после перехода по ссылке из письма.</span>
              <PostButton action={`/accounts/${id}/confirmation-letter`}>Отправить письмо ещё раз</PostButton>
            </Row>
          ) : (
            'Войти можно после перехода по ссылке из письма.'
          )}
        </Note>
      )
    case 'temporary':
    case 'open':
      return null
  }
}

function Deeds({ account: { id, may, state } }: Shown) {
  return (
    <Row>
      <LinkButton size="small" href={`/accounts/${id}/rights`}>
        Права
      </LinkButton>
      {may.manage ? (
        <>
          <LinkButton size="small" href={`/accounts/${id}/temporary-password`}>
            Временный пароль
          </LinkButton>
          {state === 'blocked' ? (
            <LinkButton size="small" href={`/accounts/${id}/unblocking`}>
              Открыть снова
            </LinkButton>
          ) : (
            <LinkButton size="small" kind="bad" href={`/accounts/${id}/blocking`}>
              Закрыть
            </LinkButton>
          )}
        </>
      ) : null}
    </Row>
  )
}

const factsOf = (ctx: PageContext, account: AccountView) =>
  [
    ['Аудитория', audienceNames[account.audience]],
    ['Почта и логин', `${account.email}${account.emailConfirmed ? '' : ', не подтверждена'}`],
    ['Имя пользователя', account.userName ?? undefined],
    ['Телефон', account.phone ? <Num key="phone">{phoneOf(account)}</Num> : '—'],
    ['Организация, как названа', account.organisationName ?? undefined],
    ['Регион', account.regionName ?? undefined],
    ['ИНН', account.inn ? <Num key="inn">{account.inn}</Num> : undefined],
    ['СНИЛС', account.snils ? <Num key="snils">{account.snils}</Num> : undefined],
    [
      'Временный пароль',
      account.temporaryPasswordUntil ? `до ${formatDateTime(account.temporaryPasswordUntil, ctx.timeZone)}` : undefined,
    ],
    ['Создана', madeBy(ctx, account)],
  ] as const

const phoneOf = ({ phone, phoneConfirmed }: AccountView) =>
  `${phone ?? ''}${phoneConfirmed ? ', подтверждён' : ', не подтверждён'}`

const madeBy = (ctx: PageContext, { createdAt, createdBy, registeredAt }: AccountView) =>
  `${formatDateTime(createdAt, ctx.timeZone)}${createdBy ? `, ${createdBy}` : registeredAt ? ', регистрация' : ''}`

function RolesCard({ ctx, account, revocable }: Shown & { revocable: ReadonlySet<string> }) {
  const { id, grants, may } = account
  return (
    <Card
      title="Роли"
      foot={
        may.give ? (
          <LinkButton size="small" icon="plus" href={`/accounts/${id}/grants/new`}>
            Дать роль
          </LinkButton>
        ) : undefined
      }
    >
      {grants.length === 0 ? (
        <Muted>Ролей нет. Роли в организациях даёт прикрепление.</Muted>
      ) : (
        <List label="Роли, данные напрямую">
          {grants.map((grant) => (
            <ListItem
              key={grant.id}
              title={grant.roleName}
              strong
              under={[
                placeOf(grant),
                termOf(ctx, grant.startsOn, grant.endsOn),
                grant.delegatedBy ? `помощник: ${grant.delegatedBy}` : undefined,
                grant.domain ? 'по группе домена' : undefined,
              ]}
              end={
                revocable.has(grant.id) ? (
                  <LinkButton
                    size="small"
                    href={`/accounts/${id}/grants/${grant.id}/revocation`}
                    about={grant.roleName}
                  >
                    Отозвать
                  </LinkButton>
                ) : undefined
              }
            />
          ))}
        </List>
      )}
    </Card>
  )
}

export function placeOf({ scope, regionName, region, organisation }: AccountView['grants'][number]): string {
  switch (scope) {
    case 'everywhere':
      return 'везде'
    case 'region':
      return regionName ?? region ?? ''
    case 'subtree':
      return `${organisation} и ниже`
    case 'organisation':
      return organisation ?? ''
  }
}

const termOf = (ctx: PageContext, startsOn: string, endsOn: string | null): string =>
  `с ${formatDate(startsOn, ctx.timeZone)}${endsOn ? ` по ${formatDate(endsOn, ctx.timeZone)}` : ''}`

const MembershipsCard = ({ account: { memberships } }: { account: AccountView }) => (
  <Card title="Прикреплён к организациям">
    {memberships.length === 0 ? (
      <Muted>Пока ни к одной.</Muted>
    ) : (
      <List label="Организации">
        {memberships.map(({ organisationId, organisation, role, startsOn, endsOn }) => (
          <ListItem
            key={organisationId}
            title={organisation}
            href={`/organisations/${organisationId}`}
            under={[roleNameOf(role), `с ${formatDate(startsOn)}${endsOn ? ` по ${formatDate(endsOn)}` : ''}`]}
          />
        ))}
      </List>
    )}
  </Card>
)

function FactorsCard({ account }: { account: AccountView }) {
  const { factors, factorReset, may, id } = account
  const kinds = [
    factors.authenticator ? 'приложение для кодов' : '',
    factors.passkeys > 0 ? counted(factors.passkeys, ['ключ доступа', 'ключа доступа', 'ключей доступа']) : '',
    factors.sms ? 'коды по SMS' : '',
  ].filter(Boolean)
  return (
    <Card
      title="Второй фактор"
      foot={
        may.resetFactor && kinds.length > 0 && !factorReset ? (
          <LinkButton size="small" href={`/accounts/${id}/factor-reset`}>
            Попросить снять
          </LinkButton>
        ) : undefined
      }
    >
      <Muted>{kinds.length > 0 ? kinds.join(', ') : 'Не настроен.'}</Muted>
      {factorReset ? (
        <Note tone="wait" title={`${factorReset.askedBy} просит снять второй фактор`}>
          {may.resetFactor ? (
            <Stack space="small">
              <Muted>{factorReset.reason}</Muted>
              <Row>
                <PostButton action={`/accounts/factor-resets/${factorReset.id}/consent`}>Согласиться</PostButton>
                <PostButton action={`/accounts/factor-resets/${factorReset.id}/refusal`}>Отказать</PostButton>
              </Row>
            </Stack>
          ) : (
            factorReset.reason
          )}
        </Note>
      ) : null}
    </Card>
  )
}

const SessionsCard = ({ ctx, account: { id, sessions, may } }: Shown) => (
  <Card
    title="Открытые сеансы"
    foot={
      may.manage && sessions.length > 0 ? (
        <PostButton action={`/accounts/${id}/sessions/end`}>Завершить все</PostButton>
      ) : undefined
    }
  >
    {sessions.length === 0 ? (
      <Muted>Сейчас нет.</Muted>
    ) : (
      <List label="Сеансы">
        {sessions.map((session) => (
          <ListItem
            key={session.id}
            title={session.device}
            under={[session.address, `последнее действие ${formatDateTime(session.lastSeenAt, ctx.timeZone)}`]}
          />
        ))}
      </List>
    )}
  </Card>
)

const HelpersCard = ({ account: { helpers } }: { account: AccountView }) => (
  <Card title="Помощники">
    <List label="Помощники">
      {helpers.map(({ id, fullName, suspended }) => (
        <ListItem
          key={id}
          title={fullName}
          href={`/accounts/${id}`}
          under={[suspended ? 'приостановлен' : undefined]}
        />
      ))}
    </List>
  </Card>
)

const HistoryCard = ({ ctx, history }: { ctx: PageContext; history: History }) => (
  <Card title="История">
    {history.length === 0 ? (
      <Muted>Записей пока нет.</Muted>
    ) : (
      <List label="Действия, новые сверху">
        {history.slice(0, 30).map(({ at, action, text, by }) => (
          <ListItem key={`${at}${action}`} title={text} under={[formatDateTime(at, ctx.timeZone), by ?? undefined]} />
        ))}
      </List>
    )}
  </Card>
)

type PostButtonProps = { action: string; version?: number; main?: boolean; children: string }

const PostButton = ({ action, version, main, children }: PostButtonProps): VNode => (
  <Form action={action} label={children} hidden={version === undefined ? {} : { version: String(version) }}>
    <Button size="small" kind={main ? 'main' : 'plain'}>
      {children}
    </Button>
  </Form>
)
