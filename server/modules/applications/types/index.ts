/** The types of this room, in the order of the page of what can be asked for. A new one is a file and a line here. */
import type { ApplicationType } from '../application-type.ts'
import { access } from './access.ts'
import { adding } from './adding.ts'
import { attachment } from './attachment.ts'
import { closing } from './closing.ts'
import { requisites } from './requisites.ts'
import { seat } from './seat.ts'
import { userRemoval } from './user-removal.ts'

export const ownTypes: readonly ApplicationType[] = [attachment, userRemoval, access, seat, requisites, adding, closing]
