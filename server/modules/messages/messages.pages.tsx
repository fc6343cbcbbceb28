import { MessagesQuery, pageSize } from '../../../contracts/messages.ts'
import {
  Button,
  Card,
  counted,
  EmptyState,
  Form,
  formatDateTime,
  LinkButton,
  List,
  ListItem,
  Muted,
  Page,
  Pager,
} from '../../../web/kit/index.ts'
import { type PageContext, pages, seeOther } from '../../kernel/http/index.ts'
import type { Message } from './messages.queries.ts'
import { readAllMessages, readMessage, viewMessages } from './messages.ts'

export const messagesPages = pages('/messages')
  .get('/', { needs: 'signed-in', stage: 'contacts', query: MessagesQuery }, async (ctx, _params, { page }) => (
    <MessagesPage ctx={ctx} messages={await viewMessages(ctx, page)} />
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

function MessagesPage({ ctx, messages }: { ctx: PageContext; messages: Awaited<ReturnType<typeof viewMessages>> }) {
  const { rows, total, unread, page } = messages
  return (
    <Page
      title="Мои сообщения"
      frame={ctx.frame}
      crumbs={[{ text: 'Мой профиль', href: '/cabinet' }, { text: 'Мои сообщения' }]}
      help={{ href: '/guide/kabinet', text: 'сообщения' }}
      lead={
        unread > 0 ? `Новые стоят первыми: ${counted(unread, ['сообщение', 'сообщения', 'сообщений'])}.` : undefined
      }
      actions={unread > 0 ? <ReadAll /> : undefined}
    >
      <Card>
        {rows.length === 0 ? (
          <EmptyState
            title="Сообщений пока нет"
            icon="mail"
            actions={<LinkButton href="/cabinet">В личный кабинет</LinkButton>}
          >
            Здесь появится всё, что произошло с вашими заявками и отчётами. О каждом событии придёт и письмо.
          </EmptyState>
        ) : (
          <List label="Сообщения">
            {rows.map((message) => (
              <MessageItem key={message.id} message={message} zone={ctx.timeZone} marking />
            ))}
          </List>
        )}
      </Card>
      {total > pageSize ? (
        <Pager
          page={page}
          size={pageSize}
          shown={rows.length}
          total={total}
          href={(number) => `/messages?page=${number}`}
        />
      ) : null}
    </Page>
  )
}

const ReadAll = () => (
  <Form action="/messages/reading">
    <Button icon="check">Отметить все прочитанными</Button>
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
