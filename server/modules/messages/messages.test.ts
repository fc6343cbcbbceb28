import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../../../test/support/world.ts'
import { transaction } from '../../kernel/db/index.ts'
import { type Telling, tell } from './messages.ts'

let world: World
const accounts = new Map<string, string>()

beforeAll(async () => {
  world = await openWorld()
  for (const { id, email } of await world.db.selectFrom('accounts').select(['id', 'email']).execute())
    accounts.set(email, id)
})
beforeEach(async () => {
  await world.db.deleteFrom('messages').execute()
  await world.db.deleteFrom('letters').execute()
})

const clerk = 'ds14@verhneozersk.example'
const colleague = 'ds14.deloproizvodstvo@verhneozersk.example'
const idOf = (email: string) => accounts.get(email) ?? ''
const told = {
  kind: 'report.refused',
  title: 'Отчёт возвращён',
  body: 'Исправьте раздел 4.',
  href: '/reports',
} as const satisfies Telling
const telling = (telling: Partial<Telling>) =>
  transaction(world, (tx) => tell(tx, { ...told, accountId: idOf(clerk), ...telling }))
const unreadOf = async (person: string) => (await world.as(person).get('/messages')).body.unread

describe('E12: telling', () => {
  it('reaches the cabinet and the mailbox, with a link that marks it read', async () => {
    await telling({})
    await world.settle()
    expect(await unreadOf('dobronravova')).toBe(1)
    const [letter] = await world.lettersTo(clerk)
    expect(letter).toMatchObject({ subject: 'Отчёт возвращён' })
    const link = new URL(letter?.links[0] ?? '')
    expect(link.origin).toBe('http://localhost')
    expect(await world.page('dobronravova').get(link.pathname)).toMatchObject({ status: 303, location: '/reports' })
    expect(await unreadOf('dobronravova')).toBe(0)
  })

  it('tells the same thing to one account once', async () => {
    const accountIds = [idOf(clerk), idOf(clerk), idOf(colleague)]
    await telling({ accountIds, uniqueKey: 'one' })
    await telling({ accountIds, uniqueKey: 'one' })
    await world.settle()
    expect([await unreadOf('dobronravova'), await unreadOf('krylatskaya')]).toEqual([1, 1])
    expect(await world.lettersTo(clerk)).toHaveLength(1)
  })

  it('writes no letter to an address that is not confirmed, nor of what stays in the cabinet', async () => {
    const confirm = (at: Date | null) =>
      world.db.updateTable('accounts').set({ email_confirmed_at: at }).where('email', '=', colleague).execute()
    await confirm(null)
    await telling({ accountId: idOf(colleague) })
    await confirm(new Date())
    await telling({ kind: 'report.commented' })
    await world.settle()
    expect([...(await world.lettersTo(clerk)), ...(await world.lettersTo(colleague))]).toEqual([])
  })

  it('leaves nothing behind when what happened did not happen', async () => {
    await transaction(world, async (tx) => {
      await tell(tx, { ...told, accountId: idOf(clerk) })
      throw new Error('no')
    }).catch(() => undefined)
    await world.settle()
    expect(await unreadOf('dobronravova')).toBe(0)
    expect(await world.lettersTo(clerk)).toEqual([])
  })
})

describe('my messages', () => {
  it('are mine alone', async () => {
    await telling({})
    const [message] = (await world.as('dobronravova').get('/messages')).body.rows
    expect((await world.as('krylatskaya').put(`/messages/${message.id}/reading`)).status).toBe(404)
    expect((await world.page('krylatskaya').get(`/messages/${message.id}`)).status).toBe(404)
    expect((await world.as('dobronravova').put(`/messages/${message.id}/reading`)).body.readAt).not.toBeNull()
  })

  it('show the new ones first; one is marked where it stands, then all', async () => {
    await telling({ title: 'Первое' })
    await telling({ title: 'Второе' })
    const page = world.page('dobronravova')
    const { rows } = (await world.as('dobronravova').get('/messages')).body
    expect(await page.submit(`/messages/${rows[0].id}/reading`, {}, '/messages')).toMatchObject({
      location: '/messages',
    })
    const titles = (await world.as('dobronravova').get('/messages')).body.rows.map(
      ({ title }: { title: string }) => title,
    )
    expect(titles).toEqual(['Первое', 'Второе'])
    await page.submit('/messages/reading', {}, '/messages')
    expect(await unreadOf('dobronravova')).toBe(0)
    expect((await page.get('/messages')).html).not.toContain('Прочитать все')
  })
})
