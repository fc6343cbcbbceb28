/** Files of those who have no account: by the link of their letter alone, within bounds, and gone with the draft. */
import { tmpdir } from 'node:os'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../../../test/support/world.ts'
import { fileStore } from '../../kernel/files/index.ts'
import { configureReminders, remindDeciders } from './reminders.ts'

let world: World
let regionCode: string
const removed: string[] = []
let putAt = new Date()
beforeAll(async () => {
  world = await openWorld()
  const regions = await world.db.selectFrom('organisations').select('region_code').limit(1).executeTakeFirstOrThrow()
  regionCode = regions.region_code
  const find = async () => ({ size: 1, changedAt: putAt })
  const remove = async (sha256: string) => void removed.push(sha256)
  configureReminders({ timeZone: 'Europe/Moscow', files: { ...fileStore(tmpdir()), find, remove } })
})
beforeEach(async () => {
  await world.db.deleteFrom('rate_limits').execute()
})

const bytesOf = (text: string) => new TextEncoder().encode(text)
const pdf = bytesOf('%PDF-1.7\n1 0 obj\n')
const page = bytesOf('<html><script>alert(1)</script>')
/** As an archive begins, with the names that it holds. */
const archive = (...names: string[]) => bytesOf(`PK\u0003\u0004 ${names.join(' PK ')}`)

async function draftOf(name: string): Promise<{ id: string; token: string }> {
  const email = `${name}@verhneozersk.example`
  const form = {
    ...{ regionCode, organisation: 'МБДОУ «Детский сад № 14 „Ромашка“»', phone: '', systems: 'Отчётность' },
    ...{ surname: 'Кедрова', name: 'Лукерья', patronymic: '', position: 'делопроизводитель', email },
  }
  const asking = { kind: 'access', visitorName: 'Кедрова Лукерья', visitorEmail: email, form }
  expect((await world.visitor().post('/applications/visitors', asking)).status).toBe(202)
  await world.settle()
  const [letter] = await world.lettersTo(email)
  const token = new URL(letter?.links[0] ?? '').searchParams.get('token') ?? ''
  const row = await world.db
    .selectFrom('applications')
    .select('id')
    .where('visitor_email', '=', email)
    .executeTakeFirstOrThrow()
  return { id: row.id, token }
}

async function put(token: string, name: string, bytes: Uint8Array<ArrayBuffer>): Promise<number> {
  const body = new FormData()
  body.set('token', token)
  body.set('file', new File([bytes], name))
  const headers = { 'idempotency-key': crypto.randomUUID(), 'x-requested-with': 'fetch' }
  return (await world.visitor().fetch('/api/v1/applications/visitors/files', { method: 'POST', body, headers })).status
}

const nobodys = 'a'.repeat(43)

describe('files of an application without an account', () => {
  it('are taken by the link alone, and only what they say they are', async () => {
    const { token } = await draftOf('l.kedrova')
    expect(await put(token, 'приказ.pdf', pdf)).toBe(201)
    expect(await put(token, 'приказ.docx', archive('[Content_Types].xml', 'word/document.xml'))).toBe(201)
    const hostile: [string, Uint8Array<ArrayBuffer>][] = [
      ['страница.pdf', page],
      ['страница.html', page],
      ['программа.docx', archive('META-INF/MANIFEST.MF')],
      ['макросы.docx', archive('[Content_Types].xml', 'word/vbaProject.bin')],
      ['картинка.png', pdf],
      ['пусто.pdf', bytesOf('')],
    ]
    for (const [name, bytes] of hostile) expect(await put(token, name, bytes), name).toBe(422)
    const large = new Uint8Array(5 * 1_048_576 + 1)
    large.set(pdf)
    expect(await put(token, 'большой.pdf', large)).toBe(422)
    expect(await put(nobodys, 'приказ.pdf', pdf)).toBe(404)
    const rows = await world.db.selectFrom('files').select('name').execute()
    expect(rows.filter(({ name }) => hostile.some(([other]) => other === name))).toEqual([])
  })

  it('are saved, never shown, and open to no other link', async () => {
    const { token } = await draftOf('m.kedrova')
    await put(token, '../../приказ\r\nX: y.pdf', pdf)
    const { html } = await world.page().get(`/applications/followed?token=${token}`)
    const file = /\/applications\/followed\/files\/[^"]+/.exec(html)?.[0].replaceAll('&amp;', '&') ?? ''
    const saved = await world.visitor().fetch(file)
    expect(saved.status).toBe(200)
    expect(saved.headers.get('content-disposition')).toMatch(/^attachment/)
    expect(saved.headers.get('content-security-policy')).toContain('sandbox')
    const { token: other } = await draftOf('n.kedrova')
    for (const wrong of [nobodys, other])
      expect((await world.visitor().fetch(file.replace(token, wrong))).status).toBe(404)
  })

  it('are ten at most, however many come at once, and none when it is over', async () => {
    const { id, token } = await draftOf('p.kedrova')
    const visitor = world.page()
    const address = `/applications/followed?token=${token}`
    expect(await visitor.submit('/applications/followed', { token }, address)).toMatchObject({ status: 303 })
    const told = await Promise.all(Array.from({ length: 13 }, (_, index) => put(token, `приказ-${index}.pdf`, pdf)))
    expect(told.filter((status) => status === 201)).toHaveLength(10)
    expect(told.filter((status) => status === 409)).toHaveLength(3)
    expect((await world.as('tihomirov').get(`/applications/${id}`)).body.files).toHaveLength(10)
    expect(await visitor.submit('/applications/followed/withdrawal', { token }, address)).toMatchObject({ status: 303 })
    expect(await put(token, 'поздно.pdf', pdf)).toBe(409)
  })

  it('are sixty an hour from one network address', async () => {
    const { token } = await draftOf('r.kedrova')
    await world.db.deleteFrom('rate_limits').execute()
    for (let count = 0; count < 60; count += 1) expect(await put(token, 'страница.html', page)).toBe(422)
    expect(await put(token, 'приказ.pdf', pdf)).toBe(429)
  })
})

describe('a draft that nobody confirms', () => {
  const shaOf = (name: string) => world.db.selectFrom('files').select('sha256').where('name', '=', name).execute()

  it('goes after three days with its files; bytes go that nobody else has', async () => {
    const { token, id } = await draftOf('s.kedrova')
    const { token: kept } = await draftOf('t.kedrova')
    await put(token, 'своё.pdf', bytesOf('%PDF-1.7 своё'))
    await put(token, 'общее-1.pdf', bytesOf('%PDF-1.7 общее'))
    await put(kept, 'общее-2.pdf', bytesOf('%PDF-1.7 общее'))
    const [own] = await shaOf('своё.pdf')
    await remindDeciders(world.db)
    expect(removed).toEqual([])

    const created_at = new Date(Date.now() - 4 * 86_400_000)
    await world.db.updateTable('applications').set({ created_at }).where('id', '=', id).execute()
    putAt = new Date(Date.now() - 4 * 86_400_000)
    await remindDeciders(world.db)
    expect(removed).toEqual([own?.sha256])
    expect(await shaOf('своё.pdf')).toEqual([])
    expect(await shaOf('общее-1.pdf')).toEqual([])
    expect(await shaOf('общее-2.pdf')).toHaveLength(1)
    expect((await world.page().get(`/applications/followed?token=${token}`)).status).toBe(404)
    expect((await world.page().get(`/applications/followed?token=${kept}`)).status).toBe(200)

    // The same bytes are put again while their last row goes: another is about to point at them.
    putAt = new Date()
    await world.db.updateTable('applications').set({ created_at }).where('state', '=', 'unconfirmed').execute()
    await remindDeciders(world.db)
    expect(await shaOf('общее-2.pdf')).toEqual([])
    expect(removed).toEqual([own?.sha256])
  })
})
