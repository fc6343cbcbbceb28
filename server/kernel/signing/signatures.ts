/** A file of a detached signature as it comes from outside: who signed, by which certificate, when. */
import * as asn1 from 'asn1js'
import { Certificate, ContentInfo, IssuerAndSerialNumber, type RelativeDistinguishedNames, SignedData } from 'pkijs'
import { arrayBuffer, oids, readPublicKey, writeCertificate } from './keys.ts'

export type ReadSignature = {
  der: Buffer
  /** PEM; the one that the signature names. */
  certificate: string
  /** «Иванов Иван Иванович, заведующий, Детский сад № 1» */
  subject: string
  issuer: string
  serialNumber: string
  validFrom: Date
  validTo: Date
  /** As the signer's own clock said it; null when it said nothing. */
  signedAt: Date | null
}

export class UnreadableSignature extends Error {
  override name = 'UnreadableSignature'
  readonly why: 'unreadable' | 'attached' | 'algorithm'

  constructor(why: UnreadableSignature['why'], options?: ErrorOptions) {
    super(why, options)
    this.why = why
  }
}

const signedDataOid = '1.2.840.113549.1.7.2'
const dataOid = '1.2.840.113549.1.7.1'
const contentTypeOid = '1.2.840.113549.1.9.3'
const signingTimeOid = '1.2.840.113549.1.9.5'

/**
 * Reads DER, PEM or bare base64. Nothing is verified here but the kind: one signer, ГОСТ of 256 bits, data apart.
 * @throws UnreadableSignature
 */
export function readSignature(bytes: Uint8Array): ReadSignature {
  try {
    return readDer(derOf(bytes))
  } catch (cause) {
    if (cause instanceof UnreadableSignature) throw cause
    throw new UnreadableSignature('unreadable', { cause })
  }
}

function derOf(bytes: Uint8Array): Buffer {
  if (bytes[0] === 0x30) return Buffer.from(bytes)
  const text = Buffer.from(bytes).toString('latin1')
  const [, inside = text] = /-----BEGIN [A-Z0-9 ]+-----([A-Za-z0-9+/=\s]+)-----END/.exec(text) ?? []
  if (!/^[A-Za-z0-9+/=\s]+$/.test(inside)) throw new UnreadableSignature('unreadable')
  return Buffer.from(inside, 'base64')
}

function readDer(der: Buffer): ReadSignature {
  const content = ContentInfo.fromBER(arrayBuffer(der))
  if (content.contentType !== signedDataOid) throw new UnreadableSignature('unreadable')
  const signed = new SignedData({ schema: content.content })
  if (signed.encapContentInfo.eContent) throw new UnreadableSignature('attached')
  const [signer] = signed.signerInfos
  if (!signer) throw new UnreadableSignature('unreadable')
  const attributes = signer.signedAttrs?.attributes ?? []
  const kind = attributes.find(({ type }) => type === contentTypeOid)?.values[0]
  const isData = kind instanceof asn1.ObjectIdentifier && kind.valueBlock.toString() === dataOid
  if (signed.signerInfos.length !== 1 || signer.digestAlgorithm.algorithmId !== oids.digest256 || !isData)
    throw new UnreadableSignature('algorithm')
  const certificates = (signed.certificates ?? []).filter((one) => one instanceof Certificate)
  const certificate = certificates.find((one) => isOf(one, signer.sid))
  if (!certificate) throw new UnreadableSignature('unreadable')
  const pem = writeCertificate(certificate)
  try {
    readPublicKey(pem)
  } catch (cause) {
    throw new UnreadableSignature('algorithm', { cause })
  }
  return {
    der,
    certificate: pem,
    subject: nameOf(certificate.subject),
    issuer: nameOf(certificate.issuer),
    serialNumber: Buffer.from(certificate.serialNumber.valueBlock.valueHexView).toString('hex').toUpperCase(),
    validFrom: certificate.notBefore.value,
    validTo: certificate.notAfter.value,
    signedAt: momentOf(attributes.find(({ type }) => type === signingTimeOid)?.values[0]),
  }
}

/** By issuer and number, as CMS has it, or by the identifier of the key. */
function isOf(certificate: Certificate, sid: unknown): boolean {
  if (sid instanceof IssuerAndSerialNumber)
    return (
      certificate.issuer.isEqual(sid.issuer) &&
      Buffer.from(certificate.serialNumber.valueBlock.valueHexView).equals(sid.serialNumber.valueBlock.valueHexView)
    )
  const keyId = certificate.extensions?.find(({ extnID }) => extnID === '2.5.29.14')?.parsedValue
  return (
    sid instanceof asn1.OctetString &&
    keyId instanceof asn1.OctetString &&
    Buffer.from(sid.valueBlock.valueHexView).equals(keyId.valueBlock.valueHexView)
  )
}

function momentOf(value: unknown): Date | null {
  return value instanceof asn1.UTCTime || value instanceof asn1.GeneralizedTime ? value.toDate() : null
}

/** Common name, position, organisation; a person's surname and names where the common name is the organisation's. */
const parts = ['2.5.4.3', '2.5.4.4', '2.5.4.42', '2.5.4.12', '2.5.4.10']

function nameOf({ typesAndValues }: RelativeDistinguishedNames): string {
  const values = parts.flatMap((part) =>
    typesAndValues.filter(({ type }) => type === part).map(({ value }) => String(value.valueBlock.value).trim()),
  )
  return [...new Set(values.filter(Boolean))].join(', ').slice(0, 500) || 'без имени'
}
