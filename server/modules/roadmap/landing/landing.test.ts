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
