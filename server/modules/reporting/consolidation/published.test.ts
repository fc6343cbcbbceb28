/** Summaries by the API and by their public addresses, and how many statements the pages take. */
import { beforeAll, describe, expect, it } from 'vitest'
import { countedQueries } from '../../../../test/support/queries.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'
import { readRows } from '../../../kernel/spreadsheets/index.ts'

let world: World
let period: string
const form = '0609506'
const cell = '7/701/5'

beforeAll(async () => {
  world = await openWorld()
  period = (await world.as('orlova').get(`/consolidation?form=${form}`)).body.period
})

const choice = (more: object = {}) => ({
  name: 'Воспитанники',
  form,
  period,
  states: 'sent',
  cells: [cell],
  grouping: 'children',
  chart: 'bar',
  minimum: 1,
  ...more,
})

async function published(more: object = {}): Promise<{ id: string; key: string }> {
  const { body } = await world.as('orlova').post('/summaries', choice(more))
  const reply = await world.as('orlova').put(`/summaries/${body.id}/publication`, {})
  return { id: body.id, key: reply.body.publicKey }
}

describe('summaries by the API', () => {
  it('are saved, read, published, withdrawn and removed, by their owner alone', async () => {
    const orlova = world.as('orlova')
    const made = await orlova.post('/summaries', choice())
    expect(made.status).toBe(201)
    const address = `/summaries/${made.body.id}`
    const read = await orlova.get(address)
    expect(read.body).toMatchObject({ name: 'Воспитанники', mine: true, publicKey: null })
    expect(read.body.rows.at(-1)).toMatchObject({ name: 'Всего', values: [{ reports: expect.any(Number) }] })
    expect((await orlova.get('/summaries')).body.summaries).toContainEqual(
      expect.objectContaining({ id: made.body.id }),
    )
    expect((await world.as('voznesensky').get(address)).status).toBe(404)
    const { publicKey } = (await orlova.put(`${address}/publication`, {})).body
    expect((await world.visitor().fetch(`/public/summaries/${publicKey}/data`)).status).toBe(200)
    expect((await orlova.delete(`${address}/publication`)).status).toBe(204)
    expect((await world.visitor().fetch(`/public/summaries/${publicKey}/data`)).status).toBe(404)
    expect((await orlova.delete(address)).status).toBe(204)
    expect((await orlova.get(address)).status).toBe(404)
  })

  it('compare several territories over several periods', async () => {
    const two = await world.db
      .selectFrom('organisations')
      .select('id')
      .where('level', '=', 'municipality')
      .limit(2)
      .execute()
    const made = await world
      .as('orlova')
      .post('/summaries', choice({ territories: two.map(({ id }) => id), periods: 2, chart: 'line' }))
    const { body } = await world.as('orlova').get(`/summaries/${made.body.id}`)
    expect(body.rows).toHaveLength(2)
    expect(body.columns).toHaveLength(2)
    const page = await world.page('orlova').get(`/summaries/${made.body.id}`)
    expect(page.html).toContain('<desc>')
  })

  it('are not published when too few stand behind every figure', async () => {
    const { body } = await world.as('orlova').post('/summaries', choice({ minimum: 100 }))
    expect((await world.as('orlova').put(`/summaries/${body.id}/publication`, {})).status).toBe(422)
  })
})

describe('a published summary', () => {
  it('is answered with 304 to whoever has it, page and data, without a look into the database', async () => {
    const { key } = await published()
    const visitor = world.page()
    for (const path of [`/public/summaries/${key}`, `/public/summaries/${key}/data`]) {
      const first = await visitor.fetch(path)
      const etag = first.headers.get('etag') ?? ''
      expect(etag).toMatch(/^"[\w-]+"$/)
      expect(first.headers.get('cache-control')).toMatch(/no-cache$/)
      const again = await countedQueries(() => visitor.fetch(path, { headers: { 'if-none-match': `W/${etag}` } }))
      expect(again.result.status).toBe(304)
      expect(again.statements).toEqual([])
      expect((await visitor.fetch(path, { headers: { 'if-none-match': '"other"' } })).status).toBe(200)
    }
  })
})

describe('pages of totals', () => {
  it('stand under their own section of the menu, whatever is chosen', async () => {
    for (const path of [`/consolidation?form=${form}`, '/summaries', `/consolidation/cell?form=${form}&cell=${cell}`]) {
      const { html } = await world.page('orlova').get(path)
      expect(html, path).toMatch(/<a href="\/consolidation" aria-current="page"/)
    }
  })

  it('take a fixed number of statements', async () => {
    const page = world.page('orlova')
    const counted = async (path: string) => {
      await page.get(path)
      return (await countedQueries(() => page.get(path))).statements.length
    }
    expect(await counted(`/consolidation?form=${form}&period=${period}`)).toBe(15)
    expect(await counted(`/consolidation/cell?form=${form}&period=${period}&cell=${cell}`)).toBe(18)
    expect(await counted('/summaries')).toBe(2)
  })

  it('are taken away as a workbook that holds the same numbers', async () => {
    const { body } = await world.as('orlova').get(`/consolidation?form=${form}&period=${period}`)
    const file = await world.page('orlova').fetch(`/consolidation/table?form=${form}&period=${period}&format=xlsx`)
    const rows: string[][] = []
    for await (const row of readRows(new Uint8Array(await file.arrayBuffer())).rows) rows.push(row.cells)
    expect(rows[0]).toContain('Графа')
    const numbers = rows.map((row) => row[4]?.replaceAll(/\s/g, '').replace(',', '.'))
    expect(numbers).toContain(String(Number(body.totals[cell])))
    expect(rows.filter((row) => row[2] === '701').length).toBeGreaterThan(0)
  })
})
