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
import { StateBadge } from './applications.badges.tsx'
import { kindTitles } from './applications.phrases.ts'
import { type ApplicationRow, listApplications } from './applications.queries.ts'

const shown = 5

/** The cabinet's block for those who decide: what waits for them, the nearest deadline first. */
export async function waitingApplications(ctx: PageContext) {
  if (!ctx.grants.has('application.decide')) return null
  const scopes = ctx.grants.scopes('application.decide')
  const filter = { q: '', page: 1, limit: shown, state: 'waiting' } as const
  const { rows, total } = await listApplications(ctx.db, { side: 'queue', scopes }, filter)
  return <Queue ctx={ctx} rows={rows} total={total} />
}

/** The cabinet's block «Мои заявки». */
export async function ownApplications(ctx: PageContext) {
  const filter = { q: '', page: 1, limit: shown }
  const { rows } = await listApplications(ctx.db, { side: 'own', applicantId: ctx.account.id }, filter)
  return <Own ctx={ctx} rows={rows} />
}

/** The application whose day of decision comes first. */
export const applicationToDecide: NextStepFinder = {
  order: 15,
  find: async (ctx) => {
    if (!ctx.grants.has('application.decide')) return undefined
    const scopes = ctx.grants.scopes('application.decide')
    const filter = { q: '', page: 1, limit: 1, state: 'waiting' } as const
    const { rows, total } = await listApplications(ctx.db, { side: 'queue', scopes }, filter)
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
        Когда кто-нибудь попросит прикрепить его к организации из вашей сети, заявка появится здесь, а вам придёт
        письмо.
      </EmptyState>
    ) : (
      <List label="Заявки на рассмотрении">
        {rows.map((row) => (
          <ListItem
            key={row.id}
            title={kindTitles[row.kind]}
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
    foot={rows.length > 0 ? <a href="/applications/new/attachment">Подать новую заявку</a> : undefined}
  >
    {rows.length === 0 && ctx.grants.has('application.decide') ? (
      // Whoever decides seldom asks: no room is taken from what waits.
      <Muted>Вы ещё не подавали заявок.</Muted>
    ) : rows.length === 0 ? (
      <EmptyState
        title="Заявок пока нет"
        actions={
          <LinkButton size="small" href="/applications/new/attachment">
            Подать заявку
          </LinkButton>
        }
      >
        Заявкой просят прикрепить к организации. Каждая покажет, у кого она и до какого дня будет решение.
      </EmptyState>
    ) : (
      <List label="Поданные вами заявки">
        {rows.map((row) => (
          <ListItem
            key={row.id}
            title={kindTitles[row.kind]}
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
