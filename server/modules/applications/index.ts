/**
 * Applications («Сервис заявок»): a typed form that asks for a decision once, waits with those who decide over its
 * organisation or region, and takes effect in the transaction of the decision. Each type stands in a file of its own, in
 * `types/` or in the room that it is about; everything else is the same for all.
 */

import type { Room } from '../../kernel/room.ts'
import { applicationPages } from './application.pages.tsx'
import { type ApplicationType, registerTypes } from './application-type.ts'
import { applicationToDecide, ownApplications, waitingApplications } from './applications.block.tsx'
import { handlers } from './applications.events.ts'
import { applicationsPages } from './applications.pages.tsx'
import { notices, phrases } from './applications.phrases.ts'
import { applicationsRoutes } from './applications.routes.ts'
import { deeds } from './deeds.ts'
import './applications.tables.ts'
import { applicationsLetterSamples } from './letters.samples.ts'
import { newApplicationPages } from './new.pages.tsx'
import { askingBlock } from './organisation.block.tsx'
import { exportOwn } from './own-data.queries.ts'
import { remindDeciders } from './reminders.ts'
import { registerTies } from './ties.ts'
import { ownTypes } from './types/index.ts'
import { visitorPages } from './visitor.pages.tsx'

export { type ApplicationType, applicationType, findType } from './application-type.ts'
export { findOwnWaiting } from './applications.queries.ts'
export { grantWithin } from './applications.ts'
export { type Entering, enterApplication, type Sender } from './entering.ts'
export { type Field, Fields } from './fields.tsx'
export { configureReminders } from './reminders.ts'
export type { Entered } from './submission.ts'

/**
 * @param types of applications about what other rooms keep
 * @param ties what they keep about an organisation, to be said before it is closed
 */
export function applicationsRoom(
  types: readonly ApplicationType[],
  ties: readonly NonNullable<Room['organisationTies']>[],
): Room {
  registerTypes([...ownTypes, ...types])
  registerTies(ties)
  return {
    name: 'applications',
    deeds,
    // What has a name stands before «{id}» and «{kind}», which would take it for theirs.
    endpoints: [
      ...applicationsRoutes.endpoints,
      ...newApplicationPages.endpoints,
      ...visitorPages.endpoints,
      ...applicationsPages.endpoints,
      ...applicationPages.endpoints,
    ],
    phrases,
    notices,
    handlers,
    exportOwn,
    letterSamples: applicationsLetterSamples,
    regularly: remindDeciders,
    sections: [{ text: 'Заявки', href: '/applications', needs: 'signed-in', order: 30 }],
    cabinetBlocks: [
      { place: 'main', order: 15, render: waitingApplications },
      { place: 'main', order: 30, render: ownApplications },
    ],
    nextSteps: [applicationToDecide],
    organisationBlocks: [askingBlock],
  }
}
