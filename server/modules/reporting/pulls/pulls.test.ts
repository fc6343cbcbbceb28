import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { countedQueries } from '../../../../test/support/queries.ts'
import { newReport, peopleOf, reportOf } from '../../../../test/support/reports.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'

let world: World
let as: ReturnType<typeof peopleOf>
/** The kindergarten's 85-К, and its report that takes numbers from there. */
let source: string
let places: string

beforeAll(async () => {
  world = await openWorld()
  as = peopleOf(world)
  source = await reportOf(world, 'Ромашка')
  places = await reportIn('9900001', 'Ромашка')
})

async function reportIn(form: string, name: string): Promise<string> {
  const row = await world.db
    .selectFrom('reports as r')
    .innerJoin('campaigns as c', 'c.id', 'r.campaign_id')
    .innerJoin('form_versions as v', 'v.id', 'c.form_version_id')
    .innerJoin('forms as f', 'f.id', 'v.form_id')
    .innerJoin('organisations as o', 'o.id', 'r.organisation_id')
    .select('r.id')
    .where('f.code', '=', form)
    .where('o.short_name', 'like', `%${name}%`)
    .executeTakeFirstOrThrow()
  return row.id
}

const save = (id: string, changes: Record<string, string>) =>
  as('dobronravova').patch(`/reports/${id}/cells`, { changes })
const computed = async (id: string) => (await as('dobronravova').get(`/reports/${id}/cells`)).body.computed
const check = async (id = places) => (await as('dobronravova').put(`/reports/${id}/check`, {})).body
const source701 = async () => (await computed(source))['7/701/3']

describe('pulled cells', () => {
  it('hold the other report’s numbers, worked-out ones too, last year’s, and the requisites', async () => {
    const values = await computed(places)
    expect(values['1/101/3']).toBe(await source701())
    expect(values['1/101/4']).toMatch(/^\d+$/)
    expect(values['1/101/5']).toBe(String(Number(values['1/101/3']) - Number(values['1/101/4'])))
    expect(values['2/201/3']).toMatch(/[А-Я]/)
  })

  it('are not entered', async () => {
    const { refused } = (await save(places, { '1/101/3': '5' })).body
    expect(refused).toMatchObject([{ cell: '1/101/3' }])
  })

  it('follow their source, and are stale with what was until somebody has looked', async () => {
    await check()
    const before = await source701()
    await save(source, { '7/701/5': '77' })
    const after = await source701()
    expect(after).not.toBe(before)
    const { pulled } = (await save(places, { '1/104/3': '500' })).body
    expect(pulled['1/101/3']).toMatchObject({ value: after, was: before, reportId: source })
    expect(pulled['1/101/3'].from).toContain('85-К за 2026 год, раздел 7, строка 701, графа 3')

    const page = world.page('dobronravova')
    const { html } = await page.get(`/reports/${places}`)
    expect(html).toContain('Устарело')
    expect(html).toContain('Просмотрено')
    expect(await page.submit(`/reports/${places}/pulls-seen`, { section: '1' }, `/reports/${places}`)).toMatchObject({
      status: 303,
    })
    expect((await page.get(`/reports/${places}`)).html).not.toContain('Устарело')
  })

  it('lead to their source, and do not exist for strangers', async () => {
    const trace = await as('dobronravova').get(`/reports/${places}/source?cell=1/101/3`)
    expect(trace).toMatchObject({ status: 200, body: { source: { href: expect.stringContaining(source) } } })
    expect((await as('zlatovratskaya').get(`/reports/${places}/source?cell=1/101/3`)).status).toBe(404)
    expect((await as('dobronravova').get(`/reports/${places}/source?cell=1/104/3`)).status).toBe(404)
  })

  it('cost one query', async () => {
    const count = async (id: string) =>
      (await countedQueries(() => as('dobronravova').get(`/reports/${id}/cells`))).statements.length
    // The other has one for last year's cells, which this one lacks.
    expect((await count(places)) - (await count(source))).toBeLessThanOrEqual(0)
  })
})

describe('a warning', () => {
  it('looks into another form and says whose number is there', async () => {
    await save(places, { '1/104/3': '5', '1/104/4': '400', '1/105/3': '0', '1/105/4': '0' })
    const { problems, unexplained } = await check()
    expect(unexplained).toBe(1)
    expect(problems[0]).toMatchObject({ control: '1.2', left: '5', right: await source701() })
    expect(problems[0].sides.right.cells[0]).toMatchObject({
      elsewhere: { title: '85-К за 2026 год', href: `/reports/${source}` },
    })
  })

  it('keeps the report until it is explained, and the explanation goes with it', async () => {
    const refused = await as('dobronravova').put(`/reports/${places}/sending`)
    expect(refused).toMatchObject({ status: 422, body: { code: 'report.unexplained' } })

    const explanation = { problem: 'control|1.2|1/104/3|>=|1/104/3', text: 'Второй корпус ещё не введён' }
    const explained = await as('dobronravova').put(`/reports/${places}/explanation-of-warning`, explanation)
    expect(explained).toMatchObject({ status: 200, body: { unexplained: 0 } })
    expect(explained.body.problems[0].explanation).toMatchObject({ text: explanation.text, holds: true })

    await save(places, { '1/104/3': '6' })
    expect((await check()).problems[0].explanation).toMatchObject({ holds: false })
    await save(places, { '1/104/3': '5' })
    expect((await as('dobronravova').put(`/reports/${places}/sending`)).status).toBe(200)
    expect((await world.page('voznesensky').get(`/reports/${places}`)).html).toContain('Второй корпус ещё не введён')
  })

  it('is frozen with the pulled numbers: a change of the source alters them no more', async () => {
    const sent = (await computed(places))['1/101/3']
    await save(source, { '7/701/5': '78' })
    expect((await computed(places))['1/101/3']).toBe(sent)
    expect(await source701()).not.toBe(sent)
  })

  it('stays explained in the next version where the numbers are the same', async () => {
    await as('voznesensky').put(`/reports/${places}/refusal`, { reason: 'Проверьте число мест' })
    await save(source, { '7/701/5': '77' })
    expect((await check()).problems[0].explanation).toMatchObject({ holds: true })
  })

  it('keeps numbers that nobody has seen from being sent', async () => {
    await save(source, { '7/702/5': '2' })
    const reply = await as('dobronravova').put(`/reports/${places}/sending`)
    expect(reply).toMatchObject({ status: 422, body: { code: 'report.pulls-changed' } })
    await as('dobronravova').put(`/reports/${places}/pulls-seen`)
    expect((await as('dobronravova').put(`/reports/${places}/sending`)).status).toBe(200)
  })
})

describe('totals over the organisations right below', () => {
  it('are of what was sent, and are traced as far as one’s rights reach', async () => {
    const xml = readFileSync(new URL('./totals.fixture.xml', import.meta.url), 'utf8')
    const published = await as('orlova').post('/forms', { xml })
    expect(published.status).toBe(201)
    const report = await newReport(world, {
      versionId: published.body.form.versionId,
      name: 'Верхнеозёрского',
      year: 2026,
    })

    const { computed: totals } = (await as('voznesensky').get(`/reports/${report}/cells`)).body
    const trace = (await as('voznesensky').get(`/reports/${report}/source?cell=1/101/3`)).body
    const counted = trace.reports.filter((row: { counted: boolean }) => row.counted)
    const sum = counted.reduce((total: number, row: { value: string }) => total + Number(row.value), 0)
    expect(counted.length).toBeGreaterThan(1)
    expect(totals['1/101/3']).toBe(String(sum))
    expect(totals['1/102/3']).toBe(String(counted.length))
    expect(trace.from).toContain('сумма по подведомственным организациям')
  })

  it('tell of a report that one may not see its organisation and nothing more', async () => {
    const versionId = (await as('orlova').get('/forms/9900002/versions')).body.versions[0].id
    const report = await newReport(world, { versionId, name: 'Верхнеозёрского', year: 2026, title: 'ещё 2026 год' })
    const seen = (await as('voznesensky').get(`/reports/${report}/source?cell=1/101/3`)).body.reports
    const hidden = seen.find((row: { counted: boolean }) => row.counted)
    expect(hidden.href).toMatch(/^\/reports\//)
    const id = /reports\/([\w-]+)/.exec(hidden.href)?.[1] ?? ''
    const { organisation_id: organisation } = await world.db
      .selectFrom('reports')
      .select('organisation_id')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    // Its organisation leaves the rights of the one who looks, and stands below in the table still.
    await world.db
      .updateTable('organisations')
      .set({ lineage: [organisation] })
      .where('id', '=', organisation)
      .execute()
    const after = (await as('voznesensky').get(`/reports/${report}/source?cell=1/101/3`)).body.reports
    expect(after.find((row: { organisation: string }) => row.organisation === hidden.organisation)).toEqual({
      organisation: hidden.organisation,
      value: null,
      counted: true,
      href: null,
    })
    const { html } = await world.page('voznesensky').get(`/reports/${report}/history?cell=1/101/3`)
    expect(html).toContain('нет доступа')
    expect(html).not.toContain(id)
  })
})

describe('a form of five hundred pulled cells', () => {
  it('is read by one statement', async () => {
    const rows = Array.from({ length: 100 }, (_, at) => at + 1)
    const columns = [3, 4, 5, 6, 7]
    const sources = [
      '{kind: form, form: 85-К, cell: 7/701/3}',
      '{kind: form, form: 85-К, cell: 7/702/5, period: previous}',
      '{kind: form, form: 85-К, cell: 4/401/3, period: year-ago}',
      '{kind: subordinates, form: 85-К, cell: 7/701/3, total: sum}',
      '{kind: organisation, field: okpo}',
    ]
    const yaml = [
      'code: many',
      'cipher: Много',
      'name: Пятьсот чисел',
      'sections:',
      '  - code: 1',
      `    columns: [${columns.map((code) => `{code: ${code}, cell: open N(15)}`).join(', ')}]`,
      `    rows: [${rows.map((code) => `{code: ${code}, name: строка}`).join(', ')}]`,
      'pulls:',
      ...rows.flatMap((row) =>
        columns.map((column, at) => `  - {cell: 1/${row}/${column}, source: ${sources[(row + at) % 5]}}`),
      ),
    ].join('\n')
    const published = await as('orlova').post('/forms', { yaml })
    expect(published.status).toBe(201)
    const report = await newReport(world, { versionId: published.body.form.versionId, name: 'Ромашка', year: 2026 })
    const read = () => as('dobronravova').get(`/reports/${report}/cells`)
    await read()
    const start = performance.now()
    const { result, statements } = await countedQueries(read)
    const milliseconds = performance.now() - start
    expect(result.status).toBe(200)
    expect(Object.keys(result.body.computed).length).toBeGreaterThan(300) // those that have a source
    expect(statements.filter((text) => text.includes('with asked as'))).toHaveLength(1)
    const plain = await countedQueries(() => as('dobronravova').get(`/reports/${source}/cells`))
    expect(statements.length).toBeLessThanOrEqual(plain.statements.length)
    console.log(`500 pulled cells: ${statements.length} statements, ${milliseconds.toFixed(0)} ms`)
  })
})
