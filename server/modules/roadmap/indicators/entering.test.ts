/** The operator works with the figures of its own region: sees, enters, corrects, with history; never another's. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { Figure } from '../../../../contracts/indicators.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'
import { periodsOn } from './periods.ts'

let world: World
let roadmap: string
let period: string
/** The current one: nothing is entered yet. */
let now: string
const before = '2026-01-01'

beforeAll(async () => {
  world = await openWorld()
  roadmap = (await world.db.selectFrom('roadmaps').select('id').executeTakeFirstOrThrow()).id
  period = (await figures('tihomirov', '00')).body.period
  now = periodsOn('quarter', period, 1)
})

const figures = (person: string, region: string, more = '') =>
  world.as(person).get(`/roadmaps/${roadmap}/figures?region=${region}${more}`)

async function figure(code: string, { region = '00', of = period, person = 'tihomirov' } = {}): Promise<Figure> {
  const { body } = await figures(person, region, `&period=${of}`)
  return body.figures.find((one: Figure) => one.indicator.code === code)
}

const save = (person: string, lines: object[], { region = '00', of = period } = {}) =>
  world.as(person).put(`/roadmaps/${roadmap}/figures`, { region, period: of, figures: lines })

async function line(code: string, values: object, place: { region?: string; of?: string } = {}) {
  const { indicator, version } = await figure(code, place)
  return { indicatorId: indicator.id, version, ...values }
}

describe('the figures of a region', () => {
  it('are those of the last ended period, with the last fact, the plan and what follows from them', async () => {
    const { status, body } = await figures('tihomirov', '00')
    expect(status).toBe(200)
    expect(body.periodName).toMatch(/^(I|II|III|IV) квартал \d{4} года$/)
    expect(body.figures.map(({ indicator }: Figure) => indicator.code)).toEqual([
      'vovlecheno',
      'obucheno',
      'dolya',
      'organizacii',
    ])
    const [people, trained, share] = body.figures
    expect(people.previous).toMatch(/^\d+$/)
    expect(share).toMatchObject({
      editable: false,
      origin: 'Считается: «Обучено по профессиональным стандартам» ÷ «Вовлечено в проект» × 100',
    })
    expect(share.fact).toBe(String(Math.round((Number(trained.fact) / Number(people.fact)) * 1000) / 10))
  })

  it('do not exist for the operator of another region, nor by page, nor to be saved', async () => {
    expect((await figures('tihomirov', '01')).status).toBe(404)
    expect((await figures('tihomirov', '*')).status).toBe(404)
    const page = await world.page('tihomirov').get(`/roadmaps/${roadmap}/indicators?region=01`)
    expect(page.status).toBe(404)
    const own = await line('vovlecheno', { fact: '1' })
    expect((await save('tihomirov', [own], { region: '01' })).status).toBe(404)
    const history = `/roadmaps/${roadmap}/figures/history?region=01&indicator=${own.indicatorId}`
    expect((await world.as('tihomirov').get(history)).status).toBe(404)
    expect(
      (
        await world
          .page('tihomirov')
          .get(`/roadmaps/${roadmap}/indicators/history?region=01&indicator=${own.indicatorId}`)
      ).status,
    ).toBe(404)
  })

  it('are seen but not entered by the coordinator and the auditor', async () => {
    for (const person of ['aleksandriyskaya', 'auditor']) {
      expect((await figures(person, '01')).body.figures[0].editable).toBe(false)
      expect((await save(person, [await line('vovlecheno', { fact: '1' })])).status).toBe(403)
    }
  })
})

describe('entering', () => {
  it('takes a comma, any spaces and an exact decimal, and notes who changed what', async () => {
    const { body, status } = await save(
      'tihomirov',
      [await line('organizacii', { fact: '1\u202f234', plan: ' 2 000,0 ' }, { of: now })],
      { of: now },
    )
    expect(status).toBe(200)
    const saved = body.figures.find((one: Figure) => one.indicator.code === 'organizacii')
    expect(saved).toMatchObject({ fact: '1234', plan: '2000', completion: '61.7', state: 'entered' })
    const history = await world
      .as('tihomirov')
      .get(`/roadmaps/${roadmap}/figures/history?region=00&indicator=${saved.indicator.id}&period=${now}`)
    expect(history.body.changes[0]).toMatchObject({ new: expect.stringMatching(/1234|2000/) })
    expect(history.body.changes[0].by).toContain('Тихомиров')
  })

  it('refuses all of it when one line is wrong, and names the field', async () => {
    const wrong = await line('organizacii', { fact: 'много' }, { of: now })
    const fraction = await line('vovlecheno', { plan: '10,5' }, { of: now })
    const { status, body } = await save('tihomirov', [wrong, fraction], { of: now })
    expect(status).toBe(422)
    expect(body.errors.map(({ field }: { field: string }) => field)).toEqual(['figures.0.fact', 'figures.1.plan'])
    expect((await figure('organizacii', { of: now })).fact).toBe('1234')
  })

  it('shows again what was typed', async () => {
    const address = `/roadmaps/${roadmap}/indicators`
    const { body } = await figures('tihomirov', '00', `&period=${now}`)
    const lines = body.figures
      .filter(({ editable }: Figure) => editable)
      .flatMap(({ indicator, version }: Figure, index: number) => [
        [`figures.${index}.indicatorId`, indicator.id],
        [`figures.${index}.version`, String(version)],
        [`figures.${index}.fact`, index === 2 ? 'сто двадцать' : '55'],
      ])
    const fields = { region: '00', period: now, periodicity: 'quarter', ...Object.fromEntries(lines) }
    const from = `${address}?region=00&period=${now}`
    const page = await world.page('tihomirov').submit(address, fields, from)
    expect(page.status).toBe(422)
    expect(page.html).toContain('сто двадцать')
    expect(page.html).toContain('href="#figures-2-fact"')
    expect(page.html.match(/value="55"/g)).toHaveLength(2)
  })

  it('changes nothing when nothing is changed, however often it is sent', async () => {
    const same = await line('organizacii', { fact: '1234,0', plan: '2000' }, { of: now })
    expect((await save('tihomirov', [same], { of: now })).status).toBe(200)
    expect((await figure('organizacii', { of: now })).version).toBe(same.version)
  })

  it('keeps what others have changed in other cells, and shows both where two have changed the same', async () => {
    const seen = await line('organizacii', {}, { of: now })
    expect((await save('tihomirov', [{ ...seen, plan: '2100' }], { of: now })).status).toBe(200)
    const second = await save('radonezhsky', [{ ...seen, plan: '2000', fact: '1240' }], { of: now })
    expect(second.status).toBe(200)
    expect(await figure('organizacii', { of: now })).toMatchObject({ plan: '2100', fact: '1240' })
    const third = await save('tihomirov', [{ ...seen, fact: '1300', plan: '2000' }], { of: now })
    expect(third.status).toBe(409)
    expect(third.body.params.conflicts).toMatchObject([
      { field: 'fact', theirs: '1240', typed: '1300', merged: { plan: '2100', fact: '1300' } },
    ])
    const { version } = third.body.params.conflicts[0]
    expect((await save('tihomirov', [{ ...seen, version, fact: '1300' }], { of: now })).status).toBe(200)
  })

  it('asks why when a confirmed or published figure is corrected, and what is published stays', async () => {
    const published = await figure('vovlecheno', { of: before })
    expect(published).toMatchObject({ state: 'published', needsReason: true })
    const place = { of: before }
    const without = await save('tihomirov', [await line('vovlecheno', { fact: '5' }, place)], place)
    expect(without.status).toBe(422)
    expect(without.body.errors[0].field).toBe('figures.0.reason')
    const reason = 'Одно учреждение посчитали дважды'
    expect((await save('tihomirov', [await line('vovlecheno', { fact: '5', reason }, place)], place)).status).toBe(200)
    const corrected = await figure('vovlecheno', place)
    expect(corrected).toMatchObject({ fact: '5', state: 'entered', publishedFact: published.publishedFact })
    expect(corrected.warnings.map(({ code }) => code)).toContain('jump')
    const history = await world
      .as('tihomirov')
      .get(`/roadmaps/${roadmap}/figures/history?region=00&indicator=${corrected.indicator.id}&period=${before}`)
    expect(history.body.changes[0]).toMatchObject({ field: 'fact', old: published.fact, new: '5', reason })
  })

  it('refuses one indicator named twice, and a version that nobody has seen yet', async () => {
    const once = await line('organizacii', {}, { of: now })
    const twice = [
      { ...once, fact: '5' },
      { ...once, fact: '6' },
    ]
    expect((await save('tihomirov', twice, { of: now })).status).toBe(422)
    const future = { ...once, version: once.version + 100, fact: '7' }
    expect((await save('tihomirov', [future], { of: now })).status).toBe(409)
    expect(await figure('organizacii', { of: now })).toMatchObject({ version: once.version })
  })

  it.each(['1e9', '1,5,6', '9'.repeat(30), 'NaN', 'Infinity', '0x10', '=1+1', '<script>', '٣', '1/2'])(
    'takes no %s for a number',
    async (fact) => {
      const { status, body } = await save('tihomirov', [await line('organizacii', { fact }, { of: now })], { of: now })
      expect(status).toBe(422)
      expect(body.errors[0].field).toBe('figures.0.fact')
    },
  )

  it('says where a computed one comes from and does not take it', async () => {
    const { status, body } = await save('tihomirov', [await line('dolya', { fact: '50' })])
    expect(status).toBe(422)
    expect(body.errors[0]).toMatchObject({ field: 'figures.0.fact' })
    expect(body.errors[0].text).toContain('считается сам')
  })

  it('is refused for a period that has not begun', async () => {
    const { status, body } = await save('tihomirov', [await line('vovlecheno', { fact: '1' })], { of: '2099-01-01' })
    expect(status).toBe(422)
    expect(body.errors[0].field).toBe('period')
  })
})

describe('a helper whose grant is limited to one indicator', () => {
  it('sees and enters that one alone', async () => {
    const { indicator, version } = await figure('obucheno', { of: now })
    const other = await line('vovlecheno', { fact: '7' }, { of: now })
    const helper = await world.db
      .selectFrom('accounts')
      .select('id')
      .where('email', '=', 'helper@svetlorechye.example')
      .executeTakeFirstOrThrow()
    await world.db
      .updateTable('grants')
      .set({ permissions: ['roadmap.read', 'indicator.enter'], parts: [`indicator:${indicator.id}`] } as never) // as: grants are another room's
      .where('account_id', '=', helper.id)
      .execute()
    const { body } = await figures('zadunayskaya', '00', `&period=${now}`)
    expect(body.figures.map((one: Figure) => one.indicator.code)).toEqual(['obucheno'])
    expect((await save('zadunayskaya', [other], { of: now })).status).toBe(404)
    const own = { indicatorId: indicator.id, version, fact: '7' }
    expect((await save('zadunayskaya', [own], { of: now })).status).toBe(200)
    const history = (id: string) =>
      world.as('zadunayskaya').get(`/roadmaps/${roadmap}/figures/history?region=00&indicator=${id}`)
    expect((await history(indicator.id)).status).toBe(200)
    expect((await history(other.indicatorId)).status).toBe(404)
  })
})
