/** Russian signatures: ГОСТ Р 34.10-2012 (256) and Streebog, keys and certificates in files, detached CMS. */
export { certificateHash, checkPair, selfSignedCertificate } from './certificates.ts'
export { signDetached, verifyDetached } from './cms.ts'
export {
  type GostPrivateKey,
  type GostPublicKey,
  newGostKey,
  publicKeyOf,
  signGost,
  streebog,
  verifyGost,
} from './gost.ts'
export { readPrivateKey, readPublicKey, UnreadableKey, writePrivateKey, writePublicKey } from './keys.ts'
export { type ReadSignature, readSignature, UnreadableSignature } from './signatures.ts'
