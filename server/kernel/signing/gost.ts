/** ГОСТ Р 34.10-2012 with a key of 256 bits over Streebog-256 (ГОСТ Р 34.11-2012; RFC 6986, RFC 7091). */
import { randomBytes } from 'node:crypto'
import { findCurve, type GostCurve } from './curves.ts'
import { streebog256 } from './streebog.ts'

export type GostPrivateKey = { curve: GostCurve; secret: bigint }
export type GostPublicKey = { curve: GostCurve; x: bigint; y: bigint }

const half = 32

/** Streebog-256. */
export const streebog = streebog256

/** A new key over the curve that CryptoPro and ЕСИА use most. */
export function newGostKey(oid = '1.2.643.2.2.35.1'): GostPrivateKey {
  const curve = findCurve(oid)
  if (!curve) throw new TypeError(`No such curve: ${oid}`)
  return { curve, secret: randomBelow(curve.order) }
}

export function publicKeyOf({ curve, secret }: GostPrivateKey): GostPublicKey {
  const { x, y } = curve.Point.BASE.multiply(secret).toAffine()
  return { curve, x, y }
}

/** @returns 64 bytes: s, then r, each big-endian, as certificates and ЕСИА have them */
export const signGost = (key: GostPrivateKey, data: Uint8Array): Buffer => {
  for (;;) {
    const signature = signDigest(key, streebog(data), randomBelow(key.curve.order))
    if (signature) return signature
  }
}

/** Undefined for the one in 2²⁵⁶ random numbers that must not be used. */
export function signDigest({ curve, secret }: GostPrivateKey, digest: Uint8Array, k: bigint): Buffer | undefined {
  const { order, Point } = curve
  const r = Point.BASE.multiply(k).toAffine().x % order
  const s = (r * secret + k * numberOf(digest, order)) % order
  return r === 0n || s === 0n ? undefined : Buffer.concat([bigEndian(s), bigEndian(r)])
}

export const verifyGost = (key: GostPublicKey, data: Uint8Array, signature: Uint8Array): boolean =>
  verifyDigest(key, streebog(data), signature)

export function verifyDigest({ curve, x, y }: GostPublicKey, digest: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length !== 2 * half) return false
  const { order, Point } = curve
  const s = fromBigEndian(signature.subarray(0, half))
  const r = fromBigEndian(signature.subarray(half))
  if (r <= 0n || r >= order || s <= 0n || s >= order) return false
  const v = inverse(numberOf(digest, order), order)
  const sum = Point.BASE.multiplyUnsafe((s * v) % order).add(
    Point.fromAffine({ x, y }).multiplyUnsafe((order - ((r * v) % order)) % order),
  )
  return !sum.is0() && sum.toAffine().x % order === r
}

/** Whether the point lies on its curve, in the group of its order: what was read from a file may not. */
export function isGoodPublicKey({ curve, x, y }: GostPublicKey): boolean {
  try {
    const point = curve.Point.fromAffine({ x, y })
    point.assertValidity()
    return true
  } catch {
    return false
  }
}

/** The digest is a little-endian number; zero counts as one (ГОСТ Р 34.10-2012, 6.1, step 2). */
function numberOf(digest: Uint8Array, order: bigint): bigint {
  const e = fromLittleEndian(digest) % order
  return e === 0n ? 1n : e
}

/** The order is a prime, so by Fermat the inverse is a power. */
function inverse(value: bigint, order: bigint): bigint {
  let result = 1n
  let base = value % order
  for (let exponent = order - 2n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % order
    base = (base * base) % order
  }
  return result
}

function randomBelow(order: bigint): bigint {
  for (;;) {
    const number = fromBigEndian(randomBytes(half))
    if (number > 0n && number < order) return number
  }
}

const fromBigEndian = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex') || '0'}`)
export const fromLittleEndian = (bytes: Uint8Array): bigint => fromBigEndian(Uint8Array.from(bytes).reverse())
const bigEndian = (number: bigint): Buffer => Buffer.from(number.toString(16).padStart(2 * half, '0'), 'hex')
export const littleEndian = (number: bigint): Buffer => bigEndian(number).reverse()
