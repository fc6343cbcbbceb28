/** Answers that are not what they seem: nobody comes in by them. */
import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { PageClient } from '../../../../test/support/clients.ts'
import { atEsia, comeAs, type ListeningEsia, listeningEsia } from '../../../../test/support/esia.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'
import { readSettings, WrongSettings } from '../../../kernel/settings.ts'
import {
  newGostKey,
  publicKeyOf,
  selfSignedCertificate,
  UnreadableKey,
  writePublicKey,
} from '../../../kernel/signing/index.ts'
import { readMarker, readMarkerKey } from './marker.ts'
import { openEsia } from './provider.ts'

let world: World
let esia: ListeningEsia
beforeAll(async () => {
  world = await openWorld()
  esia = await listeningEsia()
})
afterAll(() => esia.close())
afterEach(() => esia.answer.clear())

const why = (location: string | null) => new URL(location ?? '', 'http://localhost').searchParams.get('why')
const isOut = async (client: PageClient) => expect((await client.get('/profile')).location).toContain('/sign-in')
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

describe('the way back', () => {
  it('is taken once', async () => {
    const client = world.page()
    const path = esia.choose(await atEsia(client), 'lugovaya')
    expect((await client.get(path)).location).toContain('/sign-in/consent')
    expect(why((await client.get(path)).location)).toBe('external-sign-in-dead')
  })

  it('is taken by the browser that went out, and by no other', async () => {
    const client = world.page()
    const path = esia.choose(await atEsia(client), 'lugovaya')
    const other = world.page()
    await atEsia(other)
    for (const stranger of [other, world.page()]) {
      expect(why((await stranger.get(path)).location)).toBe('external-sign-in-dead')
      await isOut(stranger)
    }
    expect((await client.get(path)).location).toContain('/sign-in/consent')
  })

  it.each([
    ['another state', (path: string) => path.replace(/state=[^&]*/, `state=${crypto.randomUUID()}`)],
    ['no state', (path: string) => path.replace(/&state=[^&]*/, '')],
    ['a state that is none', (path: string) => path.replace(/state=[^&]*/, "state=1' or 1=1")],
  ])('is refused with %s', async (_, changed) => {
    const client = world.page()
    const path = esia.choose(await atEsia(client), 'lugovaya')
    expect(why((await client.get(changed(path))).location)).toBe('external-sign-in-dead')
    await isOut(client)
  })

  it('is refused with another code, and with one that has been used', async () => {
    const client = world.page()
    const path = esia.choose(await atEsia(client), 'lugovaya')
    expect(why((await client.get(path.replace(/code=[^&]*/, 'code=abc'))).location)).toBe('esia-code-dead')
    const thief = world.page()
    const code = new URL(path, 'http://localhost').searchParams.get('code')
    const first = await atEsia(thief)
    await thief.get(`/esia/callback?code=${code}&state=${first.get('state')}`)
    const second = await atEsia(thief)
    const again = await thief.get(`/esia/callback?code=${code}&state=${second.get('state')}`)
    expect(why(again.location)).toBe('esia-code-dead')
  })

  it('is refused when it comes too late', async () => {
    const client = world.page()
    const path = esia.choose(await atEsia(client), 'lugovaya')
    await world.db
      .updateTable('external_sign_ins')
      .set({ expires_at: new Date(Date.now() - 1000) })
      .execute()
    expect(why((await client.get(path)).location)).toBe('external-sign-in-dead')
  })

  it('never leads out of the portal', async () => {
    const client = world.page()
    const reply = await comeAs(esia, client, 'lugovaya', '/esia/sign-in?next=https://evil.example/')
    expect(reply.location).toBe('/sign-in/consent?next=%2Fcabinet')
  })
})

describe('a marker', () => {
  const claims = () =>
    esia.esia.claims('PORTAL', 'openid fullname', esia.esia.persons[0] as (typeof esia.esia.persons)[number]) // as: there are seven
  const reply = (marker: string, changes: object = {}) => {
    esia.answer.set('/aas/oauth2/v3/te', () =>
      Response.json({ access_token: marker, state: 'echoed', token_type: 'Bearer', expires_in: 3600, ...changes }),
    )
  }
  const cameWith = async (marker: string, changes?: object) => {
    reply(marker, changes)
    const client = world.page()
    const { location } = await comeAs(esia, client, 'lugovaya')
    await isOut(client)
    return why(location)
  }
  const expected = () => ({
    keys: esia.provider.markerKeys,
    issuer: esia.provider.issuer,
    clientId: 'PORTAL',
    scopes: ['openid', 'fullname'],
    now: new Date(),
  })

  it('in answer to another request is refused', async () => {
    expect(await cameWith(esia.esia.marker(claims()))).toBe('esia-unreadable')
  })

  it('that is ours is read', () => {
    expect(readMarker(esia.esia.marker(claims()), expected())).toBe('1000000001')
  })

  const seconds = () => Math.floor(Date.now() / 1000)
  it.each([
    ['given to another system', () => ({ client_id: 'STRANGER' })],
    ['of another issuer', () => ({ iss: 'http://evil.example/' })],
    ['that has expired', () => ({ exp: seconds() - 60 })],
    ['that is not valid yet', () => ({ nbf: seconds() + 600 })],
    ['of other scopes', () => ({ scope: 'openid' })],
    ['without its person', () => ({ 'urn:esia:sbj_id': undefined })],
    ['whose person is a path', () => ({ 'urn:esia:sbj_id': '../orgs/1' })],
  ])('%s is refused', (_, changes) => {
    expect(() => readMarker(esia.esia.marker({ ...claims(), ...changes() }), expected())).toThrow('esia-unreadable')
  })

  it('without a signature, with another’s, or with its algorithm changed is refused', () => {
    const good = esia.esia.marker(claims())
    const [header = '', payload = '', signature = ''] = good.split('.')
    const none = `${part({ alg: 'none', typ: 'JWT' })}.${payload}`
    // The public key used as a secret: what a library that believes the header falls for.
    const confused = `${part({ alg: 'HS256', typ: 'JWT' })}.${payload}`
    const hmac = createHmac('sha256', esia.esia.markerKey).update(confused).digest('base64url')
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const foreign = sign('RSA-SHA256', Buffer.from(`${header}.${payload}`), privateKey).toString('base64url')
    const other = part({ ...claims(), 'urn:esia:sbj_id': 1_000_000_002 })
    const renamed = `${part({ alg: 'GOST3410_2012_256', typ: 'JWT' })}.${payload}.${signature}`
    for (const marker of [
      `${none}.`,
      `${none}.${signature}`,
      `${confused}.${hmac}`,
      `${header}.${payload}.${foreign}`,
      `${header}.${other}.${signature}`,
      renamed,
      `${good}.x`,
      'не маркер',
    ])
      expect(() => readMarker(marker, expected()), marker.slice(0, 60)).toThrow('esia-unreadable')
  })

  it('is checked by each configured key while they are being changed, and by none other', () => {
    const next = readMarkerKey(writePublicKey(publicKeyOf(newGostKey())))
    expect(readMarker(esia.esia.marker(claims()), { ...expected(), keys: [next, ...expected().keys] })).toBe(
      '1000000001',
    )
    expect(() => readMarker(esia.esia.marker(claims()), { ...expected(), keys: [next] })).toThrow('esia-unreadable')
  })

  it('is never checked by a short key', () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
    expect(() => readMarkerKey(publicKey.export({ type: 'spki', format: 'pem' }).toString())).toThrow(UnreadableKey)
  })
})

describe('data', () => {
  const contacts = '/rs/prns/1000000001/ctts'
  let secret: { url: string; asked: () => number; close: () => Promise<void> }
  beforeEach(async () => {
    let asked = 0
    const server = createServer((_, response) => {
      asked += 1
      response.end('{"type":"EML","value":"vor@evil.example","vrfStu":"VERIFIED"}')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
    secret = {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, // as: it listens on a port
      asked: () => asked,
      close: () => new Promise((resolve) => server.close(() => resolve())),
    }
  })
  afterEach(() => secret.close())
  const came = async () => {
    const client = world.page()
    const { location } = await comeAs(esia, client, 'lugovaya')
    return why(location)
  }

  it('is read from links that lead to ЕСИА itself', async () => {
    esia.answer.set(contacts, () => Response.json({ elements: [`${esia.provider.url}/rs/prns/1000000001/ctts/2`] }))
    esia.answer.set('/rs/prns/1000000001/ctts/2', () =>
      Response.json({ type: 'EML', value: 'lugovaya@pochta.example', vrfStu: 'VERIFIED' }),
    )
    expect(await came()).toBeNull()
    expect(esia.called).toContain('/rs/prns/1000000001/ctts/2')
  })

  it.each([
    ['another host', (_: string, other: string) => `${other}/rs/prns/1000000001/ctts/2`],
    [
      'the host as a name and a password',
      (own: string, other: string) => `http://${new URL(own).host}@${new URL(other).host}/rs/`,
    ],
    ['an address without a scheme', (_: string, other: string) => `//${new URL(other).host}/rs/x`],
    ['a file', () => 'file:///etc/passwd'],
    ['what is not data', (own: string) => `${own}/rs/../aas/oauth2/v3/te`],
  ])('is not fetched from a link to %s', async (_, link) => {
    esia.answer.set(contacts, () => Response.json({ elements: [link(esia.provider.url, secret.url)] }))
    expect(await came()).toBe('esia-unreadable')
    expect(secret.asked()).toBe(0)
  })

  it('is not fetched through a redirect', async () => {
    esia.answer.set(contacts, () => Response.redirect(`${secret.url}/rs/`, 302))
    expect(await came()).toBe('esia-unavailable')
    expect(secret.asked()).toBe(0)
  })

  it('is refused when it is huge, though it never said how long it is', async () => {
    let sent = 0
    esia.answer.set(contacts, () => {
      const chunk = new Uint8Array(65_536).fill(32)
      return new Response(
        new ReadableStream({
          pull(controller) {
            sent += chunk.byteLength
            if (sent > 100_000_000) controller.close()
            else controller.enqueue(chunk)
          },
        }),
      )
    })
    expect(await came()).toBe('esia-unavailable')
    expect(sent).toBeLessThan(20_000_000)
  })

  it.each([
    ['not JSON', () => new Response('<html>Технические работы</html>')],
    ['an error', () => new Response('{}', { status: 500 })],
  ])('that is %s is told as ЕСИА being out of order', async (_, answer) => {
    esia.answer.set('/rs/prns/1000000001', answer)
    expect(await came()).toBe('esia-unavailable')
  })

  it('of another shape is refused', async () => {
    esia.answer.set('/rs/prns/1000000001', () => Response.json({ firstName: { $ne: '' }, trusted: 'да' }))
    expect(await came()).toBe('esia-unreadable')
  })
})

describe('older installations', () => {
  it('get a detached PKCS#7, and markers signed by ГОСТ are read', async () => {
    const older = await listeningEsia({ markers: 'GOST3410_2012_256', signing: 'pkcs7' })
    const client = world.page()
    const { location } = await client.get('/esia/sign-in')
    expect(new URL(location ?? '').pathname).toBe('/aas/oauth2/ac')
    const reply = await client.get(older.choose(new URL(location ?? '').searchParams, 'lugovaya'))
    expect(reply.location).toContain('/sign-in/consent')
    expect(older.called).toContain('/aas/oauth2/te')
    await older.close()
  })
})

describe('settings', () => {
  const directory = mkdtempSync(join(tmpdir(), 'kabinet-esia-settings-'))
  afterAll(() => rmSync(directory, { recursive: true, force: true }))
  const file = (name: string, text: string) => {
    writeFileSync(join(directory, name), text)
    return join(directory, name)
  }

  it('half set are told as one list', () => {
    expect(() => readSettings({ DATA_DIR: directory, ESIA_CLIENT_ID: 'KABINET00' })).toThrow(
      'не хватает: ESIA_KEY_FILE, ESIA_CERTIFICATE_FILE, ESIA_MARKER_KEY_FILES',
    )
  })

  it('whose files are wrong say what is wrong with each', () => {
    const settings = readSettings({
      DATA_DIR: directory,
      ESIA_CLIENT_ID: 'KABINET00',
      ESIA_KEY_FILE: file('key.pem', 'не ключ'),
      ESIA_CERTIFICATE_FILE: file('certificate.pem', selfSignedCertificate(newGostKey(), 'Портал')),
      ESIA_MARKER_KEY_FILES: file('marker.pem', 'и не это'),
    })
    if (!settings.esia) throw new Error('ЕСИА is configured')
    const { esia: wrong } = settings
    expect(() => openEsia(wrong, 'http://localhost', fetch)).toThrow(WrongSettings)
    expect(() => openEsia(wrong, 'http://localhost', fetch)).toThrow(/ESIA_KEY_FILE.*PEM[\s\S]*ESIA_MARKER_KEY_FILES/)
  })
})
