/** 152-ФЗ: what a person sent by letter is in its own copy, and is erased with its account. */
import { existsSync, mkdtempSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../../../test/support/world.ts'
import { transaction } from '../../kernel/db/index.ts'
import { fileStore } from '../../kernel/files/index.ts'
import { standAccounts } from '../../seeds/stand.people.ts'
import { removeErasedSources } from './erased-sources.ts'
import { keepLetter } from './keeping.ts'
import { eraseOwn } from './own-data.queries.ts'

let world: World
const directory = mkdtempSync(join(tmpdir(), 'kabinet-letters-'))
const files = fileStore(directory)
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const rawOf = (from: string, subject: string, people: readonly string[]) =>
  Buffer.from(
    `From: ${from}\r\nTo: podderzhka@svetlorechye.example\r\nSubject: ${subject}\r\nMessage-ID: <${subject}@pochta.example>\r\n` +
      'MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n' +
      'Прошу предоставить доступ к порталу технической поддержки.\r\n' +
      people
        .map((email, at) => `${at + 1}. ФИО: Соснин${'аовуе'.slice(at, at + 1)} Вера Олеговна\r\nE-mail: ${email}\r\n`)
        .join('') +
      'Организация: Департамент цифрового развития\r\nСистемы: СЭД\r\n',
  )

const keep = async (raw: Buffer) =>
  (
    await keepLetter(
      { db: world.db, files },
      { raw, mailbox: 'test', uidValidity: null, uid: null, regionCode: null, own: [] },
    )
  ).id
const rowOf = (id: string) =>
  world.db.selectFrom('incoming_letters').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const pathOf = (sha256: string) => join(directory, 'files', sha256.slice(0, 2), sha256.slice(2, 4), sha256)
const personOf = (login: string) =>
  world.db.selectFrom('accounts').select(['id', 'email']).where('email', '=', login).executeTakeFirstOrThrow()

/** Opens accounts for these addresses by one letter; gives the letter and the accounts. */
async function opened(subject: string, emails: readonly string[]) {
  const id = await keep(rawOf('kadry@dep.svetlorechye.example', subject, emails))
  const persons = emails.map((email, at) => ({
    fullName: `Соснина Вера ${['Олеговна', 'Игоревна'][at]}`,
    position: 'специалист',
    email,
    phone: null,
  }))
  const reply = await world
    .as('tihomirov')
    .put(`/letters/${id}/opening`, { persons, organisation: null, organisationId: null })
  expect(reply.status).toBe(200)
  const accounts = await Promise.all(emails.map(personOf))
  return { id, accounts: accounts.map((account) => account.id) }
}

describe('letters of a person', () => {
  it('are in its own copy, with what was decided, and nobody else’s are', async () => {
    const email = standAccounts.find(({ key }) => key === 'dobronravova')?.login ?? ''
    await world.db.updateTable('accounts').set({ email_confirmed_at: new Date() }).where('email', '=', email).execute()
    await keep(rawOf(email, 'svoyo', ['kto-to@dep.svetlorechye.example']))
    await keep(rawOf('chuzhoy@dep.svetlorechye.example', 'chuzhoe', ['kto-to@dep.svetlorechye.example']))
    const { status, body } = await world.as('dobronravova').post('/profile/data-copies', { password: 'Stend-2027!' })
    expect(status).toBe(200)
    expect(JSON.stringify(body.letters)).toContain('svoyo')
    expect(JSON.stringify(body.letters)).not.toContain('chuzhoe')
  })

  it('are erased with its account, their bytes as well, and do not come again', async () => {
    const raw = rawOf('tihomirova@dep.svetlorechye.example', 'stirat', ['tihomirova@dep.svetlorechye.example'])
    const id = await keep(raw)
    const { source_sha256: sha256 } = await rowOf(id)
    const { accounts } = await opened('otkryt', ['tihomirova@dep.svetlorechye.example'])
    await world.db
      .updateTable('accounts')
      .set({ email_confirmed_at: new Date() })
      .where('id', '=', accounts[0] ?? '')
      .execute()
    await transaction(world, (tx) => eraseOwn(tx, accounts[0] ?? ''))
    const row = await rowOf(id)
    expect(row).toMatchObject({ sender: null, subject: '', body: '', state: 'closed', attachments: [] })
    expect(JSON.stringify(row)).not.toMatch(/tihomirova|Соснин/)
    expect((await world.as('tihomirov').get(`/letters/${id}`)).body).toMatchObject({ erased: true })
    expect((await world.as('tihomirov').get(`/letters/${id}/source`)).status).toBe(404)
    expect(existsSync(pathOf(sha256 ?? ''))).toBe(true)
    // Within a day somebody else may be putting the same bytes.
    await removeErasedSources(world.db, files)
    expect(existsSync(pathOf(sha256 ?? ''))).toBe(true)
    const twoDaysAgo = new Date(Date.now() - 2 * 86_400_000)
    utimesSync(pathOf(sha256 ?? ''), twoDaysAgo, twoDaysAgo)
    await removeErasedSources(world.db, files)
    await removeErasedSources(world.db, files)
    expect(existsSync(pathOf(sha256 ?? ''))).toBe(false)
    expect((await rowOf(id)).source_sha256).toBeNull()
    const { html } = await world.page('tihomirov').get(`/letters/${id}`)
    expect(html).toContain('Содержание письма удалено')
    await keep(raw)
    expect(
      await world.db.selectFrom('incoming_letters').select('id').where('subject', '=', 'stirat').execute(),
    ).toEqual([])
  })

  it('about several people stay while another’s account rests on them', async () => {
    const emails = ['pervaya@dep.svetlorechye.example', 'vtoraya@dep.svetlorechye.example']
    const { id, accounts } = await opened('dvoe', emails)
    await world.db.updateTable('accounts').set({ email_confirmed_at: new Date() }).where('id', 'in', accounts).execute()
    await transaction(world, (tx) => eraseOwn(tx, accounts[0] ?? ''))
    expect((await rowOf(id)).erased_at).toBeNull()
    expect(JSON.stringify((await rowOf(id)).understanding)).not.toContain('pervaya')
    await transaction(world, (tx) => eraseOwn(tx, accounts[1] ?? ''))
    expect((await rowOf(id)).erased_at).not.toBeNull()
  })
})
