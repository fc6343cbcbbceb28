/** What an organisation leaves behind: the history of its requisites, and its page and reports when it is no more. */
import { beforeAll, describe, expect, it } from 'vitest'
import { wordsOf } from '../../../test/support/newcomers.ts'
import { openWorld, type World } from '../../../test/support/world.ts'

let world: World
let romashka: string
let rodnichok: string
let solnyshko: string
let zarechye: string
let district: string

beforeAll(async () => {
  world = await openWorld()
  ;[romashka, rodnichok, solnyshko, zarechye, district] = (await Promise.all(
    ['Ромашка', 'Родничок', 'Солнышко', 'Заречного городского', 'Верхнеозёрского муниципального'].map(idOf),
  )) as [string, string, string, string, string]
})

const idOf = async (part: string): Promise<string> =>
  (
    await world.db
      .selectFrom('organisations')
      .select('id')
      .where('short_name', 'like', `%${part}%`)
      .executeTakeFirstOrThrow()
  ).id
const operator = () => world.as('tihomirov')
const read = async (id: string) => (await operator().get(`/organisations/${id}`)).body
const versioned = async (id: string, body: object) => ({ version: (await read(id)).version, ...body })
const found = async (q: string, more = '') =>
  (await operator().get(`/organisations?q=${encodeURIComponent(q)}${more}`)).body.rows.map(
    ({ id, state }: { id: string; state: string }) => [id, state],
  )

describe('the history of requisites', () => {
  it('holds every field that changed, with who and why, and nothing of those that did not', async () => {
    const change = {
      shortName: 'МБДОУ «Детский сад № 14 „Василёк“»',
      headName: 'Липова Вера Сергеевна',
      legalForm: 'municipal',
      legalStanding: 'autonomous',
      okvedAdditional: ['85.41', '85.41', '56.29 Столовая'],
      reason: 'Постановление № 118',
    }
    const reply = await operator().patch(`/organisations/${romashka}`, await versioned(romashka, change))
    expect(reply).toMatchObject({ status: 200, body: { okvedAdditional: [{ code: '85.41' }, { code: '56.29' }] } })
    const { body } = await operator().get(`/organisations/${romashka}/changes`)
    const told = new Map(body.map((row: { field: string }) => [row.field, row]))
    expect([...told.keys()].sort()).toEqual([
      'headName',
      'legalStanding',
      'okvedAdditional',
      'organisation',
      'shortName',
    ])
    expect(told.get('legalStanding')).toMatchObject({
      label: 'Правовое положение',
      old: 'бюджетное',
      new: 'автономное',
      by: 'Тихомиров Всеволод Игнатьевич',
      reason: 'Постановление № 118',
    })
    const page = await world.page('dobronravova').get(`/organisations/${romashka}/history`)
    expect(wordsOf(page)).toMatch(/История реквизитов.*Было.*Стало.*бюджетное.*автономное.*Постановление № 118/)
    expect((await world.as('zlatovratskaya').get(`/organisations/${romashka}/changes`)).status).toBe(404)
  })

  it('finds a renamed organisation by its earlier name, after those that bear it now', async () => {
    expect(await found('Ромашка')).toEqual([[romashka, 'active']])
    expect(await found('Василек')).toEqual([[romashka, 'active']])
    expect((await read(romashka)).formerNames).toEqual([expect.stringContaining('Ромашка')])
    expect(wordsOf(await world.page('tihomirov').get(`/organisations/${romashka}`))).toMatch(
      /Прежние названия.*„Ромашка“/,
    )
  })

  it('asks for a reason, and for a class of activities that there is', async () => {
    const wrong = async (body: object) =>
      (await operator().patch(`/organisations/${romashka}`, await versioned(romashka, body))).body.errors?.[0]?.field
    expect(await wrong({ headName: 'Иная' })).toBe('reason')
    expect(await wrong({ okved: '04.11', reason: 'Опечатка' })).toBe('okved')
    expect(await wrong({ okved: '85.11.77', reason: 'Подробнее' })).toBeUndefined()
  })
})

describe('an organisation that is merged into another', () => {
  it('hands those below it over, keeps its reports, and its page leads on', async () => {
    const reports = (await world.as('tihomirov').get('/reports')).body.total
    const merger = await versioned(rodnichok, { on: '01.09.2026', intoId: solnyshko, reason: 'Постановление № 7' })
    const reply = await operator().put(`/organisations/${rodnichok}/merger`, merger)
    expect(reply).toMatchObject({
      status: 200,
      body: { ending: { state: 'merged', on: '2026-09-01', successor: { id: solnyshko } } },
    })
    expect((await world.as('tihomirov').get('/reports')).body.total).toBe(reports)
    expect(wordsOf(await world.page('tihomirov').get(`/organisations/${rodnichok}`))).toMatch(
      /Присоединена 01\.09\.2026 к другой организации.*Теперь это.*Солнышко.*Постановление № 7/,
    )
    expect(await found('Родничок')).toEqual([[rodnichok, 'merged']])
    expect(await found('', '&state=merged')).toEqual([[rodnichok, 'merged']])
    expect((await operator().get('/organisations')).body.rows.map(({ id }: { id: string }) => id)).not.toContain(
      rodnichok,
    )
    expect((await world.as('preobrazhenskaya').get('/organisations/search?q=родничок')).body).toEqual([])
  })

  it('changes no more until it is taken back', async () => {
    const change = await versioned(rodnichok, { phone: '+70001030607', reason: 'Новый номер' })
    expect((await operator().patch(`/organisations/${rodnichok}`, change)).status).toBe(409)
    const again = await versioned(rodnichok, { on: '2026-09-02', reason: 'Ещё раз' })
    expect((await operator().put(`/organisations/${rodnichok}/liquidation`, again)).status).toBe(409)
    const reopened = await operator().put(
      `/organisations/${rodnichok}/reopening`,
      await versioned(rodnichok, { reason: 'Ошиблись строкой' }),
    )
    expect(reopened).toMatchObject({ status: 200, body: { ending: null, closedAt: null } })
    const { body } = await operator().get(`/organisations/${rodnichok}/changes`)
    expect(body[0]).toMatchObject({ label: 'Состояние', old: 'присоединена', new: 'действует' })
  })

  it('goes not into itself, nor below itself', async () => {
    const into = async (id: string, intoId: string) =>
      (
        await operator().put(
          `/organisations/${id}/merger`,
          await versioned(id, { on: '2026-09-01', intoId, reason: 'Ошибка' }),
        )
      ).status
    expect(await into(zarechye, zarechye)).toBe(422)
    expect(await into(zarechye, solnyshko)).toBe(422)
  })

  it('takes all that stands below along', async () => {
    const merger = await versioned(zarechye, { on: '2026-09-01', intoId: district, reason: 'Укрупнение округов' })
    expect((await operator().put(`/organisations/${zarechye}/merger`, merger)).status).toBe(200)
    expect((await read(solnyshko)).higher.id).toBe(district)
    const { body } = await operator().get(`/organisations/${solnyshko}/changes`)
    expect(body[0]).toMatchObject({ label: 'Вышестоящая организация', reason: 'Укрупнение округов' })
  })
})

describe('an organisation that is liquidated', () => {
  const page = () => world.page('tihomirov')

  it('has nobody open below it, and a day that has come', async () => {
    const asked = async (id: string, on: string) =>
      operator().put(`/organisations/${id}/liquidation`, await versioned(id, { on, reason: 'Постановление № 9' }))
    expect((await asked(district, '2026-01-31')).body).toMatchObject({ code: 'organisations.has-lower' })
    expect((await asked(solnyshko, '2099-01-01')).body.errors).toMatchObject([{ field: 'on' }])
    expect((await asked(solnyshko, '31.02.2026')).body.errors).toMatchObject([{ field: 'on' }])
  })

  it('is noted on a page without scripts, by those who keep the registry alone', async () => {
    for (const person of ['voznesensky', 'dobronravova'])
      expect((await world.page(person).get(`/organisations/${solnyshko}/liquidation`)).status).not.toBe(200)
    const address = `/organisations/${solnyshko}/liquidation`
    const version = String((await read(solnyshko)).version)
    const empty = await page().submit(address, { on: '', reason: '', version })
    expect(wordsOf(empty)).toContain('Ликвидация не отмечена')
    const done = await page().submit(address, { on: '15.09.2026', reason: 'Запись в ЕГРЮЛ', version })
    expect(done).toMatchObject({ status: 303, location: `/organisations/${solnyshko}` })
    expect(wordsOf(await page().get(`/organisations/${solnyshko}`))).toMatch(/Ликвидирована 15\.09\.2026.*ЕГРЮЛ/)
    const stale = await page().submit(address, { on: '15.09.2026', reason: 'Запись в ЕГРЮЛ', version })
    expect(stale.status).toBe(409)
  })
})
