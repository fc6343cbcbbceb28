/**
 * The marker: a JWT by which ЕСИА says who has signed in, to whom it says so, and until when. Its algorithm is that of
 * the key that we were given, never the one that the marker claims (RFC 8725, 3.1).
 */
import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { z } from 'zod'
import { type GostPublicKey, readPublicKey, UnreadableKey, verifyGost } from '../../../kernel/signing/index.ts'
import { EsiaUnreadable } from './esia.errors.ts'

export type MarkerKey = { algorithm: 'RS256'; key: KeyObject } | { algorithm: 'GOST3410_2012_256'; key: GostPublicKey }

const leastModulusBits = 2048
/** How far the clocks may differ. */
const skewSeconds = 30

/**
 * Of a public key or a certificate.
 * @throws UnreadableKey
 */
export function readMarkerKey(pem: string): MarkerKey {
  const rsa = rsaKeyIn(pem)
  if (!rsa) return { algorithm: 'GOST3410_2012_256', key: readPublicKey(pem) }
  if ((rsa.asymmetricKeyDetails?.modulusLength ?? 0) < leastModulusBits)
    throw new UnreadableKey(`ключ RSA короче ${leastModulusBits} бит`)
  return { algorithm: 'RS256', key: rsa }
}

/** Node’s own cryptography does not know ГОСТ keys, and refuses them. */
function rsaKeyIn(pem: string): KeyObject | undefined {
  try {
    const key = createPublicKey(pem)
    return key.asymmetricKeyType === 'rsa' ? key : undefined
  } catch {
    return undefined
  }
}

const Header = z.object({ alg: z.string() })
const Claims = z.object({
  iss: z.string(),
  client_id: z.string(),
  nbf: z.number(),
  exp: z.number(),
  scope: z.string(),
  'urn:esia:sbj_id': z.union([z.number().int().positive(), z.string().regex(/^\d{1,20}$/)]),
})

export type MarkerExpectation = {
  keys: readonly MarkerKey[]
  issuer: string
  clientId: string
  /** Those that must have been given. */
  scopes: readonly string[]
  now: Date
}

/**
 * @returns the person's identifier at ЕСИА
 * @throws EsiaUnreadable 502 with the cause for the log
 */
export function readMarker(marker: string, expected: MarkerExpectation): string {
  const [header = '', payload = '', signature = '', ...rest] = marker.split('.')
  if (rest.length > 0 || !signature) throw unreadable('not a JWT')
  const { alg } = parsed(header, Header)
  const signed = Buffer.from(`${header}.${payload}`)
  const signatureBytes = Buffer.from(signature, 'base64url')
  const known = expected.keys.some((key) => key.algorithm === alg && isSignedBy(key, signed, signatureBytes))
  if (!known) throw unreadable('signed by no key of ours, or by another algorithm')
  const claims = parsed(payload, Claims)
  const seconds = expected.now.getTime() / 1000
  const given = claims.scope.split(' ').map((scope) => scope.replace(/\?.*$/, ''))
  if (claims.iss !== expected.issuer) throw unreadable('of another issuer')
  if (claims.client_id !== expected.clientId) throw unreadable('given to another system')
  if (claims.nbf > seconds + skewSeconds) throw unreadable('not valid yet')
  if (claims.exp < seconds - skewSeconds) throw unreadable('expired')
  if (!expected.scopes.every((scope) => given.includes(scope))) throw unreadable('of other scopes')
  return String(claims['urn:esia:sbj_id'])
}

function isSignedBy(key: MarkerKey, data: Buffer, signature: Buffer): boolean {
  switch (key.algorithm) {
    case 'RS256':
      return verify('RSA-SHA256', data, key.key, signature)
    case 'GOST3410_2012_256':
      return verifyGost(key.key, data, signature)
  }
}

function parsed<T extends z.ZodType>(part: string, contract: T): z.output<T> {
  try {
    return contract.parse(JSON.parse(Buffer.from(part, 'base64url').toString('utf8')))
  } catch (cause) {
    throw unreadable('not readable', cause)
  }
}

const unreadable = (why: string, cause?: unknown) =>
  new EsiaUnreadable({}, { cause: new Error(`The marker is ${why}`, { cause }) })
