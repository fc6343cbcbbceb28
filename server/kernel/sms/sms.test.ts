/** SMS through a real HTTP server and a real SMPP centre, both on loopback. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo, Server as NetServer } from 'node:net'
import smpp, { type Pdu, type Session } from 'smpp'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../../../test/support/world.ts'
import { transaction } from '../db/index.ts'
import { builtInMailbox, sendDueLetters, type Transport } from '../mail/index.ts'
import { readSettings } from '../settings.ts'
import { configureSms, pretendSms, sendSms, smsTransport } from './index.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
beforeEach(async () => {
  configureSms({ available: true, mostPerDay: 1000, mostPerNumber: 10 })
  await world.db.deleteFrom('rate_limits').execute()
  await world.db.deleteFrom('letters').execute()
})

const text = 'Код 123456 для входа. Никому его не говорите.'
const write = (to: string, usefulMinutes = 10) =>
  transaction(world, (tx) => sendSms(tx, { to, subject: 'Код для входа', text, usefulMinutes }))
const row = (to: string) =>
  world.db.selectFrom('letters').selectAll().where('recipient', '=', to).executeTakeFirstOrThrow()
const portOf = (server: Server | NetServer) => (server.address() as AddressInfo).port // as: it listens on a port
const transportBy = (environment: Record<string, string>): Transport => {
  const transport = smsTransport(readSettings({ DATA_DIR: '/tmp', SECRET_KEY: 'x'.repeat(32), ...environment }).sms)
  if (!transport) throw new Error('No transport')
  return transport
}

describe('an SMS by an HTTP gateway', () => {
  let server: Server
  let answer: { status: number; body: string }
  let calls: { method: string | undefined; url: string | undefined; key: unknown; body: string }[]
  beforeAll(async () => {
    server = createServer(async (request, response) => {
      let body = ''
      for await (const chunk of request) body += String(chunk)
      calls.push({ method: request.method, url: request.url, key: request.headers['x-key'], body })
      response.writeHead(answer.status, { Location: 'http://127.0.0.1:1/' }).end(answer.body)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  beforeEach(() => {
    calls = []
    answer = { status: 200, body: '{"status":"OK"}' }
  })
  afterAll(() => void server.close())
  const gateway = (more: Record<string, string> = {}) =>
    transportBy({
      SMS_URL: `http://127.0.0.1:${portOf(server)}/send`,
      SMS_HEADERS: '{"Content-Type":"application/json","X-Key":"secret"}',
      SMS_BODY: '{"to":"{digits}","text":"{text}","from":"{from}","flags":{"x":1}}',
      SMS_SUCCESS: '"OK"',
      ...more,
    })

  it('goes as the settings say, once, and its text is not kept', async () => {
    await write('+79120000001')
    expect(await sendDueLetters(world.db, gateway())).toBe(1)
    expect(await sendDueLetters(world.db, gateway())).toBe(0)
    expect(calls).toHaveLength(1)
    expect(calls[0]).toMatchObject({ method: 'POST', url: '/send', key: 'secret' })
    expect(JSON.parse(calls[0]?.body ?? '')).toEqual({ to: '79120000001', text, from: 'Kabinet', flags: { x: 1 } })
    expect((await row('+79120000001')).body_text).toBeNull()
  })

  it('cannot leave its place in the body or in the address', async () => {
    const sly = { to: '+79120000001', subject: 's', text: '","to":"+7&a=b#', usefulMinutes: 1 }
    await transaction(world, (tx) => sendSms(tx, sly))
    await transaction(world, (tx) => sendSms(tx, { ...sly, to: '+79120000002' }))
    await sendDueLetters(world.db, gateway({ SMS_URL: `http://127.0.0.1:${portOf(server)}/send?t={text}&n={number}` }))
    expect(JSON.parse(calls[0]?.body ?? '')).toMatchObject({ to: '79120000001', text: sly.text })
    expect(new URL(calls[0]?.url ?? '', 'http://x').searchParams.get('t')).toBe(sly.text)
    expect(new URL(calls[0]?.url ?? '', 'http://x').searchParams.get('n')).toBe('+79120000001')
  })

  it.each([
    ['an answer of 500', { status: 500, body: '' }],
    ['a good status without the text of success', { status: 200, body: '{"status":"no money"}' }],
    ['a redirect elsewhere', { status: 302, body: '' }],
  ])('is tried again later after %s', async (_, given) => {
    answer = given
    await write('+79120000003')
    expect(await sendDueLetters(world.db, gateway())).toBe(0)
    const { sent_at, failed_at, attempts, error } = await row('+79120000003')
    expect({ sent_at, failed_at, attempts }).toEqual({ sent_at: null, failed_at: null, attempts: 1 })
    expect(error).not.toContain('123456')
  })

  it('is given up when the gateway calls it wrong, and when it would come too late', async () => {
    answer = { status: 422, body: 'bad number' }
    await write('+79120000004')
    await sendDueLetters(world.db, gateway())
    expect((await row('+79120000004')).failed_at).not.toBeNull()
    await write('+79120000005', 0)
    answer = { status: 200, body: '"OK"' }
    expect(await sendDueLetters(world.db, gateway())).toBe(0)
    expect(await row('+79120000005')).toMatchObject({ sent_at: null, body_text: null, error: 'too late' })
  })

  it('is left by the sender of letters to the one of SMS', async () => {
    await write('+79120000006')
    expect(await sendDueLetters(world.db, { ...builtInMailbox, channels: ['email'] })).toBe(0)
    expect(await sendDueLetters(world.db, gateway())).toBe(1)
  })
})

describe('an SMS by SMPP', () => {
  let server: NetServer
  let status = 0
  let bound: Pdu[]
  let taken: Pdu[]
  const sessions = new Set<Session>()
  let transport: Transport
  beforeAll(async () => {
    server = smpp.createServer((session) => {
      sessions.add(session)
      session.on('error', () => {})
      session.on('close', () => sessions.delete(session))
      session.on('bind_transmitter', (pdu: Pdu) => {
        bound.push(pdu)
        session.send(pdu.response({ command_status: pdu.password === 'secret' ? 0 : 0x0e }))
      })
      session.on('submit_sm', (pdu: Pdu) => {
        taken.push(pdu)
        session.send(pdu.response({ command_status: status, message_id: '1' }))
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  beforeEach(() => {
    bound = []
    taken = []
    status = 0
    transport = transportBy({ SMS_URL: `smpp://kabinet:secret@127.0.0.1:${portOf(server)}`, SMS_FROM: 'Kabinet' })
    return () => transport.close()
  })
  afterAll(() => void server.close())

  it('goes in Russian, several in one session', async () => {
    await write('+79120000001')
    await write('+79120000002')
    expect(await sendDueLetters(world.db, transport)).toBe(2)
    expect(bound).toMatchObject([{ system_id: 'kabinet' }])
    expect(taken[0]).toMatchObject({ destination_addr: '79120000001', source_addr: 'Kabinet', data_coding: 8 })
    expect(taken[0]?.short_message).toEqual({ message: text })
  })

  it('goes whole when it is long', async () => {
    const long = 'Очень длинное сообщение. '.repeat(8).trim()
    await transaction(world, (tx) => sendSms(tx, { to: '+79120000003', subject: 's', text: long, usefulMinutes: 5 }))
    await sendDueLetters(world.db, transport)
    expect(taken[0]?.message_payload).toEqual({ message: long })
  })

  it('goes again after the connection was lost, by a new session', async () => {
    await write('+79120000004')
    await sendDueLetters(world.db, transport)
    for (const session of sessions) session.destroy()
    await expect.poll(() => sessions.size).toBe(0)
    await write('+79120000005')
    expect(await sendDueLetters(world.db, transport)).toBe(1)
    expect(bound).toHaveLength(2)
  })

  it('waits when the centre is too busy, and is given up when the number is wrong', async () => {
    status = 0x58
    await write('+79120000006')
    await sendDueLetters(world.db, transport)
    expect(await row('+79120000006')).toMatchObject({ sent_at: null, failed_at: null })
    status = 0x0b
    await write('+79120000007')
    await sendDueLetters(world.db, transport)
    expect((await row('+79120000007')).failed_at).not.toBeNull()
  })

  it('waits when the password is wrong, or nobody listens', async () => {
    for (const address of [`smpp://kabinet:no@127.0.0.1:${portOf(server)}`, 'smpp://kabinet:secret@127.0.0.1:1']) {
      await world.db.deleteFrom('letters').execute()
      await write('+79120000008')
      const other = transportBy({ SMS_URL: address })
      expect(await sendDueLetters(world.db, other)).toBe(0)
      expect(await row('+79120000008')).toMatchObject({ sent_at: null, failed_at: null, attempts: 1 })
      other.close()
    }
  })
})

describe('the cost of SMS', () => {
  it('is limited per day and per number, for a number that nobody has alike', async () => {
    configureSms({ available: true, mostPerDay: 3, mostPerNumber: 2 })
    await write('+79120000001')
    await write('+79120000001')
    await expect(write('+79120000001')).rejects.toMatchObject({ code: 'sms-spent', status: 429 })
    await write('+79120000002')
    await expect(write('+79120000003')).rejects.toMatchObject({ code: 'sms-spent' })
    const pretend = transaction(world, (tx) => pretendSms(tx, '+79120000004'))
    await expect(pretend).rejects.toMatchObject({ code: 'sms-spent' })
  })

  it('is nothing where no gateway is set: the refusal says so', async () => {
    configureSms({ available: false, mostPerDay: 10, mostPerNumber: 10 })
    await expect(write('+79120000001')).rejects.toMatchObject({ code: 'sms-not-set', status: 503 })
    expect(smsTransport(readSettings({ DATA_DIR: '/tmp', SECRET_KEY: 'x'.repeat(32) }).sms)).toBeUndefined()
  })

  it('asks for settings that make sense', () => {
    const given = { SMS_URL: 'ftp://x', SMS_HEADERS: '{"a b":"c"}', SMS_METHOD: 'DELETE', SMS_PER_DAY: '-1' }
    expect(() => readSettings({ DATA_DIR: '/tmp', SECRET_KEY: 'x'.repeat(32), ...given })).toThrow(
      /SMS_URL.*SMS_METHOD.*SMS_HEADERS.*SMS_PER_DAY/s,
    )
  })
})
