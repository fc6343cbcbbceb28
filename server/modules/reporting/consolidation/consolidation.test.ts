import { beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../../../../test/support/world.ts'
import { publishedOf } from './summaries.ts'

let world: World
let form: string
let period: string
let territory: string
const cell = '7/701/5'

beforeAll(async () => {
  world = await openWorld()
  const forms = await world.db.selectFrom('forms').select(['code', 'cipher']).execute()
  form = forms.find(({ cipher }) => cipher === '85-К')?.code ?? ''
  const whole = await world.as('voznesensky').get(`/consolidation?form=${form}`)
  period = whole.body.period
  const place = await world.db
    .selectFrom('organisations')
    .select(['id', 'lineage'])
    .where('short_name', 'like', '%Ромашка%')
    .executeTakeFirstOrThrow()
  territory = place.lineage.at(-2) ?? ''
})

/** Spaces that hold words together are spaces. */
const plain = (html: string): string => html.replaceAll('\u00a0', ' ')

const of = (person: string, more = '') =>
  world.as(person).get(`/consolidation?form=${form}&period=${period}&territory=${territory}${more}`)

describe('a consolidation', () => {
  it('adds up what is sent and accepted, and says what of how many', async () => {
    const { status, body } = await of('voznesensky')
    expect(status).toBe(200)
    expect(body.waiting).toBe(0)
    expect(body.counted).toBeGreaterThan(0)
    expect(body.counted).toBeLessThanOrEqual(body.asked)
    expect(Object.keys(body.totals).length).toBeGreaterThan(10)
    const accepted = await of('voznesensky', '&states=accepted')
    expect(accepted.body.counted).toBeLessThan(body.counted)
  })

  it('adds up numbers pulled from other reports, and works out from the sums what follows from them', async () => {
    const places = await world.db
      .selectFrom('forms')
      .select('code')
      .where('cipher', '=', '1-места')
      .executeTakeFirstOrThrow()
    const { body } = await world.as('voznesensky').get(`/consolidation?form=${places.code}`)
    const sent = await world.db
      .selectFrom('submissions as s')
      .innerJoin('reports as r', 'r.id', 's.report_id')
      .innerJoin('campaigns as c', 'c.id', 'r.campaign_id')
      .innerJoin('form_versions as v', 'v.id', 'c.form_version_id')
      .innerJoin('forms as f', 'f.id', 'v.form_id')
      .select('s.cells')
      .where('f.code', '=', places.code)
      .where('r.state', 'in', ['sent', 'accepted'])
      .execute()
    const sum = (address: string) => String(sent.reduce((whole, { cells }) => whole + Number(cells[address] ?? 0), 0))
    expect(Number(sum('1/101/3'))).toBeGreaterThan(0)
    for (const address of ['1/101/3', '1/101/4', '1/101/5']) expect(body.totals[address], address).toBe(sum(address))
  })

  it('does not exist for the supervisor of another district, and holds one report for a clerk', async () => {
    expect((await of('belozertseva')).status).toBe(404)
    const own = await world.as('dobronravova').get(`/consolidation?form=${form}&period=${period}`)
    expect(own.body.asked).toBe(1)
  })

  it('is shown as the tables of the form, each number leading to its reports', async () => {
    const { html, status } = await world
      .page('voznesensky')
      .get(`/consolidation?form=${form}&period=${period}&territory=${territory}&section=7`)
    expect(status).toBe(200)
    expect(html).toContain('/consolidation/cell?')
    const behind = await world
      .page('voznesensky')
      .get(`/consolidation/cell?form=${form}&period=${period}&territory=${territory}&cell=${cell}`)
    expect(behind.status).toBe(200)
    expect(plain(behind.html)).toContain('Не учтены')
    const file = await world.page('voznesensky').get(`/consolidation/table?form=${form}&period=${period}&format=csv`)
    expect(file.status).toBe(200)
    expect(file.html).toContain('701')
  })
})

describe('a correction of a total', () => {
  it('is seen by name here and above, leaves the reports alone, and can be withdrawn', async () => {
    const before = (await of('voznesensky')).body.totals[cell] ?? '0'
    const above =
      (await world.as('orlova').get(`/consolidation?form=${form}&period=${period}`)).body.totals[cell] ?? '0'
    const becomes = String(BigInt(before) + 5n)
    const correction = { form, period, territory, cell, becomes, reason: 'Не сдала одна группа' }
    expect((await world.as('dobronravova').post('/consolidation/corrections', correction)).status).toBe(403)
    const made = await world.as('voznesensky').post('/consolidation/corrections', correction)
    expect(made.status).toBe(201)
    const now = await of('voznesensky')
    expect(now.body.totals[cell]).toBe(becomes)
    expect(now.body.corrected).toEqual([cell])
    const higher = await world.as('orlova').get(`/consolidation?form=${form}&period=${period}`)
    expect(BigInt(higher.body.totals[cell]) - BigInt(above)).toBe(5n)
    const { html } = await world.page('orlova').get(`/consolidation?form=${form}&period=${period}&section=7`)
    expect(plain(html)).toContain('Не сдала одна группа')

    const withdrawal = `/consolidation/corrections/${made.body.id}/withdrawal`
    expect((await world.as('voznesensky').put(withdrawal, { reason: 'Группа сдала отчёт' })).status).toBe(204)
    expect((await world.as('voznesensky').put(withdrawal, { reason: 'Ещё раз' })).status).toBe(409)
    expect((await of('voznesensky')).body.totals[cell] ?? '0').toBe(before)
    expect((await world.page('orlova').get(`/consolidation?form=${form}&period=${period}`)).html).toContain('отменено')
  })
})

describe('a correction', () => {
  it('that names no cell is refused, not broken off', async () => {
    const page = await world.page('voznesensky').submit('/consolidation/corrections', {}, '/cabinet')
    expect(page.status).toBe(422)
  })
})

describe('a saved summary', () => {
  it('is opened to anybody as it was when it was published, and closed again', async () => {
    const page = world.page('orlova')
    const made = await page.submit(
      '/summaries',
      {
        name: 'Воспитанники по районам',
        form,
        period,
        states: 'sent',
        cells: cell,
        grouping: 'children',
        periods: '2',
        chart: 'line',
        minimum: '1',
      },
      '/summaries/new',
    )
    expect(made.status).toBe(303)
    const address = (made.location ?? '').replace(/\?.*/, '')
    expect((await page.get(address)).status).toBe(200)
    expect((await world.page('dobronravova').get(address)).status).toBe(404)
    await page.submit(`${address}/publication`, {}, address)
    const { public_key } = await world.db.selectFrom('summaries').select('public_key').executeTakeFirstOrThrow()
    const open = await world.page().get(`/public/summaries/${public_key}`)
    expect(open.status).toBe(200)
    expect(plain(open.html)).toContain('Воспитанники по районам')
    const data = await world.page().get(`/public/summaries/${public_key}/data`)
    expect(data.headers.get('etag')).toMatch(/^"/)
    await page.submit(`${address}/unpublication`, {}, address)
    expect((await world.page().get(`/public/summaries/${public_key}`)).status).toBe(404)
  })

  it('hides figures of a few when it is published, and another that would tell them', () => {
    const choice = {
      period: '2026-1-1',
      territory: undefined,
      region: undefined,
      states: 'accepted' as const,
      cells: [cell],
      grouping: 'children' as const,
      periods: 1,
      chart: 'bar' as const,
      minimum: 3,
    }
    const path = (name: string) => (name === 'Всего' ? ['all', '14'] : ['all', '14', name])
    const row = (name: string, value: string, reports: number) => ({
      name,
      values: [{ value, reports, period: '2026-1-1', cell, path: path(name) }],
    })
    const rows = [row('Один', '10', 2), row('Два', '20', 4), row('Три', '30', 9), row('Всего', '60', 15)]
    const { published } = publishedOf(
      { name: 'Сводка', formCipher: '85-К', choice },
      {
        across: 'places',
        cells: ['Всего'],
        periods: ['2026 год'],
        columns: ['Всего'],
        rows,
        place: 'Область',
        asOf: '2026-01-01T00:00:00Z',
      },
      [],
    )
    expect(published.rows.map(({ values }) => values[0])).toEqual([null, null, '30', '60'])
  })
})
