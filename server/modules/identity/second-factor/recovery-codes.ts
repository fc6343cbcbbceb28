/** Recovery codes: ten, for the day when the telephone is gone; each once. */
import { randomInt } from 'node:crypto'
import type { Tx } from '../../../kernel/db/index.ts'
import type { Context } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { findFactors, replaceRecoveryCodes, useRecoveryCode } from './factors.queries.ts'
import { WrongFactorCode } from './second-factor.errors.ts'
import { sendFactorLetter } from './second-factor.letters.ts'

const howMany = 10
/** With this many left the person is told to make new ones. */
export const fewRecoveryCodes = 3
/** Without signs that look alike: it is read from paper. Ten of them are 49 bits. */
const signs = 'abcdefghjkmnpqrstuvwxyz23456789'

/** «k7mqa-9xtrb» */
export function newRecoveryCode(): string {
  const five = () => Array.from({ length: 5 }, () => signs[randomInt(signs.length)]).join('')
  return `${five()}-${five()}`
}

const markOf = ({ vault, account }: Context, typed: string): Buffer =>
  vault.mark('recovery-code', `${account.id}:${typed.toLowerCase().replace(/[^a-z0-9]/g, '')}`)

/** @returns the codes, which are told this once: only their marks are kept */
export async function giveRecoveryCodes(tx: Tx, ctx: Context): Promise<string[]> {
  const codes = Array.from({ length: howMany }, newRecoveryCode)
  await replaceRecoveryCodes(
    tx,
    ctx.account.id,
    codes.map((code) => markOf(ctx, code)),
  )
  journal(tx, ctx, 'recovery-codes.made', { kind: 'account', id: ctx.account.id })
  return codes
}

/** @throws WrongFactorCode 422 */
export async function takeRecoveryCode(tx: Tx, ctx: Context, typed: string): Promise<void> {
  const taken = await useRecoveryCode(tx, ctx.account.id, markOf(ctx, typed))
  if (!taken) throw new WrongFactorCode()
  const { recoveryCodesLeft } = await findFactors(tx, ctx.account.id)
  journal(tx, ctx, 'recovery-code.used', { kind: 'account', id: ctx.account.id }, { left: recoveryCodesLeft })
  await sendFactorLetter(tx, ctx, 'recovery-code-used', String(recoveryCodesLeft))
}
