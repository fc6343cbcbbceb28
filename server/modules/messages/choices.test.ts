import fc from 'fast-check'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Delivery, deliveries } from '../../../contracts/messages.ts'
import { countedQueries } from '../../../test/support/queries.ts'
import { openWorld, type World } from '../../../test/support/world.ts'
import { transaction } from '../../kernel/db/index.ts'
import { digestLetter, digestMoment, sendDigests, sendDigestsNow } from './digest.ts'
import { isAlways, kindNames, type MessageKind } from './kinds.ts'
import { type Telling, tell } from './messages.ts'

let world: World
const ids = new Map<string, string>()
const clerk = 'ds14@verhneozersk.example'
const colleague = 'ds14.deloproizvodstvo@verhneozersk.example'
const tables = ['messages', 'letters', 'message_choices', 'message_digests'] as const

beforeAll(async () => {
  world = await openWorld()
  for (const { id, email } of await world.db.selectFrom('accounts').select(['id', 'email']).execute())
    ids.set(email, id)
})
beforeEach(async () => {
  for (const table of tables) await world.db.deleteFrom(table).execute()
})

const telling = (kind: MessageKind, told: Partial<Telling> = {}) =>
  transaction(world, (tx) =>
    tell(tx, { kind, title: 'Отчёт принят', body: '…', href: '/reports', accountId: ids.get(clerk) ?? '', ...told }),
  )
const choose = (choices: Record<string, string>, person = 'dobronravova') =>
  world.as(person).put('/profile/message-choices', choices)
/** Nine in the morning in Irkutsk, so many days from now. */
const morning = (days: number, hour = 9) => {
  const day = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
  return new Date(`${day}T${String(hour).padStart(2, '0')}:00:00+08:00`)
}
const subjects = async (address = clerk) => {
  await world.settle()
  return (await world.lettersTo(address)).map(({ subject }) => subject)
}
const digest = 'Новые сообщения в личном кабинете'

describe('E12: how a person wants to be told', () => {
  it('begins with the table of kinds and keeps what is chosen, for this person alone', async () => {
    expect(await choose({ 'report.accepted': 'daily', 'report.sent': 'cabinet' })).toMatchObject({ status: 200 })
    const chosenBy = async (person: string) => {
      const { body } = await world.as(person).get('/profile/message-choices')
      const kinds = body.groups.flatMap(({ kinds }: { kinds: unknown[] }) => kinds)
      return Object.fromEntries(kinds.map(({ kind, delivery }: { kind: string; delivery: string }) => [kind, delivery]))
    }
    expect(await chosenBy('dobronravova')).toMatchObject({
      'report.accepted': 'daily',
      'report.sent': 'cabinet',
      'report.refused': 'at-once',
      'report.commented': 'cabinet',
    })
    expect(await chosenBy('krylatskaya')).toMatchObject({ 'report.accepted': 'at-once', 'report.sent': 'at-once' })
  })

  it('refuses to put off what is of security, and what is unknown; nothing of such a call is kept', async () => {
    expect(await choose({ 'report.sent': 'daily', 'seat.offered': 'cabinet' })).toMatchObject({
      status: 422,
      body: { code: 'messages.kind-always' },
    })
    expect(await choose({ 'report.sent': 'daily', 'report.burnt': 'daily' })).toMatchObject({
      status: 422,
      body: { code: 'messages.kind-unknown' },
    })
    expect((await choose({ 'report.sent': 'weekly' })).status).toBe(422)
    expect(await world.db.selectFrom('message_choices').selectAll().execute()).toEqual([])
  })

  it('is chosen on the page, by kind and by section, without scripts', async () => {
    const page = world.page('dobronravova')
    const { html } = await page.get('/profile/messages')
    expect(html).toContain('Отчёт возвращён')
    expect(html).toContain('отключить их нельзя')
    const from = '/profile/messages'
    expect(await page.submit(from, { 'report.refused': 'daily' })).toMatchObject({ status: 303, location: from })
    expect(await page.submit(`${from}/groups/applications`, { delivery: 'cabinet' }, from)).toMatchObject({
      status: 303,
    })
    const chosen = await world.db.selectFrom('message_choices').select(['kind', 'delivery']).orderBy('kind').execute()
    expect(chosen).toEqual([
      ...kindNames
        .filter((kind) => kind.startsWith('application.'))
        .sort()
        .map((kind) => ({ kind, delivery: 'cabinet' })),
      { kind: 'report.refused', delivery: 'daily' },
    ])
    expect((await page.submit(`${from}/groups/nothing`, { delivery: 'cabinet' }, from)).status).toBe(404)
    await page.submit(`${from}/groups/security`, { delivery: 'cabinet' }, from)
    await telling('seat.offered', { title: 'Вам передают организацию' })
    expect(await subjects()).toEqual(['Вам передают организацию'])
  })
})

describe('E12: the daily digest', () => {
  beforeEach(async () => {
    await choose({ 'report.accepted': 'daily' })
  })

  it('holds what is new and unread, once, in the morning; security does not wait for it', async () => {
    await telling('report.accepted', { title: 'Отчёт 85-К принят', sender: 'Управление образования' })
    await telling('report.accepted', { title: 'Отчёт 1-РШ принят' })
    await telling('seat.handed-over', { title: 'Единая учётная запись передана' })
    expect(await subjects()).toEqual(['Единая учётная запись передана'])
    const { rows } = (await world.as('dobronravova').get('/messages')).body
    const read = rows.find(({ title }: { title: string }) => title.includes('1-РШ'))
    await world.as('dobronravova').put(`/messages/${read.id}/reading`)

    await sendDigests(world.db, morning(1, 7))
    expect(await subjects()).toHaveLength(1)
    await sendDigests(world.db, morning(1))
    await sendDigests(world.db, morning(1, 20))
    await sendDigests(world.db, morning(2))
    expect(await subjects()).toEqual(['Единая учётная запись передана', digest])
    const [, letter] = await world.lettersTo(clerk)
    expect(letter?.text).toContain('Отчёт 85-К принят')
    expect(letter?.text).toContain('Управление образования')
    expect(letter?.text).not.toContain('1-РШ')
    expect(letter?.links).toEqual(['http://localhost/messages?unread=yes'])
  })

  it('goes once when two nodes look at the same moment', async () => {
    await telling('report.accepted')
    await Promise.all([1, 2, 3, 4].map(() => sendDigests(world.db, morning(1))))
    expect(await subjects()).toEqual([digest])
  })

  it('is one a day: what came after it waits for the next', async () => {
    await telling('report.accepted')
    await sendDigests(world.db, morning(1))
    // A transaction that began before the digest and ended after it.
    await telling('report.accepted', { title: 'Второй отчёт принят' })
    await sendDigests(world.db, morning(1, 10))
    expect(await subjects()).toHaveLength(1)
    await sendDigests(world.db, morning(2))
    expect(await subjects()).toHaveLength(2)
  })

  it('has nothing for who wants no more letters, nor for a closed account or an unconfirmed address', async () => {
    await choose({ 'report.accepted': 'daily' }, 'krylatskaya')
    await telling('report.accepted', { accountIds: [ids.get(colleague) ?? ''] })
    await choose({ 'report.accepted': 'cabinet' })
    const confirm = (at: Date | null) =>
      world.db.updateTable('accounts').set({ email_confirmed_at: at }).where('email', '=', colleague).execute()
    await confirm(null)
    await sendDigests(world.db, morning(1))
    await confirm(new Date())
    expect([...(await subjects()), ...(await subjects(colleague))]).toEqual([])
  })

  it('goes at once where nobody waits for a morning, and takes nothing twice', async () => {
    await telling('report.accepted')
    await sendDigestsNow(world.db)
    await sendDigestsNow(world.db)
    await sendDigests(world.db, morning(1))
    expect(await subjects()).toEqual([digest])
  })

  it('is due from eight in the morning of the installation', () => {
    expect(digestMoment(new Date('2026-03-10T23:59:59Z'), 'Asia/Irkutsk')).toBeUndefined()
    expect(digestMoment(new Date('2026-03-11T00:00:00.500Z'), 'Asia/Irkutsk')).toEqual({
      day: '2026-03-11',
      began: new Date('2026-03-11T00:00:00Z'),
    })
    expect(digestMoment(new Date('2026-03-10T20:00:00Z'), 'Europe/Kaliningrad')).toEqual({
      day: '2026-03-10',
      began: new Date('2026-03-10T06:00:00Z'),
    })
  })

  it('stays a letter of a readable size', () => {
    const lines = Array.from({ length: 300 }, (_, index) => ({
      title: `Отчёт ${index}`,
      sender: null,
      createdAt: new Date(),
    }))
    const { paragraphs } = digestLetter(lines)
    expect(paragraphs.length).toBeLessThan(60)
    expect(paragraphs.join()).toContain('И ещё сообщений: 250')
  })
})

describe('E12: whatever is told and chosen, in whatever order', () => {
  const kind = fc.constantFrom(...kindNames)
  const step = fc.oneof(
    { weight: 3, arbitrary: fc.record({ do: fc.constant('tell' as const), kind }) },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constant('choose' as const), kind, delivery: fc.constantFrom(...deliveries) }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('read' as const) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('digest' as const), nextDay: fc.boolean() }) },
  )
  type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

  it('a message leads to at most one letter, and one of security to exactly one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        for (const table of tables) await world.db.deleteFrom(table).execute()
        const told = await taken(steps)
        await sendDigests(world.db, morning(900))
        await world.settle()
        const letters = await world.lettersTo(clerk)
        for (const { title, kind, wanted } of told) {
          const holding = letters.filter(({ subject, text }) => `${subject}\n${text}`.includes(title)).length
          expect(holding, `${kind} ${title}`).toBeLessThanOrEqual(1)
          if (isAlways(kind) || wanted === 'at-once') expect(holding, `${kind} ${title}`).toBe(1)
          if (!isAlways(kind) && wanted === 'cabinet') expect(holding, `${kind} ${title}`).toBe(0)
        }
      }),
      { numRuns: 25 },
    )
  }, 60_000)

  async function taken(steps: readonly Step[]) {
    const wanted = new Map<MessageKind, Delivery>()
    const told: { title: string; kind: MessageKind; wanted: Delivery | undefined }[] = []
    let day = 1
    for (const one of steps) {
      switch (one.do) {
        case 'tell': {
          const title = `Случай №${told.length}.`
          await telling(one.kind, { title })
          told.push({ title, kind: one.kind, wanted: wanted.get(one.kind) })
          break
        }
        case 'choose':
          if ((await choose({ [one.kind]: one.delivery })).status === 200) wanted.set(one.kind, one.delivery)
          break
        case 'read':
          await world.as('dobronravova').put('/messages/reading')
          break
        case 'digest':
          if (one.nextDay) day += 1
          await sendDigests(world.db, morning(day))
          break
        default:
          one satisfies never
      }
    }
    return told
  }
})

describe('telling many', () => {
  it('takes as many statements as telling one, but for their letters', async () => {
    const everyone = [...ids.values()]
    const countOf = async (kind: MessageKind, accountIds: string[]) =>
      (await countedQueries(() => telling(kind, { accountIds }))).statements.length
    const one = await countOf('report.commented', everyone.slice(0, 1))
    expect(await countOf('report.commented', everyone)).toBe(one)
    expect(one).toBe(4) // begin, the messages, the devices, commit
    expect(await countOf('report.accepted', [ids.get(clerk) ?? ''])).toBe(one + 1)
  })
})

describe('my messages, narrowed', () => {
  it('are those of a section, those unread; a page of them is one statement more than an empty page', async () => {
    await telling('report.accepted', { title: 'Отчёт принят' })
    await telling('seat.offered', { title: 'Вам передают' })
    await telling('report.sent', { title: 'Отчёт отправлен' })
    const clerk = world.as('dobronravova')
    const titles = async (query: string) =>
      (await clerk.get(`/messages?${query}`)).body.rows.map(({ title }: { title: string }) => title)
    expect(await titles('group=reports')).toEqual(['Отчёт отправлен', 'Отчёт принят'])
    expect(await titles('group=security')).toEqual(['Вам передают'])
    const [first] = (await clerk.get('/messages?group=reports')).body.rows
    await clerk.put(`/messages/${first.id}/reading`)
    expect(await titles('group=reports&unread=yes')).toEqual(['Отчёт принят'])
    expect(await titles('group=nothing')).toHaveLength(3)
    const page = world.page('dobronravova')
    await page.get('/messages')
    const { statements } = await countedQueries(() => page.get('/messages?group=reports&unread=yes'))
    expect(statements).toHaveLength(2)
  })
})
