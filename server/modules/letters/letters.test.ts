/** What operators make of letters. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../../../test/support/world.ts'
import { transaction } from '../../kernel/db/index.ts'
import { fileStore } from '../../kernel/files/index.ts'
import { keepLetter } from './keeping.ts'
import { sendRefusedLetter } from './letters.letters.ts'

const folder = join(import.meta.dirname, '../../../test/letters')
const rawOf = (slug: string) => {
  const name = readdirSync(folder).find((file) => file.endsWith(`-${slug}.eml`))
  return readFileSync(join(folder, name ?? slug))
}

let world: World
const directory = mkdtempSync(join(tmpdir(), 'kabinet-letters-'))
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const keep = (raw: Buffer, more: { regionCode?: string; own?: string[] } = {}) =>
  keepLetter(
    { db: world.db, files: fileStore(directory) },
    { raw, mailbox: 'test', uidValidity: null, uid: null, regionCode: null, own: [], ...more },
  )
const operator = () => world.as('tihomirov')
const openingOf = (email: string, more: Record<string, unknown> = {}) => ({
  persons: [
    { fullName: 'Полякова Вера Игнатьевна', position: 'главный специалист', email, phone: '8 (900) 000-11-22' },
  ],
  organisation: 'Департамент цифрового развития',
  organisationId: null,
  ...more,
})

describe('a letter that asks for access', () => {
  it('stands in the queue with what was understood of it, once', async () => {
    const { id, isNew } = await keep(rawOf('body-as-in-the-manual'))
    expect(isNew).toBe(true)
    expect((await keep(rawOf('body-as-in-the-manual'))).isNew).toBe(false)
    const { body } = await operator().get('/letters')
    expect(body.letters.filter((letter: { id: string }) => letter.id === id)).toMatchObject([
      { kind: 'application', category: 1, people: 'Полякова Вера Игнатьевна', senderAllowed: true },
    ])
  })

  it('opens an account: its person gets the login and a link, and no password', async () => {
    const { id } = await keep(rawOf('body-in-windows-1251-by-dashes'))
    const email = 'kedrov@dep.svetlorechye.example'
    const reply = await operator().put(`/letters/${id}/opening`, openingOf(email))
    expect(reply).toMatchObject({
      status: 200,
      body: { state: 'opened', accounts: [{ fullName: 'Полякова Вера Игнатьевна' }] },
    })
    await world.settle()
    const [letter] = await world.lettersTo(email)
    expect(letter?.text).toContain(`Логин: ${email}`)
    expect(letter?.links.join()).toContain('/password-reset/new?token=')
    const again = await operator().put(`/letters/${id}/refusal`, { reason: 'поздно' })
    expect(again).toMatchObject({ status: 409, body: { code: 'letters.decided' } })
  })

  it('is decided once by two operators at once', async () => {
    const { id } = await keep(rawOf('body-another-order-bullets'))
    const replies = await Promise.all([
      operator().put(`/letters/${id}/opening`, openingOf('sosnin@dep.svetlorechye.example')),
      world.as('orlova').put(`/letters/${id}/refusal`, { reason: 'Нет такого отдела' }),
    ])
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  it('opens nothing at an address of a free mail service', async () => {
    const { id } = await keep(rawOf('free-mail-of-settlement'))
    const reply = await operator().put(`/letters/${id}/opening`, openingOf('glava@mail.ru'))
    expect(reply.status).toBe(422)
    expect(JSON.stringify(reply.body)).toContain('persons.0.email')
    await world.settle()
    expect(await world.lettersTo('glava@mail.ru')).toMatchObject([
      { subject: 'Заявку нужно отправить со служебной почты' },
    ])
  })

  it('takes one person alone for a settlement, a clinic or a school', async () => {
    const { id } = await keep(rawOf('settlement-head-and-person'))
    const [first] = openingOf('adm@rodniki.example').persons
    const reply = await operator().put(`/letters/${id}/opening`, {
      ...openingOf('adm@rodniki.example'),
      persons: [first, { ...first, email: 'dva@rodniki.example' }],
    })
    expect(reply.status).toBe(422)
  })

  it('attaches to an organisation of the registry, and to no other operator’s', async () => {
    const { id } = await keep(rawOf('html-only-br'))
    const organisation = await world.db
      .selectFrom('organisations')
      .select('id')
      .where('short_name', 'ilike', '%Ромашка%')
      .executeTakeFirstOrThrow()
    const reply = await operator().put(
      `/letters/${id}/opening`,
      openingOf('iva@dep.svetlorechye.example', { organisationId: organisation.id }),
    )
    expect(reply.status).toBe(200)
    const attached = await world.db
      .selectFrom('memberships')
      .innerJoin('accounts', 'accounts.id', 'memberships.account_id')
      .select('memberships.organisation_id')
      .where('accounts.email', '=', 'iva@dep.svetlorechye.example')
      .execute()
    expect(attached).toEqual([{ organisation_id: organisation.id }])
  })

  it('is refused with a reason that its sender reads', async () => {
    const { id } = await keep(rawOf('body-in-koi8-values-below'))
    await operator().put(`/letters/${id}/refusal`, { reason: 'В комитете нет такого сотрудника' })
    await world.settle()
    const [letter] = await world.lettersTo('yagodina@dep.svetlorechye.example')
    expect(letter?.text).toContain('В комитете нет такого сотрудника')
  })

  it('is refused ten times a day to one mailbox, under whatever tags; the tenth letter says that it is the last', async () => {
    for (let number = 1; number <= 12; number += 1) {
      const refused = {
        to: `mnogo+${number}@dep.svetlorechye.example`,
        letterId: crypto.randomUUID(),
        reason: 'Повтор',
        adding: false,
      }
      await transaction({ db: world.db }, (tx) => sendRefusedLetter(tx, refused))
    }
    await world.settle()
    const told = []
    for (let number = 1; number <= 12; number += 1)
      told.push((await world.lettersTo(`mnogo+${number}@dep.svetlorechye.example`)).map(({ text }) => text).join())
    expect(told.filter((text) => text.includes('Повтор'))).toHaveLength(10)
    expect(told.map((text) => text.includes('это последнее')).indexOf(true)).toBe(9)
    expect(told.slice(10)).toEqual(['', ''])
  })
})

describe('senders', () => {
  it('outside the allowed domains are told why once a day', async () => {
    await keep(rawOf('mailru-quote'))
    const other = Buffer.from(
      rawOf('mailru-quote')
        .toString('latin1')
        .replace(/Message-ID: <[^>]+>/, 'Message-ID: <other@mail.ru>'),
      'latin1',
    )
    await keep(other)
    await world.settle()
    expect(await world.lettersTo('lipina@mail.ru')).toHaveLength(1)
  })

  it('that are machines, forged or ourselves are never answered', async () => {
    for (const slug of [
      'out-of-office',
      'suppressed',
      'empty-return-path',
      'bounce-dsn',
      'forged-from-dmarc',
      'two-from-headers',
      'citizen',
    ])
      await keep(rawOf(slug))
    await keep(rawOf('art-school-yandex-quote'), { own: ['muza@yandex.ru'] })
    const waiting = await world.db
      .selectFrom('letters')
      .select('recipient')
      .where('unique_key', 'like', 'letters:wrong-sender:%')
      .execute()
    const told = waiting.map(({ recipient }) => recipient)
    for (const address of [
      'kedrov@dep.svetlorechye.example',
      'x@dep.svetlorechye.example',
      'poddelkin@dep.svetlorechye.example',
      'muza@yandex.ru',
      'petrov@gmail.com',
      'mailer-daemon@pochta.example',
    ])
      expect(told).not.toContain(address)
    const { body } = await operator().get('/letters?view=machine')
    expect(body.total).toBeGreaterThanOrEqual(5)
  })
})

describe('what could not be understood', () => {
  it('is kept and shown', async () => {
    const kept = await Promise.all(
      ['scan-alone', 'no-head-at-all', 'parts-without-end', 'empty-file'].map((slug) => keep(rawOf(slug))),
    )
    for (const { id } of kept) {
      const reply = await operator().get(`/letters/${id}`)
      expect(reply).toMatchObject({ status: 200, body: { state: 'waiting', understanding: { kind: 'unparseable' } } })
    }
  })

  it('is shown as text, whatever its HTML holds', async () => {
    const { id } = await keep(rawOf('html-with-scripts'))
    const { html } = await world.page('tihomirov').get(`/letters/${id}`)
    expect(html).toContain('Травин Лука Лукич')
    expect(html).not.toMatch(/steal|sled\.example|alert\(1\)/)
  })
})

describe('who sees letters', () => {
  it('operators of the mailbox’s region alone', async () => {
    const { id } = await keep(rawOf('commercial'), { regionCode: '99' })
    expect((await operator().get(`/letters/${id}`)).status).toBe(404)
    expect((await world.as('orlova').get(`/letters/${id}`)).status).toBe(200)
    expect((await world.as('dobronravova').get('/letters')).status).toBe(403)
  })
})
