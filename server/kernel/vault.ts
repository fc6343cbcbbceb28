/**
 * What the database must not be able to tell by itself: secrets of second factors and identity documents are sealed
 * (AES-256-GCM), short codes are kept as keyed hashes. Keys are derived from SECRET_KEY, one for each purpose (RFC 5869).
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'

export type VaultPurpose =
  | 'authenticator'
  | 'one-time-code'
  | 'familiar-browser'
  | 'recovery-code'
  | 'personal-data'
  | 'external-sign-in'
  | 'external-token'
  | 'kept-post'
  | 'push-key'

export type Vault = {
  /** @returns nonce, tag and the encrypted text; bound to `owner`, so that a row moved to another person does not open */
  seal: (purpose: VaultPurpose, owner: string, text: string) => Buffer
  /** @throws when it was sealed under another key, purpose or owner, or has been changed */
  open: (purpose: VaultPurpose, owner: string, sealed: Buffer) => string
  /** A keyed hash: a stolen copy of the database does not let a short code be guessed. */
  mark: (purpose: VaultPurpose, text: string) => Buffer
}

const nonceLength = 12
const tagLength = 16

export function openVault(secretKey: string): Vault {
  const keys = new Map<VaultPurpose, Buffer>()
  const keyOf = (purpose: VaultPurpose): Buffer => {
    const known = keys.get(purpose)
    if (known) return known
    const key = Buffer.from(hkdfSync('sha256', secretKey, '', `kabinet ${purpose}`, 32))
    keys.set(purpose, key)
    return key
  }
  return {
    seal: (purpose, owner, text) => {
      const nonce = randomBytes(nonceLength)
      const cipher = createCipheriv('aes-256-gcm', keyOf(purpose), nonce).setAAD(Buffer.from(owner))
      const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), encrypted])
    },
    open: (purpose, owner, sealed) => {
      const decipher = createDecipheriv('aes-256-gcm', keyOf(purpose), sealed.subarray(0, nonceLength))
        .setAAD(Buffer.from(owner))
        .setAuthTag(sealed.subarray(nonceLength, nonceLength + tagLength))
      const text = Buffer.concat([decipher.update(sealed.subarray(nonceLength + tagLength)), decipher.final()])
      return text.toString('utf8')
    },
    mark: (purpose, text) => createHmac('sha256', keyOf(purpose)).update(text).digest(),
  }
}

/** Compares without telling by its time how much agrees. */
export const isSame = (one: Buffer, other: Buffer): boolean =>
  one.byteLength === other.byteLength && timingSafeEqual(one, other)
