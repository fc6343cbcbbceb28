import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../../test/support/world.ts'
import { transaction } from './db/index.ts'
import { journal, verifyJournal } from './journal/index.ts'
import { sendLetter } from './mail/index.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})

describe('the program', () => {
  it('answers that it lives and that its database does', async () => {
    expect((await world.app.request('/health/live')).status).toBe(200)
    expect((await world.app.request('/health/ready')).status).toBe(200)
  })

  it('sends strict headers with every answer', async () => {
    const { headers } = await world.app.request('/')
    expect(headers.get('content-security-policy')).toContain("default-src 'self'")
    expect(headers.get('content-security-policy')).not.toContain('unsafe')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('says in Russian that a page does not exist', async () => {
    const { status, html } = await world.page().get('/no-such-page')
    expect(status).toBe(404)
    expect(html).toContain('Здесь ничего нет')
  })

  it('describes its API in OpenAPI 3.1', async () => {
    const reply = await world.app.request('/api/openapi.json')
    expect(await reply.json()).toMatchObject({ openapi: '3.1.0' })
  })
})

describe('the journal', () => {
  const actor = { requestId: 'test', account: undefined }
  const write = (action: string) =>
    transaction(world, async (tx) => journal(tx, actor, action, { kind: 'thing', id: '1' }, { what: action }))

  it('is intact after acts at the same time', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, index) => write(`test.act-${index}`)))
    expect(await verifyJournal(world.db)).toMatchObject({ intact: true })
  })

  it('chains several entries of one transaction in their order, in any script', async () => {
    const before = (await sql<{ id: number }>`select max(id) as id from journal`.execute(world.db)).rows[0]?.id ?? 0
    const actions = ['test.first', 'test.second', 'test.third']
    const writeAll = (thing: string) =>
      transaction(world, async (tx) => {
        for (const action of actions) journal(tx, actor, action, undefined, { thing, name: 'Ёлкино\u0000 😀 \ud800' })
      })
    await Promise.all(Array.from({ length: 5 }, (_, index) => writeAll(`many-${index}`)))
    const rows = await world.db.selectFrom('journal').select('action').where('id', '>', before).orderBy('id').execute()
    expect(rows.map(({ action }) => action)).toEqual(Array.from({ length: 5 }, () => actions).flat())
    expect(await verifyJournal(world.db)).toMatchObject({ intact: true })
  })

  it('is not written without a head to chain to', async () => {
    const withoutHead = transaction(world, async (tx) => {
      await sql`delete from journal_head`.execute(tx)
      journal(tx, actor, 'test.headless')
    })
    await expect(withoutHead).rejects.toThrow('no head')
  })

  it('holds nothing of an act that failed', async () => {
    const failing = transaction(world, async (tx) => {
      journal(tx, actor, 'test.failed')
      throw new Error('on purpose')
    })
    await expect(failing).rejects.toThrow('on purpose')
    const rows = await world.db.selectFrom('journal').select('id').where('action', '=', 'test.failed').execute()
    expect(rows).toEqual([])
  })

  it('lets nobody change or remove a row', async () => {
    await expect(sql`update journal set action = 'nothing'`.execute(world.db)).rejects.toThrow('append-only')
    await expect(sql`delete from journal`.execute(world.db)).rejects.toThrow('append-only')
  })

  it('shows a row that was changed behind its back', async () => {
    await sql`alter table journal disable trigger journal_is_append_only`.execute(world.db)
    await sql`update journal set body = replace(body, 'test.act-7', 'test.act-8') where action = 'test.act-7'`.execute(
      world.db,
    )
    expect(await verifyJournal(world.db)).toMatchObject({ intact: false })
  })
})

describe('letters', () => {
  const letter = { to: 'nobody@svetlorechye.example', subject: 'Проверка', paragraphs: ['Текст'] }

  it('leave after the commit', async () => {
    await transaction(world, (tx) => sendLetter(tx, letter))
    await world.settle()
    expect(await world.lettersTo(letter.to)).toHaveLength(1)
  })

  it('never leave when the transaction fails', async () => {
    const failing = transaction(world, async (tx) => {
      await sendLetter(tx, { ...letter, to: 'never@svetlorechye.example' })
      throw new Error('on purpose')
    })
    await expect(failing).rejects.toThrow()
    await world.settle()
    expect(await world.lettersTo('never@svetlorechye.example')).toEqual([])
  })

  it('cannot be given headers through a subject', async () => {
    await transaction(world, (tx) =>
      sendLetter(tx, { ...letter, to: 'header@svetlorechye.example', subject: 'Один\r\nBcc: other@example.com' }),
    )
    await world.settle()
    const [sent] = await world.lettersTo('header@svetlorechye.example')
    expect(sent?.subject).toBe('Один Bcc: other@example.com')
  })
})
