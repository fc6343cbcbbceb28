/** Many people invited by one table: looked through first, each once, whatever the file is made of. */
import { deflateRawSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import writeXlsxFile from 'write-excel-file/node'
import { lastLetterTo, signIn } from '../../../../../test/support/newcomers.ts'
import { openWorld, type World } from '../../../../../test/support/world.ts'
import { columns } from './lines.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})

const header = columns.map(({ title }) => title)
const line = (email: string, changes: string[] = []) => {
  const cells = ['Перелесова', 'Мирослава', 'Богдановна', email, '', 'Минобр', 'методист', '00', 'Оператор региона']
  return cells.map((cell, index) => changes[index] ?? cell)
}
const workbook = async (rows: string[][]): Promise<Buffer> =>
  writeXlsxFile(rows.map((row) => row.map((value) => ({ value, type: String })))).toBuffer()

async function upload(key: string, bytes: Uint8Array) {
  const form = new FormData()
  form.set('file', new File([new Uint8Array(bytes)], 'люди.xlsx'))
  const reply = await world.as(key).fetch('/api/v1/account-imports', {
    method: 'POST',
    body: form,
    headers: { 'idempotency-key': crypto.randomUUID() },
  })
  return { status: reply.status, body: await reply.json() }
}

/** An archive with one part, whose length the directory tells as it likes. */
function archiveOf(name: string, content: Buffer, told = content.byteLength): Buffer {
  const packed = deflateRawSync(content)
  const file = Buffer.from(name)
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(8, 8)
  local.writeUInt32LE(packed.byteLength, 18)
  local.writeUInt32LE(told, 22)
  local.writeUInt16LE(file.byteLength, 26)
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt16LE(8, 10)
  entry.writeUInt32LE(packed.byteLength, 20)
  entry.writeUInt32LE(told, 24)
  entry.writeUInt16LE(file.byteLength, 28)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(entry.byteLength + file.byteLength, 12)
  end.writeUInt32LE(local.byteLength + file.byteLength + packed.byteLength, 16)
  return Buffer.concat([local, file, packed, entry, file, end])
}

describe('a table of people', () => {
  it('is told line by line, then the good ones are invited once', async () => {
    const email = 'perelesova1@svetlorechye.example'
    const bytes = await workbook([
      header,
      line(email),
      line(email),
      line('не почта'),
      line('ds14@verhneozersk.example'),
      line('perelesova2@svetlorechye.example', ['', '', '', '', '', '', '', '38']),
      line('perelesova3@svetlorechye.example', ['', '', '', '', '', '', '', '00', 'Администратор системы']),
      line('perelesova4@svetlorechye.example', ['=cmd()', '', '', '', '', '', '']),
    ])
    const { status, body } = await upload('tihomirov', bytes)
    expect(status).toBe(201)
    const mine = world.as('tihomirov')
    const found = (await mine.get(`/account-imports/${body.id}`)).body
    expect(found).toMatchObject({ lines: 7, good: 1, failed: 6, done: 0 })
    expect(found.problems.map(({ row }: { row: number }) => row)).toEqual([3, 4, 5, 6, 7, 8])
    expect(found.problems[0].problems[0].text).toBe('Эта почта уже стоит в строке 2')
    expect(await world.lettersTo(email)).toEqual([])

    expect((await world.as('radonezhsky').get(`/account-imports/${body.id}`)).status).toBe(404)
    const both = await Promise.all([1, 2].map(() => mine.put(`/account-imports/${body.id}/confirmation`)))
    expect(both.map((reply) => reply.status).sort()).toEqual([204, 409])
    expect((await mine.get(`/account-imports/${body.id}`)).body).toMatchObject({ done: 1, failed: 6 })
    const report = (await mine.get(`/account-imports/${body.id}/report`)).body
    expect(report).toContain(`"'=cmd()"`)

    const letter = await lastLetterTo(world, email)
    const token = new URL(letter.links.at(-1) ?? '').searchParams.get('token') ?? ''
    expect((await world.visitor().put('/password-resets', { token, password: 'Тихий-Лес-2027' })).status).toBe(204)
    expect((await signIn(world, email, 'Тихий-Лес-2027')).status).toBe(201)
    expect((await world.visitor().put('/password-resets', { token, password: 'Тихий-Лес-2028' })).status).toBe(410)
  })

  it('of more than a hundred is done in parts, each line once', async () => {
    const rows = Array.from({ length: 120 }, (_, index) => line(`many${index}@svetlorechye.example`))
    const { body } = await upload('tihomirov', await workbook([header, ...rows]))
    const mine = world.as('tihomirov')
    expect((await mine.put(`/account-imports/${body.id}/confirmation`)).status).toBe(204)
    expect((await mine.get(`/account-imports/${body.id}`)).body).toMatchObject({ done: 0, finishedAt: null })
    await world.settle()
    expect((await mine.get(`/account-imports/${body.id}`)).body).toMatchObject({ done: 120, failed: 0 })
    const { count } = await world.db
      .selectFrom('accounts')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('email', 'like', 'many%')
      .executeTakeFirstOrThrow()
    expect(count).toBe(120)
  })
})

describe('a file that is none', () => {
  it('is refused before it is unpacked', async () => {
    const sheet = 'xl/worksheets/sheet1.xml'
    const zeros = Buffer.alloc(30_000_000)
    const far = Buffer.from('<worksheet><sheetData><row r="1"><c r="XFD1048576"/></row></sheetData></worksheet>')
    const entity = Buffer.from('<!DOCTYPE x [<!ENTITY a "a">]><worksheet/>')
    const refused: [string, Uint8Array, number][] = [
      ['text', Buffer.from('Фамилия;Имя'), 422],
      ['empty archive', archiveOf('a.txt', Buffer.from('a')), 422],
      ['bomb', archiveOf(sheet, zeros), 413],
      ['bomb that lies', archiveOf(sheet, zeros, 100), 413],
      ['a part longer than told', archiveOf(sheet, Buffer.alloc(1000), 100), 422],
      ['far corner', archiveOf(sheet, far), 413],
      ['entities', archiveOf(sheet, entity), 422],
      ['too many lines', await workbook([header, ...Array.from({ length: 5001 }, () => line('a@b.example'))]), 413],
      ['other headings', await workbook([['Имя'], ['Мирослава']]), 422],
      ['no lines', await workbook([header]), 422],
    ]
    for (const [what, bytes, status] of refused) expect((await upload('orlova', bytes)).status, what).toBe(status)
    expect((await upload('orlova', new Uint8Array(6_000_000))).status).toBe(413)
  })

  it('has a template that is taken as it is', async () => {
    const reply = await world.as('orlova').fetch('/api/v1/account-imports/template')
    const { status, body } = await upload('orlova', new Uint8Array(await reply.arrayBuffer()))
    expect(status).toBe(201)
    expect((await world.as('orlova').get(`/account-imports/${body.id}`)).body).toMatchObject({ lines: 1, good: 1 })
  })
})
