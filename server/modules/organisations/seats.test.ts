import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { firstRules } from '../../../contracts/audiences.ts'
import { wordsOf } from '../../../test/support/newcomers.ts'
import { openWorld, type World } from '../../../test/support/world.ts'
import { transaction } from '../../kernel/db/index.ts'
import { attachMember } from './organisations.ts'

let world: World
let romashka: string
let zhuravushka: string
const ids = new Map<string, string>()

const keep = (seat: boolean) =>
  world.db
    .insertInto('audience_rules')
    .values({ audience: 'staff', rule: JSON.stringify({ ...firstRules.staff, seat }) })
    .onConflict((conflict) =>
      conflict.column('audience').doUpdateSet({ rule: JSON.stringify({ ...firstRules.staff, seat }) }),
    )
    .execute()

beforeAll(async () => {
  world = await openWorld()
  const people = await world.db.selectFrom('accounts').select(['id', 'email']).execute()
  for (const { id, email } of people) ids.set(email, id)
  const own = async (email: string) =>
    (
      await world.db
        .selectFrom('memberships')
        .select('organisation_id as id')
        .where('account_id', '=', idOf(email))
        .executeTakeFirstOrThrow()
    ).id
  romashka = await own(clerk)
  zhuravushka = await own(neighbour)
  await keep(true)
})

const clerk = 'ds14@verhneozersk.example'
const neighbour = 'ds21@verhneozersk.example'
const newcomer = 'a.preobrazhenskaya@verhneozersk.example'
const idOf = (email: string) => ids.get(email) ?? ''

/** Back to where dobronravova alone holds the seat of her kindergarten. */
beforeEach(async () => {
  await world.db.deleteFrom('seat_offers').execute()
  await world.db.deleteFrom('seats').execute()
  await world.db.deleteFrom('memberships').where('organisation_id', '=', romashka).execute()
  await attach(clerk, romashka)
})
const attach = (email: string, organisationId: string) =>
  transaction({ db: world.db }, (tx) =>
    attachMember(
      tx,
      { requestId: 'test' },
      { accountId: idOf(email), organisationId, role: 'responsible', startsOn: '2026-01-01', endsOn: null },
    ),
  )
const offer = async (by: string, email = newcomer) => {
  const reply = await world.as(by).post(`/organisations/${romashka}/seat-offers`, { email })
  return { status: reply.status, body: reply.body, id: reply.body.offer?.id }
}
const seat = async (by: string) => (await world.as(by).get(`/organisations/${romashka}/seat`)).body

describe('S5 the one account of an organisation', () => {
  it('is held by whoever was attached first, and by nobody beside', async () => {
    expect(await seat('dobronravova')).toMatchObject({
      kept: true,
      mayOffer: true,
      holder: { fullName: 'Добронравова Светлана Викторовна', heldUntil: null },
    })
    await expect(attach(newcomer, romashka)).rejects.toMatchObject({ code: 'seat-taken', status: 409 })
    expect((await seat('auditor')).mayOffer).toBe(false)
  })

  it('goes to one of two who are attached at once', async () => {
    await world.db.deleteFrom('seats').execute()
    await world.db.deleteFrom('memberships').where('organisation_id', '=', romashka).execute()
    const both = await Promise.allSettled([attach(clerk, romashka), attach(newcomer, romashka)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('is handed over by its holder: rights end and begin at once, both are told, the history stays', async () => {
    const { id } = await offer('dobronravova')
    const former = world.as('dobronravova')
    expect(await former.get(`/organisations/${romashka}`)).toMatchObject({ status: 200 })
    await world.settle()
    expect((await world.lettersTo(newcomer)).at(-1)?.subject).toContain('Вам передают')
    expect(await world.as('preobrazhenskaya').get(`/organisations/${romashka}`)).toMatchObject({ status: 403 })

    const accepted = await world.as('preobrazhenskaya').put(`/seat-offers/${id}/acceptance`)
    expect(accepted).toMatchObject({ status: 200, body: { state: 'accepted' } })
    // The session that was open before has no rights over it any more.
    expect((await former.get(`/organisations/${romashka}`)).status).toBeGreaterThanOrEqual(403)
    const now = await seat('preobrazhenskaya')
    expect(now.holder.fullName).toContain('Преображенская')
    expect(now.history).toMatchObject([{ fullName: 'Добронравова Светлана Викторовна' }])
    const { body } = await world.as('voznesensky').get(`/organisations/${romashka}/members`)
    expect(body).toMatchObject([{ accountId: idOf(newcomer), role: 'responsible' }])

    await world.settle()
    expect((await world.lettersTo(clerk)).at(-1)?.subject).toContain('передана')
    expect((await world.lettersTo(newcomer)).at(-1)?.subject).toContain('теперь у вас')
  })

  it('is handed over by who decides over the organisation, also when nobody holds it', async () => {
    expect((await offer('voznesensky')).status).toBe(201)
    await world.db.deleteFrom('seat_offers').execute()
    await world.db.deleteFrom('seats').execute()
    await world.db.deleteFrom('memberships').where('organisation_id', '=', romashka).execute()
    const { id } = await offer('orlova')
    expect(await world.as('preobrazhenskaya').put(`/seat-offers/${id}/acceptance`)).toMatchObject({ status: 200 })
    expect((await seat('voznesensky')).holder.accountId).toBe(idOf(newcomer))
  })

  it('leaves nobody else attached who was there before the rule held, and tells them', async () => {
    await keep(false)
    await attach('ds14.deloproizvodstvo@verhneozersk.example', romashka)
    await keep(true)
    const { id } = await offer('dobronravova')
    expect(await world.as('preobrazhenskaya').put(`/seat-offers/${id}/acceptance`)).toMatchObject({ status: 200 })
    const { body } = await world.as('voznesensky').get(`/organisations/${romashka}/members`)
    expect(body.map(({ accountId }: { accountId: string }) => accountId)).toEqual([idOf(newcomer)])
    await world.settle()
    expect((await world.lettersTo('ds14.deloproizvodstvo@verhneozersk.example')).at(-1)?.subject).toContain('передана')
  })

  it('is nobody else’s to offer, to answer or to see', async () => {
    expect((await offer('zlatovratskaya')).status).toBe(404)
    expect((await offer('auditor')).status).toBe(403)
    const { id } = await offer('dobronravova')
    for (const person of ['zlatovratskaya', 'auditor', 'belozertseva']) {
      expect(await world.as(person).get(`/seat-offers/${id}`)).toMatchObject({ status: 404 })
      expect(await world.as(person).put(`/seat-offers/${id}/acceptance`)).toMatchObject({ status: 404 })
      expect(await world.as(person).delete(`/seat-offers/${id}`)).toMatchObject({ status: 404 })
    }
    // Nor may the giver accept for the receiver.
    expect(await world.as('dobronravova').put(`/seat-offers/${id}/acceptance`)).toMatchObject({ status: 404 })
  })

  it('accepted twice at once is taken once', async () => {
    const { id } = await offer('dobronravova')
    const replies = await Promise.all(
      [1, 2].map(() => world.as('preobrazhenskaya').put(`/seat-offers/${id}/acceptance`)),
    )
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409])
    const held = await world.db.selectFrom('seats').select('id').where('held_until', 'is', null).execute()
    expect(held).toHaveLength(1)
  })

  it('accepted and withdrawn at once is one of the two', async () => {
    const { id } = await offer('dobronravova')
    const [accepted, withdrawn] = await Promise.all([
      world.as('preobrazhenskaya').put(`/seat-offers/${id}/acceptance`),
      world.as('dobronravova').delete(`/seat-offers/${id}`),
    ])
    expect([accepted.status < 300, withdrawn.status < 300].filter(Boolean)).toHaveLength(1)
  })

  it('refused or withdrawn changes nothing, and may be offered anew', async () => {
    const first = await offer('dobronravova')
    expect((await offer('dobronravova')).body).toMatchObject({ code: 'seat-offered' })
    expect(await world.as('preobrazhenskaya').put(`/seat-offers/${first.id}/refusal`)).toMatchObject({ status: 200 })
    await world.settle()
    expect((await world.lettersTo(clerk)).at(-1)?.subject).toContain('отказались')
    const second = await offer('dobronravova')
    expect(await world.as('dobronravova').delete(`/seat-offers/${second.id}`)).toMatchObject({ status: 204 })
    expect(await world.as('preobrazhenskaya').put(`/seat-offers/${second.id}/acceptance`)).toMatchObject({
      status: 409,
    })
    expect((await seat('dobronravova')).holder.accountId).toBe(idOf(clerk))
  })

  it.each([
    ['an address nobody has confirmed', 'net@verhneozersk.example'],
    ['its own holder', clerk],
  ])('is not offered to %s', async (_, email) => {
    expect(await offer('dobronravova', email)).toMatchObject({ status: 422, body: { errors: [{ field: 'email' }] } })
  })

  it('is no matter where the rule does not ask for it', async () => {
    await keep(false)
    try {
      expect((await offer('dobronravova')).body).toMatchObject({ code: 'seat-not-kept' })
      await attach(newcomer, zhuravushka)
    } finally {
      await world.db.deleteFrom('memberships').where('account_id', '=', idOf(newcomer)).execute()
      await keep(true)
    }
  })

  it('is seen and handed over by pages alone', async () => {
    const page = world.page('dobronravova')
    expect(wordsOf(await page.get(`/organisations/${romashka}`))).toContain('Единая учётная запись')
    const path = `/organisations/${romashka}/seat`
    const wrong = await page.submit(path, { email: 'net@verhneozersk.example' })
    expect(wrong.status).toBe(422)
    expect(wordsOf(wrong)).toContain('с такой подтверждённой почтой нет')
    expect(await page.submit(path, { email: newcomer })).toMatchObject({ status: 303, location: path })
    const { id } = (await seat('dobronravova')).offer
    const other = world.page('preobrazhenskaya')
    const told = await other.get(`/seat-offers/${id}`)
    expect(wordsOf(told)).toContain('Принять учётную запись')
    expect(await other.submit(`/seat-offers/${id}/acceptance`, {}, `/seat-offers/${id}`)).toMatchObject({
      status: 303,
      location: `/organisations/${romashka}`,
    })
  })
})
