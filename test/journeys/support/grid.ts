/** What the journeys of a report's table begin with: the report filled in, its table open, and how to look at it. */
import type { Page } from 'playwright-core'
import { beforeAll, beforeEach, expect } from 'vitest'
import { type Caller, findReport, signedIn } from './calls.ts'
import { enter, stand, type Visit, visit } from './journey.ts'
import { sampleValues } from './sample.ts'

export const clerkLogin = 'ds14@verhneozersk.example'
/** Through the API, beside the browser: the clerk of the window, another of the same organisation, who decides. */
export let clerk: Caller
export let colleague: Caller
export let supervisor: Caller
export let report: string

/** Call it after `useOwnStand`. Each journey begins with the whole report filled in. */
export function useReport(): void {
  beforeAll(async () => {
    clerk = await signedIn(stand(), clerkLogin)
    colleague = await signedIn(stand(), 'ds14.deloproizvodstvo@verhneozersk.example')
    supervisor = await signedIn(stand(), 'uo@verhneozersk.example')
    report = (await findReport(clerk, 'Ромашка')).id
  })
  beforeEach(async () => {
    expect((await clerk.call('PATCH', `/reports/${report}/cells`, { changes: sampleValues() })).status).toBe(200)
  })
}

/** What the server has of these cells. */
export const standing = async (...cells: string[]): Promise<string[]> => {
  const { body } = await clerk.call('GET', `/reports/${report}/cells`)
  return cells.map((cell) => body.values[cell] ?? '')
}

export async function openGrid(cell = '7/702/5'): Promise<Visit> {
  const window = await visit()
  await enter(window, clerkLogin)
  await show(window.page, cell)
  return window
}

/** By the link to a cell, as from the results of a check; the cell has the focus then. */
export async function show(page: Page, cell: string): Promise<void> {
  await page.goto(`/reports/${report}?section=7#c-${cell.replaceAll('/', '-')}`)
  await expect.poll(() => here(page)).toBe(cell)
}

/** The address of the cell that one stands in. */
export const here = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const focused = document.activeElement
    const name = focused?.getAttribute('name') ?? focused?.id ?? ''
    return name.replace(/^c-(\w+)-(\w+)-(\w+)$/, '$1/$2/$3')
  })

export const fieldOf = (page: Page, cell: string) => page.locator(`[name="${cell}"]`)
/** What a computed or closed cell shows. */
export const shown = (page: Page, cell: string): Promise<string> =>
  page
    .locator(`#c-${cell.replaceAll('/', '-')} > :first-child`)
    .textContent()
    .then((text) => text?.replace(/\s/g, '') ?? '')
export const barOf = (page: Page) => page.locator('#cell-bar')

export async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}

/** What the line beside the section's heading says. */
export const expectLine = (page: Page, words: RegExp, timeout = 5_000) =>
  expect.poll(() => spoken(page, '.saving'), { timeout }).toMatch(words)

export async function saveNow(page: Page): Promise<void> {
  await press(page, 'Control+s')
  await expectLine(page, /Сохранено в \d\d:\d\d/)
}

/** Says what stands in the sight of everybody, with spaces that do break. */
export const spoken = async (page: Page, selector: string): Promise<string> =>
  (await page.locator(selector).allTextContents()).join(' ').replace(/[\s\u00a0\u202f]+/g, ' ')
