/** Signing in by login and password. */
import type { Credentials } from '../../../../contracts/identity.ts'
import { readPhone } from '../../../../contracts/requisites.ts'
import { transaction } from '../../../kernel/db/index.ts'
import { type AppError, TooManyRequests } from '../../../kernel/errors/index.ts'
import { takeAttempt, type Visitor } from '../../../kernel/http/index.ts'
import { journal } from '../../../kernel/journal/index.ts'
import { signInByDomain } from '../domains/domain-sign-in.ts'
import { domainOf } from '../domains/domains.ts'
import { EmailNotConfirmed, WrongCredentials } from '../identity.errors.ts'
import { isPasswordOf } from '../passwords/passwords.ts'
import { bucketOf, hashOf } from '../secrets.ts'
import { isContactConfirmed, refusalOf, stageOf } from '../steps/steps.ts'
import { issueToken } from '../tokens.ts'
import { giveSession, type OpenedSession, openSession } from './sessions.ts'
import { type Candidate, findCandidate } from './sign-in.queries.ts'

/** Ten wrong passwords for one login, a hundred from one network address: a school may share one. */
const mostByLogin = 10
const mostByAddress = 100
const closedSeconds = 15 * 60

/**
 * Opens a session and gives its cookie. An unknown login and a wrong password cannot be told apart: the same answer,
 * statements and password check. Failures are counted after the check, and the count is looked at again when a right
 * password would open a session, so guesses sent all at once gain nothing, and many people behind one address do not
 * hold each other up.
 * A login that belongs to a domain is proved there and nowhere else, unless the password of the cabinet is asked for.
 * @throws WrongCredentials 401; EmailNotConfirmed and the refusals of the steps 403; TooManyRequests 429; Busy 503
 */
export async function signIn(ctx: Visitor, { login, password, door }: Credentials) {
  const asked = door === 'password' ? undefined : domainOf(login)
  if (asked) return signInByDomain(ctx, asked, password)
  const name = loginKey(login)
  const limits = limitsOf(name, ctx.address)
  const { candidate, closedSeconds: seconds } = await findCandidate(
    ctx.db,
    name,
    readPhone(login).value,
    limits.byLogin,
    limits.byAddress,
    ctx.device ? hashOf(ctx.device) : null,
  )
  if (seconds !== null) throw new TooManyRequests({ seconds })
  const matches = await isPasswordOf(candidate?.passwordHash, password)
  if (!candidate || !matches) return refuse(ctx, candidate, limits)
  const { standing, trusted } = candidate
  const refusal = refusalOf(standing, 'password')
  if (refusal) return turnAway(ctx, candidate, refusal)
  if (standing.rule.unconfirmed === 'refused' && !isContactConfirmed(standing)) return offerLetter(ctx, candidate)

  const come = { door: 'password', stage: stageOf(standing, 'password', trusted), factorPassed: trusted } as const
  const session = await openSession(ctx, candidate, limits, come)
  giveSession(ctx, session)
  return replyOf(candidate, session)
}

/** The same login in any case, and a telephone in any spelling, is counted as one. */
const loginKey = (login: string): string => login.normalize('NFKC').toLowerCase()

/** What a right password or a reset of it wipes out. */
export const loginBucket = (login: string): string => bucketOf('sign-in:login', loginKey(login))

type Limits = ReturnType<typeof limitsOf>
const limitsOf = (login: string, address: string) => ({
  byLogin: { bucket: loginBucket(login), most: mostByLogin },
  byAddress: { bucket: bucketOf('sign-in:address', address), most: mostByAddress },
  seconds: closedSeconds,
})

async function refuse(ctx: Visitor, candidate: Candidate | undefined, limits: Limits): Promise<never> {
  const left = await takeAttempt(ctx.db, limits.byLogin.bucket, mostByLogin, closedSeconds)
  await takeAttempt(ctx.db, limits.byAddress.bucket, mostByAddress, closedSeconds)
  await transaction(ctx, async (tx) =>
    journal(tx, anyoneOf(ctx), 'session.refused', candidate && subjectOf(candidate), { left }),
  )
  throw new WrongCredentials({ left })
}

/** The password was right, and still the person does not come in. */
async function turnAway(ctx: Visitor, candidate: Candidate, refusal: AppError): Promise<never> {
  await transaction(ctx, async (tx) =>
    journal(tx, anyoneOf(ctx), 'session.refused', subjectOf(candidate), { door: 'password', why: refusal.code }),
  )
  throw refusal
}

/** Whoever knows the password may have the letter sent again, and to its own registration only. */
async function offerLetter(ctx: Visitor, candidate: Candidate): Promise<never> {
  const ticket = await transaction(ctx, async (tx) => {
    journal(tx, anyoneOf(ctx), 'session.refused', subjectOf(candidate), { email: 'not-confirmed' })
    return issueToken(tx, candidate.id, 'letter-ticket')
  })
  throw new EmailNotConfirmed({ ticket })
}

const subjectOf = ({ id }: { id: string }) => ({ kind: 'account', id })
const anyoneOf = ({ requestId, address }: Visitor) => ({ requestId, address })

const replyOf = ({ id, surname, name, patronymic, email }: Candidate, { stage, expiresAt }: OpenedSession) => ({
  account: { id, surname, name, patronymic, email },
  stage,
  expiresAt: expiresAt.toISOString(),
})
