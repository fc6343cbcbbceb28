import { z } from 'zod'
import { ApplicationsQuery, BulkDecision, type BulkOutcome } from '../../../contracts/applications.ts'
import { pageSize } from '../../../contracts/organisations.ts'
import {
  Card,
  cabinetCrumb,
  counted,
  LinkButton,
  List,
  ListItem,
  Note,
  Page,
  Pager,
  Stack,
  Table,
  Tabs,
  TextArea,
} from '../../../web/kit/index.ts'
import { type FormFailure, type PageContext, pages } from '../../kernel/http/index.ts'
import { decideMany } from './bulk.ts'
import { addressOf, columnsOf, ListFilters, NoApplications } from './list.tsx'
import { viewApplications } from './viewing.ts'

/** The boxes that were ticked, `pick` once for each. */
const Picked = z.preprocess(
  (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
  BulkDecision.shape.ids,
)
/** With the list as it was narrowed and sorted: it stays so after the decision. */
const BulkForm = ApplicationsQuery.extend({
  pick: Picked,
  do: BulkDecision.shape.outcome,
  reason: BulkDecision.shape.reason,
})

export const applicationsPages = pages('/applications')
  .get('/', { needs: 'signed-in', query: ApplicationsQuery }, async (ctx, _params, query) => (
    <ApplicationsPage ctx={ctx} query={query} list={await viewApplications(ctx, query)} />
  ))
  .post(
    '/decisions',
    {
      needs: 'application.decide',
      form: BulkForm,
      again: (ctx, _params, failure) => showQueue(ctx, ApplicationsQuery.parse(failure.values), { failure }),
    },
    async (ctx, _params, { pick, do: outcome, reason, ...query }) =>
      showQueue(ctx, query, { result: await decideMany(ctx, { ids: pick, outcome, reason }) }),
  )

type After = { result?: BulkOutcome; failure?: FormFailure }

/** What was decided may have been all there was on the last page. */
async function showQueue(ctx: PageContext, asked: ApplicationsQuery, after: After) {
  const query = { ...asked, side: 'queue' as const }
  const list = await viewApplications(ctx, query)
  const shown = list.rows.length > 0 || query.page === 1 ? list : await viewApplications(ctx, { ...query, page: 1 })
  return <ApplicationsPage ctx={ctx} query={query} list={shown} after={after} />
}

type ListProps = {
  ctx: PageContext
  query: ApplicationsQuery
  list: Awaited<ReturnType<typeof viewApplications>>
  after?: After
}

function ApplicationsPage({ ctx, query, list, after = {} }: ListProps) {
  const { rows, total, page, side } = list
  const chosen = after.failure?.values.pick?.split('\n') ?? []
  const isQueue = side === 'queue'
  return (
    <Page
      title="Сервис заявок"
      frame={ctx.frame}
      crumbs={[cabinetCrumb, { text: 'Сервис заявок' }]}
      help={{ href: '/guide/zayavki', text: 'заявки' }}
      actions={
        <LinkButton kind={isQueue ? 'plain' : 'main'} href="/applications/new">
          Подать заявку
        </LinkButton>
      }
      hasErrors={after.failure !== undefined}
    >
      {ctx.grants.has('application.decide') ? (
        <Tabs
          label="Какие заявки"
          tabs={[
            { text: 'На рассмотрении у меня', href: '/applications?side=queue', current: isQueue },
            { text: 'Поданные мной', href: '/applications?side=own', current: !isQueue },
          ]}
        />
      ) : null}
      <Stack>
        <Told after={after} />
        <Card flush>
          <ListFilters ctx={ctx} query={query} side={side} />
          <Table
            label="Список заявок"
            rows={rows}
            rowKey={({ id }) => id}
            keys
            columns={columnsOf(side, ctx.timeZone, query)}
            empty={<NoApplications side={side} query={query} />}
            pick={
              isQueue
                ? {
                    action: '/applications/decisions',
                    label: ({ number }) => `заявка № ${number}`,
                    nouns: ['заявка', 'заявки', 'заявок'],
                    total,
                    chosen,
                    hidden: { ...query, page: String(page) },
                    actions: [
                      { value: 'assignment', text: 'Взять в работу' },
                      { value: 'granting', text: 'Исполнить', icon: 'check' },
                      { value: 'refusal', text: 'Отказать', icon: 'x' },
                    ],
                    field: (
                      <TextArea
                        name="reason"
                        label="Причина или пояснение для отмеченных"
                        hint="Одна на все; обязательна при отказе"
                        rows={1}
                        value={after.failure?.values.reason}
                        error={after.failure?.problems.find(({ field }) => field === 'reason')?.text}
                        maxLength={2000}
                      />
                    ),
                  }
                : undefined
            }
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
      </Stack>
    </Page>
  )
}

/** What became of a decision about many. */
function Told({ after: { result, failure } }: { after: After }) {
  if (failure)
    return (
      <Note tone="bad" title="Решение не записано" live="alert">
        {failure.message ?? failure.problems.map(({ text }) => text).join(' ')}
      </Note>
    )
  if (!result) return null
  const { done, failed } = result
  return (
    <Note
      tone={failed.length > 0 ? 'warn' : 'ok'}
      title={`Готово: ${counted(done.length, ['заявка', 'заявки', 'заявок'])}`}
      live="status"
    >
      {failed.length > 0 ? (
        <List label="Не получилось">
          {failed.map(({ id, number, problem }) => (
            <ListItem key={id} title={`№ ${number}`} href={`/applications/${id}`}>
              {problem}
            </ListItem>
          ))}
        </List>
      ) : (
        'Заявители получат письма.'
      )}
    </Note>
  )
}
