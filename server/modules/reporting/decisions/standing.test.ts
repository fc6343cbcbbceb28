/** What two levels mean elsewhere: in lists of what waits, in the totals, when an organisation moves, in a handed queue. */
import { beforeAll, describe, expect, it } from 'vitest'
import { peopleOf, reportOf } from '../../../../test/support/reports.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'

let world: World
let as: ReturnType<typeof peopleOf>
let report: string
let organisation: { id: string; parent_id: string | null; lineage: string[]; version: number }

const clerk = 'dobronravova'
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)

beforeAll(async () => {
  world = await openWorld()
  as = peopleOf(world)
  report = await reportOf(world, 'Ромашка', 2026, '1-места')
  organisation = await world.db
    .selectFrom('organisations')
    .select(['id', 'parent_id', 'lineage', 'version'])
    .where('id', '=', (query) => query.selectFrom('reports').select('organisation_id').where('id', '=', report))
    .executeTakeFirstOrThrow()
})

const fill = async (places: string) => {
  const changes = { '1/104/3': places, '1/104/4': '900', '1/105/3': '0', '1/105/4': '0' }
  expect((await as(clerk).patch(`/reports/${report}/cells`, { changes })).body.refused).toEqual([])
}
/** Filled in and sent anew, whatever it was before. */
async function sent(places = '900'): Promise<void> {
  await world.db.updateTable('reports').set({ state: 'draft' }).where('id', '=', report).execute()
  await fill(places)
  expect((await as(clerk).put(`/reports/${report}/sending`)).status).toBe(200)
}
const accept = async (person: Parameters<typeof as>[0]) =>
  as(person).put(`/reports/${report}/acceptance`, { level: (await shown()).level?.code })
const shown = async () => (await as(clerk).get(`/reports/${report}`)).body
const cabinetOf = async (person: Parameters<typeof as>[0]) => (await world.page(person).get('/cabinet')).html

describe('a report that waits at the second level', () => {
  it('is in no list of whoever accepted it at the first, while somebody else could decide', async () => {
    await sent()
    expect(await cabinetOf('tihomirov')).toContain(report)
    expect((await accept('tihomirov')).body).toMatchObject({ state: 'sent', level: { code: 'region' } })
    expect(await cabinetOf('tihomirov')).not.toContain(report)
    expect(await cabinetOf('radonezhsky')).toContain(report)
  })

  it('is in that list again where nobody else is left', async () => {
    await sent()
    await accept('tihomirov')
    const others = await world.db
      .selectFrom('grants as g')
      .innerJoin('accounts as a', 'a.id', 'g.account_id')
      .select(['g.id'])
      .where('g.role', 'in', ['region-operator', 'administrator'])
      .where('a.email', '<>', 'operator@svetlorechye.example')
      .execute()
    const ids = others.map(({ id }) => id)
    const revoke = (at: Date | null) =>
      world.db.updateTable('grants').set({ revoked_at: at }).where('id', 'in', ids).execute()
    await revoke(new Date())
    expect(await cabinetOf('tihomirov')).toContain(report)
    await revoke(null)
    expect(await cabinetOf('tihomirov')).not.toContain(report)
  })
})

describe('a submission’s table', () => {
  it('shows what was pulled from other reports when it was sent', async () => {
    await sent()
    const { submissions } = (await as(clerk).get(`/reports/${report}/submissions`)).body
    const address = `/reports/${report}/submissions/${submissions[0].number}`
    const { cells } = (await as(clerk).get(address)).body
    expect(cells['1/101/3']).toMatch(/^\d+$/)
    const { html } = await world.page(clerk).get(address)
    expect(html).toMatch(new RegExp(`id="c-1-101-3"[^>]*><span class="v">${cells['1/101/3']}<`))
  })
})

describe('the totals of what is accepted', () => {
  const totals = async () => {
    await world.settle()
    const { body } = await as('orlova').get(
      `/consolidation?form=9900001&period=2026-1-1&states=accepted&territory=${organisation.lineage.at(-2)}`,
    )
    expect(body.waiting).toBe(0)
    return { counted: body.counted, places: Number(body.totals['1/104/3'] ?? 0) }
  }

  it('hold a report after its last level, and no more once it has come back', async () => {
    await sent()
    const before = await totals()
    await accept('voznesensky')
    expect(await totals()).toEqual(before)
    expect((await accept('tihomirov')).body.state).toBe('accepted')
    expect(await totals()).toEqual({ counted: before.counted + 1, places: before.places + 900 })

    const { body: applied } = await as(clerk).post('/applications', {
      kind: 'report-return',
      organisationId: organisation.id,
      form: { reportId: report, why: 'Ошиблись в местах' },
    })
    expect((await as('voznesensky').put(`/applications/${applied.id}/granting`, {})).status).toBeLessThan(300)
    expect(await totals()).toEqual(before)
    await fill('950')
    expect((await as(clerk).put(`/reports/${report}/sending`)).status).toBe(200)
    expect(await totals()).toEqual(before)
    await accept('voznesensky')
    await accept('tihomirov')
    expect(await totals()).toEqual({ counted: before.counted + 1, places: before.places + 950 })
  })
})

describe('an organisation that moves while its report waits', () => {
  const municipality = async (name: string) =>
    (
      await world.db
        .selectFrom('organisations')
        .select('id')
        .where('short_name', 'like', name)
        .where('level', '=', 'municipality')
        .executeTakeFirstOrThrow()
    ).id
  const move = async (parentId: string) => {
    const { version } = (await as('orlova').get(`/organisations/${organisation.id}`)).body
    const change = { parentId, version, reason: 'Передан по постановлению № 5' }
    expect(await as('orlova').patch(`/organisations/${organisation.id}`, change)).toMatchObject({ status: 200 })
    await world.settle()
  }

  it('goes on at the same level, where it stands now', async () => {
    await sent()
    await move(await municipality('%Заречн%'))
    expect(await shown()).toMatchObject({ state: 'sent', level: { code: 'municipality' } })
    expect((await accept('voznesensky')).status).toBe(404)
    expect(await cabinetOf('belozertseva')).toContain(report)
    expect((await accept('belozertseva')).body).toMatchObject({ state: 'sent', level: { code: 'region' } })
    await move(organisation.parent_id ?? '')
    expect((await accept('tihomirov')).body).toMatchObject({ state: 'accepted' })
  })
})

describe('a handover of one organisation', () => {
  const idOf = async (email: string) =>
    (await world.db.selectFrom('accounts').select('id').where('email', '=', email).executeTakeFirstOrThrow()).id
  const deputy = 'ds14.deloproizvodstvo@verhneozersk.example'
  const queue = async () => (await world.page('krylatskaya').get('/handovers')).html

  beforeAll(async () => {
    const memberships = {
      role: 'member' as const,
      starts_on: day(-3),
      ends_on: null,
      attached_by: null,
      ended_by: null,
    }
    const account_id = await idOf(deputy)
    await world.db.deleteFrom('memberships').where('account_id', '=', account_id).execute()
    const organisation_id = organisation.parent_id ?? ''
    await world.db
      .insertInto('memberships')
      .values({ id: crypto.randomUUID(), account_id, organisation_id, ...memberships })
      .execute()
    await sent()
    const asked = { toId: await idOf(deputy), organisationId: organisation.id, startsOn: day(-1), endsOn: day(3) }
    expect((await as('voznesensky').post('/handovers', asked)).status).toBe(201)
  })

  it('shows and lets decide its reports alone, as high as the giver decides', async () => {
    const html = await queue()
    expect(html).toContain(report)
    expect(html).not.toContain('Журавушка')
    const { rows } = {
      rows: await world.db
        .selectFrom('organisations')
        .select('id')
        .where('short_name', 'like', '%Журавушка%')
        .execute(),
    }
    const other = await world.db
      .selectFrom('reports')
      .select('id')
      .where('organisation_id', '=', rows[0]?.id ?? '')
      .where('state', '=', 'sent')
      .executeTakeFirstOrThrow()
    expect((await world.as('krylatskaya').put(`/reports/${other.id}/acceptance`)).status).toBe(404)
    expect((await accept('krylatskaya')).body).toMatchObject({
      state: 'sent',
      level: { code: 'region' },
    })
    // The next level is above what the giver decides: it does not wait for the deputy.
    expect(await queue()).not.toContain(report)
    expect((await accept('krylatskaya')).status).toBe(403)
  })

  it('makes nobody a helper in the cabinet', async () => {
    expect(await cabinetOf('krylatskaya')).not.toContain('Вы помощник')
    expect(await cabinetOf('zadunayskaya')).toContain('Вы помощник')
  })
})
