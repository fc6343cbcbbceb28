/** How requests to ЕСИА are signed: the newer installations take the signature alone, the older a detached PKCS#7. */
import { certificateHash, checkPair, readPrivateKey, signDetached, signGost } from '../../../kernel/signing/index.ts'

export type SignedParts = {
  clientId: string
  scope: string
  timestamp: string
  state: string
  /** Of an authorization request and of the exchange of its code. */
  redirectUri?: string
  code?: string
  refreshToken?: string
}

export type EsiaSigner = {
  authorizePath: string
  tokenPath: string
  /** `client_secret`, and what else goes with it. */
  sign: (parts: SignedParts) => Record<string, string>
}

/** @throws UnreadableKey when the key, the certificate, or their being a pair is not right */
export function signerOf(kind: 'raw' | 'pkcs7', keyPem: string, certificatePem: string): EsiaSigner {
  const key = readPrivateKey(keyPem)
  checkPair(key, certificatePem)
  switch (kind) {
    case 'raw': {
      const hash = certificateHash(certificatePem)
      return {
        authorizePath: '/aas/oauth2/v2/ac',
        tokenPath: '/aas/oauth2/v3/te',
        sign: (parts) => ({
          client_secret: signGost(key, Buffer.from(textOf(parts))).toString('base64url'),
          client_certificate_hash: hash,
        }),
      }
    }
    case 'pkcs7':
      return {
        authorizePath: '/aas/oauth2/ac',
        tokenPath: '/aas/oauth2/te',
        sign: (parts) => ({
          client_secret: signDetached(key, certificatePem, Buffer.from(olderTextOf(parts)), new Date()).toString(
            'base64url',
          ),
        }),
      }
  }
}

/** What the newer installations check the signature against: the values one after another, in this order. */
const textOf = ({ clientId, scope, timestamp, state, redirectUri, code, refreshToken }: SignedParts): string =>
  [clientId, scope, timestamp, state, redirectUri, code, refreshToken].filter(Boolean).join('')

const olderTextOf = ({ clientId, scope, timestamp, state }: SignedParts): string =>
  [scope, timestamp, clientId, state].join('')

/** `2026.11.22 03:00:00 +0000` */
export const esiaTimestamp = (at: Date): string =>
  `${at.toISOString().slice(0, 19).replaceAll('-', '.').replace('T', ' ')} +0000`
