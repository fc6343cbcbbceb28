import {
  Card,
  Count,
  counted,
  EmptyState,
  formatDate,
  LinkButton,
  List,
  ListItem,
  Muted,
  shortName,
} from '../../../web/kit/index.ts'
import type { PageContext } from '../../kernel/http/index.ts'
import type { NextStepFinder } from '../../kernel/room.ts'
import { typeOf } from './application-type.ts'
import { StateBadge } from './applications.badges.tsx'
import type { ApplicationRow } from './list.queries.ts'
import { listOwn, listQueue } from './viewing.ts'

const shown = 5

/** The cabinet's block for those who decide: what waits for them, the nearest deadline first. */
export async function waitingApplications(ctx: PageContext) {
  if (!ctx.grants.has('application.decide')) return null
  const { rows, total } = await listQueue(ctx, { q: '', page: 1, limit: shown, state: 'waiting' })
  return <Queue ctx={ctx} rows={rows} total={total} />
}

/** The cabinet's block «Мои заявки». */
export async function ownApplications(ctx: PageContext) {
  const { rows } = await listOwn(ctx, { q: '', page: 1, limit: shown })
  return <Own ctx={ctx} rows={rows} />
}

/** The application whose day of decision comes first. */
export const applicationToDecide: NextStepFinder = {
  order: 15,
  find: async (ctx) => {
    if (!ctx.grants.has('application.decide')) return undefined
    const { rows, total } = await listQueue(ctx, { q: '', page: 1, limit: 1, state: 'waiting' })
    const [first] = rows
    if (!first) return undefined
    return {
      told: `${counted(total, ['заявка ждёт', 'заявки ждут', 'заявок ждут'])} вашего решения`,
      text: 'Рассмотреть заявку',
      href: `/applications/${first.id}`,
    }
  },
}

const Queue = ({ ctx, rows, total }: { ctx: PageContext; rows: ApplicationRow[]; total: number }) => (
  <Card
    title="Заявки ждут вашего решения"
    count={<Count value={total} tone="hot" unit="ждут" />}
    aside={<a href="/applications">Сервис заявок</a>}
  >
    {rows.length === 0 ? (
      <EmptyState title="Все заявки рассмотрены" icon="check">
        Когда кто-нибудь из вашей сети подаст заявку, она появится здесь, а вам придёт письмо.
      </EmptyState>
    ) : (
      <List label="Заявки на рассмотрении">
        {rows.map((row) => (
          <ListItem
            key={row.id}
            title={typeOf(row).title}
            href={`/applications/${row.id}`}
            under={[
              `№ ${row.number}`,
              shortName(row.applicantName),
              `решить до ${formatDate(row.dueAt, ctx.timeZone)}`,
            ]}
            end={<StateBadge application={row} zone={ctx.timeZone} />}
          >
            {row.organisationName}
          </ListItem>
        ))}
      </List>
    )}
  </Card>
)

const Own = ({ ctx, rows }: { ctx: PageContext; rows: ApplicationRow[] }) => (
  <Card
    title="Мои заявки"
    aside={<a href="/applications?side=own">Сервис заявок</a>}
    foot={rows.length > 0 ? <a href="/applications/new">Подать новую заявку</a> : undefined}
  >
    {rows.length === 0 && ctx.grants.has('application.decide') ? (
      // Whoever decides seldom asks: no room is taken from what waits.
      <Muted>Вы ещё не подавали заявок.</Muted>
    ) : rows.length === 0 ? (
      <EmptyState
        title="Заявок пока нет"
        actions={
          <LinkButton size="small" href="/applications/new">
            Подать заявку
          </LinkButton>
        }
      >
        Заявкой просят прикрепить к организации, изменить её реквизиты, открыть доступ. Каждая покажет, у кого она и до
        какого дня будет решение.
      </EmptyState>
    ) : (
      <List label="Поданные вами заявки">
        {rows.map((row) => (
          <ListItem
            key={row.id}
            title={typeOf(row).title}
            href={`/applications/${row.id}`}
            under={[`№ ${row.number}`, told(row, ctx.timeZone)]}
            end={<StateBadge application={row} zone={ctx.timeZone} />}
          >
            {row.organisationName}
          </ListItem>
        ))}
      </List>
    )}
  </Card>
)

const told = ({ decidedAt, dueAt }: ApplicationRow, zone: string): string =>
  decidedAt ? formatDate(decidedAt, zone) : `решение до ${formatDate(dueAt, zone)}`
