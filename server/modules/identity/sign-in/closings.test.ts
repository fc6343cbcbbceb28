import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ApiClient } from '../../../../test/support/clients.ts'
import { personOf, personsPassword } from '../../../../test/support/people.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'
import { createApp } from '../../../app.tsx'
import { openMetrics } from '../../../kernel/health/index.ts'
import { familiarCookie } from '../../../kernel/http/index.ts'
import { openLog } from '../../../kernel/log.ts'
import { readSettings } from '../../../kernel/settings.ts'

let world: World
let app: ReturnType<typeof createApp>
beforeAll(async () => {
  world = await openWorld()
  const settings = readSettings({
    DATA_DIR: '/tmp',
    SECRET_KEY: 'x'.repeat(32),
    LOG_LEVEL: 'silent',
    TRUST_PROXY: 'yes',
    BASE_URL: 'http://localhost',
  })
  const metrics = openMetrics(undefined as never, async () => 0) // as: nobody asks for metrics here
  const assets = { address: (name: string) => `/assets/${name}`, mount: () => undefined }
  app = createApp({ settings, db: world.db, assets, log: openLog('silent'), metrics })
})
beforeEach(() => world.db.deleteFrom('rate_limits').execute())

const come = (client: ApiClient, from: string, login: string, password: string) =>
  client.post('/session', { login, password }, { 'x-forwarded-for': from })
const stranger = () => new ApiClient(app, undefined)
const guess = (login: string, from: string) => come(stranger(), from, login, 'Ne-Tot-1!')

describe('strangers who guess at an account', () => {
  it('from thousands of addresses get fifty guesses and then none, with the right password too', async () => {
    const { email } = await personOf(world)
    const statuses = []
    for (let at = 0; at < 55; at += 1) statuses.push((await guess(email, `198.51.100.${at}`)).status)
    expect(statuses).toEqual([...Array(50).fill(401), ...Array(5).fill(429)])
    expect((await come(stranger(), '203.0.113.1', email, personsPassword)).status).toBe(429)
  })

  it('do not lock its owner out: neither in the browser that signed in before, nor in its network', async () => {
    const { email } = await personOf(world)
    const owner = stranger()
    expect((await come(owner, '192.0.2.10', email, personsPassword)).status).toBe(201)
    for (let at = 0; at < 55; at += 1) await guess(email, `198.51.100.${at}`)
    expect((await come(owner, '203.0.113.77', email, personsPassword)).status).toBe(201)
    expect((await come(stranger(), '192.0.2.10', email, personsPassword)).status).toBe(201)
  })

  it('in the same network close neither its familiar browsers, nor other logins until a hundred', async () => {
    const [one, other] = [await personOf(world), await personOf(world)]
    const owner = stranger()
    await come(owner, '192.0.2.20', one.email, personsPassword)
    for (let tried = 0; tried < 11; tried += 1) await guess(one.email, '192.0.2.20')
    expect((await guess(one.email, '192.0.2.20')).status).toBe(429)
    expect((await come(owner, '192.0.2.20', one.email, personsPassword)).status).toBe(201)
    expect((await come(stranger(), '192.0.2.20', other.email, personsPassword)).status).toBe(201)
  })

  it('gain nothing by a cookie that is made up, another’s, or stolen', async () => {
    const [victim, thief] = [await personOf(world), await personOf(world)]
    const client = stranger()
    await come(client, '192.0.2.30', thief.email, personsPassword)
    const own = client.cookies.get(familiarCookie) ?? ''
    for (let at = 0; at < 51; at += 1) await guess(victim.email, `198.51.100.${at}`)
    for (const cookie of [own, `${own.split('.')[0]}.AAAA`, 'x', '.', 'a.b.c']) {
      client.cookies.set(familiarCookie, cookie)
      expect((await come(client, '203.0.113.9', victim.email, 'Ne-Tot-1!')).status).toBe(429)
    }
    const stolen = stranger()
    await come(stolen, '192.0.2.31', victim.email, personsPassword).catch(() => undefined)
    await world.db.deleteFrom('rate_limits').execute()
    await come(stolen, '192.0.2.31', victim.email, personsPassword)
    const statuses = []
    for (let tried = 0; tried < 11; tried += 1)
      statuses.push((await come(stolen, `203.0.113.${tried}`, victim.email, 'Ne-Tot-1!')).status)
    expect(statuses).toEqual([...Array(10).fill(401), 429])
  })

  it('are answered alike for an account and for none', async () => {
    const { email } = await personOf(world)
    const walk = async (login: string) => {
      const told = []
      for (let tried = 0; tried < 12; tried += 1) {
        const { status, body } = await guess(login, '198.51.100.200')
        told.push([status, body.code, body.params?.left])
      }
      return told
    }
    expect(await walk(email)).toEqual(await walk('nikogo@verhneozersk.example'))
  })
})
