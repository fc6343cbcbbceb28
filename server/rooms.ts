/** Every room of the house; switching one off is leaving it out of this list. */
import type { Room } from './kernel/room.ts'
import { applicationsRoom } from './modules/applications/index.ts'
import { cabinetRoom } from './modules/cabinet/index.ts'
import { identityRoom } from './modules/identity/index.ts'
import { lettersRoom } from './modules/letters/index.ts'
import { messagesRoom } from './modules/messages/index.ts'
import { organisationsRoom } from './modules/organisations/index.ts'
import { reportingRoom, applicationTypes as reportTypes } from './modules/reporting/index.ts'

const applications = applicationsRoom(
  reportTypes,
  reportingRoom.organisationTies ? [reportingRoom.organisationTies] : [],
)
const ordinary: Room[] = [identityRoom, messagesRoom, applications, lettersRoom, reportingRoom]
const organisations = organisationsRoom(ordinary.flatMap((room) => room.organisationBlocks ?? []))
const cabinet = cabinetRoom(
  [organisations, ...ordinary].flatMap((room) => room.cabinetBlocks ?? []),
  ordinary.flatMap((room) => room.nextSteps ?? []),
)

export const rooms: readonly Room[] = [...ordinary, organisations, cabinet]
