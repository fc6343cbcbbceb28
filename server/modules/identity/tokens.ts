import { erasureDays } from '../../../contracts/own-data.ts'
import type { Tx } from '../../kernel/db/index.ts'
import { newSecret } from './secrets.ts'
import { insertToken, type TokenKind } from './tokens.queries.ts'

/** A letter may lie over a weekend; a reset is asked for by someone who waits for it. */
const hours: Record<TokenKind, number> = {
  activation: 72,
  'password-reset': 1,
  'letter-ticket': 24,
  'erasure-cancelling': erasureDays * 24,
}

/** @returns the raw token, for the link; only its hash is kept */
export async function issueToken(tx: Tx, accountId: string, kind: TokenKind): Promise<string> {
  const { token, hash } = newSecret()
  await insertToken(tx, accountId, kind, hash, hours[kind])
  return token
}
