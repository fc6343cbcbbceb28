import { Card, Count, EmptyState, List } from '../../../web/kit/index.ts'
import type { PageContext } from '../../kernel/http/index.ts'
import { MessageItem } from './messages.pages.tsx'
import { listLatest } from './messages.queries.ts'

const shown = 5

/** The cabinet's block «Мои сообщения». */
export async function latestMessages(ctx: PageContext) {
  const messages = await listLatest(ctx.db, ctx.account.id, shown)
  return (
    <Card
      id="messages"
      title="Мои сообщения"
      count={<Count value={ctx.signedIn.unread} tone="hot" unit="новых" />}
      aside={
        messages.length > 0 ? (
          <a href={ctx.signedIn.unread > 0 ? '/messages?unread=yes' : '/messages'}>
            {ctx.signedIn.unread > 0 ? 'Непрочитанные' : 'Все сообщения'}
          </a>
        ) : undefined
      }
    >
      {messages.length === 0 ? (
        <EmptyState title="Сообщений пока нет" icon="mail">
          Здесь появится всё, что произошло с вашими заявками и отчётами.
        </EmptyState>
      ) : (
        <List label="Последние сообщения">
          {messages.map((message) => (
            <MessageItem key={message.id} message={message} zone={ctx.timeZone} />
          ))}
        </List>
      )}
    </Card>
  )
}
