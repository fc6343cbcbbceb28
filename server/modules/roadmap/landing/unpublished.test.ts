/** Nothing that a region enters is seen by others before it is published; then the open pages notice it. */
import { beforeAll, expect, it } from 'vitest'
import type { Figure, FigureTable } from '../../../../contracts/indicators.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'

const path = '/public/roadmaps/profstandarty'
/** Such as nobody has planted. */
const striking = '987654321'
const plan = '987654327'
let world: World
let roadmap: string
let table: FigureTable

beforeAll(async () => {
  world = await openWorld()
  roadmap = (await world.db.selectFrom('roadmaps').select('id').executeTakeFirstOrThrow()).id
  table = (await world.as('tihomirov').get(`/roadmaps/${roadmap}/figures?region=00`)).body
})

const digits = (text: string): string => text.replaceAll(/[\s\u00a0\u202f]|&nbsp;/g, '')

async function openPages(): Promise<string> {
  const chosen = `indicator=organizacii&period=${table.period}`
  const addresses = [
    '/',
    path,
    ...['map', 'tiles', 'table'].map((view) => `${path}?${chosen}&view=${view}`),
    `${path}/embed?${chosen}`,
    `${path}/regions/00`,
    `${path}/data.csv`,
    `${path}/data.csv?period=${table.period}`,
  ]
  const replies = await Promise.all(addresses.map((address) => world.visitor().fetch(address)))
  expect(replies.map(({ status }) => status)).toEqual(addresses.map(() => 200))
  return digits((await Promise.all(replies.map((reply) => reply.text()))).join('\n'))
}

const isSeen = async (): Promise<boolean[]> => {
  const pages = await openPages()
  return [pages.includes(striking), pages.includes(plan)]
}

/** Longer than two visitors' looks at the database are apart. */
const afterTheLook = () => new Promise((resolve) => setTimeout(resolve, 3200))

async function organizations(): Promise<Figure> {
  const { body } = await world.as('tihomirov').get(`/roadmaps/${roadmap}/figures?region=00&period=${table.period}`)
  const found = body.figures.find(({ indicator }: Figure) => indicator.code === 'organizacii')
  if (!found) throw new Error('The stand has no such indicator')
  return found
}

it('a figure is seen by nobody outside until it is published, and soon after it', { timeout: 60_000 }, async () => {
  const { indicator, version } = await organizations()
  const { period, periodicity } = table
  const entered = { indicatorId: indicator.id, version, fact: striking, plan }
  const figures = [{ ...entered, explanation: 'Учли филиалы', reason: 'Пересчитали' }]
  const saved = await world.as('tihomirov').put(`/roadmaps/${roadmap}/figures`, { region: '00', period, figures })
  expect(saved.status).toBe(200)
  expect(await isSeen()).toEqual([false, false])
  await afterTheLook()
  expect(await isSeen()).toEqual([false, false])
  const other = await world.as('radonezhsky').get(`/roadmaps/${roadmap}/figures?region=000&period=${period}`)
  expect(digits(JSON.stringify(other.body))).not.toContain(striking)

  const now = await organizations()
  const confirmed = await world.as('aleksandriyskaya').put(`/roadmaps/${roadmap}/figures/confirmation`, {
    period,
    figures: [{ indicatorId: indicator.id, region: '00', version: now.version }],
  })
  expect(confirmed.status).toBe(200)
  await openPages()
  await afterTheLook()
  expect(await isSeen()).toEqual([false, false])

  const published = await world
    .as('aleksandriyskaya')
    .put(`/roadmaps/${roadmap}/figures/publication`, { period, periodicity })
  expect(published.status).toBe(200)
  await expect.poll(isSeen, { timeout: 15_000, interval: 500 }).toEqual([true, true])

  // A correction of what is published is hidden again, until it is published anew.
  const { version: last } = await organizations()
  const corrected = [{ ...figures[0], version: last, fact: '876543219', plan: '876543217' }]
  const again = await world
    .as('tihomirov')
    .put(`/roadmaps/${roadmap}/figures`, { region: '00', period, figures: corrected })
  expect(again.status).toBe(200)
  await openPages()
  await afterTheLook()
  expect(await isSeen()).toEqual([true, true])
  expect(await openPages()).not.toContain('876543219')
})
