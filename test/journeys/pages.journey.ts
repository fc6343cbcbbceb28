/**
 * X6 over every page that anybody has: links are followed from the cabinet on, and each page is looked at as on a desk
 * and as on a telephone in the dark. What stands behind one address differs by role, so each role walks by itself.
 */
import { describe, expect, it } from 'vitest'
import { standAccounts } from '../../server/seeds/stand.people.ts'
import { enter, runAxe, stand, useBrowser, useOwnStand, type Visit, visit } from './support/journey.ts'
import { scales } from './support/weight.ts'

useOwnStand()
useBrowser()

const kilobyte = 1024
/** Bytes of styles and scripts, compressed: docs/quality says so. */
const budget = { page: 30 * kilobyte, grid: 90 * kilobyte }

/** Of pages that differ by an id, a section or a cell alone, this many are opened. */
const ofOneKind = 2
const mostPages = 60

/** What all roles see alike is walked by the visitor alone. */
const common = /^\/(guide|support|consent|api|_stand|vision)\b/

const roles = [
  ...standAccounts
    .filter(({ key }) => !['belozertseva', 'zlatovratskaya'].includes(key))
    .map(({ login, roleName }) => ({ who: roleName, login, first: '/cabinet' })),
  { who: 'Посетитель', login: undefined, first: '/' },
]

describe.each(roles)('$who', ({ login, first, who }) => {
  it(`X6 every page is accessible, whole at 320 px, quiet, light, and leads nowhere in vain (${who})`, {
    timeout: 180_000,
  }, async () => {
    const window = await visit()
    if (login) await enter(window, login)
    const { page } = window
    const load = scales(page)
    const walk = walkFrom(first, login === undefined)
    const findings: string[] = []
    for (let path = walk.next(); path !== undefined; path = walk.next()) {
      load.forget()
      const response = await page.goto(path, { waitUntil: 'load' })
      if ((response?.status() ?? 599) >= 400) findings.push(`${path}: ${response?.status()}`)
      const about = `${path} (${await page.title()})`
      findings.push(...(await lookAt(window)).map((finding) => `${about}: ${finding}`))
      const isGrid = (await page.locator('#report-data').count()) > 0
      const weight = await load.weigh()
      if (weight > (isGrid ? budget.grid : budget.page)) findings.push(`${about}: weighs ${weight} bytes`)
      walk.add(
        await page.locator('a[href]').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href)),
      )
    }
    for (const path of walk.rest()) {
      const status = await statusOf(window, path)
      if (status >= 400) findings.push(`${path}: ${status}`)
    }
    console.log(`${who}: ${walk.seen()} pages opened, ${walk.rest().length} more asked for`)
    expect(findings).toEqual([])
    await window.end()
  })
})

/** What is wrong with the page that is open: on a desk in the light, on a telephone in the dark, on a narrow one. */
async function lookAt({ page }: Visit): Promise<string[]> {
  const findings: string[] = []
  const said = await page.evaluate(() => {
    const signOf = (element: Element | null) =>
      `${element?.tagName}.${element?.getAttribute('class')}[${element?.getAttributeNames().join()}]`
    const { vision = '' } = document.documentElement.dataset
    const placeOf = (element: Element) => `${vision} ${signOf(element.parentElement)} > ${signOf(element)}`
    return {
      title: document.title.trim(),
      lang: document.documentElement.lang,
      headings: document.querySelectorAll('h1').length,
      ids: [...document.querySelectorAll('[id]')].map(({ id }) => id),
      places: [...document.body.querySelectorAll('*')].map(placeOf),
    }
  })
  if (said.title.length < 5) findings.push(`title «${said.title}»`)
  if (said.lang !== 'ru') findings.push(`lang «${said.lang}»`)
  if (said.headings !== 1) findings.push(`${said.headings} headings of the first level`)
  const doubled = said.ids.filter((id, index) => said.ids.indexOf(id) !== index)
  if (doubled.length > 0) findings.push(`ids twice: ${doubled.slice(0, 3)}`)
  const isNew = news(said.places)
  if (isNew) findings.push(...(await runAxe(page)).map((violation) => `at 1280 px ${violation}`))
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.setViewportSize({ width: 360, height: 800 })
  if (isNew) findings.push(...(await runAxe(page)).map((violation) => `at 360 px in the dark ${violation}`))
  for (const width of [360, 320]) {
    await page.setViewportSize({ width, height: 800 })
    const excess = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    if (excess > 0) findings.push(`${excess} px too wide at ${width} px`)
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize({ width: 1280, height: 900 })
  return findings
}

const looked = new Set<string>()

/** Axe takes a second, so it looks where a page has an element, in a place, such as no page before it had. */
function news(places: string[]): boolean {
  const fresh = places.filter((place) => !looked.has(place))
  for (const place of fresh) looked.add(place)
  return fresh.length > 0
}

/** Breadth first, a few pages of each kind; what is left over is only asked for. */
function walkFrom(first: string, alone: boolean) {
  const here = new URL(stand()).origin
  const waiting = [first]
  const known = new Set(waiting)
  const opened = new Map<string, number>()
  const passed: string[] = []
  let count = 0
  return {
    next(): string | undefined {
      for (;;) {
        // A kind that was not seen yet comes before the second page of one that was.
        const fresh = waiting.findIndex((each) => !opened.has(kindOf(each)))
        const [path] = waiting.splice(Math.max(fresh, 0), 1)
        if (path === undefined) return undefined
        const kind = kindOf(path)
        const times = opened.get(kind) ?? 0
        const isPage =
          !/\/(attachments|files)\/[^/]+$|\.(json|xml|yaml|xlsx|csv|pdf)$|\/data\.csv\?|\/export\b|\/board\/cells\/|[?&]format=(xlsx|csv|pdf|xml)\b|^\/organisations\/imports\/template\b|^\/consolidation\/table\b|^\/public\/summaries\/\w+\/data|^\/vision/.test(
            path,
          )
        if (!isPage || times >= ofOneKind || count >= mostPages || (!alone && common.test(path))) {
          passed.push(path)
          continue
        }
        opened.set(kind, times + 1)
        count += 1
        return path
      }
    },
    add(addresses: string[]) {
      for (const address of addresses) {
        if (!URL.canParse(address) || !/^http/.test(address)) continue
        const { origin, pathname, search } = new URL(address)
        const path = pathname + search
        if (origin !== here || known.has(path) || isOneCellMore(path)) continue
        known.add(path)
        waiting.push(path)
      }
    },
    seen: () => count,
    rest: () => passed,
  }
}

/** Of the thousands of cells of a board a few tell whether they lead anywhere. */
function isOneCellMore(path: string): boolean {
  if (!path.includes('/board/cells/')) return false
  cellsSeen += 1
  return cellsSeen > 5
}
let cellsSeen = 0

/** «/reports/{id}?section» */
const kindOf = (path: string): string => {
  const { pathname, searchParams } = new URL(path, stand())
  const names = [...new Set(searchParams.keys())].sort().join('&')
  const kind = pathname.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '{id}').replace(/\/regions\/\w+$/, '/regions/{code}')
  return `${kind}?${names}`
}

/** Asked for as it is: what a link sets in the browser stays unset. */
async function statusOf({ context }: Visit, path: string): Promise<number> {
  const cookies = await context.cookies()
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const { status, body } = await fetch(stand() + path, { headers: { cookie }, redirect: 'manual' })
  await body?.cancel()
  return status
}

it('X6 the version for the visually impaired holds in every size and colour', async () => {
  const window = await visit({ width: 1280 })
  const { page } = window
  await enter(window, 'ds14@verhneozersk.example')
  const findings: string[] = []
  for (const words of ['on', 'on size-200 black wide', 'on size-150 blue no-pictures']) {
    await page.goto(`/vision?${new URLSearchParams({ set: words, back: '/cabinet' })}`)
    await page.getByRole('navigation', { name: 'Версия для слабовидящих' }).waitFor()
    findings.push(...(await lookAt(window)).map((finding) => `${words}, cabinet: ${finding}`))
    await page.getByRole('link', { name: '85-К за 2026 год' }).first().click()
    await page.waitForURL(/reports/)
    await page.goto(`${new URL(page.url()).pathname}?section=7`)
    findings.push(...(await lookAt(window)).map((finding) => `${words}, report: ${finding}`))
  }
  await page.goto('/cabinet')
  await page.getByRole('link', { name: 'Обычная версия' }).first().click()
  await page.waitForURL('/cabinet')
  expect(await page.getByRole('navigation', { name: 'Версия для слабовидящих' }).count()).toBe(0)
  expect(findings).toEqual([])
  await window.end()
})
