/**
 * Letters that ask for access (manual 5) or to add an organisation: a mailbox is read, each letter is kept whole and
 * understood, and what an application says becomes a draft that an operator completes with the letter beside it.
 */
import type { Endpoint } from '../../kernel/http/index.ts'
import type { Room } from '../../kernel/room.ts'
import { configureLetters, removeErasedSources } from './erased-sources.ts'
import { lettersToDecide, waitingLetters } from './letters.block.tsx'
import { letterSamples } from './letters.letters.ts'
import { lettersPages } from './letters.pages.tsx'
import { lettersNotices, lettersPhrases } from './letters.phrases.ts'
import { lettersRoutes } from './letters.routes.ts'
import './letters.tables.ts'
import { eraseOwn, exportOwn } from './own-data.queries.ts'

export { type Inbox, startInbox } from './inbox/inbox.ts'
export { keepLetter } from './keeping.ts'
export { shippedRule } from './shipped-rule.ts'
export { type Understanding, understand } from './understanding/understanding.ts'
export { configureLetters }

export const lettersRoom: Room = {
  name: 'letters',
  endpoints: [lettersPages, lettersRoutes].flatMap(({ endpoints }): Endpoint[] => endpoints),
  phrases: lettersPhrases,
  notices: lettersNotices,
  cabinetBlocks: [{ place: 'side', order: 40, render: waitingLetters }],
  nextSteps: [lettersToDecide],
  letterSamples,
  exportOwn,
  eraseOwn,
  regularly: (db) => removeErasedSources(db),
}
