import { MessagesQuery, pageSize } from '../../../contracts/messages.ts'
import {
  Button,
  Card,
  CardPart,
  cabinetCrumb,
  counted,
  EmptyState,
  FilterSelect,
  Filters,
  Form,
  formatDateTime,
  LinkButton,
  List,
  ListItem,
  Muted,
  Page,
  Pager,
  Row,
  Tabs,
} from '../../../web/kit/index.ts'
import { type PageContext, pages, seeOther } from '../../kernel/http/index.ts'
import { groups } from './kinds.ts'
import type { Message } from './messages.queries.ts'
import { readAllMessages, readMessage, viewMessages } from './messages.ts'

export const messagesPages = pages('/messages')
  .get('/', { needs: 'signed-in', stage: 'contacts', query: MessagesQuery }, async (ctx, _params, query) => (
    <MessagesPage ctx={ctx} query={query} messages={await viewMessages(ctx, query)} />
  ))
  // A link of a letter: what it speaks of is shown, and the message is no longer new.
  .get('/{id}', { needs: 'signed-in', stage: 'contacts' }, async (ctx, { id }) =>
    seeOther((await readMessage(ctx, id)).href),
  )
  .post('/{id}/reading', { needs: 'signed-in', stage: 'contacts' }, async (ctx, { id }) => {
    await readMessage(ctx, id)
    return seeOther('/messages', 'messages.read')
  })
  .post('/reading', { needs: 'signed-in', stage: 'contacts' }, async (ctx) => {
    await readAllMessages(ctx)
    return seeOther('/messages', 'messages.all-read')
  })

type ListProps = { ctx: PageContext; query: MessagesQuery; messages: Awaited<ReturnType<typeof viewMessages>> }

function MessagesPage({ ctx, query, messages }: ListProps) {
  const { rows, total, page } = messages
  const { unread } = ctx.signedIn
  return (
    <Page
      title="Мои сообщения"
      frame={ctx.frame}
      crumbs={[cabinetCrumb, { text: 'Мои сообщения' }]}
      help={{ href: '/guide/kabinet', text: 'сообщения' }}
      lead={
        unread > 0 ? `Новые стоят первыми: ${counted(unread, ['сообщение', 'сообщения', 'сообщений'])}.` : undefined
      }
      actions={
        <Row>
          {unread > 0 ? <ReadAll /> : null}
          <LinkButton href="/profile/messages">Уведомления</LinkButton>
        </Row>
      }
    >
      <Tabs
        label="Какие сообщения"
        tabs={[
          {
            text: 'Все',
            href: addressOf({ ...query, page: 1, unread: undefined }),
            current: query.unread === undefined,
          },
          {
            text: 'Непрочитанные',
            href: addressOf({ ...query, page: 1, unread: 'yes' }),
            current: query.unread === 'yes',
          },
        ]}
      />
      <Card flush>
        <Filters
          label="Отбор сообщений"
          action="/messages"
          reset={query.group ? addressOf({ ...query, page: 1, group: undefined }) : undefined}
          keep={{ unread: query.unread }}
        >
          <FilterSelect
            name="group"
            label="О чём"
            empty="Обо всём"
            value={query.group}
            options={Object.entries(groups).map(([value, text]) => ({ value, text }))}
          />
        </Filters>
        <CardPart>
          {rows.length === 0 ? (
            <NoMessages narrowed={query.group !== undefined || query.unread !== undefined} />
          ) : (
            <List label="Сообщения" keys>
              {rows.map((message) => (
                <MessageItem key={message.id} message={message} zone={ctx.timeZone} marking />
              ))}
            </List>
          )}
        </CardPart>
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

function addressOf({ page, group, unread }: MessagesQuery): string {
  const entries = { group, unread, page: page > 1 ? String(page) : undefined }
  const query = new URLSearchParams(
    Object.entries(entries).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
  return query.size > 0 ? `/messages?${query}` : '/messages'
}

const NoMessages = ({ narrowed }: { narrowed: boolean }) =>
  narrowed ? (
    <EmptyState
      title="Таких сообщений нет"
      icon="mail"
      actions={<LinkButton href="/messages">Все сообщения</LinkButton>}
    >
      Выберите другой раздел или посмотрите все сообщения.
    </EmptyState>
  ) : (
    <EmptyState
      title="Сообщений пока нет"
      icon="mail"
      actions={<LinkButton href="/cabinet">В личный кабинет</LinkButton>}
    >
      Здесь появится всё, что произошло с вашими заявками и отчётами.
    </EmptyState>
  )

const ReadAll = () => (
  <Form action="/messages/reading">
    <Button icon="check">Прочитать все</Button>
  </Form>
)

/** A line of the list; with `marking`, one not yet read can be marked as read where it stands. */
export function MessageItem({ message, zone, marking }: { message: Message; zone: string; marking?: boolean }) {
  const { id, title, body, sender, createdAt, readAt } = message
  const unread = readAt === null
  return (
    <ListItem
      top={[formatDateTime(createdAt, zone), sender]}
      title={title}
      href={`/messages/${id}`}
      unread={unread}
      end={
        marking && unread ? (
          <Form action={`/messages/${id}/reading`}>
            <Button size="small" kind="quiet" about={title}>
              Прочитано
            </Button>
          </Form>
        ) : undefined
      }
    >
      {body.split('\n\n').map((paragraph) => (
        <Muted key={paragraph}>{paragraph}</Muted>
      ))}
    </ListItem>
  )
}
