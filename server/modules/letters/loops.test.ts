/** Two programs that write to each other come to an end, also where the way between them takes the marks of machines off. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../../../test/support/world.ts'
import { transaction } from '../../kernel/db/index.ts'
import { fileStore } from '../../kernel/files/index.ts'
import { keepLetter } from './keeping.ts'
import { sendRefusedLetter } from './letters.letters.ts'

type Side = { address: string; world: World; directory: string; seen: number }

const sides: Side[] = []
beforeAll(async () => {
  // Each stands outside the domains that the other allows: the one case in which a letter is answered by itself.
  for (const address of ['podderzhka@mail.ru', 'kabinet@yandex.ru'])
    sides.push({
      address,
      world: await openWorld(),
      directory: mkdtempSync(join(tmpdir(), 'kabinet-loops-')),
      seen: 0,
    })
})
afterAll(() => {
  for (const { directory } of sides) rmSync(directory, { recursive: true, force: true })
})

const keep = (side: Side, raw: Buffer) =>
  keepLetter(
    { db: side.world.db, files: fileStore(side.directory) },
    { raw, mailbox: 'test', uidValidity: null, uid: null, regionCode: null, own: [side.address] },
  )

const writer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
async function rawOf(from: string, to: string, subject: string, text: string, headers: Record<string, string> = {}) {
  const { message } = await writer.sendMail({ from, to, subject, text, headers })
  return message as Buffer // as: what `buffer: true` gives
}

const asking = `Прошу предоставить доступ к порталу технической поддержки.
ФИО: Липина Вера Олеговна
Организация: Департамент цифрового развития
Должность: специалист
E-mail: lipina@dep.svetlorechye.example
Телефон: 8 900 000-11-22
Системы: СЭД`

/** What a side has sent since it was looked at last, brought to the other; how many letters that were. */
async function carry(from: Side, to: Side, headers: Record<string, string>): Promise<number> {
  await from.world.settle()
  const sent = (await from.world.lettersTo(to.address)).slice(from.seen)
  from.seen += sent.length
  for (const { subject, text } of sent) await keep(to, await rawOf(from.address, to.address, subject, text, headers))
  return sent.length
}

async function exchange(headers: Record<string, string>, most: number): Promise<number> {
  const [one, other] = sides as [Side, Side] // as: two were made before
  let carried = 0
  for (let round = 0; round < most; round += 1) {
    const now = (await carry(one, other, headers)) + (await carry(other, one, headers))
    if (now === 0) return carried
    carried += now
  }
  throw new Error(`${carried} letters, and no end`)
}

describe('two programs that write to each other', () => {
  it('end at the first answer, for it says that a machine has written it', async () => {
    const [one, other] = sides as [Side, Side] // as: two were made before
    await keep(one, await rawOf(other.address, one.address, 'Доступ', asking))
    expect(await exchange({ 'Auto-Submitted': 'auto-generated' }, 10)).toBe(1)
    const states = await other.world.db.selectFrom('incoming_letters').select(['kind', 'state']).execute()
    expect(states).toEqual([{ kind: 'auto-reply', state: 'machine' }])
  })

  it('end also where that mark is lost and each answer looks like a person’s application', async () => {
    const [one, other] = sides as [Side, Side] // as: two were made before
    for (const number of [1, 2, 3]) {
      await keep(one, await rawOf(other.address, one.address, `Доступ ${number}`, `${asking}\nПисьмо ${number}`))
      await keep(other, await rawOf(one.address, other.address, `Доступ ${number}`, `${asking}\nПисьмо ${number}`))
    }
    expect(await exchange({}, 10)).toBeLessThanOrEqual(2)
  })

  it('end where an operator’s refusal is what goes round', async () => {
    const [one, other] = sides as [Side, Side] // as: two were made before
    const refused = { to: other.address, letterId: crypto.randomUUID(), reason: asking, adding: false }
    await transaction(one.world, (tx) => sendRefusedLetter(tx, refused))
    expect(await exchange({}, 10)).toBeLessThanOrEqual(2)
  })
})

describe('a letter is nobody’s application', () => {
  const marks: Record<string, string>[] = [
    { 'Auto-Submitted': 'auto-replied' },
    { Precedence: 'bulk' },
    { 'List-Id': '<novosti.example>' },
    { 'List-Post': '<mailto:novosti@spisok.example>' },
    { 'X-Loop': 'podderzhka@svetlorechye.example' },
    { 'X-Auto-Response-Suppress': 'All' },
    { 'Return-Path': '<>' },
  ]
  it.each(marks)('when its head says %o', async (headers) => {
    const [one] = sides as [Side] // as: two were made before
    const raw = await rawOf('vahrusheva@mail.ru', one.address, 'Доступ', asking)
    const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
    await keep(one, Buffer.concat([Buffer.from(head.join('')), raw]))
    await one.world.settle()
    expect(await one.world.lettersTo('vahrusheva@mail.ru')).toEqual([])
  })

  it('when it comes from our own address, also under a tag', async () => {
    const [one] = sides as [Side] // as: two were made before
    for (const from of ['podderzhka+rassylka@mail.ru', 'Podderzhka@mail.ru']) {
      const { id } = await keep(one, await rawOf(from, one.address, `Доступ ${from}`, asking))
      const row = await one.world.db.selectFrom('incoming_letters').select('state').where('id', '=', id).execute()
      expect(row).toEqual([{ state: 'machine' }])
    }
  })
})

describe('answers', () => {
  it('are one a day for a mailbox, whatever tags it writes under', async () => {
    const [one] = sides as [Side] // as: two were made before
    for (const tag of ['', '+1', '+2']) {
      const from = `zharova${tag}@mail.ru`
      await keep(one, await rawOf(from, one.address, `Доступ ${tag}`, `${asking}\n${tag}`))
    }
    const sent = await one.world.db
      .selectFrom('letters')
      .select('recipient')
      .where('recipient', 'like', 'zharova%')
      .execute()
    expect(sent).toHaveLength(1)
  })
})
