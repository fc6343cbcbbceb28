/** E9, E10, X4, X5: the table of a report as a spreadsheet that saves itself, whatever happens to the link. */
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Caller, findReport, signedIn } from './support/calls.ts'
import { enter, stand, useBrowser, useOwnStand, type Visit, visit } from './support/journey.ts'

useOwnStand()
useBrowser()

const clerkLogin = 'ds14@verhneozersk.example'
const colleagueLogin = 'ds14.deloproizvodstvo@verhneozersk.example'

let report: string
let clerk: Caller
let colleague: Caller
beforeAll(async () => {
  clerk = await signedIn(stand(), clerkLogin)
  colleague = await signedIn(stand(), colleagueLogin)
  report = (await findReport(clerk, 'Ромашка')).id
})

const cellOf = (page: Page, address: string) => page.locator(`[name="${address}"]`)
const shown = (page: Page, address: string) => page.locator(`[id="c-${address.replaceAll('/', '-')}"]`)
const stored = async (address: string): Promise<string | undefined> =>
  (await clerk.call('GET', `/reports/${report}/cells`)).body.values[address]
const saved = (page: Page) =>
  page
    .getByText(/Сохранено в/)
    .first()
    .waitFor()

async function open(login = clerkLogin, section = '7'): Promise<Visit> {
  const window = await visit()
  await enter(window, login)
  await window.page.goto(`/reports/${report}?section=${section}`)
  await window.page.getByText('Введённое сохраняется само').first().waitFor()
  return window
}

describe('the grid', () => {
  it('E9 computes white cells at once, and the keyboard alone is enough', async () => {
    const window = await open()
    const { page } = window
    await cellOf(page, '7/708/5').focus()
    await page.keyboard.type('1')
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('7/709/5')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Tab')
    await page.keyboard.type('2')
    await page.keyboard.press('Tab')
    await expect.poll(() => shown(page, '7/708/3').textContent()).toContain('3')
    await page.keyboard.press('Control+z')
    await expect.poll(() => shown(page, '7/708/3').textContent()).not.toContain('3')
    await page.keyboard.press('Control+y')
    await expect.poll(() => shown(page, '7/708/3').textContent()).toContain('3')
    await page.keyboard.press('Control+s')
    await saved(page)
    expect(await stored('7/708/6')).toBe('2')
    await window.end()
  })

  it('E9 takes a block pasted from a spreadsheet, passes over what is not entered, and undoes it as one step', async () => {
    const window = await open()
    const { page } = window
    await cellOf(page, '7/705/5').focus()
    const before = await cellOf(page, '7/705/6').inputValue()
    await paste(page, '1\t3\t1 000\n2\t4\t5')
    await expect.poll(() => cellOf(page, '7/705/6').inputValue()).toBe('3')
    expect((await cellOf(page, '7/705/7').inputValue()).replaceAll(/\s/g, '')).toBe('1000')
    expect(await cellOf(page, '7/706/6').inputValue()).toBe('4')
    await page.keyboard.press('Control+z')
    await expect.poll(() => cellOf(page, '7/705/6').inputValue()).toBe(before)
    await cellOf(page, '7/701/5').focus()
    await paste(page, '12\t41\t52\t58\t58\t49\t6\t1\t1\t1')
    await page
      .getByText(/Не поместилось в таблицу/)
      .first()
      .waitFor()
    await window.end()
  })

  it('E10 says at once what a cell cannot take, keeps it on the screen and does not send it', async () => {
    const window = await open()
    const { page } = window
    const before = await stored('7/709/6')
    await cellOf(page, '7/709/6').fill('много')
    await page.keyboard.press('Enter')
    await expect.poll(() => cellOf(page, '7/709/6').getAttribute('aria-invalid')).toBe('true')
    expect(await cellOf(page, '7/709/6').inputValue()).toBe('много')
    expect(await stored('7/709/6')).toBe(before)
    await window.end()
  })

  it('X4 tells why a computed number is what it is', async () => {
    const window = await open()
    await window.page.goto(`/reports/${report}/history?cell=7/701/3`)
    await window.page.getByRole('heading', { name: 'Почему это число' }).waitFor()
    await window.page.getByText(/701/).first().waitFor()
    await window.end()
  })
})

describe('the link', () => {
  it('X5 drops: what is typed is kept, outlives the closed page, and goes by itself', async () => {
    const window = await open()
    const { page, context } = window
    await context.setOffline(true)
    await cellOf(page, '7/709/7').fill('4')
    await page.keyboard.press('Enter')
    await page
      .getByText(/Нет связи/)
      .first()
      .waitFor()
    await page.close()
    await context.setOffline(false)
    const again = await context.newPage()
    await again.goto(`/reports/${report}?section=7`)
    await expect.poll(() => cellOf(again, '7/709/7').inputValue()).toBe('4')
    await expect.poll(() => stored('7/709/7')).toBe('4')
    await window.end()
  })

  it('X5 breaks off an answer: the same batch is sent again and done once', async () => {
    const window = await open()
    const { page } = window
    let dropped = 0
    await page.route('**/api/v1/reports/*/cells', async (route) => {
      if (dropped > 0) return route.continue()
      dropped += 1
      await route.fetch()
      await route.abort()
    })
    await cellOf(page, '7/710/7').fill('3')
    await page.keyboard.press('Enter')
    await expect.poll(() => dropped, { timeout: 15_000 }).toBe(1)
    await expect.poll(() => page.getByText(/Сохранено в/).count(), { timeout: 30_000 }).toBeGreaterThan(0)
    const { body } = await clerk.call('GET', `/reports/${report}/history?cell=7/710/7`)
    expect(body.changes.filter(({ to }: { to: string }) => to === '3')).toHaveLength(1)
    window.complaints.length = 0 // the browser itself complains of the answer that was broken off
    await window.end()
  })

  it('X5 brings two people to one cell: both values are shown, and one is chosen', async () => {
    const window = await open()
    const { page } = window
    await colleague.call('PATCH', `/reports/${report}/cells`, { changes: { '7/709/9': '6' } })
    await cellOf(page, '7/709/9').fill('5')
    await page.keyboard.press('Control+s')
    await cellOf(page, '7/709/9').focus()
    await page.getByRole('button', { name: 'Оставить моё' }).waitFor()
    await page
      .getByText(/Крылатская/)
      .first()
      .waitFor()
    expect(await stored('7/709/9')).toBe('6')
    await page.getByRole('button', { name: 'Взять их' }).click()
    await expect.poll(() => cellOf(page, '7/709/9').inputValue()).toBe('6')
    await window.end()
  })

  it('X5 outlives the session: what was typed is there after signing in again', async () => {
    const window = await open()
    const { page, context } = window
    await context.request.delete('/api/v1/session', { headers: { 'content-type': 'application/json' } })
    await cellOf(page, '7/709/10').fill('2')
    await page.keyboard.press('Enter')
    await page
      .getByText(/Вход закончился/)
      .first()
      .waitFor()
    await enter(window, clerkLogin)
    await page.reload()
    await expect.poll(() => cellOf(page, '7/709/10').inputValue()).toBe('2')
    await expect.poll(() => stored('7/709/10')).toBe('2')
    await window.end()
  })
})

/** As a spreadsheet gives it: through the clipboard event, not through the keyboard of the test. */
const paste = (page: Page, text: string): Promise<void> =>
  page.evaluate((block) => {
    const data = new DataTransfer()
    data.setData('text/plain', block)
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    )
  }, text)
