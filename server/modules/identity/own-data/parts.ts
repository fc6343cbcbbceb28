/** What every room keeps about a person: the rooms say it, the composition brings it here. */
import type { Room } from '../../../kernel/room.ts'

type Part = Pick<Room, 'name' | 'exportOwn' | 'mustHandOver' | 'eraseOwn'>
let parts: readonly Part[] = []

export const configureOwnData = (rooms: readonly Part[]): void => {
  parts = rooms
}
export const ownDataParts = (): readonly Part[] => parts
