/** The coordinator confirms, returns and publishes the figures of a period; nothing is seen by others before. */
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ConfirmationList, Figure, Publication } from '../../../../contracts/indicators.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'

let world: World
let roadmap: string
let period: string
type Line = ConfirmationList['figures'][number]

beforeAll(async () => {
  world = await openWorld()
  roadmap = (await world.db.selectFrom('roadmaps').select('id').executeTakeFirstOrThrow()).id
  period = (await list('')).period
})

const coordinator = () => world.as('aleksandriyskaya')
const at = () => `/roadmaps/${roadmap}/figures`
const list = async (query: string): Promise<ConfirmationList> =>
  (await coordinator().get(`${at()}/confirmation?${query}`)).body
const chosen = ({ indicator, region, version }: Line) => ({
  indicatorId: indicator.id,
  region: region.code,
  version,
})
const confirm = (figures: Line[]) => coordinator().put(`${at()}/confirmation`, { period, figures: figures.map(chosen) })
const publication = async (): Promise<Publication> =>
  (await coordinator().get(`${at()}/publication?period=${period}`)).body

async function own(code: string, region = '00'): Promise<Figure> {
  const { body } = await world.as('radonezhsky').get(`${at()}?region=${region}&period=${period}`)
  return body.figures.find((figure: Figure) => figure.indicator.code === code)
}

describe('confirming', () => {
  it('is not for operators', async () => {
    expect((await world.as('tihomirov').get(`${at()}/confirmation`)).status).toBe(403)
    expect((await world.as('tihomirov').put(`${at()}/confirmation`, { period, figures: [] })).status).toBe(403)
  })

  it('shows all regions and indicators of the period, fifty a page, filtered by what is asked', async () => {
    const all = await list('')
    expect(all.total).toBe(91 * 4)
    expect(all.figures).toHaveLength(50)
    expect(Object.values(all.counts).reduce((sum, count) => sum + count)).toBe(all.total)
    const entered = await list('state=entered&warnings=without')
    expect(entered.figures.every(({ state, warnings }) => state === 'entered' && warnings.length === 0)).toBe(true)
  })

  it('is done once by two at once: the second is told what has changed', async () => {
    const [line] = (await list('state=entered&warnings=without')).figures.filter(
      ({ indicator }) => indicator.source === 'entered',
    )
    if (!line) throw new Error('The stand has nothing to confirm')
    const replies = await Promise.all([confirm([line]), confirm([line])])
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409])
    const again = await list(`region=${line.region.code}&indicator=${line.indicator.id}`)
    expect(again.figures[0]).toMatchObject({ state: 'confirmed', version: line.version + 1 })
  })

  it('names a figure twice to no effect', async () => {
    const [line] = (await list('state=entered&warnings=without')).figures.filter(
      ({ indicator }) => indicator.source === 'entered',
    )
    if (!line) throw new Error('The stand has nothing to confirm')
    const { status, body } = await confirm([line, line])
    expect([status, body.decided]).toEqual([200, 1])
  })

  it('passes a warning only with an explanation', async () => {
    const { indicator, version, fact } = await own('organizacii', '000')
    const huge = { indicatorId: indicator.id, version, fact: String(Number(fact) * 9), reason: 'Учли филиалы' }
    const save = (values: object) =>
      world.as('radonezhsky').put(at(), { region: '000', period, figures: [{ ...huge, ...values }] })
    expect((await save({})).status).toBe(200)
    const find = async () => (await list(`region=000&indicator=${indicator.id}`)).figures
    const refused = await confirm(await find())
    expect(refused.status).toBe(409)
    expect(refused.body.code).toBe('figures.unexplained')
    const now = await own('organizacii', '000')
    expect((await save({ version: now.version, explanation: 'Приказы изданы во всех филиалах' })).status).toBe(200)
    expect((await confirm(await find())).status).toBe(200)
  })

  it('of all without warnings leaves those with warnings', async () => {
    const { clean } = await list('')
    const { body } = await coordinator().put(`${at()}/clean-confirmation`, { period, periodicity: 'quarter' })
    expect(body.decided).toBe(clean)
    expect((await list('')).clean).toBe(0)
  })
})

describe('returning', () => {
  it('tells the operators of the region why, and asks for the figure again', async () => {
    const before = await own('vovlecheno')
    const [line] = (await list(`region=00&indicator=${before.indicator.id}`)).figures
    if (!line) throw new Error('No line')
    const reason = 'Проверьте, пожалуйста: не учтены ли совместители'
    const decision = { period, figures: [chosen(line)], reason }
    expect((await coordinator().put(`${at()}/return`, decision)).status).toBe(200)
    expect((await coordinator().put(`${at()}/return`, decision)).status).toBe(409)
    expect(await own('vovlecheno')).toMatchObject({ state: 'returned', returnReason: reason })
    await world.settle()
    const letters = await world.lettersTo('operator@svetlorechye.example')
    expect(letters.some(({ text }) => text.includes(reason))).toBe(true)
    const { indicator, version } = await own('vovlecheno')
    const figures = [{ indicatorId: indicator.id, version, fact: line.fact, explanation: 'Совместителей нет' }]
    expect((await world.as('tihomirov').put(at(), { region: '00', period, figures })).status).toBe(200)
    expect((await own('vovlecheno')).state).toBe('entered')
  })
})

describe('publication', () => {
  it('says what will be published and where something is missing', async () => {
    const { indicators } = await publication()
    const [people] = indicators
    expect(people).toMatchObject({ published: 0 })
    expect(people?.unconfirmed).toContain('Светлореченская область')
    expect((people?.ready ?? 0) + (people?.unconfirmed.length ?? 0) + (people?.missing.length ?? 0)).toBe(91)
  })

  it('copies what is confirmed, works the computed ones out of it and leaves the rest unseen', async () => {
    const ready = (await publication()).indicators
    const reply = await coordinator().put(`${at()}/publication`, { period, periodicity: 'quarter' })
    expect(reply.status).toBe(200)
    const rows = await published()
    const of = (code: string) => rows.filter((row) => row.code === code)
    for (const { id, ready: count } of ready.filter(({ source }) => source === 'entered'))
      expect(rows.filter((row) => row.indicator === id)).toHaveLength(count)
    expect(of('vovlecheno').some(({ region }) => region === '00')).toBe(false)
    expect(of('dolya').some(({ region }) => region === '00')).toBe(false)
    for (const { region, fact } of of('dolya')) {
      const [part, whole] = ['obucheno', 'vovlecheno'].map(
        (code) => of(code).find((row) => row.region === region)?.fact,
      )
      expect(Number(fact)).toBe(Math.round((Number(part) / Number(whole)) * 1000) / 10)
    }
    expect(of('dolya').length).toBeGreaterThan(10)
    const again = await coordinator().put(`${at()}/publication`, { period, periodicity: 'quarter' })
    expect(again.status).toBe(409)
  })

  it('makes the country’s figure by the merging of the indicator', async () => {
    const rows = await published()
    const { indicators } = await publication()
    const sum = rows.filter(({ code }) => code === 'obucheno').reduce((whole, { fact }) => whole + Number(fact), 0)
    const trained = indicators.find(({ title }) => title.startsWith('Обучено'))
    expect(Number(trained?.country)).toBe(sum)
  })

  it('keeps what is seen while a correction waits, until it is published anew', async () => {
    const [row] = (await published()).filter(({ code }) => code === 'organizacii')
    const correct = await own('organizacii', '000')
    expect(row?.fact).toBeDefined()
    const figures = [
      {
        indicatorId: correct.indicator.id,
        version: correct.version,
        fact: '77',
        reason: 'Ошибка в разряде',
        explanation: 'Так и есть',
      },
    ]
    expect((await world.as('radonezhsky').put(at(), { region: '000', period, figures })).status).toBe(200)
    const seen = async () =>
      (await published()).find(({ code, region }) => code === 'organizacii' && region === '000')?.fact
    const before = await seen()
    expect(before).toBe(correct.publishedFact)
    expect((await confirm((await list(`region=000&indicator=${correct.indicator.id}`)).figures)).status).toBe(200)
    expect(await seen()).toBe(before)
    await coordinator().put(`${at()}/publication`, { period, periodicity: 'quarter' })
    expect(await seen()).toBe('77')
  })

  it('of the past of the stand has its computed figures too', async () => {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from indicator_figures f join indicators i on i.id = f.indicator_id
      where i.code = 'dolya' and f.published_fact is not null and f.period < ${period}`.execute(world.db)
    expect(rows[0]?.count).toBe(91 * 5)
  })
})

type PublishedRow = { indicator: string; code: string; region: string; fact: string }

async function published(): Promise<PublishedRow[]> {
  const { rows } = await sql<PublishedRow>`
    select i.id as indicator, i.code, f.region_code as region, f.published_fact as fact
    from indicator_figures f join indicators i on i.id = f.indicator_id
    where f.period = ${period} and f.published_fact is not null`.execute(world.db)
  return rows
}
