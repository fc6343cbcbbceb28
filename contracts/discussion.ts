/** What is said about a report and what is put with it: threads of comments, files by kinds. */
import { z } from 'zod'
import { CellKey } from './reporting.ts'

const Id = z.uuid()
const Moment = z.iso.datetime().meta({ description: 'Момент по Гринвичу' })

export const mostMentions = 20

export const NewComment = z.object({
  text: z.string('Напишите комментарий').trim().min(1, 'Напишите комментарий').max(4000, 'Не длиннее 4000 знаков'),
  cell: CellKey.optional(),
  replyTo: Id.optional().meta({ description: 'Первый комментарий обсуждения, в котором это ответ' }),
  mentions: z
    .array(Id)
    .max(mostMentions, `Не больше ${mostMentions} человек`)
    .default([])
    .meta({ description: 'Кого это касается: им придёт отдельное сообщение' }),
})
export type NewComment = z.output<typeof NewComment>

export const Comment = z.object({
  id: Id,
  at: Moment,
  author: z.string(),
  authorOrganisation: z.string().nullable(),
  kind: z.enum(['comment', 'refusal']),
  text: z.string(),
  cell: z.string().nullable(),
  thread: Id.nullable().meta({ description: 'Первый комментарий обсуждения; null: это он сам' }),
  resolvedAt: Moment.nullable().meta({ description: 'Когда обсуждение закрыли, замечание устранили' }),
  resolvedBy: z.string().nullable(),
  mentions: z.array(z.string()).meta({ description: 'Кого это касается' }),
  unread: z.boolean(),
})
export type Comment = z.output<typeof Comment>
export const Comments = z.object({ comments: z.array(Comment) })

export const Resolution = z.object({ resolved: z.boolean() })

/** A discussion: the first comment with its answers, the oldest first. */
export type Thread = Comment & { replies: Comment[] }

/** A thread as the grid shows it at its cell. */
export type CellThread = Pick<Comment, 'id' | 'kind' | 'resolvedAt' | 'resolvedBy'> & {
  cell: string
  said: Pick<Comment, 'at' | 'author' | 'text' | 'unread'>[]
}

export const ConcernedPeople = z.object({
  people: z.array(z.object({ id: Id, name: z.string(), about: z.string() })),
})
export type ConcernedPerson = z.output<typeof ConcernedPeople>['people'][number]

export const Attachment = z.object({
  id: Id,
  name: z.string(),
  size: z.int(),
  mediaType: z.string(),
  addedAt: Moment,
  addedBy: z.string(),
  kind: z.string().nullable().meta({ description: 'Код вида файла, который просит форма' }),
})
export type Attachment = z.output<typeof Attachment>

export const Attachments = z.object({
  attachments: z.array(Attachment),
  demanded: z
    .array(
      z.object({ code: z.string(), name: z.string(), required: z.boolean(), note: z.string(), attached: z.boolean() }),
    )
    .meta({ description: 'Какие файлы просит форма и есть ли они' }),
})
export type DemandedAttachment = z.output<typeof Attachments>['demanded'][number]

export const AttachmentKind = z.string().trim().min(1).max(60)

export const NewAttachment = z.object({
  file: z.file('Выберите файл').meta({ description: 'PDF, PNG, JPG, docx, xlsx, odt или ods, не больше 5 МБ' }),
  kind: AttachmentKind.optional(),
})

/** A file as it went with what was sent. */
export type SentAttachment = { kind: string | null; name: string; size: number; sha256: string }
