/** Discussions of a report: open ones first, each with its answers, whom it concerns, and who settled it. */
import type { Comment, ConcernedPerson, Thread } from '../../../../contracts/discussion.ts'
import type { Form as ReportForm } from '../../../../engine/index.ts'
import {
  Badge,
  Button,
  Card,
  Checkboxes,
  counted,
  Disclosure,
  Form,
  formatDateTime,
  List,
  ListItem,
  Muted,
  Quiet,
  Row,
  Stack,
  Text,
  TextArea,
} from '../../../../web/kit/index.ts'
import { cellHref, placeText, threadsOf } from '../../../../web/report/index.ts'
import type { PageContext } from '../../../kernel/http/index.ts'

export type CommentsProps = {
  ctx: PageContext
  form: ReportForm
  reportId: string
  section: string
  comments: readonly Comment[]
  /** Whom one may name; empty for one who may only read. */
  concerned: readonly ConcernedPerson[]
  mayComment: boolean
  /** What was typed and not taken, to be shown again. */
  typed?: string | undefined
}

export function CommentsCard(props: CommentsProps) {
  const { comments, reportId, section, concerned, mayComment, typed } = props
  const threads = threadsOf(comments)
  const open = threads.filter(({ resolvedAt }) => resolvedAt === null)
  const settled = threads.filter(({ resolvedAt }) => resolvedAt !== null)
  const unread = comments.filter((comment) => comment.unread).length
  return (
    <Card
      title="Комментарии"
      id="comments"
      aside={
        unread > 0 ? (
          <Form action={`/reports/${reportId}/comments/reading`} hidden={{ section }}>
            <Button size="small" kind="quiet" icon="check">
              {`Прочитано: ${unread}`}
            </Button>
          </Form>
        ) : undefined
      }
      foot={
        mayComment ? (
          <Form action={`/reports/${reportId}/comments`} hidden={{ section }} draft={`comment-${reportId}`}>
            <Stack space="small">
              <TextArea name="text" label="Ваш комментарий" value={typed} maxLength={4000} />
              <Concerned people={concerned} />
              <Button size="small">Добавить комментарий</Button>
            </Stack>
          </Form>
        ) : undefined
      }
    >
      {threads.length === 0 ? <Muted>Комментариев пока нет.</Muted> : null}
      <Stack space="small">
        <Threads {...props} threads={open} />
        {settled.length > 0 ? (
          <Disclosure title={`Решено: ${counted(settled.length, ['обсуждение', 'обсуждения', 'обсуждений'])}`}>
            <Threads {...props} threads={settled} />
          </Disclosure>
        ) : null}
      </Stack>
    </Card>
  )
}

function Concerned({ people }: { people: readonly ConcernedPerson[] }) {
  if (people.length === 0) return null
  return (
    <Disclosure title="Кого это касается" under="Им придёт отдельное сообщение">
      <Checkboxes
        name="mentions"
        label="Кого это касается"
        options={people.map(({ id, name, about }) => ({ value: id, text: `${name}, ${about}` }))}
      />
    </Disclosure>
  )
}

type ThreadsProps = CommentsProps & { threads: readonly Thread[] }

function Threads({ threads, ...props }: ThreadsProps) {
  if (threads.length === 0) return null
  return (
    <List label="Комментарии">
      {threads.map((thread) => (
        <ThreadItem key={thread.id} {...props} thread={thread} />
      ))}
    </List>
  )
}

function ThreadItem({ ctx, form, reportId, section, mayComment, thread }: CommentsProps & { thread: Thread }) {
  const { cell, resolvedAt, resolvedBy, replies } = thread
  return (
    <ListItem top={headOf(thread, ctx)}>
      <Stack space="small">
        {cell ? (
          <Text>
            <a href={`/reports/${reportId}${cellHref(cell, section === '' ? '' : section)}`}>{placeText(form, cell)}</a>
          </Text>
        ) : null}
        <Said comment={thread} />
        {replies.length > 0 ? (
          <List label="Ответы">
            {replies.map((reply) => (
              <ListItem key={reply.id} top={headOf(reply, ctx)}>
                <Said comment={reply} />
              </ListItem>
            ))}
          </List>
        ) : null}
        {resolvedAt ? (
          <Quiet>{`Решено ${formatDateTime(resolvedAt, ctx.timeZone)}${resolvedBy ? `, ${resolvedBy}` : ''}`}</Quiet>
        ) : null}
        {mayComment ? <Answering reportId={reportId} section={section} thread={thread} /> : null}
      </Stack>
    </ListItem>
  )
}

const headOf = ({ at, author, authorOrganisation, kind, unread, thread }: Comment, ctx: PageContext) => [
  formatDateTime(at, ctx.timeZone),
  [author, authorOrganisation].filter(Boolean).join(', '),
  kind === 'refusal' && thread === null ? 'причина отклонения' : undefined,
  unread ? <Badge tone="wait" text="новый" /> : undefined,
]

function Said({ comment: { text, mentions } }: { comment: Comment }) {
  return (
    <>
      <Text>{text}</Text>
      {mentions.length > 0 ? <Quiet>{`Касается: ${mentions.join(', ')}`}</Quiet> : null}
    </>
  )
}

function Answering({ reportId, section, thread }: { reportId: string; section: string; thread: Thread }) {
  const about = thread.text.slice(0, 60)
  const settled = thread.resolvedAt !== null
  return (
    <Row>
      <Disclosure title="Ответить">
        <Form action={`/reports/${reportId}/comments`} hidden={{ section, replyTo: thread.id }}>
          <Stack space="small">
            <TextArea name="text" id={`answer-${thread.id}`} label="Ответ" rows={3} maxLength={4000} />
            <Button size="small" about={about}>
              Ответить
            </Button>
          </Stack>
        </Form>
      </Disclosure>
      <Form
        action={`/reports/${reportId}/comments/${thread.id}/resolution`}
        hidden={{ section, resolved: settled ? 'no' : 'yes' }}
      >
        <Button size="small" kind="quiet" icon={settled ? undefined : 'check'} about={about}>
          {settled ? 'Открыть снова' : 'Решено'}
        </Button>
      </Form>
    </Row>
  )
}
