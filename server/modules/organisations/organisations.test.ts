import { beforeAll, describe, expect, it } from 'vitest'
import { countedQueries } from '../../../test/support/queries.ts'
import { openWorld, type World } from '../../../test/support/world.ts'

let world: World
let ids: Map<string, string>

beforeAll(async () => {
  world = await openWorld()
  const rows = await world.db.selectFrom('organisations').select(['id', 'short_name']).execute()
  ids = new Map(rows.map(({ id, short_name }) => [short_name, id]))
})

const idOf = (part: string): string => {
  const [, id] = [...ids].find(([name]) => name.includes(part)) ?? []
  if (!id) throw new Error(`No organisation like ${part}`)
  return id
}
const statusOf = async (person: string, path: string) => (await world.as(person).get(path)).status
const namesIn = (reply: { body: { rows: { shortName: string }[] } }) =>
  reply.body.rows.map(({ shortName }) => shortName)

describe('an organisation', () => {
  it('opens with its requisites to its clerk, its supervisor and the auditor', async () => {
    for (const person of ['dobronravova', 'krylatskaya', 'voznesensky', 'tihomirov', 'orlova', 'auditor']) {
      const reply = await world.as(person).get(`/organisations/${idOf('Ромашка')}`)
      expect(reply).toMatchObject({
        status: 200,
        body: { inn: '0014000040', region: { code: '00' }, higher: { id: idOf('Верхнеозёрского муниципального') } },
      })
    }
  })

  it('does not exist for the clerk next door, nor for the supervisor of another district', async () => {
    for (const person of ['zlatovratskaya', 'belozertseva'])
      expect(await statusOf(person, `/organisations/${idOf('Ромашка')}`)).toBe(404)
    expect(await statusOf('preobrazhenskaya', `/organisations/${idOf('Ромашка')}`)).toBe(403)
  })

  it('shows who is attached to the responsible one, not to the one who fills in', async () => {
    const path = `/organisations/${idOf('Ромашка')}/members`
    const reply = await world.as('dobronravova').get(path)
    expect(reply.body.map(({ role }: { role: string }) => role)).toEqual(['responsible', 'member'])
    expect(await statusOf('krylatskaya', path)).toBe(403)
    expect(await statusOf('zlatovratskaya', path)).toBe(404)
    const page = await world.page('krylatskaya').get(`/organisations/${idOf('Ромашка')}`)
    expect(page.html).not.toContain('Кто прикреплён')
  })
})

describe('the list of organisations', () => {
  it('holds what one may see and nothing else', async () => {
    expect(namesIn(await world.as('dobronravova').get('/organisations'))).toHaveLength(1)
    expect((await world.as('voznesensky').get('/organisations')).body.total).toBe(5)
    expect((await world.as('belozertseva').get('/organisations')).body.total).toBe(3)
    expect((await world.as('tihomirov').get('/organisations')).body.total).toBe(9)
  })

  it('is searched by words of the name in any order, ё or е, and by ИНН', async () => {
    const found = async (q: string) =>
      namesIn(await world.as('orlova').get(`/organisations?q=${encodeURIComponent(q)}`))
    expect(await found('ромашка 14')).toHaveLength(1)
    expect(await found('развития ребенка')).toHaveLength(1)
    expect(await found('0014000040')).toHaveLength(1)
    expect(await found('%')).toHaveLength(0)
    expect(await found('№ 14 „Ромашка“')).toHaveLength(1)
  })

  it('finds words in any of their forms, other numbers too, and puts what is closest first', async () => {
    const found = async (q: string) =>
      namesIn(await world.as('orlova').get(`/organisations?q=${encodeURIComponent(q)}`))
    expect(await found('детские сады')).toHaveLength(6)
    expect(await found('министерства')).toEqual(['Министерство образования Светлореченской области'])
    const { ogrn, okpo } = (await world.as('orlova').get(`/organisations/${idOf('Ромашка')}`)).body
    for (const number of [ogrn, okpo]) expect(await found(number)).toEqual([expect.stringContaining('Ромашка')])
    expect((await found('комитет образования'))[0]).toMatch(/^Комитет/)
  })

  it('is narrowed to a region and a municipality, which are offered to choose from', async () => {
    const zarechye = idOf('Заречного городского')
    const reply = await world.as('tihomirov').get(`/organisations?municipality=${zarechye}`)
    expect(reply.body.total).toBe(3)
    expect((await world.as('orlova').get('/organisations?region=000')).body.total).toBe(0)
    const page = await world.page('tihomirov').get('/organisations')
    expect(page.html).toMatch(new RegExp(`name="municipality".*value="${zarechye}"`, 's'))
    expect(page.html).not.toContain('name="region"')
    const all = await world.page('orlova').get('/organisations')
    expect(all.html).toMatch(/name="region".*Светлореченская область/s)
  })

  it('is filtered by kind and sorted both ways; the address keeps it', async () => {
    const forth = namesIn(await world.as('orlova').get('/organisations?kind=authority&sort=name'))
    const back = namesIn(await world.as('orlova').get('/organisations?kind=authority&sort=-name'))
    expect(forth).toHaveLength(3)
    expect(back).toEqual([...forth].reverse())
    const page = await world.page('orlova').get('/organisations?kind=authority&sort=-name')
    expect(page.html).toContain('href="/organisations?kind=authority"')
    expect(page.html).toContain('aria-sort="descending"')
  })

  it('takes one round trip beside the session’s', async () => {
    const person = world.page('voznesensky')
    await person.get('/organisations')
    const { statements } = await countedQueries(() => person.get('/organisations?q=сад'))
    expect(statements).toHaveLength(2)
  })
})

describe('the registry', () => {
  it('is searched by anyone who is signed in, and tells names and ИНН only', async () => {
    const reply = await world.as('preobrazhenskaya').get('/organisations/search?q=солнышко')
    expect(reply.body).toEqual([
      { id: idOf('Солнышко'), shortName: 'МБДОУ «Детский сад № 2 „Солнышко“»', inn: expect.stringMatching(/^\d{10}$/) },
    ])
  })

  it('asks for at least three signs, and for a session', async () => {
    expect(await statusOf('preobrazhenskaya', '/organisations/search?q=са')).toBe(422)
    expect((await world.visitor().get('/organisations/search?q=сад')).status).toBe(401)
  })
})
