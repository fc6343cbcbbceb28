/** E1: an organisation is no more: its people learn of it, and what waits about it is closed. */
import { beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../../../test/support/world.ts'

let world: World
let romashka: string
beforeAll(async () => {
  world = await openWorld()
  romashka = (await world.as('dobronravova').get('/session')).body.organisation.id
})

const operator = 'tihomirov'
const clerkMail = 'ds14@verhneozersk.example'

const versionOf = async (id: string): Promise<number> =>
  (await world.as(operator).get(`/organisations/${id}`)).body.version
const subjectsTo = async (email: string) => (await world.lettersTo(email)).map(({ subject }) => subject)
const askAttachment = async () =>
  (
    await world.as('preobrazhenskaya').post('/applications/attachments', {
      organisationId: romashka,
      role: 'member',
      why: 'Замещаю делопроизводителя',
    })
  ).body

describe('an organisation is liquidated', () => {
  it('closes what waits about it with the reason, tells the asker, the deciders and its people', async () => {
    const { id, number } = await askAttachment()
    await world.settle()
    const ending = { on: '2026-01-12', reason: 'Постановление № 4', version: await versionOf(romashka) }
    expect((await world.as(operator).put(`/organisations/${romashka}/liquidation`, ending)).status).toBeLessThan(300)
    await world.settle()

    const { body } = await world.as('preobrazhenskaya').get(`/applications/${id}`)
    expect(body).toMatchObject({ state: 'closed', decidedBy: null, mayWithdraw: false, deciders: [] })
    expect(body.reason).toContain('закрыта в реестре')
    expect(body.steps.at(-1)).toMatchObject({ kind: 'closed', by: null })
    expect(await subjectsTo('a.preobrazhenskaya@verhneozersk.example')).toContain(
      `Заявка № ${number} закрыта без решения`,
    )
    expect((await world.as('voznesensky').get('/messages')).body.rows[0].title).toContain('закрыта, решение не нужно')
    const told = (await world.lettersTo(clerkMail)).at(-1)
    expect(told?.subject).toBe('Ваша организация закрыта в реестре')
    expect(told?.text).toContain('Постановление № 4')
  })

  it('leaves nothing to decide, shows it in words, and is told once', async () => {
    const { body } = await world.as('voznesensky').get('/applications?side=queue&state=closed')
    const [{ id }] = body.rows
    expect((await world.as('voznesensky').put(`/applications/${id}/granting`, { role: 'member' })).status).toBe(409)
    expect((await world.as('preobrazhenskaya').put(`/applications/${id}/withdrawal`)).status).toBe(409)
    const { html } = await world.page('preobrazhenskaya').get(`/applications/${id}`)
    expect(html).toContain('Закрыта без решения')
    await world.db
      .updateTable('events')
      .set({ handled_at: null })
      .where('name', 'in', ['organisation.ended', 'application.closed'])
      .execute()
    await world.settle()
    expect((await subjectsTo(clerkMail)).filter((subject) => subject.startsWith('Ваша организация'))).toHaveLength(1)
  })
})

describe('an organisation is merged', () => {
  it('tells its people where to go on', async () => {
    const reopening = { reason: 'Закрыта по ошибке', version: await versionOf(romashka) }
    expect((await world.as(operator).put(`/organisations/${romashka}/reopening`, reopening)).status).toBeLessThan(300)
    await askAttachment()
    const intoId = (await world.as(operator).get('/organisations/search?q=Рябинушка')).body[0].id
    const merger = { intoId, on: '2026-01-12', reason: 'Присоединение', version: await versionOf(romashka) }
    expect((await world.as(operator).put(`/organisations/${romashka}/merger`, merger)).status).toBeLessThan(300)
    await world.settle()
    const told = (await world.lettersTo(clerkMail)).at(-1)
    expect(told?.text).toContain('Её дела перешли к организации')
    const closed = (await world.lettersTo('a.preobrazhenskaya@verhneozersk.example')).at(-1)
    expect(closed?.text).toContain('вошла в состав другой')
  })
})
