/** Every room of the house. What a service that is switched off would show or do is left out; what it keeps stays. */
import { ServiceOff } from './kernel/errors/index.ts'
import type { Endpoint, PageEndpoint, SharedEndpoint } from './kernel/http/index.ts'
import type { Room } from './kernel/room.ts'
import { type Service, services } from './kernel/settings.services.ts'
import { applicationsRoom } from './modules/applications/index.ts'
import { cabinetRoom } from './modules/cabinet/index.ts'
import { identityRoom } from './modules/identity/index.ts'
import { lettersRoom } from './modules/letters/index.ts'
import { messagesRoom } from './modules/messages/index.ts'
import { organisationsRoom } from './modules/organisations/index.ts'
import { reportingRoom, applicationTypes as reportTypes } from './modules/reporting/index.ts'
import { roadmapRoom } from './modules/roadmap/index.ts'

const serviceRooms: Record<Service, Room> = { reporting: reportingRoom, roadmap: roadmapRoom }
const applicationTypes: Record<Service, typeof reportTypes> = { reporting: reportTypes, roadmap: [] }

/** @param on services that are switched on */
export function roomsOf(on: readonly Service[]): readonly Room[] {
  const ofServices = services.map((service) => (on.includes(service) ? serviceRooms[service] : closed(service)))
  const applications = applicationsRoom(
    on.flatMap((service) => applicationTypes[service]),
    ofServices.flatMap(({ organisationTies }) => organisationTies ?? []),
  )
  const ordinary: Room[] = [identityRoom, messagesRoom, applications, lettersRoom, ...ofServices]
  const organisations = organisationsRoom(ordinary.flatMap((room) => room.organisationBlocks ?? []))
  const cabinet = cabinetRoom(
    [organisations, ...ordinary].flatMap((room) => room.cabinetBlocks ?? []),
    ordinary.flatMap((room) => room.nextSteps ?? []),
  )
  return [...ordinary, organisations, cabinet]
}

/**
 * A service that is off keeps what the law asks for (a person's own copy, erasure), what it knows of an organisation,
 * and goes on hearing of events, so that its data are whole when it is switched on again.
 */
function closed(service: Service): Room {
  const { name, phrases, handlers, organisationTies, exportOwn, mustHandOver, eraseOwn, lendableParts, endpoints } =
    serviceRooms[service]
  return {
    name,
    phrases,
    ...(handlers && { handlers }),
    ...(organisationTies && { organisationTies }),
    ...(exportOwn && { exportOwn }),
    ...(mustHandOver && { mustHandOver }),
    ...(eraseOwn && { eraseOwn }),
    // What a helper was limited to must not be lost while its rights are changed.
    ...(lendableParts && { lendableParts }),
    endpoints: endpoints
      .filter((endpoint) => endpoint.kind !== 'api')
      .filter(({ method }) => method === 'get')
      .map(saysThatItIsOff),
  }
}

/** An old link, from a letter or a bookmark, tells why it leads nowhere. */
const saysThatItIsOff = ({ path, needs, stage, largest }: PageEndpoint | SharedEndpoint): Endpoint => ({
  kind: 'page',
  method: 'get',
  path,
  needs: needs === 'public' ? needs : 'signed-in',
  stage,
  largest,
  secret: false,
  form: undefined,
  query: undefined,
  params: undefined,
  again: undefined,
  handle: async () => {
    throw new ServiceOff()
  },
})
