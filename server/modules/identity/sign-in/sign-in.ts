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
import { noteRefused, throughStorm } from '../passwords/storm.ts'
import { hashOf } from '../secrets.ts'
import { isContactConfirmed, refusalOf, stageOf } from '../steps/steps.ts'
import { issueToken } from '../tokens.ts'
import { closedSeconds, closingsOf, loginKey, placeOf } from './closings.ts'
import { isGenuine, rememberBrowser } from './familiar.ts'
import type { FailureLimit } from './sessions.queries.ts'
import { giveSession, type OpenedSession, openSession } from './sessions.ts'
import { type Candidate, findCandidate } from './sign-in.queries.ts'

/**
 * Opens a session and gives its cookie. An unknown login and a wrong password cannot be told apart: the same answer,
 * statements and password check. Failures are counted after the check, and the count is looked at again when a right
 * password would open a session, so guesses sent all at once gain nothing, and many people behind one address do not
 * hold each other up. What strangers guess closes the sign-in for strangers: closings.ts.
 * A login that belongs to a domain is proved there and nowhere else, unless the password of the cabinet is asked for.
 * @throws WrongCredentials 401; EmailNotConfirmed and the refusals of the steps 403; TooManyRequests 429; Busy 503
 */
export function signIn(ctx: Visitor, { login, password, door }: Credentials) {
  const asked = door === 'password' ? undefined : domainOf(login)
  return throughStorm(isGenuine(ctx), () =>
    asked ? signInByDomain(ctx, asked, password) : signInByPassword(ctx, login, password),
  )
}

async function signInByPassword(ctx: Visitor, login: string, password: string) {
  const closings = closingsOf(ctx, login)
  const { candidate, closed } = await findCandidate(
    ctx.db,
    loginKey(login),
    readPhone(login).value,
    closings,
    ctx.address,
    ctx.device ? hashOf(ctx.device) : null,
  )
  const place = placeOf(ctx, candidate, closings, closed)
  if (place.closedSeconds !== null) {
    noteRefused()
    throw new TooManyRequests({ seconds: place.closedSeconds })
  }
  const matches = await isPasswordOf(candidate?.passwordHash, password, place.known ? 'known' : 'stranger')
  if (!candidate || !matches) return refuse(ctx, candidate, place.counted)
  const { standing, trusted } = candidate
  const refusal = refusalOf(standing, 'password')
  if (refusal) return turnAway(ctx, candidate, refusal)
  if (standing.rule.unconfirmed === 'refused' && !isContactConfirmed(standing)) return offerLetter(ctx, candidate)

  const come = { door: 'password', stage: stageOf(standing, 'password', trusted), factorPassed: trusted } as const
  const session = await openSession(ctx, candidate, place.limits, come)
  rememberBrowser(ctx, candidate.id)
  giveSession(ctx, session)
  return replyOf(candidate, session)
}

async function refuse(
  ctx: Visitor,
  candidate: Candidate | undefined,
  counted: readonly [FailureLimit, ...FailureLimit[]],
): Promise<never> {
  const [first, ...others] = counted
  noteRefused()
  const left = await takeAttempt(ctx.db, first.bucket, first.most, closedSeconds)
  for (const { bucket, most } of others) await takeAttempt(ctx.db, bucket, most, closedSeconds)
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
