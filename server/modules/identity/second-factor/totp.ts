/** Codes of an authenticator application: RFC 6238 with what every application takes: SHA-1, six digits, 30 seconds. */
import { Secret, TOTP } from 'otpauth'

const period = 30
/** 160 bits, as RFC 4226 recommends. */
const secretBytes = 20
/** A telephone's clock may be half a minute off, and typing takes its time. */
const stepsAround = 1

/** In Base32. */
export const newTotpSecret = (): string => new Secret({ size: secretBytes }).base32

const generatorOf = (secret: string, label = ''): TOTP =>
  new TOTP({
    issuer,
    issuerInLabel: false,
    label,
    secret: Secret.fromBase32(secret),
    algorithm: 'SHA1',
    digits: 6,
    period,
  })

const issuer = 'Личный кабинет'

/** What the picture tells the application. */
export const totpAddress = (secret: string, label: string): string => generatorOf(secret, label).toString()

/**
 * The step whose code this is; undefined when it is wrong, or of a step that has been used already, or earlier.
 * @param lastStep of the last code that was taken
 */
export function stepOf(secret: string, typed: string, lastStep: number | null, now = Date.now()): number | undefined {
  const token = typed.replace(/\D/g, '')
  if (token.length !== 6) return undefined
  const delta = generatorOf(secret).validate({ token, timestamp: now, window: stepsAround })
  if (delta === null) return undefined
  const step = Math.floor(now / 1000 / period) + delta
  return lastStep !== null && step <= lastStep ? undefined : step
}

/** «ABCD EFGH …»: it is typed by hand where a picture cannot be taken. */
export const inGroups = (secret: string): string => secret.replace(/.{4}(?=.)/g, '$& ')
