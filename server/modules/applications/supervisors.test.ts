/** E4: whoever checks the reports of those below is attached from above, like anyone by an application. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../../../test/support/world.ts'

let world: World
let district: string
let romashka: string

beforeAll(async () => {
  world = await openWorld()
  const found = async (q: string) =>
    (await world.as('preobrazhenskaya').get(`/organisations/search?q=${encodeURIComponent(q)}`)).body[0].id
  district = await found('Верхнеозёрского управление')
  romashka = await found('Ромашка')
})

/** Nobody is attached and nothing waits: each test begins anew. */
beforeEach(async () => {
  await world.settle()
  const { id } = await world.db
    .selectFrom('accounts')
    .select('id')
    .where('surname', '=', 'Преображенская')
    .executeTakeFirstOrThrow()
  await world.db.deleteFrom('applications').execute()
  await world.db.deleteFrom('memberships').where('account_id', '=', id).execute()
  await world.db.deleteFrom('grants').where('account_id', '=', id).execute()
})

const applicant = 'preobrazhenskaya'
const asking = { role: 'supervisor', why: 'Начальник отдела, приказ № 3' }
const granting = { role: 'supervisor', startsOn: null, endsOn: null }
const apply = async (form: object = asking) =>
  (await world.as(applicant).post('/applications/attachments', { organisationId: district, ...form })).body
const grant = async (id: string, who: string, form: object = granting) =>
  world.as(who).put(`/applications/${id}/granting`, form)
const seen = async () => (await world.as(applicant).get('/organisations')).body.total ?? 0

describe('asking to check the reports of those below', () => {
  it('is offered where somebody stands below, and refused in the field elsewhere', async () => {
    const page = world.page(applicant)
    const words = 'Проверяю отчёты подведомственных'
    const offered = async (id: string) =>
      (await page.get(`/applications/new/attachment?organisation=${id}`)).html.replaceAll('\u00a0', ' ').includes(words)
    expect([await offered(district), await offered(romashka)]).toEqual([true, false])
    const reply = await world.as(applicant).post('/applications/attachments', { organisationId: romashka, ...asking })
    expect(reply).toMatchObject({ status: 422, body: { errors: [{ field: 'role' }] } })
  })

  it('waits with the operator of the region, not with those who hold the role there', async () => {
    const { id, deciders } = await apply()
    expect(deciders).toMatchObject([
      { fullName: 'Радонежский Мстислав Всеволодович' },
      { fullName: 'Тихомиров Всеволод Игнатьевич' },
    ])
    const queue = async (who: string) => (await world.as(who).get('/applications?side=queue')).body.total
    expect([await queue('tihomirov'), await queue('voznesensky')]).toEqual([1, 0])
    expect((await world.as('voznesensky').get(`/applications/${id}`)).body.mayDecide).toBe(false)
    expect((await grant(id, 'voznesensky')).status).toBe(403)
  })
})

describe('granting it', () => {
  it('opens all that stand below at once, for the days set', async () => {
    const { id } = await apply()
    expect(await seen()).toBe(0)
    expect(await grant(id, 'tihomirov')).toMatchObject({ status: 200, body: { state: 'granted' } })
    expect(await seen()).toBe(5)
    expect((await world.as(applicant).get('/session')).body.roles).toContainEqual(
      expect.objectContaining({ role: 'supervisor', scope: 'subtree', organisationId: district }),
    )
    const { body } = await world.as(applicant).get('/reports?state=sent')
    expect(body.reports.length).toBeGreaterThan(0)
    await world.settle()
    const letters = await world.lettersTo('a.preobrazhenskaya@verhneozersk.example')
    expect(letters.at(-1)?.text).toContain('Отчёты подведомственных организаций')
  })

  it('holds no longer than the attachment', async () => {
    const { id } = await apply()
    await grant(id, 'tihomirov', { ...granting, startsOn: '2099-01-01', endsOn: '2099-12-31' })
    expect(await seen()).toBe(0)
    const grants = await world.db
      .selectFrom('grants')
      .select(['starts_on', 'ends_on'])
      .where('role', '=', 'supervisor')
      .where('starts_on', '=', '2099-01-01')
      .execute()
    expect(grants).toEqual([{ starts_on: '2099-01-01', ends_on: '2099-12-31' }])
  })

  it('is not given instead of a lesser role by those who hold it there', async () => {
    const { id } = await apply({ role: 'member', why: 'Делопроизводитель' })
    expect((await grant(id, 'voznesensky')).status).toBe(403)
    const page = await world.page('voznesensky').get(`/applications/${id}`)
    expect(page.html).toContain('<option value="member"')
    expect(page.html).not.toContain('<option value="supervisor"')
    expect((await world.page('tihomirov').get(`/applications/${id}`)).html).toContain('<option value="supervisor"')
    expect((await grant(id, 'voznesensky', { ...granting, role: 'member' })).status).toBe(200)
    expect(await seen()).toBe(1)
  })
})
