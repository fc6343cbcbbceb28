/** The open pages of a roadmap: what everybody sees, without costing the database anything. */
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { countedQueries } from '../../../../test/support/queries.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'

const path = '/public/roadmaps/profstandarty'
let world: World
beforeAll(async () => {
  world = await openWorld()
})

describe('a visit', () => {
  it('costs the database nothing once the page was drawn', async () => {
    expect((await world.visitor().fetch(path)).status).toBe(200)
    const { statements } = await countedQueries(async () => {
      for (let visit = 0; visit < 20; visit += 1) {
        const reply = await world.visitor().fetch(`${path}?unknown=${visit}`)
        expect(reply.status).toBe(200)
        expect(reply.headers.getSetCookie()).toEqual([])
      }
    })
    expect(statements.length).toBeLessThanOrEqual(1)
  })

  it('is answered packed, by the mark it has, and to HEAD', async () => {
    const visitor = world.visitor()
    const plain = await visitor.fetch(path)
    const html = await plain.text()
    const br = await visitor.fetch(path, { headers: { 'accept-encoding': 'gzip, br' } })
    expect(br.headers.get('content-encoding')).toBe('br')
    expect(brotliDecompressSync(Buffer.from(await br.arrayBuffer())).toString()).toBe(html)
    const gzip = await visitor.fetch(path, { headers: { 'accept-encoding': 'gzip;q=0.5, br;q=0' } })
    expect(gunzipSync(Buffer.from(await gzip.arrayBuffer())).toString()).toBe(html)
    const etag = plain.headers.get('etag') ?? ''
    for (const header of [
      ['if-none-match', etag],
      ['if-none-match', etag.replace('W/', '')],
      ['if-modified-since', plain.headers.get('last-modified') ?? ''],
    ] as const) {
      const again = await visitor.fetch(path, { headers: [[...header]] })
      expect([again.status, await again.text()]).toEqual([304, ''])
    }
    const head = await visitor.fetch(path, { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
    expect(head.headers.get('content-length')).toBe(String(Buffer.byteLength(html)))
    expect(plain.headers.get('cache-control')).toMatch(/^public, max-age=\d+, stale-while-revalidate=\d+$/)
    expect(plain.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(plain.headers.get('x-frame-options')).toBe('DENY')
  })

  it('keeps the version for the visually impaired apart, and knows no other cookie', async () => {
    const look = async (cookie: string) => (await world.visitor().fetch(path, { headers: { cookie } })).text()
    const usual = await (await world.visitor().fetch(path)).text()
    expect(await look('kabinet_session=anything; kabinet_theme=purple')).toBe(usual)
    expect(await look('kabinet_vision=on%20black%20evil')).toContain('data-vision="on black"')
    expect(await look('kabinet_theme=dark')).toContain('data-theme="dark"')
    expect(await (await world.visitor().fetch(path)).text()).toBe(usual)
  })
})

describe('what was chosen', () => {
  const visit = async (query: string) => (await world.visitor().fetch(`${path}${query}`)).text()

  it('stands in the address, and what is unknown there is passed over', async () => {
    const usual = await visit('')
    for (const query of [
      '?indicator=net&sort=net&view=net&period=2020-01-01',
      '?breaks=%00x',
      '?view=map&sort=-plan-done',
    ])
      expect(await visit(query.replace('%00', ''))).toBe(usual)
    const people = await visit('?indicator=vovlecheno&sort=name&breaks=natural')
    expect(people).toMatch(/<option value="vovlecheno" selected>/)
    expect(people).toMatch(/aria-sort="ascending"><a class="sort"[^>]*>Регион/)
    expect(people).toContain('breaks=natural')
  })

  it('shows tiles, or the table alone with every figure', async () => {
    expect(await visit('?view=tiles')).toContain('class="tiles"')
    const table = await visit('?view=table')
    expect(table).not.toContain('class="region-map"')
    expect(table).toContain('Организаций применяют')
  })

  it('is kept in no more copies than there are choices', async () => {
    const { statements } = await countedQueries(async () => {
      for (let turn = 0; turn < 50; turn += 1) await visit(`?a${turn}=${turn}&period=19${10 + turn}-01-01`)
    })
    expect(statements.length).toBeLessThanOrEqual(2)
  })
})

describe('the map for other sites', () => {
  it('may stand in any frame, and it alone', async () => {
    const embed = await world.visitor().fetch(`${path}/embed?indicator=vovlecheno`)
    expect(embed.status).toBe(200)
    expect(embed.headers.get('content-security-policy')).toContain('frame-ancestors *')
    expect(embed.headers.get('x-frame-options')).toBeNull()
    const html = await embed.text()
    expect(html).toContain('class="region-map"')
    expect(html).not.toContain('<form')
    expect((await world.visitor().fetch(`${path}/embed/net`)).headers.get('x-frame-options')).toBe('DENY')
  })

  it('is drawn from one picture that browsers keep', async () => {
    const [, address = ''] =
      /href="(\/public\/maps\/[^"#]+)#/.exec(await (await world.visitor().fetch(path)).text()) ?? []
    const picture = await world.visitor().fetch(address)
    expect(picture.headers.get('content-type')).toBe('image/svg+xml')
    expect(picture.headers.get('cache-control')).toContain('max-age=31536000')
    expect(await picture.text()).toContain('id="r-38"')
  })
})

describe('what was changed', () => {
  it('is told within seconds: a measure done, a figure published', async () => {
    const done = async () =>
      /Выполнено (\d+)/.exec(
        (await (await world.visitor().fetch(`${path}/regions/01`)).text()).replaceAll('\u00a0', ' '),
      )?.[1]
    const before = await done()
    await sql`
      update measures set done_on = current_date, percent = 100, reported_at = now()
      where region_code = '01' and cancelled_at is null`.execute(world.db)
    await expect.poll(done, { timeout: 10_000 }).toBe('100')
    expect(before).not.toBe('100')
    const people = async () => (await world.visitor().fetch(`${path}/data.csv`)).text()
    await sql`
      update indicator_figures f set published_fact = 987654321, published_at = now() from indicators i
      where i.id = f.indicator_id and i.code = 'vovlecheno' and f.region_code = '01'
        and f.period = (select max(period) from indicator_figures g where g.indicator_id = i.id and g.published_at is not null)`.execute(
      world.db,
    )
    await expect.poll(people, { timeout: 10_000 }).toContain('987654321')
  })
})

describe('the front door', () => {
  it('leads visitors to open roadmaps', async () => {
    const html = await (await world.visitor().fetch('/')).text()
    expect(html).toContain(`href="${path}"`)
  })
})

describe('what is not published', () => {
  it('is not there', async () => {
    await sql`
      insert into roadmaps (id, code, title, short_title, purpose, starts_on, deadline, time_zone)
      values (uuidv7(), 'chernovik', 'Черновик', 'Черновик', 'Черновик', '2026-01-01', '2027-01-01', 'Europe/Moscow')`.execute(
      world.db,
    )
    const visitor = world.visitor()
    for (const address of ['/public/roadmaps/chernovik', '/public/roadmaps/net', `${path}/regions/net`])
      expect((await visitor.fetch(address)).status).toBe(404)
  })
})
