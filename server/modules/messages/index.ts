/**
 * Messages: what the cabinet tells a person, by the cabinet itself and by letter. Other modules call `tell` in the
 * transaction of what happened, or in the handler of its event.
 */
import type { CabinetBlock, Room } from '../../kernel/room.ts'
import { choicesPages } from './choices.pages.tsx'
import { sendDigests } from './digest.ts'
import { importHandlers } from './import-messages.ts'
import { messagesLetterSamples } from './letters.samples.ts'
import { latestMessages } from './messages.block.tsx'
import { messagesPages } from './messages.pages.tsx'
import { notices, phrases } from './messages.phrases.ts'
import { choicesRoutes, devicesRoutes, messagesRoutes } from './messages.routes.ts'
import './messages.tables.ts'
import { eraseOwn, exportOwn } from './own-data.queries.ts'
import { seatHandlers } from './seat-messages.ts'

export { configureMessages } from './configuration.ts'
export { sendDigestsNow } from './digest.ts'
export type { MessageKind } from './kinds.ts'
export { sampleOf } from './letters.samples.ts'
export { type Telling, type Told, tell } from './messages.ts'
export { startPushSender } from './push/sender.ts'

const blocks: CabinetBlock[] = [{ place: 'main', order: 20, render: latestMessages }]

export const messagesRoom: Room = {
  name: 'messages',
  endpoints: [
    ...messagesRoutes.endpoints,
    ...choicesRoutes.endpoints,
    ...devicesRoutes.endpoints,
    ...messagesPages.endpoints,
    ...choicesPages.endpoints,
  ],
  phrases,
  notices,
  handlers: { ...seatHandlers, ...importHandlers },
  exportOwn,
  eraseOwn,
  cabinetBlocks: blocks,
  letterSamples: messagesLetterSamples,
  regularly: (db) => sendDigests(db),
}
