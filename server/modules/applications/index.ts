/**
 * Applications («Сервис заявок»): a typed form that asks for a decision once, waits with those who decide over its
 * organisation, and takes effect in the transaction of the decision. Each kind stands in a file of its own.
 */
import type { Room } from '../../kernel/room.ts'
import { applicationPages } from './application.pages.tsx'
import { applicationToDecide, ownApplications, waitingApplications } from './applications.block.tsx'
import { handlers } from './applications.events.ts'
import { applicationsPages } from './applications.pages.tsx'
import { notices, phrases } from './applications.phrases.ts'
import { applicationsRoutes } from './applications.routes.ts'
import { attachmentPages } from './attachment.pages.tsx'
import './applications.tables.ts'
import { exportOwn } from './own-data.queries.ts'

export { findOwnWaiting } from './applications.queries.ts'

export const applicationsRoom: Room = {
  name: 'applications',
  // «New» stands before «{id}», which would take it for an application.
  endpoints: [
    ...applicationsRoutes.endpoints,
    ...attachmentPages.endpoints,
    ...applicationsPages.endpoints,
    ...applicationPages.endpoints,
  ],
  phrases,
  notices,
  handlers,
  exportOwn,
  sections: [{ text: 'Заявки', href: '/applications', needs: 'signed-in', order: 30 }],
  cabinetBlocks: [
    { place: 'main', order: 15, render: waitingApplications },
    { place: 'main', order: 30, render: ownApplications },
  ],
  nextSteps: [applicationToDecide],
}
