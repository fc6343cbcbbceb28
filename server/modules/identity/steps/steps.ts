/**
 * The one way in for every door: primary factor → state of the account → second factor → forced change of a temporary
 * password → consent → contacts → full session. A door proves who came; what is still to be done stands here alone.
 */
import type { Audience, AudienceRule } from '../../../../contracts/audiences.ts'
import { formatDate } from '../../../../web/kit/dates.ts'
import type { AppError } from '../../../kernel/errors/index.ts'
import type { Stage } from '../../../kernel/http/index.ts'
import {
  AccountBlocked,
  AccountErasing,
  AccountRefused,
  AccountWaits,
  DoorClosed,
  TemporaryPasswordExpired,
} from './steps.errors.ts'

/** What proved the person. `domain` is LDAP, `openid` another provider of OpenID Connect. */
export const doors = ['password', 'passkey', 'esia', 'domain', 'openid'] as const
export type Door = (typeof doors)[number]

/** Everything about an account on which the steps depend. */
export type Standing = {
  audience: Audience
  rule: AudienceRule
  blocked: boolean
  /** When it will be erased, as its owner has asked; null: it will not, or it is already. */
  erasingOn: Date | null
  approval: 'not-needed' | 'waiting' | 'granted' | 'refused'
  /** A person's own second factor is set up: an authenticator, a passkey or codes by SMS. */
  hasFactor: boolean
  /** The audience or one of the roles demands a second factor. */
  factorDemanded: boolean
  temporaryPassword: 'none' | 'valid' | 'expired'
  consented: boolean
  /** ИНН or СНИЛС is known. */
  identified: boolean
  emailConfirmed: boolean
  phoneConfirmed: boolean
}

/** Which doors the audience's rule leaves open; a provider of one's own counts as a domain. */
export function isOpen(door: Door, { doors: open }: AudienceRule): boolean {
  switch (door) {
    case 'password':
      return open.password
    case 'passkey':
      return open.passkey
    case 'domain':
    case 'openid':
      return open.domain
    case 'esia':
      return open.esia !== 'no'
  }
}

/** Why an account does not come in at all, though the door has proved who it is; undefined when it does. */
export function refusalOf(standing: Standing, door: Door): AppError | undefined {
  if (standing.erasingOn) return new AccountErasing({ on: formatDate(standing.erasingOn) })
  if (standing.blocked) return new AccountBlocked()
  if (standing.approval === 'waiting') return new AccountWaits()
  if (standing.approval === 'refused') return new AccountRefused()
  if (!isOpen(door, standing.rule)) return new DoorClosed()
  if (door === 'password' && standing.temporaryPassword === 'expired') return new TemporaryPasswordExpired()
  return undefined
}

export const isContactConfirmed = ({ rule, emailConfirmed, phoneConfirmed }: Standing): boolean => {
  switch (rule.confirmation) {
    case 'email':
      return emailConfirmed
    case 'sms':
      return phoneConfirmed
    case 'either':
      return emailConfirmed || phoneConfirmed
  }
}

/**
 * How far a sign-in has come.
 * @param factorPassed in this session, by a passkey as the door, or on a device that the person trusts
 */
export function stageOf(standing: Standing, door: Door, factorPassed: boolean): Stage {
  if ((standing.hasFactor || standing.factorDemanded) && !factorPassed) return 'second-factor'
  // Whoever came by another door has not used the temporary password: it simply expires.
  if (door === 'password' && standing.temporaryPassword !== 'none') return 'password-change'
  if (!standing.consented || !isIdentified(standing)) return 'consent'
  if (!isContactConfirmed(standing)) return 'contacts'
  return 'full'
}

const isIdentified = ({ rule, identified }: Standing): boolean => rule.identification === 'none' || identified
