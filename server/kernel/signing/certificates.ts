/** Certificates of ГОСТ Р 34.10-2012: their digest, their key, and one signed by itself for the stand. */
import * as asn1 from 'asn1js'
import { AlgorithmIdentifier, AttributeTypeAndValue, Certificate, PublicKeyInfo } from 'pkijs'
import { type GostPrivateKey, publicKeyOf, signGost, streebog } from './gost.ts'
import {
  arrayBuffer,
  oids,
  publicKeyInfo,
  readCertificate,
  readPublicKey,
  UnreadableKey,
  writeCertificate,
} from './keys.ts'

/** Streebog-256 of the DER, in upper-case hexadecimal: what ЕСИА calls `client_certificate_hash`. */
export const certificateHash = (pem: string): string => streebog(readCertificate(pem).der).toString('hex').toUpperCase()

/** @throws UnreadableKey when the certificate is another key's */
export function checkPair(key: GostPrivateKey, certificatePem: string): void {
  const own = publicKeyOf(key)
  const certified = readPublicKey(certificatePem)
  if (own.x !== certified.x || own.y !== certified.y) throw new UnreadableKey('сертификат выдан другому ключу')
}

/** For ten years, to be trusted by nobody but the stand. */
export function selfSignedCertificate(key: GostPrivateKey, name: string): string {
  const certificate = new Certificate()
  certificate.version = 2
  certificate.serialNumber = new asn1.Integer({ value: Date.now() % 2_147_483_647 })
  const algorithm = new AlgorithmIdentifier({ algorithmId: oids.signature256 })
  certificate.signature = algorithm
  certificate.signatureAlgorithm = algorithm
  for (const holder of [certificate.issuer, certificate.subject])
    holder.typesAndValues.push(
      new AttributeTypeAndValue({ type: '2.5.4.3', value: new asn1.Utf8String({ value: name }) }),
    )
  const now = new Date()
  certificate.notBefore.value = now
  certificate.notAfter.value = new Date(now.getTime() + 3650 * 86_400_000)
  certificate.subjectPublicKeyInfo = new PublicKeyInfo({ schema: publicKeyInfo(publicKeyOf(key)) })
  certificate.tbsView = new Uint8Array(certificate.encodeTBS().toBER())
  certificate.signatureValue = new asn1.BitString({ valueHex: arrayBuffer(signGost(key, certificate.tbsView)) })
  return writeCertificate(certificate)
}
