/** The address that a reset goes to, sealed: it must not stand readable in an address line, a log or a history. */
import { z } from 'zod'
import type { ResetAddress } from '../../../../contracts/password-reset.ts'
import type { Visitor } from '../../../kernel/http/index.ts'

const owner = 'password reset ticket'
const Address = z.object({ channel: z.enum(['email', 'sms']), to: z.string() })

export const ticketOf = (ctx: Visitor, { channel, to }: ResetAddress): string =>
  ctx.vault.seal('one-time-code', owner, JSON.stringify({ channel, to })).toString('base64url')

/** Undefined when it is not one of ours. */
export function addressOf(ctx: Visitor, ticket: string): ResetAddress | undefined {
  try {
    return Address.parse(JSON.parse(ctx.vault.open('one-time-code', owner, Buffer.from(ticket, 'base64url'))))
  } catch {
    return undefined
  }
}
