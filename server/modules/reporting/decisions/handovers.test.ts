/** A decider's queue in a colleague's hands: for some days, as far as was said, in both names. */
import { beforeAll, describe, expect, it } from 'vitest'
import { peopleOf, reportOf } from '../../../../test/support/reports.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'

let world: World
let as: ReturnType<typeof peopleOf>
let kindergartens: string
let own: string
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)

beforeAll(async () => {
  world = await openWorld()
  as = peopleOf(world)
  own = await reportOf(world, 'Журавушка')
  const row = await world.db.selectFrom('forms').select('id').where('cipher', '=', '85-К').executeTakeFirstOrThrow()
  kindergartens = row.id
  // A colleague in the municipality's body who decides nothing herself.
  await world.db
    .insertInto('memberships')
    .values({
      id: crypto.randomUUID(),
      account_id: await idOf('ds14.deloproizvodstvo@verhneozersk.example'),
      organisation_id: await organisationOf('%Верхнеозёрского муниципального района%'),
      role: 'member',
      starts_on: day(-3),
      ends_on: null,
      attached_by: null,
      ended_by: null,
    })
    .execute()
})

const idOf = async (email: string) =>
  (await world.db.selectFrom('accounts').select('id').where('email', '=', email).executeTakeFirstOrThrow()).id
const organisationOf = async (name: string) =>
  (
    await world.db
      .selectFrom('organisations')
      .select('id')
      .where('short_name', 'like', name)
      .where('level', '=', 'municipality')
      .executeTakeFirstOrThrow()
  ).id
const colleague = () => idOf('ds14.deloproizvodstvo@verhneozersk.example')
const handOver = async (more: object = {}) =>
  as('voznesensky').post('/handovers', { toId: await colleague(), startsOn: day(-1), endsOn: day(5), ...more })
const accept = (id: string) => world.as('krylatskaya').put(`/reports/${id}/acceptance`)
const end = async () => {
  const { handovers } = (await as('voznesensky').get('/handovers')).body
  for (const { id } of handovers) expect((await as('voznesensky').delete(`/handovers/${id}`)).status).toBe(204)
}

describe('a handed-over queue', () => {
  it('brings the demand for a second factor with it, as long as it lasts', async () => {
    const demand = (roles: string[]) => world.as('orlova').put('/demanding-roles', { roles })
    const stage = async () => (await world.as('krylatskaya').get('/session')).body.stage
    expect((await handOver()).status).toBe(201)
    await demand(['supervisor'])
    expect(await stage()).toBe('second-factor')
    await demand([])
    expect(await stage()).toBe('full')
    await end()
    await demand(['supervisor'])
    expect(await stage()).toBe('full')
    await demand([])
  })

  it('is not anybody’s, nor for days that are over', async () => {
    const stranger = await idOf('uo@zarechye.example')
    expect(await handOver({ toId: stranger })).toMatchObject({ status: 422, body: { code: 'handover.unfit' } })
    expect((await handOver({ startsOn: day(-9), endsOn: day(-5) })).status).toBe(422)
    expect((await as('dobronravova').post('/handovers', {})).status).toBe(403)
  })

  it('of another form lets nothing of this one be decided', async () => {
    const other = await world.db
      .selectFrom('forms')
      .select('id')
      .where('cipher', '=', '1-места')
      .executeTakeFirstOrThrow()
    expect((await handOver({ formId: other.id })).status).toBe(201)
    expect((await accept(own)).status).toBe(404)
    expect((await world.as('krylatskaya').get(`/reports?q=${encodeURIComponent('Журавушка')}`)).body.total).toBe(0)
    const page = await world.page('krylatskaya').get('/handovers')
    expect(page.html).toContain('Журавушка')
    expect(page.html).toContain('1-места')
    await end()
    expect((await world.page('krylatskaya').get('/handovers')).status).toBe(403)
  })

  it('that is to come lets nothing be decided yet', async () => {
    await handOver({ startsOn: day(3) })
    expect((await accept(own)).status).toBe(403)
    await end()
  })

  it('of one form is decided in both names, told to both, and ends', async () => {
    await world.settle()
    const before = (await world.lettersTo('ds14.deloproizvodstvo@verhneozersk.example')).length
    expect((await handOver({ formId: kindergartens, reason: 'Отпуск' })).status).toBe(201)
    await world.settle()
    expect((await world.lettersTo('ds14.deloproizvodstvo@verhneozersk.example')).length).toBe(before + 1)
    expect((await world.lettersTo('uo@verhneozersk.example')).at(-1)?.subject).toContain('передана')
    const page = await world.page('krylatskaya').get('/handovers')
    expect(page.html).toContain('Журавушка')
    expect(await accept(own)).toMatchObject({ status: 200, body: { state: 'accepted' } })
    const { body } = await as('voznesensky').get(`/reports/${own}/submissions/1`)
    expect(body.decisions).toMatchObject([
      { outcome: 'accepted', by: 'Крылатская Евпраксия Дормидонтовна', onBehalfOf: 'Вознесенский Аркадий Петрович' },
    ])
    await end()
    expect((await accept(own)).status).toBe(403)
  })

  it('lends no further than one’s own right, which ends with it', async () => {
    await handOver()
    await world.db
      .updateTable('grants')
      .set({ revoked_at: new Date() })
      .where('account_id', '=', await idOf('uo@verhneozersk.example'))
      .execute()
    expect((await accept(own)).status).not.toBe(200)
  })
})
