/** Remarks to cells, what was sent as it was sent, and what changed between two submissions. */
import { beforeAll, describe, expect, it } from 'vitest'
import { cleanValues, peopleOf, reportOf } from '../../../../test/support/reports.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'

let world: World
let as: ReturnType<typeof peopleOf>
let report: string
const cell = '7/701/8'

beforeAll(async () => {
  world = await openWorld()
  as = peopleOf(world)
  report = await reportOf(world, 'Ромашка')
  const changes = { ...cleanValues(), [cell]: cleanValues()[cell] ?? '0' }
  expect((await as('krylatskaya').patch(`/reports/${report}/cells`, { changes })).body.refused).toEqual([])
  expect((await as('dobronravova').put(`/reports/${report}/sending`)).status).toBe(200)
})

const wordsOf = ({ html }: { html: string }) => html.replaceAll('\u00a0', ' ')
const remarks = async (person: string) => (await as(person).get(`/reports/${report}/remarks`)).body.remarks

describe('remarks to cells', () => {
  it('are the decider’s own until the report is refused', async () => {
    const decider = as('voznesensky')
    expect((await decider.post(`/reports/${report}/remarks`, { cell, text: 'Пять?' })).status).toBe(201)
    expect((await decider.post(`/reports/${report}/remarks`, { cell, text: 'Пять или шесть?' })).status).toBe(201)
    expect((await decider.post(`/reports/${report}/remarks`, { cell: '7/999/8', text: 'Где?' })).status).toBe(422)
    expect((await as('dobronravova').post(`/reports/${report}/remarks`, { cell, text: 'Сам себе' })).status).toBe(403)
    expect(await remarks('voznesensky')).toMatchObject([{ cell, text: 'Пять или шесть?', issued: false }])
    expect(await remarks('dobronravova')).toEqual([])
  })

  it('go with the refusal, and stand at their cells', async () => {
    const more = [{ cell: '7/702/6', text: 'Проверьте девочек' }]
    await as('voznesensky').put(`/reports/${report}/refusal`, { reason: 'Проверьте раздел 7', remarks: more })
    expect(await remarks('dobronravova')).toMatchObject([
      { cell, issued: true, state: 'open' },
      { cell: '7/702/6', state: 'open' },
    ])
    const page = await world.page('dobronravova').get(`/reports/${report}?section=7`)
    expect(wordsOf(page)).toContain('Замечание: Пять или шесть?')
    expect(wordsOf(page)).toContain('Замечания к ячейкам')
  })

  it('are ticked off as mended or answered, by the clerk alone', async () => {
    const [first, second] = await remarks('dobronravova')
    const state = (id: string) => `/reports/${report}/remarks/${id}/state`
    expect((await as('dobronravova').put(state(second.id), { state: 'answered' })).status).toBe(422)
    const answer = 'По журналу верно'
    expect((await as('krylatskaya').put(state(second.id), { state: 'answered', answer })).status).toBe(204)
    expect((await as('dobronravova').put(state(first.id), { state: 'mended' })).status).toBe(204)
    expect((await as('voznesensky').put(state(first.id), { state: 'open' })).status).toBe(403)
    expect(await remarks('dobronravova')).toMatchObject([{ state: 'mended' }, { state: 'answered', answer }])
  })

  it('tell the decider which cells were changed for them', async () => {
    const clerk = as('dobronravova')
    await clerk.patch(`/reports/${report}/cells`, { changes: { 'title/phone': '+70001021415' } })
    expect((await clerk.put(`/reports/${report}/sending`)).status).toBe(200)
    const page = await world.page('voznesensky').get(`/reports/${report}/acceptance`)
    expect(wordsOf(page)).toContain('Прежние замечания')
    expect(wordsOf(page)).toContain('По журналу верно')
    expect(wordsOf(page)).toContain('Что изменилось с представления № 1')
    const written = await world.page('voznesensky').get(`/reports/${report}/remarks?section=7`)
    expect(wordsOf(written)).toContain(`/reports/${report}/remarks/new?cell=7%2F701%2F3`)
  })
})

describe('a submission', () => {
  it('is shown as it was sent, with what changed in it', async () => {
    const { body } = await as('dobronravova').get(`/reports/${report}/submissions/2`)
    expect(body).toMatchObject({ number: 2, before: 1, sentBy: 'Добронравова Светлана Викторовна', outcome: null })
    expect(body.differences).toContainEqual({ cell: 'title/phone', was: expect.anything(), is: '+70001021415' })
    const first = (await as('dobronravova').get(`/reports/${report}/submissions/1`)).body
    expect(first.decisions).toMatchObject([{ outcome: 'refused', reason: 'Проверьте раздел 7' }])
    expect((await as('zlatovratskaya').get(`/reports/${report}/submissions/1`)).status).toBe(404)
    expect((await as('dobronravova').get(`/reports/${report}/submissions/9`)).status).toBe(404)
  })

  it('is verified by its hash, and what was changed past the program shows', async () => {
    const address = `/reports/${report}/submissions/1/verification`
    expect((await as('voznesensky').get(address)).body).toMatchObject({ intact: true })
    const page = await world.page('voznesensky').get(`/reports/${report}/submissions/1?verify=yes`)
    expect(wordsOf(page)).toContain('Содержимое то же, что при отправке')
    const { cells } = await world.db
      .selectFrom('submissions')
      .select('cells')
      .where('report_id', '=', report)
      .where('number', '=', 1)
      .executeTakeFirstOrThrow()
    await world.db
      .updateTable('submissions')
      .set({ cells: JSON.stringify({ ...cells, '7/701/3': '999' }) })
      .where('report_id', '=', report)
      .where('number', '=', 1)
      .execute()
    expect((await as('voznesensky').get(address)).body).toMatchObject({ intact: false })
  })
})

describe('an accepted report that comes back', () => {
  it('is compared with what was accepted', async () => {
    await as('voznesensky').put(`/reports/${report}/acceptance`)
    const clerk = as('dobronravova')
    const { body: applied } = await clerk.post('/applications', {
      kind: 'report-return',
      organisationId: (await clerk.get('/session')).body.organisation.id,
      form: { reportId: report, why: 'Ошиблись в телефоне' },
    })
    expect(applied).toMatchObject({ id: expect.any(String) })
    const decided = await as('voznesensky').put(`/applications/${applied.id}/granting`, {})
    expect(decided.status).toBeLessThan(300)
    expect((await clerk.get(`/reports/${report}`)).body).toMatchObject({ state: 'refused', level: null })
    await clerk.patch(`/reports/${report}/cells`, { changes: { 'title/phone': '+70001021416' } })
    expect((await clerk.put(`/reports/${report}/sending`)).status).toBe(200)
    const { body } = await clerk.get(`/reports/${report}/submissions/3`)
    expect(body).toMatchObject({
      before: 2,
      differences: [{ cell: 'title/phone', was: '+70001021415', is: '+70001021416' }],
    })
    const accepted = (await clerk.get(`/reports/${report}/submissions/2`)).body
    expect(accepted).toMatchObject({
      outcome: 'accepted',
      decisions: [{ outcome: 'accepted' }, { outcome: 'returned' }],
    })
  })
})
