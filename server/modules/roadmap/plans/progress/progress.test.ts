/** Reports of measures, their return, the coordinator's remarks. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { guardsOf } from '../../../../../test/support/clients.ts'
import { peopleOf } from '../../../../../test/support/reports.ts'
import { openWorld, type World } from '../../../../../test/support/world.ts'
import { dayIn } from '../../../../kernel/calendar/index.ts'
import { countOpenRemarks } from './remarks.queries.ts'

let world: World
let as: ReturnType<typeof peopleOf>
let measures: { id: string; evidenceKinds: string[]; dueOn: string }[]
let measure: { id: string; evidenceKinds: string[]; dueOn: string }
let taken = 0

beforeAll(async () => {
  world = await openWorld()
  as = peopleOf(world)
  measures = await world.db
    .selectFrom('measures')
    .select(['id', 'evidence_kinds as evidenceKinds', 'due_on as dueOn'])
    .where('region_code', '=', '00')
    .where('done_on', 'is', null)
    .orderBy('position')
    .execute()
})

/** Each test has a measure of its own, of which nothing was reported yet. */
beforeEach(async () => {
  const next = measures[taken++ % measures.length]
  if (!next) throw new Error('The stand has no measure that is not done')
  measure = next
  await world.db.deleteFrom('measure_reports').where('measure_id', '=', measure.id).execute()
  await world.db.deleteFrom('measure_remarks').where('measure_id', '=', measure.id).execute()
  await world.db
    .updateTable('measures')
    .set({ percent: 0, done_on: null, reported_at: null, cancelled_at: null, evidence_kinds: ['Приказ', 'Список'] })
    .where('id', '=', measure.id)
    .execute()
})

/** Spaces that tie words together are spaces too. */
const pageOf = async (who: string, address: string) =>
  (await world.page(who).get(address)).html.replaceAll('\u00a0', ' ')
const today = () => dayIn(new Date(), 'Europe/Moscow')
const path = (below: string) => `/measures/${measure.id}/${below}`
type Sent = { name: string; kind?: string; bytes?: string }

async function report(
  fields: Record<string, string>,
  files: Sent[] = [],
  who = 'tihomirov',
  key = crypto.randomUUID(),
) {
  const body = new FormData()
  for (const [name, value] of Object.entries({ text: 'Приказ подписан', percent: '40', ...fields }))
    body.set(name, value)
  for (const { name, kind = '', bytes = '%PDF-1.7\nприказ' } of files) {
    body.append('kind', kind)
    body.append('file', new File([bytes], name))
  }
  const headers = { 'idempotency-key': key }
  const reply = await as(who).fetch(`/api/v1${path('reports')}`, { method: 'POST', body, headers })
  return { status: reply.status, body: await reply.json() }
}
const both: Sent[] = [
  { name: 'Приказ.pdf', kind: 'Приказ' },
  { name: 'Список.pdf', kind: 'Список' },
]
const standing = async () => (await as('tihomirov').get(`/measures/${measure.id}`)).body
const messagesOf = async (who: string) => (await as(who).get('/messages')).body.rows

describe('a report on a measure', () => {
  it('says how far it is, and the history tells who said it', async () => {
    expect(await report({})).toMatchObject({
      status: 201,
      body: { reports: [{ text: 'Приказ подписан', percent: 40, doneOn: null, withdrawable: true }] },
    })
    expect(await standing()).toMatchObject({ percent: 40, doneOn: null })
    expect((await pageOf('tihomirov', `/measures/${measure.id}/history`)).includes('«0 %» → «40 %»')).toBe(true)
  })

  it('claims completion by its day, and then every kind of evidence must be there', async () => {
    const refused = await report({ doneOn: today() }, both.slice(0, 1))
    expect(refused).toMatchObject({ status: 422, body: { code: 'measure.evidence-missing' } })
    expect(JSON.stringify(refused.body)).toContain('Список')
    expect((await standing()).reportedAt).toBeNull()
    expect(await report({ doneOn: today() }, both)).toMatchObject({ status: 201 })
    expect(await standing()).toMatchObject({ percent: 100, doneOn: today() })
  })

  it('may lean on evidence of an earlier one', async () => {
    await report({}, both.slice(0, 1))
    expect(await report({ doneOn: today() }, both.slice(1))).toMatchObject({ status: 201 })
  })

  it('names no day to come, none before the roadmap, and no hundred per cent without a day', async () => {
    const tomorrow = dayIn(new Date(Date.now() + 2 * 86_400_000), 'Europe/Moscow')
    expect(await report({ doneOn: tomorrow }, both)).toMatchObject({ body: { code: 'measure.done-in-future' } })
    expect(await report({ doneOn: '1926-11-01' }, both)).toMatchObject({ body: { code: 'measure.done-too-early' } })
    expect(await report({ percent: '100' })).toMatchObject({ status: 422, body: { code: 'measure.day-missing' } })
    expect(await report({ percent: '101' })).toMatchObject({ status: 422, body: { code: 'invalid-input' } })
    expect(await report({ text: '' })).toMatchObject({ status: 422 })
  })

  it('takes documents alone, by what their bytes say, and gives them back as they were', async () => {
    const refused = await report({}, [{ name: 'Приказ.pdf', bytes: '<script>' }])
    expect(refused).toMatchObject({ status: 422, body: { code: 'measure.wrong-file' } })
    expect(await report({}, [{ name: 'а.pdf', kind: 'Не просили' }])).toMatchObject({
      body: { code: 'measure.unknown-evidence' },
    })
    const large = '%PDF-1.7\n'.padEnd(5 * 1_048_576 + 1, ' ')
    expect(await report({}, [{ name: 'а.pdf', bytes: large }])).toMatchObject({ body: { code: 'measure.large-file' } })
    const many = Array.from({ length: 11 }, (_, index) => ({ name: `${index}.pdf` }))
    expect(await report({}, many)).toMatchObject({ body: { code: 'measure.too-many-files' } })

    const { body } = await report({}, both)
    const [{ id, files }] = body.reports
    expect(files).toMatchObject([
      { name: 'Приказ.pdf', kind: 'Приказ' },
      { name: 'Список.pdf', kind: 'Список' },
    ])
    const file = await as('aleksandriyskaya').fetch(`/measures/${measure.id}/reports/${id}/files/${files[0].id}`)
    expect(await file.text()).toBe('%PDF-1.7\nприказ')
    expect(file.headers.get('content-disposition')).toContain('attachment')
    const strange = `/measures/${measures[taken % measures.length]?.id}/reports/${id}/files/${files[0].id}`
    expect((await as('tihomirov').fetch(strange)).status).toBe(404)
  })

  it('is sent once, however often it is sent', async () => {
    const key = crypto.randomUUID()
    const replies = await Promise.all([report({}, [], 'tihomirov', key), report({}, [], 'tihomirov', key)])
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1)
    expect((await as('tihomirov').get(path('reports'))).body.reports).toHaveLength(1)
  })

  it('of two people at once: the second is shown what the first has said', async () => {
    const replies = await Promise.all([report({ after: '' }), report({ after: '' }, [], 'radonezhsky')])
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409])
    expect(replies.find(({ status }) => status === 409)?.body.code).toBe('measure.reported-meanwhile')
  })

  it("of a cancelled measure is not taken, another's region does not exist, a coordinator does not report", async () => {
    expect((await report({}, [], 'aleksandriyskaya')).status).toBe(403)
    expect((await report({}, [], 'dobronravova')).status).toBe(403)
    const own = measure
    const foreign = await world.db
      .selectFrom('measures')
      .select(['id', 'evidence_kinds as evidenceKinds', 'due_on as dueOn'])
      .where('region_code', '=', '77')
      .executeTakeFirstOrThrow()
    measure = foreign
    expect((await report({})).status).toBe(404)
    expect((await as('tihomirov').get(path('reports'))).status).toBe(404)
    measure = own
    await world.db.updateTable('measures').set({ cancelled_at: new Date() }).where('id', '=', own.id).execute()
    expect(await report({})).toMatchObject({ status: 409, body: { code: 'measure.cancelled' } })
  })
})

describe('returning a report', () => {
  const returned = (id: string, reason = 'Нет печати на приказе') =>
    as('aleksandriyskaya').put(path(`reports/${id}/return`), { reason })

  it('makes the measure what it was before, and tells the region why', async () => {
    await report({ percent: '60' })
    const { body } = await report({ doneOn: today() }, both)
    expect(await standing()).toMatchObject({ doneOn: today(), percent: 100 })
    expect(await returned(body.reports[0].id)).toMatchObject({
      status: 200,
      body: { reports: [{ returnReason: 'Нет печати на приказе', returnable: false }, { returnable: true }] },
    })
    expect(await standing()).toMatchObject({ doneOn: null, percent: 60 })
    await world.settle()
    const letters = await world.lettersTo('operator@svetlorechye.example')
    expect(letters.some(({ text }) => text.includes('Нет печати на приказе'))).toBe(true)
    const html = await pageOf('tihomirov', `/measures/${measure.id}`)
    for (const words of ['Нет печати на приказе', 'Отправить исправленный отчёт'])
      expect(html.includes(words)).toBe(true)
  })

  it('leaves files to be kept in the next report', async () => {
    const { body } = await report({ doneOn: today() }, both)
    const [{ id, files }] = body.reports
    await returned(id)
    expect(await report({ doneOn: today(), kept: files[0].id }, both.slice(1))).toMatchObject({ status: 201 })
    const reports = (await as('tihomirov').get(path('reports'))).body.reports
    expect(reports[0].files).toHaveLength(2)
  })

  it('is done once, with a reason, of the last report, by the coordinator alone', async () => {
    const first = (await report({})).body.reports[0].id
    const second = (await report({ percent: '50' })).body.reports[0].id
    expect(await returned(first)).toMatchObject({ status: 409, body: { code: 'measure.report-settled' } })
    expect((await returned(second, '')).status).toBe(422)
    expect((await as('tihomirov').put(path(`reports/${second}/return`), { reason: 'Сам' })).status).toBe(403)
    const statuses = (await Promise.all([returned(second), returned(second)])).map(({ status }) => status)
    expect(statuses.sort()).toEqual([200, 409])
    expect((await returned(crypto.randomUUID())).status).toBe(404)
  })

  it('differs from withdrawing: one takes back one’s own last report that nobody returned', async () => {
    const first = (await report({ percent: '20' })).body.reports[0].id
    const second = (await report({ percent: '50' })).body.reports[0].id
    expect(await as('tihomirov').delete(path(`reports/${first}`))).toMatchObject({ status: 409 })
    expect((await as('radonezhsky').delete(path(`reports/${second}`))).status).toBe(403)
    expect((await as('tihomirov').delete(path(`reports/${second}`))).status).toBe(200)
    expect(await standing()).toMatchObject({ percent: 20 })
    await returned(first)
    expect((await as('tihomirov').delete(path(`reports/${first}`))).status).toBe(409)
    expect(await standing()).toMatchObject({ percent: 0, reportedAt: null })
  })
})

describe('a remark to a measure', () => {
  const write = (text = 'Приложите список обученных') => as('aleksandriyskaya').post(path('remarks'), { text })
  const settle = (id: string, settled: boolean) =>
    as('aleksandriyskaya').put(path(`remarks/${id}/settlement`), { settled })

  it('is answered by the region and settled by the coordinator, each told of the other', async () => {
    const { status, body } = await write()
    expect(status).toBe(201)
    const [{ id }] = body.remarks
    expect(await countOpenRemarks(world.db, (await standing()).roadmapId)).toEqual([{ region: '00', count: 1 }])
    expect((await messagesOf('tihomirov'))[0].body).toContain('Приложите список обученных')
    const answer = { answer: 'Приложили к отчёту' }
    expect((await as('aleksandriyskaya').put(path(`remarks/${id}/answer`), answer)).status).toBe(403)
    expect(await as('tihomirov').put(path(`remarks/${id}/answer`), answer)).toMatchObject({
      body: { remarks: [{ state: 'answered', answer: 'Приложили к отчёту' }] },
    })
    expect((await messagesOf('aleksandriyskaya'))[0].body).toContain('Приложили к отчёту')
    expect((await settle(id, true)).body.remarks[0].state).toBe('settled')
    expect((await settle(id, true)).status).toBe(200)
    expect((await as('tihomirov').put(path(`remarks/${id}/answer`), answer)).status).toBe(409)
    expect(await countOpenRemarks(world.db, (await standing()).roadmapId)).toEqual([])
    expect((await settle(id, false)).body.remarks[0]).toMatchObject({ state: 'open', answer: 'Приложили к отчёту' })
    expect((await messagesOf('tihomirov'))[0].title).toContain('открыто снова')
  })

  it('is written by the coordinator alone, about a measure of a region that is not cancelled', async () => {
    expect((await as('tihomirov').post(path('remarks'), { text: 'Сам себе' })).status).toBe(403)
    const template = await world.db
      .selectFrom('measures')
      .select('id')
      .where('region_code', 'is', null)
      .executeTakeFirstOrThrow()
    const reply = await as('aleksandriyskaya').post(`/measures/${template.id}/remarks`, { text: 'Шаблону' })
    expect(reply.status).toBe(403)
    await world.db.updateTable('measures').set({ cancelled_at: new Date() }).where('id', '=', measure.id).execute()
    expect((await write()).status).toBe(409)
  })
})

describe('the page of a measure', () => {
  it('sends a field for each kind, those in which nothing was chosen too', async () => {
    const page = world.page('tihomirov')
    const { html } = await page.get(`/measures/${measure.id}`)
    const body = new FormData()
    const fields = { ...guardsOf(html), after: '', text: 'Список готов', percent: '30', doneOn: '' }
    for (const [name, value] of Object.entries(fields)) body.set(name, value)
    for (const kind of ['Приказ', 'Список', '', '']) {
      body.append('kind', kind)
      body.append('file', kind === 'Список' ? new File(['%PDF-1.7\n'], 'Список.pdf') : new File([], ''))
    }
    const sent = await page.fetch(`/measures/${measure.id}/reports`, { method: 'POST', body })
    expect(sent.status).toBe(303)
    const [{ files }] = (await as('tihomirov').get(path('reports'))).body.reports
    expect(files).toMatchObject([{ name: 'Список.pdf', kind: 'Список' }])
  })

  it('shows the form again with all that was typed when it is refused', async () => {
    const page = world.page('tihomirov')
    const fields = { text: 'Почти всё', percent: '90', doneOn: '31.02.2026', after: '' }
    const refused = await page.submit(`/measures/${measure.id}/reports`, fields, `/measures/${measure.id}`)
    expect(refused.status).toBe(422)
    for (const typed of ['Почти', '31.02.2026']) expect(refused.html.includes(typed)).toBe(true)
    const sent = await page.submit(
      `/measures/${measure.id}/reports`,
      { ...fields, doneOn: '' },
      `/measures/${measure.id}`,
    )
    expect(sent.status).toBe(303)
    expect((await standing()).percent).toBe(90)
  })

  it('offers the coordinator to return and to remark, the operator to report', async () => {
    await report({})
    const operator = await pageOf('tihomirov', `/measures/${measure.id}`)
    const coordinator = await pageOf('aleksandriyskaya', `/measures/${measure.id}`)
    const offers = ['Отправить отчёт', 'Вернуть отчёт', 'Добавить замечание']
    expect(offers.filter((words) => operator.includes(words))).toEqual(offers.slice(0, 1))
    expect(offers.filter((words) => coordinator.includes(words))).toEqual(offers.slice(1))
  })
})
