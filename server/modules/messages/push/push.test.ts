import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openPushService } from '../../../../test/support/push-service.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'
import { transaction } from '../../../kernel/db/index.ts'
import { openVault } from '../../../kernel/vault.ts'
import { configureMessages, inUse } from '../configuration.ts'
import { tell } from '../messages.ts'
import { httpsPost, isInner, isPublicEndpoint } from './endpoints.ts'
import { pushKeys } from './keys.ts'
import { sendDueNotices } from './sender.ts'

let world: World
let service: Awaited<ReturnType<typeof openPushService>>
let publicKey: string
const ids = new Map<string, string>()

beforeAll(async () => {
  world = await openWorld()
  service = await openPushService()
  publicKey = (await world.as('dobronravova').get('/profile/push-devices')).body.publicKey
  for (const { id, email } of await world.db.selectFrom('accounts').select(['id', 'email']).execute())
    ids.set(email, id)
})
afterAll(() => service.close())
beforeEach(async () => {
  for (const table of ['push_subscriptions', 'messages'] as const) await world.db.deleteFrom(table).execute()
  service.refuse(undefined)
  service.answers.length = 0
})

const clerk = 'ds14@verhneozersk.example'
const told = (email = clerk) =>
  transaction(world, (tx) =>
    tell(tx, {
      kind: 'report.refused',
      title: 'Отчёт 85-К возвращён',
      body: 'Добронравова, исправьте раздел 4.',
      href: '/reports',
      accountId: ids.get(email) ?? '',
    }),
  )
const browserOf = async (person: string, key = publicKey) => {
  const browser = service.subscribe(key)
  const { endpoint, p256dh, auth } = browser
  const reply = await world.as(person).post('/profile/push-devices', { endpoint, p256dh, auth })
  return { ...browser, reply }
}
const send = () => sendDueNotices(world.db, service.post)
const devices = async (person = 'dobronravova') => (await world.as(person).get('/profile/push-devices')).body.devices
const notices = () => world.db.selectFrom('push_notices').select(['attempts', 'error']).execute()
const makeDue = () => world.db.updateTable('push_notices').set({ next_attempt_at: new Date() }).execute()

describe('E12: a notification on a device', () => {
  it('comes to each device of the person, says nothing of what is written, and once for all that waits', async () => {
    const [desk, phone, strange] = [
      await browserOf('dobronravova'),
      await browserOf('dobronravova'),
      await browserOf('krylatskaya'),
    ]
    expect(desk.reply.status).toBe(204)
    await told()
    await told()
    expect(await send()).toBe(2)
    expect(service.answers).toEqual([201, 201])
    const [text = ''] = desk.notifications
    expect(JSON.parse(text)).toEqual({ text: 'Новое сообщение в кабинете' })
    expect([desk, phone, strange].map(({ notifications }) => notifications.length)).toEqual([1, 1, 0])
    expect(await send()).toBe(0)
    expect((await devices())[0].toldAt).not.toBeNull()
  })

  it('is not sent of what did not happen, nor to a closed account', async () => {
    await browserOf('dobronravova')
    await transaction(world, async (tx) => {
      await tell(tx, {
        kind: 'report.sent',
        title: 'Отчёт',
        body: '…',
        href: '/reports',
        accountId: ids.get(clerk) ?? '',
      })
      throw new Error('no')
    }).catch(() => undefined)
    const block = (at: Date | null) =>
      world.db.updateTable('accounts').set({ blocked_at: at }).where('email', '=', clerk).execute()
    await block(new Date())
    await told()
    await block(null)
    expect(await send()).toBe(0)
    expect(service.answers).toEqual([])
  })

  it('goes again when the service is out of order, and the letter does not wait for it', async () => {
    const browser = await browserOf('dobronravova')
    service.refuse(503)
    await told()
    expect(await send()).toBe(0)
    expect(await notices()).toMatchObject([{ attempts: 1, error: 'status 503' }])
    expect(await send()).toBe(0)
    expect(service.answers).toEqual([503])
    await world.settle()
    expect(await world.lettersTo(clerk)).not.toEqual([])
    service.refuse(undefined)
    await makeDue()
    expect(await send()).toBe(1)
    expect(browser.notifications).toHaveLength(1)
    expect(await notices()).toEqual([])
  })

  it('is given up after ten attempts; the device stays', async () => {
    await browserOf('dobronravova')
    service.refuse(500)
    await told()
    for (let attempt = 0; attempt < 10; attempt += 1) {
      await makeDue()
      await send()
    }
    expect(await notices()).toEqual([])
    expect(await devices()).toHaveLength(1)
  })

  it.each([404, 410])('%i: the device is forgotten, the others are told', async (status) => {
    const [gone, other] = [await browserOf('dobronravova'), await browserOf('dobronravova')]
    if (status === 410) gone.unsubscribe()
    else
      await world.db
        .updateTable('push_subscriptions')
        .set({ endpoint: 'https://push.browsers.example/send/nobody' })
        .where('endpoint', '=', gone.endpoint)
        .execute()
    await told()
    expect(await send()).toBe(1)
    expect(other.notifications).toHaveLength(1)
    expect([...service.answers].sort()).toEqual([201, status])
    expect(await devices()).toHaveLength(1)
  })

  it('is refused by the service when another has made the subscription, or the content was sealed for another', async () => {
    await browserOf('dobronravova', 'BNotOurs')
    await told()
    await send()
    expect(service.answers).toEqual([403])
    await world.db.deleteFrom('push_subscriptions').execute()
    const [one, other] = [await browserOf('dobronravova'), service.subscribe(publicKey)]
    await world.db
      .updateTable('push_subscriptions')
      .set({ p256dh: other.p256dh })
      .where('endpoint', '=', one.endpoint)
      .execute()
    await told()
    await send()
    expect(service.answers).toEqual([403, 400])
  })

  it('goes once when two nodes look at the same moment', async () => {
    const browser = await browserOf('dobronravova')
    for (let message = 0; message < 5; message += 1) await told()
    await Promise.all([send(), send(), send()])
    expect(browser.notifications).toHaveLength(1)
  })
})

describe('devices', () => {
  it('are mine to switch off, on the page as well; a browser has one person', async () => {
    const browser = await browserOf('dobronravova')
    const [{ id }] = await devices()
    expect((await world.as('krylatskaya').delete(`/profile/push-devices/${id}`)).status).toBe(404)
    const { endpoint, p256dh, auth } = browser
    await world.as('krylatskaya').post('/profile/push-devices', { endpoint, p256dh, auth })
    expect([await devices(), await devices('krylatskaya')].map(({ length }) => length)).toEqual([0, 1])
    const page = world.page('krylatskaya')
    expect(await page.submit(`/profile/messages/devices/${id}/removal`, {}, '/profile/messages')).toMatchObject({
      status: 303,
      location: '/profile/messages',
    })
    expect(await devices('krylatskaya')).toEqual([])
  })

  it('are taken from the page; ten of a person are kept', async () => {
    const page = world.page('dobronravova')
    const from = '/profile/messages'
    const { endpoint, p256dh, auth } = service.subscribe(publicKey)
    expect(await page.submit(`${from}/devices`, { endpoint, p256dh, auth }, from)).toMatchObject({ status: 303 })
    for (let device = 0; device < 11; device += 1) await browserOf('dobronravova')
    const left = await devices()
    expect(left).toHaveLength(10)
    expect(left.map((device: { endpoint: string }) => device.endpoint)).not.toContain(endpoint)
  })

  it('are not taken with an address inside the network, nor with keys that are none', async () => {
    const { endpoint, p256dh, auth } = service.subscribe(publicKey)
    const offer = async (changes: object) =>
      (await world.as('dobronravova').post('/profile/push-devices', { endpoint, p256dh, auth, ...changes })).body.code
    const wrong = [
      'http://push.browsers.example/1',
      'https://127.0.0.1/1',
      'https://[::1]/1',
      'https://localhost/1',
      'https://0x7f000001/1',
      'https://push.browsers.example:8443/1',
      'https://user:word@push.browsers.example/1',
      'file:///etc/passwd',
      'no address',
    ]
    for (const endpoint of wrong) expect(await offer({ endpoint }), endpoint).toBe('messages.device-wrong')
    const off = Buffer.from(p256dh, 'base64url').fill(7, 1).toString('base64url')
    for (const p256dh of ['', 'BAAA', off]) expect(await offer({ p256dh })).toBe('messages.device-wrong')
    expect(await offer({ auth: 'short' })).toBe('messages.device-wrong')
    expect(await devices()).toEqual([])
  })

  it('are forgotten with the account', async () => {
    await browserOf('dobronravova')
    const { eraseOwn } = await import('../own-data.queries.ts')
    await transaction(world, (tx) => eraseOwn(tx, ids.get(clerk) ?? ''))
    expect(await devices()).toEqual([])
  })
})

describe('where a notification may go', () => {
  it('is the web, never this network, whatever the name says', async () => {
    expect(isPublicEndpoint('https://fcm.googleapis.com/fcm/send/abc')).toBe(true)
    expect(isPublicEndpoint('https://wns2-am3p.notify.windows.com/w/?token=abc')).toBe(true)
    for (const address of [
      '127.0.0.1',
      '10.1.2.3',
      '172.20.0.1',
      '192.168.1.1',
      '169.254.169.254',
      '::1',
      'fd00::1',
      '::ffff:10.0.0.1',
    ])
      expect(isInner(address), address).toBe(true)
    for (const address of ['93.184.216.34', '172.32.0.1', '2a00:1450:4010::5f'])
      expect(isInner(address), address).toBe(false)
    await expect(httpsPost({ endpoint: 'https://localhost/', headers: {}, body: Buffer.alloc(0) })).rejects.toThrow(
      'inner',
    )
  })
})

describe('the keys of the installation', () => {
  it('stay; sealed under a SECRET_KEY that is gone they are made anew, and devices subscribe again', async () => {
    await browserOf('dobronravova')
    const before = inUse()
    // The same database as another process sees it.
    const elsewhere = world.db.withoutPlugins()
    expect((await pushKeys(elsewhere)).publicKey).toBe(publicKey)
    configureMessages({ ...before, vault: openVault('another-secret-of-thirty-two-characters') })
    const anew = world.db.withoutPlugins()
    expect((await pushKeys(anew)).publicKey).not.toBe(publicKey)
    expect(await world.db.selectFrom('push_subscriptions').selectAll().execute()).toEqual([])
    configureMessages(before)
  })
})
