/** What is measured: who may say it, what is refused, and figures pulled from accepted reports. */
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import type { IndicatorDefinition } from '../../../../contracts/indicator-definitions.ts'
import type { Figure } from '../../../../contracts/indicators.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'
import { figuresMissing } from './missing.ts'
import { configureFigures } from './pulling.ts'

let world: World
let roadmap: string
const year = '2025-01-01'

beforeAll(async () => {
  world = await openWorld()
  roadmap = (await world.db.selectFrom('roadmaps').select('id').executeTakeFirstOrThrow()).id
})

const coordinator = () => world.as('aleksandriyskaya')
const at = () => `/roadmaps/${roadmap}/indicators`
const definitions = async (): Promise<IndicatorDefinition[]> => (await coordinator().get(at())).body.indicators
const add = (fields: object) => coordinator().post(at(), { title: 'Новый показатель', unit: 'штук', ...fields })

async function change(code: string, fields: object) {
  const found = (await definitions()).find((definition) => definition.code === code)
  return coordinator().put(`${at()}/${found?.id}`, { ...found, ...fields })
}

describe('a definition', () => {
  it('is read by operators and changed by the coordinator alone', async () => {
    expect((await world.as('tihomirov').get(at())).status).toBe(200)
    expect((await world.as('tihomirov').post(at(), { code: 'x', title: 'Мой', unit: 'штук' })).status).toBe(403)
    expect((await add({ code: 'centry', title: 'Центров оценки' })).status).toBe(201)
    expect((await definitions()).at(-1)).toMatchObject({ code: 'centry', position: 5 })
  })

  it('with a formula that cannot be worked out is refused, with the place', async () => {
    const formula = async (text: string, code = 'novyj') =>
      (await add({ code, source: 'computed', formula: text })).body.errors?.[0]?.text
    expect(await formula('obucheno / nechto')).toContain('Знак 12: Показателя с кодом «nechto» нет')
    expect(await formula('obucheno / (2')).toContain('скобка')
    expect(await formula('novyj + 1')).toContain('через самого себя')
    expect((await change('dolya', { formula: 'obucheno' })).body.errors[0].text).toContain('уже опубликованы')
  })

  it('that is published keeps what its figures mean', async () => {
    const { status, body } = await change('obucheno', { unit: 'тысяч человек', periodicity: 'year', code: 'inoj' })
    expect(status).toBe(422)
    expect(body.errors.map(({ field }: { field: string }) => field).sort()).toEqual(['code', 'periodicity', 'unit'])
    expect((await change('obucheno', { title: 'Обучено', position: 1 })).status).toBe(200)
    expect((await definitions())[0]?.code).toBe('obucheno')
    expect((await change('obucheno', { version: 1 })).status).toBe(409)
  })

  it('goes into the archive only when no other follows from it', async () => {
    const idOf = async (code: string) => (await definitions()).find((definition) => definition.code === code)?.id
    const used = await coordinator().put(`${at()}/${await idOf('vovlecheno')}/archive`)
    expect(used.status).toBe(409)
    expect(used.body.title).toContain('Доля обученных')
    expect((await coordinator().put(`${at()}/${await idOf('centry')}/archive`)).body.archived).toBe(true)
    expect((await coordinator().delete(`${at()}/${await idOf('centry')}/archive`)).body.archived).toBe(false)
  })

  it('is added on a page, and shown again with what was typed', async () => {
    const page = world.page('aleksandriyskaya')
    const form = `${at()}/definitions/new`
    const fields = { title: 'По странице', unit: 'штук', code: 'Стр 1', source: 'entered', level: 'region' }
    const wrong = await page.submit(form, fields)
    expect(wrong.status).toBe(422)
    expect(wrong.html).toContain('value="Стр 1"')
    const right = { better: 'more', periodicity: 'month', merging: 'sum', breaks: 'equal', decimals: '0' }
    expect((await page.submit(form, { ...fields, ...right, code: 'стр_1', public: 'on' })).status).toBe(303)
  })
})

describe('figures that are missing', () => {
  it('are those that regions have not entered', async () => {
    const missing = await figuresMissing(world.db, roadmap, '2026-10-01', 'quarter')
    expect(missing.length).toBe(91 * 4)
    const entered = await figuresMissing(world.db, roadmap, '2026-01-01', 'quarter')
    expect(entered.every(({ title }) => title === 'Центров оценки')).toBe(true)
  })
})

describe('a figure from reporting', () => {
  const pull = { form: '85-К', section: '7', row: '701', column: '5' }
  const table = async () =>
    (await world.as('tihomirov').get(`/roadmaps/${roadmap}/figures?region=00&periodicity=year&period=${year}`)).body
  const figure = async (): Promise<Figure> =>
    (await table()).figures.find(({ indicator }: Figure) => indicator.code === 'vospitanniki')

  it('is refused when its form has no such cell', async () => {
    const wrong = await add({
      code: 'kletka',
      source: 'reporting',
      periodicity: 'year',
      pull: { ...pull, row: '99999' },
    })
    expect(wrong.status).toBe(422)
    expect(wrong.body.errors[0]).toMatchObject({ field: 'pull.form', text: 'В разделе 7 нет строки 99999' })
  })

  it('is the total of the accepted reports of the region', async () => {
    const added = await add({ code: 'vospitanniki', source: 'reporting', periodicity: 'year', pull })
    expect(added.status).toBe(201)
    const { rows } = await sql<{ total: string }>`
      select sum((s.cells ->> '7/701/5')::numeric)::text as total
      from reports r join submissions s on s.report_id = r.id join organisations o on o.id = r.organisation_id
        join campaigns c on c.id = r.campaign_id join form_versions v on v.id = c.form_version_id
        join forms f on f.id = v.form_id
      where f.cipher = '85-К' and c.year = 2025 and r.state = 'accepted' and o.region_code = '00'
        and s.number = (select max(number) from submissions where report_id = r.id)`.execute(world.db)
    expect(Number(rows[0]?.total)).toBeGreaterThan(0)
    const before = await figure()
    expect(before.origin).toContain('Из отчётности: форма 85-К, раздел 7, строка 701, графа 5')
    expect(before.originHref).toContain('/consolidation?')
    const figures = [{ indicatorId: before.indicator.id, version: before.version, plan: '900' }]
    const saved = await world
      .as('tihomirov')
      .put(`/roadmaps/${roadmap}/figures`, { region: '00', period: year, figures })
    expect(saved.status).toBe(200)
    expect(await figure()).toMatchObject({ fact: rows[0]?.total, plan: '900', state: 'entered' })
  })

  it('says so when reporting is switched off, and is entered by hand', async () => {
    configureFigures(undefined)
    const off = await figure()
    expect(off.origin).toContain('Отчётность отключена')
    const figures = [{ indicatorId: off.indicator.id, version: off.version, fact: '321' }]
    const saved = await world
      .as('tihomirov')
      .put(`/roadmaps/${roadmap}/figures`, { region: '00', period: year, figures })
    expect(saved.status).toBe(200)
    expect((await figure()).fact).toBe('321')
  })
})
