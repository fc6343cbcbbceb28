/** N5: «Синхронизация с Госуслугами» of a doctor, and what must not be tied or survive. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { firstRules } from '../../../../contracts/audiences.ts'
import type { PageClient } from '../../../../test/support/clients.ts'
import { comeAs, type ListeningEsia, listeningEsia, onwardIn, pathOf } from '../../../../test/support/esia.ts'
import { wordsOf } from '../../../../test/support/newcomers.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'

const page = '/profile/gosuslugi'
const doctor = 'podorozhnikova'

let world: World
let esia: ListeningEsia
beforeAll(async () => {
  world = await openWorld()
  esia = await listeningEsia()
})
afterAll(() => esia.close())
beforeEach(async () => {
  await world.db.deleteFrom('external_identities').execute()
  await world.db.deleteFrom('audience_rules').execute()
  setPerson(doctor, { snils: '000-000-602 01', lastName: 'Подорожникова' })
})

const why = (location: string | null) => new URL(location ?? '', 'http://localhost').searchParams.get('why')
const setPerson = (key: string, changes: object) =>
  Object.assign(esia.esia.persons.find((person) => person.key === key) ?? {}, changes)
const begin = async (client: PageClient) => new URL(onwardIn((await client.submit(page, {})).html)).searchParams
const tie = async (client: PageClient, person: string) => client.get(esia.choose(await begin(client), person))

/** Signs in by the password and ties. */
async function tied(): Promise<PageClient> {
  const client = world.page(doctor)
  const reply = await tie(client, doctor)
  expect(reply).toMatchObject({ status: 303, location: page })
  return client
}

describe('tying', () => {
  it('shows «Связано», tells the person by letter, and opens the door', async () => {
    const client = await tied()
    expect(wordsOf(await client.get(page))).toContain('Связано')
    await world.settle()
    expect((await world.lettersTo('podorozhnikova@bolnica.example')).at(-1)?.subject).toContain('привязаны Госуслуги')
    const entered = world.page()
    expect((await comeAs(esia, entered, doctor)).location).toBe('/cabinet')
    expect((await entered.get('/profile')).status).toBe(200)
  })

  it('is asked for by a form of one’s own: a link from elsewhere begins nothing', async () => {
    const client = world.page(doctor)
    const forged = await client.post(page, {})
    expect(forged.html).not.toContain('http-equiv="refresh"')
    expect(await world.db.selectFrom('external_identities').select('id').execute()).toEqual([])
  })

  it('must come back into the session of the person that began it', async () => {
    const client = world.page(doctor)
    const back = esia.choose(await begin(client), doctor)
    await client.submit('/sign-out', {}, '/profile')
    expect(why((await client.get(back)).location)).toBe('external-sign-in-dead')
    expect(await world.db.selectFrom('external_identities').select('id').execute()).toEqual([])
  })

  it('of another person’s is refused: their СНИЛС differ', async () => {
    const client = world.page(doctor)
    const reply = await tie(client, 'lugovaya')
    expect(why(reply.location)).toBe('esia-other-person')
    expect(wordsOf(await client.get(reply.location ?? ''))).toContain('Привязать можно только свои Госуслуги')
  })

  it('of what is tied to another account is refused, and so is a second one', async () => {
    await tied()
    setPerson('dobronravova', { oid: esia.esia.persons.find(({ key }) => key === doctor)?.oid })
    const other = await tie(world.page('dobronravova'), 'dobronravova')
    setPerson('dobronravova', { oid: 1_000_000_003 })
    expect(why(other.location)).toBe('esia-taken')
    const again = await world.page(doctor).submit(page, {})
    expect(wordsOf(again)).toContain('уже привязаны другие Госуслуги')
  })

  it('is refused where the rule of the audience closes it, at the beginning and on the way back', async () => {
    const client = world.page(doctor)
    const back = esia.choose(await begin(client), doctor)
    await closeFor('specialist')
    expect(why((await client.get(back)).location)).toBe('esia-not-allowed')
    expect(wordsOf(await client.get(page))).toContain('вход через Госуслуги закрыт')
    expect((await world.as(doctor).post('/profile/gosuslugi')).body.code).toBe('esia-not-allowed')
  })

  it('goes through the API too', async () => {
    const api = world.as(doctor)
    expect((await api.get('/profile/gosuslugi')).body).toEqual({ available: true, tied: null })
    const { body } = await api.post('/profile/gosuslugi')
    await api.fetch(esia.choose(new URL(body.location).searchParams, doctor))
    expect((await api.get('/profile/gosuslugi')).body.tied).toMatchObject({ refreshable: true, organisation: null })
    expect((await api.delete('/profile/gosuslugi')).status).toBe(204)
    expect((await api.delete('/profile/gosuslugi')).body.code).toBe('esia-nothing-tied')
  })
})

async function closeFor(audience: 'specialist'): Promise<void> {
  const rule = { ...firstRules[audience], doors: { ...firstRules[audience].doors, esia: 'no' as const } }
  await world.db
    .insertInto('audience_rules')
    .values({ audience, rule: JSON.stringify(rule) })
    .execute()
}

describe('a tied account', () => {
  it('does not come in once the rule of its audience is closed', async () => {
    await tied()
    await closeFor('specialist')
    const client = world.page()
    expect(why((await comeAs(esia, client, doctor)).location)).toBe('door-closed')
    expect((await client.get('/profile')).location).toContain('/sign-in')
  })

  it('follows ЕСИА when its data are refreshed, each time by a token used once', async () => {
    const client = await tied()
    setPerson(doctor, { lastName: 'Подорожникова-Лебедь' })
    for (let time = 0; time < 2; time += 1)
      expect(await client.submit(`${page}/data`, {}, page)).toMatchObject({ status: 303, location: page })
    expect(wordsOf(await client.get(page))).toContain('Подорожникова-Лебедь')
  })

  it('is not refreshed with another person’s data', async () => {
    const client = await tied()
    setPerson(doctor, { snils: '000-000-699 01' })
    expect(wordsOf(await client.submit(`${page}/data`, {}, page))).toContain('не такие, как в вашей учётной записи')
    expect(why((await comeAs(esia, world.page(), doctor)).location)).toBe('esia-other-person')
  })

  it('keeps its token sealed, and not at all once it is untied', async () => {
    const client = await tied()
    const token = () =>
      world.db.selectFrom('external_identities').select('sealed_refresh_token as sealed').executeTakeFirstOrThrow()
    expect((await token()).sealed?.length).toBeGreaterThan(40)
    await client.submit(`${page}/untying`, {})
    expect((await token()).sealed).toBeNull()
  })
})

describe('untying', () => {
  it('asks first; afterwards the proof is worth nothing, nor is a session that it opened', async () => {
    const client = await tied()
    const entered = world.page()
    await comeAs(esia, entered, doctor)
    expect((await entered.get('/profile')).status).toBe(200)
    expect(wordsOf(await client.get(`${page}/untying`))).toContain('Отвязать Госуслуги?')
    expect(await client.submit(`${page}/untying`, {})).toMatchObject({ status: 303, location: page })
    expect(wordsOf(await client.get(page))).toContain('Не связано')
    expect((await entered.get('/profile')).location).toContain('/sign-in')
    expect(why((await comeAs(esia, world.page(), doctor)).location)).toBe('esia-account-exists')
    await world.settle()
    expect((await world.lettersTo('podorozhnikova@bolnica.example')).at(-1)?.subject).toContain('отвязаны')
  })

  it('kills a tying that was begun before it', async () => {
    const client = world.page(doctor)
    const late = esia.choose(await begin(client), doctor)
    await tie(client, doctor)
    await client.submit(`${page}/untying`, {})
    expect(why((await client.get(late)).location)).toBe('external-sign-in-dead')
    expect(wordsOf(await client.get(page))).toContain('Не связано')
  })

  it('is refused when there is no other way in', async () => {
    const citizen = world.page()
    await comeAs(esia, citizen, 'lugovaya')
    const consent = await citizen.get('/sign-in/consent')
    const [, version = ''] = /name="version" value="([^"]*)"/.exec(consent.html) ?? []
    const agreed = await citizen.submit('/sign-in/consent', { version, consent: 'on' })
    expect(pathOf(agreed.location ?? '')).toBe('/cabinet')
    expect(wordsOf(await citizen.submit(`${page}/untying`, {}))).toContain('единственный способ входа')
    expect(wordsOf(await citizen.get(page))).toContain('Связано')
  })
})
