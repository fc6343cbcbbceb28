/** Comments as discussions; the server and the grid put them together alike. */
import type { CellThread, Comment, Thread } from '../../contracts/discussion.ts'

/** Open ones first, then by the newest word in them. */
export function threadsOf(comments: readonly Comment[]): Thread[] {
  // Comments come with the newest first, answers stand with the oldest first.
  const repliesTo = (id: string) => comments.filter(({ thread }) => thread === id).reverse()
  const last = ({ at, replies }: Thread) => replies.at(-1)?.at ?? at
  return comments
    .filter(({ thread }) => thread === null)
    .map((first) => ({ ...first, replies: repliesTo(first.id) }))
    .sort((one, other) => {
      const settled = Number(one.resolvedAt !== null) - Number(other.resolvedAt !== null)
      return settled || (last(one) < last(other) ? 1 : -1)
    })
}

/** Discussions at cells, as the grid shows them. */
export const cellThreadsOf = (comments: readonly Comment[]): CellThread[] =>
  threadsOf(comments).flatMap(({ id, kind, cell, resolvedAt, resolvedBy, replies, ...first }) =>
    cell === null
      ? []
      : [
          {
            id,
            kind,
            cell,
            resolvedAt,
            resolvedBy,
            said: [first, ...replies].map(({ at, author, text, unread }) => ({ at, author, text, unread })),
          },
        ],
  )
