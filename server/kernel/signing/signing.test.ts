/** ГОСТ signatures against the standards' own examples, and against OpenSSL with its ГОСТ engine in both directions. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { debianProgram } from '../../../test/support/debian.ts'
import { curveOfExamples } from './curves.ts'
import { signDigest, verifyDigest } from './gost.ts'
import {
  certificateHash,
  checkPair,
  type GostPrivateKey,
  newGostKey,
  publicKeyOf,
  readPrivateKey,
  readPublicKey,
  selfSignedCertificate,
  signDetached,
  signGost,
  streebog,
  UnreadableKey,
  verifyDetached,
  verifyGost,
  writePrivateKey,
  writePublicKey,
} from './index.ts'

const reversed = (hex: string) => Buffer.from(hex, 'hex').reverse()
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

describe('Streebog-256', () => {
  it('gives the digests of the standard’s examples (RFC 6986, section 10)', () => {
    expect(hex(streebog(Buffer.from('012345678901234567890123456789012345678901234567890123456789012')))).toBe(
      '9d151eefd8590b89daa6ba6cb74af9275dd051026bb149a452fd84e5e57b5500',
    )
    expect(hex(streebog(new Uint8Array()))).toBe('3f539a213e97c802cc229d474c6aa32a825a360b2a933a949fd925208d9ce1bb')
  })
})

describe('ГОСТ Р 34.10-2012', () => {
  const key: GostPrivateKey = {
    curve: curveOfExamples(),
    secret: 0x7a929ade789bb9be10ed359dd39a72c11b60961f49397eee1d19ce9891ec3b28n,
  }
  const digest = reversed('2dfbc1b372d89a1188c09c52e0eec61fce52032ab1022e8e67ece6672b043ee5')
  const signature =
    '01456c64ba4642a1653c235a98a60249bcd6d3f746b631df928014f6c5bf9c40' +
    '41aa28d2f1ab148280cd9ed56feda41974053554a42767b83ad043fd39dc0493'

  it('makes the key and the signature of the standard’s example (RFC 7091, section 7.1)', () => {
    const k = 0x77105c9b20bcd3122823c8cf6fcc7b956de33814e95b7fe64fed924594dceab3n
    expect(publicKeyOf(key)).toMatchObject({
      x: 0x7f2b49e270db6d90d8595bec458b50c58585ba1d4e9b788f6689dbd8e56fd80bn,
      y: 0x26f1b489d6701dd185c8413a977b3cbbaf64d1c593d26627dffb101a87ff77dan,
    })
    expect(hex(signDigest(key, digest, k) ?? Buffer.alloc(0))).toBe(signature)
    expect(verifyDigest(publicKeyOf(key), digest, Buffer.from(signature, 'hex'))).toBe(true)
  })

  it.each(['1.2.643.2.2.35.1', '1.2.643.2.2.35.2', '1.2.643.2.2.35.3', '1.2.643.7.1.2.1.1.1'])(
    'holds over the curve %s, and for these data, this key and this signature alone',
    (curve) => {
      const own = newGostKey(curve)
      const data = Buffer.from('Отчёт 85-К')
      const good = signGost(own, data)
      const turned = Buffer.from(good)
      turned[5] = (turned[5] ?? 0) ^ 1
      expect(verifyGost(publicKeyOf(own), data, good)).toBe(true)
      expect(verifyGost(publicKeyOf(own), Buffer.from('Отчёт 85-к'), good)).toBe(false)
      expect(verifyGost(publicKeyOf(newGostKey(curve)), data, good)).toBe(false)
      expect(verifyGost(publicKeyOf(own), data, turned)).toBe(false)
      expect(verifyGost(publicKeyOf(own), data, Buffer.alloc(64))).toBe(false)
      expect(verifyGost(publicKeyOf(own), data, Buffer.alloc(64, 255))).toBe(false)
      expect(verifyGost(publicKeyOf(own), data, good.subarray(1))).toBe(false)
    },
  )
})

describe('files of keys', () => {
  it('hold what was written into them', () => {
    const key = newGostKey()
    expect(readPrivateKey(writePrivateKey(key)).secret).toBe(key.secret)
    expect(readPublicKey(writePublicKey(publicKeyOf(key)))).toMatchObject({ x: publicKeyOf(key).x })
    const certificate = selfSignedCertificate(key, 'Стенд')
    expect(readPublicKey(certificate).x).toBe(publicKeyOf(key).x)
    expect(() => checkPair(key, certificate)).not.toThrow()
    expect(() => checkPair(newGostKey(), certificate)).toThrow(UnreadableKey)
  })

  it('are refused in plain words when they are something else', () => {
    expect(() => readPrivateKey('не ключ')).toThrow('это не файл PEM')
    expect(() => readPrivateKey(writePublicKey(publicKeyOf(newGostKey())))).toThrow('закрытый ключ PKCS#8')
    expect(() => readPublicKey('-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----')).toThrow(UnreadableKey)
  })
})

/** Debian builds the engine for each architecture of its own. */
const places = ['x86_64-linux-gnu', 'aarch64-linux-gnu'].map((name) => `/usr/lib/${name}/engines-3/gost.so`)
const [first = ''] = places
const engine = places.find(existsSync) ?? first

describe.skipIf(!debianProgram('libengine-gost-openssl', engine))('OpenSSL with its ГОСТ engine', () => {
  let directory = ''
  const at = (name: string) => join(directory, name)
  const openssl = (...args: string[]) =>
    execFileSync('openssl', args, {
      cwd: directory,
      env: { ...process.env, OPENSSL_CONF: at('gost.cnf') },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  const data = Buffer.from('Шувалова Пелагея, Верхнеозёрск')

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'kabinet-gost-'))
    writeFileSync(
      at('gost.cnf'),
      `openssl_conf = all\n[all]\nengines = engines\n[engines]\ngost = gost\n[gost]\nengine_id = gost\ndynamic_path = ${engine}\ndefault_algorithms = ALL\n[req]\ndistinguished_name = name\n[name]\n`,
    )
    writeFileSync(at('data'), data)
  })
  afterAll(() => rmSync(directory, { recursive: true, force: true }))

  describe.each(['A', 'B', 'C', 'TCA'])('with the parameters %s', (set) => {
    it('believes our signatures, and we believe its own', () => {
      openssl('genpkey', '-algorithm', 'gost2012_256', '-pkeyopt', `paramset:${set}`, '-out', 'key.pem')
      openssl('pkey', '-in', 'key.pem', '-pubout', '-out', 'public.pem')
      const key = readPrivateKey(readFileSync(at('key.pem'), 'utf8'))
      const publicKey = readPublicKey(readFileSync(at('public.pem'), 'utf8'))
      expect(publicKeyOf(key)).toMatchObject({ x: publicKey.x, y: publicKey.y })

      writeFileSync(at('ours'), signGost(key, data))
      const verdict = openssl('dgst', '-md_gost12_256', '-verify', 'public.pem', '-signature', 'ours', 'data')
      expect(verdict.toString()).toContain('Verified OK')
      openssl('dgst', '-md_gost12_256', '-sign', 'key.pem', '-out', 'theirs', 'data')
      expect(verifyGost(publicKey, data, readFileSync(at('theirs')))).toBe(true)
    })
  })

  it('reads our keys and certificates, and agrees on the digest of a certificate', () => {
    const key = newGostKey()
    const certificate = selfSignedCertificate(key, 'Стенд')
    writeFileSync(at('own.pem'), writePrivateKey(key))
    writeFileSync(at('own.crt'), certificate)
    expect(openssl('verify', '-CAfile', 'own.crt', 'own.crt').toString()).toContain('OK')
    expect(openssl('pkey', '-in', 'own.pem', '-pubout').toString().replace(/\s/g, '')).toBe(
      writePublicKey(publicKeyOf(key)).replace(/\s/g, ''),
    )
    openssl('x509', '-in', 'own.crt', '-outform', 'DER', '-out', 'own.der')
    const digest = openssl('dgst', '-md_gost12_256', 'own.der').toString().split('= ')[1]?.trim()
    expect(certificateHash(certificate)).toBe(digest?.toUpperCase())
  })

  it('believes our detached CMS, and we believe its own', () => {
    openssl('genpkey', '-algorithm', 'gost2012_256', '-pkeyopt', 'paramset:A', '-out', 'key.pem')
    openssl('req', '-new', '-x509', '-key', 'key.pem', '-subj', '/CN=IS', '-days', '30', '-out', 'system.crt')
    const key = readPrivateKey(readFileSync(at('key.pem'), 'utf8'))
    const certificate = readFileSync(at('system.crt'), 'utf8')
    writeFileSync(at('ours.p7s'), signDetached(key, certificate, data, new Date()))
    const verified = ['-verify', '-binary', '-inform', 'DER', '-in', 'ours.p7s', '-content', 'data', '-purpose', 'any']
    expect(openssl('cms', ...verified, '-CAfile', 'system.crt')).toEqual(data)
    const signed = ['-sign', '-binary', '-outform', 'DER', '-in', 'data', '-inkey', 'key.pem', '-out', 'theirs.p7s']
    openssl('cms', ...signed, '-signer', 'system.crt')
    const theirs = readFileSync(at('theirs.p7s'))
    expect(verifyDetached(theirs, certificate, data)).toBe(true)
    expect(verifyDetached(theirs, certificate, Buffer.from('другое'))).toBe(false)
    expect(verifyDetached(theirs, selfSignedCertificate(newGostKey(), 'Чужой'), data)).toBe(false)
    expect(verifyDetached(Buffer.from('мусор'), certificate, data)).toBe(false)
  })
})
