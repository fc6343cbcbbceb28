/** Tokens: 256 random bits for the person, their SHA-256 for the database, so that a stolen copy of it opens nothing. */
import { createHash, randomBytes } from 'node:crypto'

export type Secret = { token: string; hash: Buffer }

export function newSecret(): Secret {
  const token = randomBytes(32).toString('base64url')
  return { token, hash: hashOf(token) }
}

export const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()

/** The name of a limit's bucket; what it counts by may be an address of a person and is not kept readable. */
export const bucketOf = (limit: string, counted: string): string =>
  `${limit}:${createHash('sha256').update(counted).digest('base64url').slice(0, 22)}`
