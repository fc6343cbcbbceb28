/** A detached CMS signature (PKCS#7, RFC 5652) by ГОСТ Р 34.10-2012: what older installations of ЕСИА ask for. */
import * as asn1 from 'asn1js'
import {
  AlgorithmIdentifier,
  Attribute,
  ContentInfo,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
} from 'pkijs'
import { type GostPrivateKey, signGost, streebog, verifyGost } from './gost.ts'
import { arrayBuffer, oids, readCertificate, readPublicKey } from './keys.ts'

const contentOids = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
} as const

/** @returns DER; the certificate is inside, the data are not */
export function signDetached(key: GostPrivateKey, certificatePem: string, data: Uint8Array, at: Date): Buffer {
  const { certificate } = readCertificate(certificatePem)
  const signedAttrs = new SignedAndUnsignedAttributes({
    type: 0,
    attributes: [
      attribute(contentOids.contentType, new asn1.ObjectIdentifier({ value: contentOids.data })),
      attribute(contentOids.signingTime, new asn1.UTCTime({ valueDate: at })),
      attribute(contentOids.messageDigest, new asn1.OctetString({ valueHex: arrayBuffer(streebog(data)) })),
    ],
  })
  const signer = new SignerInfo({
    version: 1,
    sid: new IssuerAndSerialNumber({ issuer: certificate.issuer, serialNumber: certificate.serialNumber }),
    digestAlgorithm: new AlgorithmIdentifier({ algorithmId: oids.digest256 }),
    signedAttrs,
    signatureAlgorithm: new AlgorithmIdentifier({ algorithmId: oids.key256 }),
    signature: new asn1.OctetString({ valueHex: arrayBuffer(signGost(key, hashedForm(signedAttrs))) }),
  })
  const signed = new SignedData({
    version: 1,
    digestAlgorithms: [new AlgorithmIdentifier({ algorithmId: oids.digest256 })],
    encapContentInfo: new EncapsulatedContentInfo({ eContentType: contentOids.data }),
    certificates: [certificate],
    signerInfos: [signer],
  })
  const content = new ContentInfo({ contentType: contentOids.signedData, content: signed.toSchema(true) })
  return Buffer.from(content.toSchema().toBER())
}

/**
 * The mathematics alone: whether the one signature is of these data by the key of this certificate. Chains, dates and
 * revocation are for the caller.
 */
export function verifyDetached(der: Uint8Array, certificatePem: string, data: Uint8Array): boolean {
  try {
    const content = ContentInfo.fromBER(arrayBuffer(der))
    if (content.contentType !== contentOids.signedData) return false
    const { signerInfos } = new SignedData({ schema: content.content })
    const [signer] = signerInfos
    if (signerInfos.length !== 1 || !signer?.signedAttrs) return false
    const digest = signer.signedAttrs.attributes.find(({ type }) => type === contentOids.messageDigest)?.values[0]
    if (!(digest instanceof asn1.OctetString)) return false
    if (!streebog(data).equals(digest.valueBlock.valueHexView)) return false
    const signature = signer.signature.valueBlock.valueHexView
    return verifyGost(readPublicKey(certificatePem), hashedForm(signer.signedAttrs), signature)
  } catch {
    return false
  }
}

/** Signed attributes are hashed under the tag of a SET, not under the one that they carry (RFC 5652, 5.4). */
function hashedForm(attributes: SignedAndUnsignedAttributes): Uint8Array {
  const bytes =
    attributes.encodedValue.byteLength > 0
      ? new Uint8Array(attributes.encodedValue)
      : new Uint8Array(attributes.toSchema().toBER())
  const copy = Uint8Array.from(bytes)
  copy[0] = 0x31
  return copy
}

const attribute = (type: string, value: asn1.AsnType): Attribute => new Attribute({ type, values: [value] })
