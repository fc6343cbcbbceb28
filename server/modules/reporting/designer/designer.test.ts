import { beforeAll, describe, expect, it } from 'vitest'
import { guardsOf } from '../../../../test/support/clients.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'
import { readRule } from './rule-words.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})

const admin = () => world.as('orlova')
const blank = { cipher: '1-проба', name: 'Проба конструктора', okud: '', periodicity: '1' }
const section = {
  code: '1',
  name: 'Числа',
  columns: [
    { code: '1', name: 'Показатель', type: 'B' },
    { code: '3', name: 'всего', type: 'Z', cell: { column: '3', inputType: 0, format: 'N(9)' } },
    {
      code: '4',
      name: 'село',
      type: 'Z',
      heading: ['в том числе'],
      cell: { column: '4', inputType: 2, format: 'N(9)' },
    },
    {
      code: '5',
      name: 'город',
      type: 'Z',
      heading: ['в том числе'],
      cell: { column: '5', inputType: 2, format: 'N(9)' },
    },
  ],
  rows: [
    { code: '101', name: 'Всего', type: 'F' },
    { code: '102', name: 'из них дети', type: 'F', level: 1 },
  ],
}

describe('a draft through the API', () => {
  it('is begun, changed by parts, checked and published', async () => {
    const { status, body } = await admin().post('/form-drafts', { blank })
    expect(status).toBe(201)
    const at = `/form-drafts/${body.id}`
    expect((await admin().put(`${at}/parts/sections`, { version: 1, value: [section] })).body).toEqual({
      version: 2,
      changed: true,
    })
    const control = { id: '1', name: 'Всего', rule: '{[1][*][3]}|=|SUM{[1][*][4-9]}' }
    await admin().put(`${at}/parts/controls`, { version: 2, value: [control] })
    const { problems, yaml } = (await admin().get(at)).body
    expect(problems[0]).toMatchObject({ part: 'controls', control: '1', text: 'Графы 9 в разделе 1 нет.' })
    expect(yaml).toContain('cipher: 1-проба')
    expect((await admin().post(`${at}/publication`, { version: 3 })).status).toBe(422)
    await admin().put(`${at}/parts/controls`, {
      version: 3,
      value: [{ ...control, rule: control.rule.replace('9', '5') }],
    })
    const published = await admin().post(`${at}/publication`, { version: 4, validFrom: '2027-01-01' })
    expect(published.body.form).toMatchObject({ code: '1-proba', version: 1 })
    expect((await admin().put(`${at}/parts/controls`, { version: 4, value: [] })).status).toBe(409)
    const { changes } = (await admin().get(`${at}/changes`)).body
    expect(changes.map(({ part }: { part: string }) => part)).toEqual(['controls', 'controls', 'sections', ''])
  })

  it('refuses a part that somebody else has changed since, and only that part', async () => {
    const { id } = (await admin().post('/form-drafts', { form: '0609506' })).body
    const at = `/form-drafts/${id}/parts`
    expect(
      (await admin().put(`${at}/section:7`, { version: 1, value: (await admin().get(`${at}/section:7`)).body.value }))
        .body,
    ).toEqual({ version: 1, changed: false })
    await admin().put(`${at}/totals`, { version: 1, value: [{ section: '7', column: '3', total: 'maximum' }] })
    expect((await admin().put(`${at}/totals`, { version: 1, value: [] })).status).toBe(409)
    expect((await admin().put(`${at}/pulls`, { version: 1, value: [] })).status).toBe(200)
    expect((await world.as('dobronravova').get(`/form-drafts/${id}`)).status).toBe(403)
    expect((await admin().put(`${at}/totals`, { version: 2, value: [{ section: '7', total: 'more' }] })).status).toBe(
      422,
    )
    expect((await admin().delete(`/form-drafts/${id}`)).status).toBe(204)
  })
})

it('a form is made by hand on the pages, without scripts', async () => {
  const page = world.page('orlova')
  const post = async (path: string, fields: Record<string, string>, from: string) =>
    page.post(path, { ...guardsOf((await page.get(from)).html), ...fields })
  const begun = await post('/form-drafts/blank', { ...blank, cipher: '2-рука' }, '/form-drafts')
  const at = begun.location?.split('?')[0] ?? ''
  const here = `${at}?part=sections`
  const saved = await post(
    `${at}/lines`,
    {
      version: '1',
      part: 'sections',
      list: 'sections',
      from: '0',
      'sections.0.code': '1',
      'sections.0.name': 'Числа',
      do: 'save',
    },
    here,
  )
  expect(saved.location).toContain('part=sections')
  const rows = `${at}?part=section:1&view=rows`
  const paste = {
    version: '2',
    part: 'section:1',
    list: 'rows',
    from: '0',
    do: 'paste',
    paste: '101\tВсего\n102\tиз них дети\tобычная\tиз них\n',
  }
  await post(`${at}/lines`, { ...paste, view: 'rows' }, rows)
  await post(
    `${at}/lines`,
    {
      ...paste,
      version: '3',
      view: 'columns',
      list: 'columns',
      'columns.0.was': '1',
      'columns.0.code': '1',
      'columns.0.name': 'Показатель',
      'columns.0.type': 'B',
      paste: '3\tвсего\t\t\tможно\tN(9)\n4\tсело\tв том числе | из них\tзначение\tобязательно\tN(9)',
    },
    rows,
  )
  expect((await page.get(rows)).html).toContain('value="из них дети"')
  await post(`${at}/cells`, { version: '4', part: 'section:1', rows: '102', columns: '4', input: '0' }, rows)
  await post(`${at}/pattern`, { version: '5', pattern: 'not-more', section: '1', left: '4', right: '3' }, rows)
  const controls = await page.get(`${at}?part=controls`)
  expect(controls.html).toMatch(/Графа.4 не.больше графы.3 \(раздел.1, каждая.строка\)/)
  const stale = await post(
    `${at}/lines`,
    {
      version: '1',
      part: 'sections',
      list: 'sections',
      from: '0',
      'sections.0.code': '9',
      'sections.0.name': 'Чужое',
      do: 'save',
    },
    here,
  )
  expect(stale.status).toBe(409)
  expect(stale.html).toContain('value="Чужое"')
  const tried = await post(`${at}/trial`, { section: '1', do: 'check', '1/101/3': '5', '1/101/4': '7' }, here)
  expect((await page.get(tried.location ?? '')).html).toContain('разница')
  const restored = await post(`${at}/restoration`, { number: '6' }, here)
  expect(restored.location).toContain('history')
  const published = await post(`${at}/publication`, { version: '7', validFrom: '01.01.2027' }, here)
  expect(published.location).toContain('/forms/2-ruka')
  expect((await page.get('/forms/2-ruka')).html).toContain('с 01.01.2027')
})

describe('a rule in words', () => {
  const said = (rule: string, condition = '') => readRule({ rule, condition, periodClause: '' }).words
  it('says once what all sides share', () => {
    expect(said('{[7][701-710][3]}|=|SUM{[7][701-710][4-11]}')).toBe(
      'Графа 3 = сумма граф 4–11 (раздел 7, строки 701–710).',
    )
    expect(said('{[1][101][4]}|<=|{[1][102][4]}')).toBe('Строка 101 не больше строки 102 (раздел 1, графа 4).')
    expect(said('{[1][101][4]}|=|{{[1][101][4]}}')).toBe(
      'Графа 4, строка 101 = графа 4, строка 101 (прошлого периода) (раздел 1).',
    )
    expect(said('{[1][101][4]}|>|0', '{[2][1][3]}|>|5')).toMatch(/^Если графа 3, строка 1 больше 5 \(раздел 2\), то /)
  })
  it('tells where it cannot be read', () =>
    expect(readRule({ rule: '{[1][101][4]}|=', condition: '', periodClause: '' })).toMatchObject({
      words: null,
      faults: [{ part: 'rule' }],
    }))
})
