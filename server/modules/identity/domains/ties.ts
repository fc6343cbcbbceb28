/** Domains and providers that a person's account is tied to, and the ways in that the sign-in page offers. */
import type { DomainTie, SignInProvider } from '../../../../contracts/domains.ts'
import { transaction } from '../../../kernel/db/index.ts'
import { NotFound } from '../../../kernel/errors/index.ts'
import { type Context, takeAttempt } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { listTied, untie } from '../external/external-identities.queries.ts'
import { bucketOf } from '../secrets.ts'
import { endSessions } from '../sign-in/sessions.queries.ts'
import { hasPassword } from './arrivals.queries.ts'
import { takeBackGrants } from './arrivals.ts'
import { tieDomain } from './domain-sign-in.ts'
import { DomainLastDoor, DomainLoginUnknown } from './domains.errors.ts'
import { sendUntiedLetter } from './domains.letters.ts'
import { domainOf, listDomains, listProviders, titleOf } from './domains.ts'

export const listSignInProviders = (): SignInProvider[] =>
  listProviders().map(({ name, title }) => ({ name, title, address: `/sign-in/external/${name}` }))

/** Whatever the file names, and whatever else the account is tied to still. */
export async function listOwnTies(ctx: Context): Promise<DomainTie[]> {
  const tied = (await listTied(ctx.db, ctx.account.id)).filter(({ provider }) => /^(domain|openid):/.test(provider))
  const known = [...listDomains(), ...listProviders()].map(({ key }) => key)
  const keys = [...known, ...tied.map(({ provider }) => provider).filter((key) => !known.includes(key))]
  return keys.map((key) => {
    const tie = tied.find(({ provider }) => provider === key)
    const [kind, name = ''] = key.split(':')
    return {
      kind: kind === 'openid' ? 'openid' : 'domain',
      name,
      title: titleOf(key),
      tiedAt: tie?.tiedAt.toISOString() ?? null,
      lastUsedAt: tie?.lastUsedAt?.toISOString() ?? null,
    }
  })
}

/**
 * Ties the domain account whose login and password these are.
 * @throws DomainLoginUnknown 422 for a login that leads to no domain; those of the domain's sign-in
 */
export async function tieOwnDomain(ctx: Context, login: string, password: string): Promise<void> {
  const asked = domainOf(login)
  if (!asked) throw new DomainLoginUnknown()
  await takeAttempt(ctx.db, bucketOf('domain-tie', ctx.account.id), 10, 15 * 60)
  await tieDomain(ctx, asked, password)
}

/**
 * Unties a domain or a provider: it proves nothing any more, what its groups gave is taken back, the other sessions end.
 * @throws DomainLastDoor 409 when the account has no password of the cabinet's own; NotFound 404
 */
export const untieOwn = (ctx: Context, kind: DomainTie['kind'], name: string): Promise<void> =>
  transaction(ctx, async (tx) => {
    const { id, email } = ctx.account
    const key = `${kind}:${name}`
    if (!(await hasPassword(tx, id))) throw new DomainLastDoor()
    if (!(await untie(tx, id, key))) throw new NotFound({ what: 'page' })
    await takeBackGrants(tx, ctx, id, key)
    const ended = await endSessions(tx, id, ctx.signedIn.sessionId)
    if (email) await sendUntiedLetter(tx, ctx.baseUrl, email, titleOf(key))
    journal(tx, ctx, 'account.untied', { kind: 'account', id }, { provider: key, sessionsEnded: ended })
  })
