/** Curves of ГОСТ Р 34.10-2012 with a key of 256 bits (RFC 7836, appendix A; RFC 4357, 11.4), by object identifier. */
import { type WeierstrassPointCons, weierstrass } from '@noble/curves/abstract/weierstrass.js'

/** The equation, the order of the group, and its first point. */
export type GostCurve = { oid: string; order: bigint; Point: WeierstrassPointCons<bigint> }

type Parameters = { p: bigint; a: bigint; b: bigint; n: bigint; h: bigint; Gx: bigint; Gy: bigint }

const parametersA: Parameters = {
  p: 0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffd97n,
  a: 0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffd94n,
  b: 0xa6n,
  n: 0xffffffffffffffffffffffffffffffff6c611070995ad10045841b09b761b893n,
  h: 1n,
  Gx: 1n,
  Gy: 0x8d91e471e0989cda27df505a453f2b7635294f2ddf23e3b122acc99c9e9f1e14n,
}
const parametersB: Parameters = {
  p: 0x8000000000000000000000000000000000000000000000000000000000000c99n,
  a: 0x8000000000000000000000000000000000000000000000000000000000000c96n,
  b: 0x3e1af419a269a5f866a7d3c25c3df80ae979259373ff2b182f49d4ce7e1bbc8bn,
  n: 0x800000000000000000000000000000015f700cfff1a624e5e497161bcc8a198fn,
  h: 1n,
  Gx: 1n,
  Gy: 0x3fa8124359f96680b83d1c3eb2c070e5c545c9858d03ecfb744bf8d717717efcn,
}
const parametersC: Parameters = {
  p: 0x9b9f605f5a858107ab1ec85e6b41c8aacf846e86789051d37998f7b9022d759bn,
  a: 0x9b9f605f5a858107ab1ec85e6b41c8aacf846e86789051d37998f7b9022d7598n,
  b: 0x805an,
  n: 0x9b9f605f5a858107ab1ec85e6b41c8aa582ca3511eddfb74f02f3a6598980bb9n,
  h: 1n,
  Gx: 0n,
  Gy: 0x41ece55743711a8c3cbf3783cd08c0ee4d4dc440d4641a8f366e550dfdb3bb67n,
}
/** The twisted Edwards curve of ТК 26, written as Weierstrass. */
const parametersEdwards: Parameters = {
  p: 0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffd97n,
  a: 0xc2173f1513981673af4892c23035a27ce25e2013bf95aa33b22c656f277e7335n,
  b: 0x295f9bae7428ed9ccc20e7c359a9d41a22fccd9108e17bf7ba9337a6f8ae9513n,
  n: 0x400000000000000000000000000000000fd8cddfc87b6635c115af556c360c67n,
  h: 4n,
  Gx: 0x91e38443a5e82c0d880923425712b2bb658b9196932e02c78b2582fe742daa28n,
  Gy: 0x32879423ab1a0375895786c4bb46e9565fde0b5344766740af268adb32322e5cn,
}
/** Of the standard's own examples; no key of it is taken from a file. */
const parametersOfExamples: Parameters = {
  p: 0x8000000000000000000000000000000000000000000000000000000000000431n,
  a: 7n,
  b: 0x5fbff498aa938ce739b8e022fbafef40563f6e6a3472fc2a514c0ce9dae23b7en,
  n: 0x8000000000000000000000000000000150fe8a1892976154c59cfc193accf5b3n,
  h: 1n,
  Gx: 2n,
  Gy: 0x8e2a8a0e65147d4bd6316030e16d19c85c97f0a9ca267122b96abbcea7e8fc8n,
}

/** CryptoPro's sets, those of key exchange, and ТК 26's names of the same curves. */
const byIdentifier: Record<string, Parameters> = {
  '1.2.643.2.2.35.1': parametersA,
  '1.2.643.2.2.36.0': parametersA,
  '1.2.643.7.1.2.1.1.2': parametersA,
  '1.2.643.2.2.35.2': parametersB,
  '1.2.643.7.1.2.1.1.3': parametersB,
  '1.2.643.2.2.35.3': parametersC,
  '1.2.643.2.2.36.1': parametersC,
  '1.2.643.7.1.2.1.1.4': parametersC,
  '1.2.643.7.1.2.1.1.1': parametersEdwards,
}

const curveOf = (oid: string, parameters: Parameters): GostCurve => ({
  oid,
  order: parameters.n,
  Point: weierstrass(parameters),
})

const known = new Map<string, GostCurve>()

/** Undefined when the curve is none of ours. */
export function findCurve(oid: string): GostCurve | undefined {
  const parameters = byIdentifier[oid]
  if (!parameters) return undefined
  const curve = known.get(oid) ?? curveOf(oid, parameters)
  known.set(oid, curve)
  return curve
}

export const curveOfExamples = (): GostCurve => curveOf('1.2.643.2.2.35.0', parametersOfExamples)
