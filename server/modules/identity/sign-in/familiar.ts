/**
 * Browsers in which a person has signed in before. Each keeps a count of wrong passwords of its own, so that strangers
 * who guess at an account do not close it for its owner. The cookie opens nothing: it only says where one has been.
 */
import { createHash, randomBytes } from 'node:crypto'
import { familiarCookie, type Visitor } from '../../../kernel/http/index.ts'
import { isSame } from '../../../kernel/vault.ts'

const aYear = 365 * 86_400

/** The bucket of this browser's own wrong passwords; of a cookie that is nobody's, nothing is ever counted. */
export const deviceBucket = ({ familiar }: Visitor): string =>
  `sign-in:device:${createHash('sha256')
    .update(familiar ?? '')
    .digest('base64url')
    .slice(0, 22)}`

/** Whether somebody has signed in from this browser before: enough not to be shed with strangers in a storm. */
export function isGenuine(ctx: Visitor): boolean {
  const [seed, mark, proof] = (ctx.familiar ?? '').split('.')
  return Boolean(seed && mark && proof) && isSame(bytesOf(proof), markOf(ctx, `cookie ${seed} ${mark}`))
}

/** Whether this person has signed in from this browser before. */
export function isFamiliar(ctx: Visitor, accountId: string): boolean {
  const [seed, mark] = (ctx.familiar ?? '').split('.')
  return Boolean(seed && mark) && isSame(bytesOf(mark), markOf(ctx, `account ${seed} ${accountId}`))
}

/** Renewed at every sign-in: a count that was spoiled by somebody else at this browser does not stay with it. */
export function rememberBrowser(ctx: Visitor, accountId: string): void {
  const seed = randomBytes(12).toString('base64url')
  const mark = markOf(ctx, `account ${seed} ${accountId}`).toString('base64url')
  const proof = markOf(ctx, `cookie ${seed} ${mark}`).toString('base64url')
  ctx.setCookie({ name: familiarCookie, value: `${seed}.${mark}.${proof}`, maxAgeSeconds: aYear })
}

const bytesOf = (text: string | undefined): Buffer => Buffer.from(text ?? '', 'base64url')
const markOf = ({ vault }: Visitor, text: string): Buffer => vault.mark('familiar-browser', text)
