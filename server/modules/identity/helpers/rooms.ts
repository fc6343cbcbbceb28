/** What other rooms say of a helper's work: parts of it that can be lent alone, and what its acts are called. */
import type { Db } from '../../../kernel/db/index.ts'
import type { Deeds, LendablePart, Room } from '../../../kernel/room.ts'

type Told = Pick<Room, 'lendableParts' | 'deeds'>
let rooms: readonly Told[] = []

/** The composition brings here what the rooms say. */
export const configureHelpers = (told: readonly Told[]): void => {
  rooms = told
}

/** @param regions over which the operator holds something to lend */
export const lendablePartsIn = async (db: Db, regions: readonly string[]): Promise<LendablePart[]> =>
  regions.length === 0 ? [] : (await Promise.all(rooms.map((room) => room.lendableParts?.(db, regions) ?? []))).flat()

/** Of all rooms together. */
export function deedsOfRooms(): Deeds {
  const told = rooms.flatMap((room) => Object.entries(room.deeds?.told ?? {}))
  const addresses = rooms.flatMap((room) => Object.entries(room.deeds?.addresses ?? {}))
  return { told: Object.fromEntries(told), addresses: Object.fromEntries(addresses) }
}
