import type { Db } from '../../kernel/db/index.ts'
import type { SignedIn } from '../../kernel/http/index.ts'
import type { Room } from '../../kernel/room.ts'

export const identityRoom: Room = { name: 'identity', endpoints: [], phrases: {} }

export async function readSession(_db: Db, _token: string): Promise<SignedIn | undefined> {
  return undefined
}
