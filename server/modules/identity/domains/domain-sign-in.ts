/** Signing in with the login and password of a domain. */
import { transaction } from '../../../kernel/db/index.ts'
import { type AppError, NotFound, TooManyRequests } from '../../../kernel/errors/index.ts'
import { type Context, forgetAttempts, takeAttempt, type Visitor } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { findAccounts } from '../accounts/accounts.queries.ts'
import { evenly } from '../passwords/evenly.ts'
import { bucketOf } from '../secrets.ts'
import { enter } from '../steps/enter.ts'
import { arrive, tieTo } from './arrivals.ts'
import { askDirectory, type DirectoryAnswer, type DirectoryPerson } from './directory.ts'
import { secondsClosed } from './domain-sign-in.queries.ts'
import { DomainRefused, DomainUnavailable, DomainWrongCredentials } from './domains.errors.ts'
import type { Domain, DomainLogin } from './domains.ts'
import { sameDn } from './filter.ts'
import { type Proof, proofOf } from './proof.ts'

/** From one network address, counted together with the wrong passwords of the cabinet itself. */
const mostByAddress = 100
const closedSeconds = 15 * 60

/**
 * Opens a session for whoever the domain proves. The cabinet's own password is never asked instead, whatever the domain
 * answers.
 * @param asked of `domainOf`
 * @throws DomainWrongCredentials 401, DomainRefused 403, DomainUnavailable 503,
 * TooManyRequests 429, Busy 503; those of `arrive` and `enter`
 */
export async function signInByDomain(ctx: Visitor, asked: DomainLogin, password: string) {
  const proof = await provedBy(ctx, asked, password)
  const accountId = await arrive(ctx, proof)
  const { stage, expiresAt } = await enter(ctx, { accountId, door: 'domain', details: { domain: asked.domain.name } })
  const [account] = await findAccounts(ctx.db, [accountId])
  if (!account) throw new NotFound({ what: 'account' })
  const { id, surname, name, patronymic, email } = account
  return { account: { id, surname, name, patronymic, email }, stage, expiresAt: expiresAt.toISOString() }
}

/** Ties the person of a domain, proved in the same way, to the account that is signed in. */
export async function tieDomain(ctx: Context, asked: DomainLogin, password: string): Promise<void> {
  await tieTo(ctx, await provedBy(ctx, asked, password))
}

/** A wrong login and a wrong password are one answer, after one time. */
const provedBy = (ctx: Visitor, asked: DomainLogin, password: string): Promise<Proof> =>
  evenly(async () => {
    const limits = limitsOf(ctx, asked)
    const seconds = await secondsClosed(ctx.db, limits.byLogin, limits.byAddress)
    if (seconds !== null) throw new TooManyRequests({ seconds })
    // Counted before the domain is asked: guesses sent all at once would otherwise all be tried there.
    await takeAttempt(ctx.db, limits.byLogin.bucket, limits.byLogin.most, closedSeconds)
    const answer = await askDirectory(asked, password)
    if (answer.kind !== 'proved') return refuse(ctx, asked, answer)
    await forgetAttempts(ctx.db, limits.byLogin.bucket)
    return proofIn(asked.domain, answer.person)
  })

/** What the directory says of a person, with what its groups give. */
export function proofIn(domain: Domain, { values, groups }: DirectoryPerson): Proof {
  const given = domain.groups.filter(({ group }) => groups.some((dn) => sameDn(dn, group)))
  return proofOf(domain, values, given)
}

const limitsOf = (ctx: Visitor, { domain, user }: DomainLogin) => ({
  byLogin: {
    // One person of the domain, however the login was written.
    bucket: bucketOf('sign-in:login', `${domain.key}\\${user.toLowerCase()}`),
    most: domain.mostFailures,
  },
  byAddress: { bucket: bucketOf('sign-in:address', ctx.address), most: mostByAddress },
})

type Refusal = Exclude<DirectoryAnswer, { kind: 'proved' }>
async function refuse(ctx: Visitor, asked: DomainLogin, answer: Refusal): Promise<never> {
  const { domain } = asked
  const { byLogin, byAddress } = limitsOf(ctx, asked)
  // A domain that is away has not looked at the password, and one that refuses the right one has found nobody guessing.
  if (answer.kind !== 'wrong') await forgetAttempts(ctx.db, byLogin.bucket)
  else await takeAttempt(ctx.db, byAddress.bucket, mostByAddress, closedSeconds)
  const why = 'why' in answer ? answer.why : answer.kind
  const { requestId, address } = ctx
  await transaction(ctx, async (tx) =>
    journal(tx, { requestId, address }, 'session.refused', undefined, { door: 'domain', domain: domain.name, why }),
  )
  throw errorOf(answer, domain.title)
}

function errorOf(answer: Refusal, title: string): AppError {
  switch (answer.kind) {
    case 'wrong':
      return new DomainWrongCredentials({ title })
    case 'refused':
      return new DomainRefused({ title, why: answer.why })
    case 'unavailable':
      return new DomainUnavailable({ title })
  }
}
