/** Keys and certificates of ГОСТ Р 34.10-2012 as files hold them: PEM around DER (PKCS#8, SubjectPublicKeyInfo, X.509). */
import * as asn1 from 'asn1js'
import { Certificate } from 'pkijs'
import { findCurve, type GostCurve } from './curves.ts'
import { fromLittleEndian, type GostPrivateKey, type GostPublicKey, isGoodPublicKey, littleEndian } from './gost.ts'

/** Of keys; digest of 256 bits. */
export const oids = {
  key256: '1.2.643.7.1.1.1.1',
  digest256: '1.2.643.7.1.1.2.2',
  signature256: '1.2.643.7.1.1.3.2',
} as const

/** What is wrong with a file, for whoever configures the program; never the key itself. */
export class UnreadableKey extends Error {
  override name = 'UnreadableKey'
}

type Pem = { label: string; der: Buffer }

/** The first block of a PEM file. */
function readPem(text: string): Pem {
  const block = /-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\s]+)-----END \1-----/.exec(text)
  if (!block?.[1] || !block[2]) throw new UnreadableKey('это не файл PEM')
  return { label: block[1], der: Buffer.from(block[2], 'base64') }
}

const writePem = (label: string, der: Uint8Array): string =>
  `-----BEGIN ${label}-----\n${Buffer.from(der)
    .toString('base64')
    .replace(/(.{64})(?!$)/g, '$1\n')}\n-----END ${label}-----\n`

/** @throws UnreadableKey when it is not a key of ГОСТ Р 34.10-2012 (256) */
export function readPrivateKey(text: string): GostPrivateKey {
  const { label, der } = readPem(text)
  if (label !== 'PRIVATE KEY') throw new UnreadableKey('нужен закрытый ключ PKCS#8 без пароля (BEGIN PRIVATE KEY)')
  const [, algorithm, octets] = partsOf(parsed(der))
  if (!(octets instanceof asn1.OctetString)) throw new UnreadableKey('закрытый ключ не разобрать')
  const curve = curveOf(algorithm)
  const secret = secretIn(Buffer.from(octets.valueBlock.valueHexView))
  if (secret <= 0n || secret >= curve.order) throw new UnreadableKey('закрытый ключ не подходит к своей кривой')
  return { curve, secret }
}

/** Programs write the number in three ways: as it is, in an OCTET STRING (little-endian both), or as an INTEGER. */
function secretIn(bytes: Buffer): bigint {
  if (bytes.length === 32) return fromLittleEndian(bytes)
  const inner = parsed(bytes)
  if (inner instanceof asn1.Integer) return inner.toBigInt()
  if (inner instanceof asn1.OctetString && inner.valueBlock.valueHexView.length === 32)
    return fromLittleEndian(inner.valueBlock.valueHexView)
  throw new UnreadableKey('закрытый ключ записан незнакомым образом')
}

export function writePrivateKey({ curve, secret }: GostPrivateKey): string {
  const info = new asn1.Sequence({
    value: [
      new asn1.Integer({ value: 0 }),
      algorithmOf(curve),
      new asn1.OctetString({ valueHex: arrayBuffer(littleEndian(secret)) }),
    ],
  })
  return writePem('PRIVATE KEY', new Uint8Array(info.toBER()))
}

/**
 * Of a PUBLIC KEY or of a CERTIFICATE.
 * @throws UnreadableKey when it is not a key of ГОСТ Р 34.10-2012 (256)
 */
export function readPublicKey(text: string): GostPublicKey {
  const { label, der } = readPem(text)
  if (label === 'PUBLIC KEY') return publicKeyIn(parsed(der))
  if (label === 'CERTIFICATE') return publicKeyIn(certificateIn(der).subjectPublicKeyInfo.toSchema())
  throw new UnreadableKey('нужен открытый ключ или сертификат')
}

export const writePublicKey = (key: GostPublicKey): string =>
  writePem('PUBLIC KEY', new Uint8Array(publicKeyInfo(key).toBER()))

export function publicKeyInfo({ curve, x, y }: GostPublicKey): asn1.Sequence {
  const point = new asn1.OctetString({ valueHex: arrayBuffer(Buffer.concat([littleEndian(x), littleEndian(y)])) })
  return new asn1.Sequence({ value: [algorithmOf(curve), new asn1.BitString({ valueHex: point.toBER() })] })
}

function publicKeyIn(info: asn1.AsnType): GostPublicKey {
  const [algorithm, bits] = partsOf(info)
  if (!(bits instanceof asn1.BitString)) throw new UnreadableKey('открытый ключ не разобрать')
  const point = parsed(Buffer.from(bits.valueBlock.valueHexView))
  if (!(point instanceof asn1.OctetString) || point.valueBlock.valueHexView.length !== 64)
    throw new UnreadableKey('открытый ключ не разобрать')
  const bytes = point.valueBlock.valueHexView
  const key = {
    curve: curveOf(algorithm),
    x: fromLittleEndian(bytes.subarray(0, 32)),
    y: fromLittleEndian(bytes.subarray(32)),
  }
  if (!isGoodPublicKey(key)) throw new UnreadableKey('открытый ключ не лежит на своей кривой')
  return key
}

/** @throws UnreadableKey when it is no certificate */
export function readCertificate(text: string): { der: Buffer; certificate: Certificate } {
  const { label, der } = readPem(text)
  if (label !== 'CERTIFICATE') throw new UnreadableKey('нужен сертификат (BEGIN CERTIFICATE)')
  return { der, certificate: certificateIn(der) }
}

function certificateIn(der: Buffer): Certificate {
  try {
    return Certificate.fromBER(arrayBuffer(der))
  } catch (cause) {
    throw new UnreadableKey('сертификат не разобрать', { cause })
  }
}

export const writeCertificate = (certificate: Certificate): string =>
  writePem('CERTIFICATE', new Uint8Array(certificate.toSchema(true).toBER()))

function curveOf(algorithm: asn1.AsnType | undefined): GostCurve {
  const [oid, parameters] = algorithm ? partsOf(algorithm) : []
  if (textOf(oid) !== oids.key256) throw new UnreadableKey('нужен ключ ГОСТ Р 34.10-2012 на 256 бит')
  const [set] = parameters ? partsOf(parameters) : []
  const curve = findCurve(textOf(set))
  if (!curve) throw new UnreadableKey(`кривая ключа не поддерживается: ${textOf(set)}`)
  return curve
}

const algorithmOf = (curve: GostCurve): asn1.Sequence =>
  new asn1.Sequence({
    value: [
      new asn1.ObjectIdentifier({ value: oids.key256 }),
      new asn1.Sequence({
        value: [new asn1.ObjectIdentifier({ value: curve.oid }), new asn1.ObjectIdentifier({ value: oids.digest256 })],
      }),
    ],
  })

/** @throws UnreadableKey when it is not DER */
function parsed(der: Buffer): asn1.AsnType {
  const { offset, result } = asn1.fromBER(arrayBuffer(der))
  if (offset === -1) throw new UnreadableKey('содержимое не разобрать')
  return result
}

const partsOf = (value: asn1.AsnType): asn1.AsnType[] =>
  value instanceof asn1.Sequence ? (value.valueBlock.value as asn1.AsnType[]) : [] // as: what a parsed sequence holds is parsed too

const textOf = (oid: asn1.AsnType | undefined): string =>
  oid instanceof asn1.ObjectIdentifier ? oid.valueBlock.toString() : ''

export function arrayBuffer(bytes: Uint8Array): ArrayBuffer {
  const copy = new ArrayBuffer(bytes.length)
  new Uint8Array(copy).set(bytes)
  return copy
}
