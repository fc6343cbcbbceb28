/** Whatever is sent twice is done once. */
import { beforeAll, describe, expect, it } from 'vitest'
import { guardsOf } from '../../../test/support/clients.ts'
import { openWorld, type World } from '../../../test/support/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})

describe('a form sent twice', () => {
  it('signs in both times: the browser may have lost the first answer', async () => {
    const person = world.page()
    const { html } = await person.get('/sign-in')
    const fields = { ...guardsOf(html), login: 'ds14@verhneozersk.example', password: 'Stend-2027!' }
    const first = await person.post('/sign-in', fields)
    expect(first.status).toBe(303)
    expect(first.headers.getSetCookie().join()).toContain('kabinet_session')
  })

  it('is refused as often as it is wrong, and nothing of it is kept', async () => {
    const person = world.page()
    const { html } = await person.get('/sign-in')
    const fields = { ...guardsOf(html), login: 'nobody@verhneozersk.example', password: 'Wrong-1234' }
    expect((await person.post('/sign-in', fields)).status).toBe(401)
    expect((await person.post('/sign-in', fields)).status).toBe(401)
    expect(
      await world.db.selectFrom('idempotency_keys').select('key').where('body', 'like', '%nobody@%').execute(),
    ).toEqual([])
  })
})

describe('a call sent twice under one key', () => {
  const write = (key: string, text: string, report: string) =>
    world.as('dobronravova').post(`/reports/${report}/comments`, { text }, { 'idempotency-key': key })

  it('gives the first answer again to the same session, and does it once', async () => {
    const clerk = world.as('dobronravova')
    const { body } = await clerk.get('/reports?year=2026')
    const report: string = body.reports[0].id
    const send = () => clerk.post(`/reports/${report}/comments`, { text: 'Один раз' }, { 'idempotency-key': 'key-1' })
    const replies = await Promise.all([send(), send(), send()])
    expect(new Set(replies.map((reply) => JSON.stringify(reply.body))).size).toBe(1)
    const { body: after } = await clerk.get(`/reports/${report}/comments`)
    expect(after.comments.filter(({ text }: { text: string }) => text === 'Один раз')).toHaveLength(1)
  })

  it('is refused when the text is another', async () => {
    const clerk = world.as('dobronravova')
    const { body } = await clerk.get('/reports?year=2026')
    const report: string = body.reports[0].id
    const send = (text: string) => clerk.post(`/reports/${report}/comments`, { text }, { 'idempotency-key': 'key-2' })
    expect((await send('Первый')).status).toBeLessThan(300)
    expect(await send('Второй')).toMatchObject({ status: 422, body: { code: 'key-reused' } })
  })

  it('means nothing to another session', async () => {
    const { body } = await world.as('dobronravova').get('/reports?year=2026')
    const report: string = body.reports[0].id
    expect((await write('key-3', 'Из одного окна', report)).status).toBeLessThan(300)
    expect((await write('key-3', 'Из другого окна', report)).status).toBeLessThan(300)
  })
})
