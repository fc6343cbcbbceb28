/** Applications that somebody else enters: an operator, for the one who wrote a letter or in its own name. */
import { createHash, randomBytes } from 'node:crypto'
import type { Tx } from '../../kernel/db/index.ts'
import type { Context } from '../../kernel/http/index.ts'
import { typeOf } from './application-type.ts'
import { type Entered, enter } from './submission.ts'
import { sendConfirmLetter, sendEnteredLetter } from './visitors.letters.ts'

/** Who asks without an account. `proved`: nobody else can have written from that address. */
export type Sender = { name: string; email: string; proved: boolean }

export type Entering = {
  kind: string
  /** Null for a kind that is about a region: its form says which. */
  organisationId: string | null
  /** As it was read or typed: the kind's own contract checks it. */
  form: unknown
  /** Absent: the operator itself asks, and so does not decide. */
  sender?: Sender
  /** The letter that asks; it is kept with the application. */
  letterId: string | null
}

/** What a link holds, and what is kept of it. */
export function newKey(): { token: string; key: Buffer } {
  const token = randomBytes(32).toString('base64url')
  return { token, key: hashOf(token) }
}

export const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()

/**
 * Enters an application in the caller's transaction, with the checks that its page would make. A sender gets by letter
 * the link where it follows the application; whose address is not proved confirms it first.
 * @throws DuplicateApplication 409 when the same waits already; NotFound 404 also for a kind that needs an account and
 * has a sender; Forbidden 403; InvalidInput 422 in the fields of the kind
 */
export async function enterApplication(tx: Tx, ctx: Context, entering: Entering): Promise<Entered> {
  const { sender, letterId, ...submission } = entering
  const origin = { letterId, enteredBy: ctx.account.id }
  if (!sender) return enter(tx, ctx, ctx, { ...submission, origin })

  const { token, key } = newKey()
  const email = sender.email.toLowerCase()
  const visitor = { name: sender.name, email, key, confirmed: sender.proved }
  const entered = await enter(tx, ctx, undefined, { ...submission, visitor, origin })
  const { title } = typeOf(submission)
  if (sender.proved) await sendEnteredLetter(tx, ctx.baseUrl, { ...entered, email, title, token })
  else await sendConfirmLetter(tx, ctx.baseUrl, { email, title, token })
  return entered
}
