import { marked } from 'marked'
import { renderToString } from 'preact-render-to-string'
import { beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../../test/support/world.ts'
import { blocks, chapterNames } from './guide.page.tsx'

let world: World
beforeAll(async () => {
  world = await openWorld()
})

describe('the users’ guide', () => {
  it('lists its chapters to anyone', async () => {
    const { status, html } = await world.page().get('/guide')
    expect(status).toBe(200)
    for (const name of chapterNames) expect(html).toContain(`href="/guide/${name}"`)
  })

  it.each(chapterNames)('shows the chapter %s, and its contents lead to its parts', async (name) => {
    const { status, html } = await world.page().get(`/guide/${name}`)
    expect(status).toBe(200)
    const anchors = [...html.matchAll(/href="#(t-[^"]+)"/g)].map(([, id]) => id)
    expect(anchors.length).toBeGreaterThan(2)
    for (const id of anchors) expect(html).toContain(`id="${id}"`)
    expect(html).not.toMatch(/\.md["#]/)
  })

  it('has no other chapter', async () => {
    expect((await world.page().get('/guide/../../package')).status).toBe(404)
    expect((await world.page().get('/guide/README')).status).toBe(404)
  })

  it('shows markup typed into a chapter as it was typed', () => {
    const html = renderToString(
      <main>
        {blocks(marked.lexer('<script>alert(1)</script>\n\nСлово <img src=x onerror=alert(1)>\n\n- <b>строка</b>'))}
      </main>,
    )
    expect(html).not.toMatch(/<(script|img|b)\b/)
    expect(html).toContain('&lt;script>')
  })
})
