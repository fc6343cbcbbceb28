/** X5, E11: the table of a report loses nothing, whatever becomes of the link, of the session, and of the report meanwhile. */
import type { Page, Route } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import {
  barOf,
  clerk,
  clerkLogin,
  colleague,
  expectLine,
  fieldOf,
  here,
  openGrid,
  press,
  report,
  saveNow,
  show,
  shown,
  spoken,
  standing,
  supervisor,
  useReport,
} from './support/grid.ts'
import { enter, runAxe, signIn, stand, useBrowser, useOwnStand, visit } from './support/journey.ts'

useOwnStand()
useBrowser()
useReport()

describe('the link', () => {
  it('X5 it drops while one types: the page says so, keeps all, and sends it by itself when it is back', async () => {
    const window = await openGrid('7/703/5')
    const { page, context } = window
    await context.setOffline(true)
    await page.keyboard.type('11')
    await press(page, 'Enter')
    await expectLine(page, /Нет связи: введённое хранится на этом компьютере и уйдёт само, 1 ячейка/)
    await page.keyboard.type('5')
    await press(page, 'Enter')
    await expectLine(page, /Нет связи.*2 ячейки/)
    expect(await standing('7/703/5', '7/704/5')).toEqual(['10', '4'])
    expect(await runAxe(page)).toEqual([])
    await context.setOffline(false)
    await expectLine(page, /Сохранено в/)
    expect(await standing('7/703/5', '7/704/5')).toEqual(['11', '5'])
    await window.end()
  })

  it('X5 what was typed before the script had come over a slow link is saved with the rest', async () => {
    const window = await visit()
    const { page } = window
    await enter(window, clerkLogin)
    const script = Promise.withResolvers<void>()
    await page.route('**/report-grid*.js', async (route) => {
      await script.promise
      await route.continue()
    })
    await page.goto(`/reports/${report}?section=7`, { waitUntil: 'commit' })
    await fieldOf(page, '7/704/5').fill('3')
    await fieldOf(page, '7/704/6').fill('17')
    script.resolve()
    await expectLine(page, /Сохранено в/)
    expect(await standing('7/704/5', '7/704/6')).toEqual(['3', '17'])
    expect(await shown(page, '7/704/3')).toBe('131')
    await window.end()
  })

  it('X5 the tab is closed while there is no link: what was typed is there again in the next one, and saved', async () => {
    const window = await openGrid('7/703/6')
    const { page, context } = window
    await context.setOffline(true)
    await page.keyboard.type('40')
    await press(page, 'Enter', 'ArrowUp', 'ArrowRight')
    await page.keyboard.type('пять')
    await expectLine(page, /Нет связи/)
    const next = await context.newPage()
    await page.close()
    await context.setOffline(false)
    expect(await standing('7/703/6')).toEqual(['39'])
    await next.goto(`/reports/${report}?section=7`)
    await expect.poll(() => fieldOf(next, '7/703/6').inputValue()).toBe('40')
    await expect.poll(() => fieldOf(next, '7/703/7').inputValue()).toBe('пять')
    await expect.poll(() => standing('7/703/6')).toEqual(['40'])
    await expect.poll(() => spoken(next, '[role="status"]')).toMatch(/Восстановлено несохранённое: 2 ячейки/)
    await window.end()
  })

  it('X5 an answer that is lost, an error of the server and a refusal neither double nor lose anything', async () => {
    const window = await openGrid('7/704/7')
    const { page } = window
    const { body: before } = await clerk.call('GET', `/reports/${report}/history?cell=7/704/7`)
    const keys: string[] = []
    const ways: ((route: Route) => Promise<void>)[] = [
      // It arrives and is done, but the answer does not come back.
      async (route) => {
        await route.fetch()
        await route.abort('connectionreset')
      },
      (route) => route.fulfill({ status: 500, contentType: 'application/problem+json', body: '{"code":"bug"}' }),
      (route) => route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>Bad gateway</h1>' }),
    ]
    await page.route('**/cells', async (route) => {
      keys.push(route.request().headers()['idempotency-key'] ?? '')
      await (ways.shift() ?? ((last) => last.continue()))(route)
    })
    await page.keyboard.type('28')
    await press(page, 'Enter')
    await expectLine(page, /Нет связи/)
    // The second attempt comes by itself, the others are asked for.
    await expect.poll(() => keys.length, { timeout: 6_000 }).toBe(2)
    const askAgain = async () => {
      await press(page, 'Control+s')
      return keys.length
    }
    await expect.poll(askAgain, { interval: 200, timeout: 6_000 }).toBeGreaterThan(3)
    await expectLine(page, /Сохранено в/)
    expect(new Set(keys).size).toBe(1)
    const { body: after } = await clerk.call('GET', `/reports/${report}/history?cell=7/704/7`)
    expect(after.value).toBe('28')
    expect(after.changes).toHaveLength(before.changes.length + 1)

    ways.push((route) =>
      route.fulfill({
        status: 404,
        contentType: 'application/problem+json',
        body: '{"code":"not-found","title":"Такого отчёта нет или он вам не доступен."}',
      }),
    )
    await show(page, '7/704/8')
    await page.keyboard.type('33')
    await expectLine(page, /Такого отчёта нет.*Введённое осталось на этом компьютере: 1 ячейка/)
    await saveNow(page)
    expect(await standing('7/704/7', '7/704/8')).toEqual(['28', '33'])
    window.complaints.length = 0 // the browser itself complains of the answers that were broken off
    await window.end()
  })
})

describe('others', () => {
  it('X5 two people in one cell: both values are shown with who and when, and one chooses', async () => {
    const window = await openGrid('7/707/5')
    const { page } = window
    const theirs = { '7/707/5': '21', '7/707/6': '22', '7/707/8': '23' }
    await colleague.call('PATCH', `/reports/${report}/cells`, { changes: theirs })
    await page.keyboard.type('31')
    await press(page, 'Tab')
    await page.keyboard.type('32')
    await press(page, 'Tab')
    await page.keyboard.type('33')
    await press(page, 'Control+s')
    const note = page.locator('.note[role="alert"]')
    await note.getByText(/другой\s+человек\s+изменил\s+2\s+ячейки/).waitFor()
    expect(await standing('7/707/5', '7/707/6', '7/707/7', '7/707/8')).toEqual(['21', '22', '33', '23'])
    expect(await fieldOf(page, '7/707/5').inputValue()).toBe('31')
    expect(await runAxe(page)).toEqual([])

    await note.getByRole('button', { name: /строка 707, графа 5/ }).click()
    expect(await spoken(page, '#cell-bar')).toMatch(/Вы: 31, уже стоит: 21 \(Крылатская.*\d\d:\d\d\)/)
    await barOf(page).getByRole('button', { name: 'Взять их' }).click()
    expect(await fieldOf(page, '7/707/5').inputValue()).toBe('21')
    expect(await here(page)).toBe('7/707/5')
    await press(page, 'ArrowRight')
    await barOf(page).getByRole('button', { name: 'Оставить моё' }).click()
    await saveNow(page)
    expect(await standing('7/707/5', '7/707/6', '7/707/7')).toEqual(['21', '32', '33'])
    await window.end()
  })

  it('X6 X5 the choice between two values is made by the keyboard alone', async () => {
    const window = await openGrid('7/708/5')
    const { page } = window
    await colleague.call('PATCH', `/reports/${report}/cells`, { changes: { '7/708/5': '5' } })
    await page.keyboard.type('6')
    await press(page, 'Control+s')
    await page
      .locator('.note[role="alert"]')
      .getByText(/другой\s+человек\s+изменил\s+1\s+ячейку/)
      .waitFor()
    expect(await here(page)).toBe('7/708/5')
    await press(page, 'F6')
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Оставить моё')
    await press(page, 'Tab', 'Enter')
    expect(await here(page)).toBe('7/708/5')
    expect(await fieldOf(page, '7/708/5').inputValue()).toBe('5')
    await press(page, 'F6', 'F6')
    expect(await here(page)).toBe('7/708/5')
    await window.end()
  })

  it('X5 the session ends in the middle: what was typed is saved after signing in again', async () => {
    const window = await openGrid('7/709/5')
    const { page, context } = window
    const endSession = async () => {
      const { value = '' } = (await context.cookies()).find(({ name }) => name === 'kabinet_session') ?? {}
      const reply = await fetch(`${stand()}/api/v1/session`, {
        method: 'DELETE',
        headers: { cookie: `kabinet_session=${value}` },
      })
      expect(reply.status).toBe(204)
    }
    await endSession()
    await page.keyboard.type('3')
    await expectLine(page, /Вход закончился: войдите в новом окне.*1 ячейка/)
    await press(page, 'ArrowRight')
    await page.keyboard.type('4')
    expect(await runAxe(page)).toEqual([])
    const [door] = await Promise.all([
      context.waitForEvent('page'),
      page.locator('.saving').getByRole('link', { name: 'Войти' }).click(),
    ])
    await door.getByLabel('Введите логин (e-mail)').fill(clerkLogin)
    await door.getByLabel('Введите пароль', { exact: true }).fill('Stend-2027!')
    await door.getByRole('button', { name: 'Войти', exact: true }).first().click()
    await door.waitForURL(/\/reports\//)
    await door.close()
    await page.bringToFront()
    await page.locator('#section').click()
    await press(page, 'Control+s')
    await expectLine(page, /Сохранено в/)
    await expect.poll(() => standing('7/709/5', '7/709/6')).toEqual(['3', '4'])

    await show(page, '7/709/7')
    await endSession()
    await page.keyboard.type('2')
    await expectLine(page, /Вход закончился/)
    await signIn(page, clerkLogin)
    await page.goto(`/reports/${report}?section=7`)
    await expect.poll(() => fieldOf(page, '7/709/7').inputValue()).toBe('2')
    await expect.poll(() => standing('7/709/7')).toEqual(['2'])
    await window.end()
  })

  it('X5 E11 the report is sent meanwhile from another window: one is told, and nothing typed is lost', async () => {
    const window = await openGrid('7/710/5')
    const { page } = window
    expect((await clerk.call('PUT', `/reports/${report}/sending`, {})).status).toBe(200)
    await page.keyboard.type('1')
    await expectLine(page, /На проверке в вышестоящей организации.*Введённое осталось на этом компьютере: 1 ячейка/)
    expect(await standing('7/710/5')).toEqual(['0'])
    await supervisor.call('PUT', `/reports/${report}/refusal`, { reason: 'Верните себе и проверьте' })
    await page.reload()
    await expect.poll(() => standing('7/710/5')).toEqual(['1'])
    expect(await fieldOf(page, '7/710/5').inputValue()).toBe('1')
    await page.getByText('Верните себе и проверьте').first().waitFor()
    await window.end()
  })
})

/** What a page that was closed has left in this browser: written as that page would have, without waiting for it. */
const leave = (page: Page, pending: Record<string, string>, person: string) =>
  page.evaluate(
    ({ report, pending, person }) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('kabinet', 1)
        opening.onupgradeneeded = () => opening.result.createObjectStore('unsaved-cells', { keyPath: 'key' })
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const cells = Object.entries(pending).map(([cell, value]) => [cell, { value, base: null }])
          const kept = { pending: Object.fromEntries(cells), pasted: false, batches: [], conflicts: {}, bad: {} }
          const week = 7 * 86_400_000
          const writing = opening.result.transaction('unsaved-cells', 'readwrite')
          // The clock stood a week ahead when it was written: what is typed now must still be the later.
          const left = { key: `${report}/closed-page`, report, person, at: Date.now() + week, kept }
          writing.objectStore('unsaved-cells').put(left)
          writing.oncomplete = () => {
            opening.result.close()
            resolve()
          }
        }
      }),
    { report, pending, person },
  )

const personOf = async (caller: typeof clerk): Promise<string> => (await caller.call('GET', '/session')).body.account.id

describe('what was left in the browser', () => {
  it('X5 cells that the form has no more are shown with what was typed, the others are saved', async () => {
    const window = await openGrid('7/703/5')
    const { page } = window
    const person = await personOf(clerk)
    await clerk.call('PATCH', `/reports/${report}/cells`, { changes: { '7/710/5': null } })
    await leave(page, { '99/1/1': '777', '7/710/5': '1' }, person)
    await page.reload()
    const note = page.locator('.note[role="alert"]')
    await note.getByText(/Форму\s+изменили/).waitFor()
    expect(await spoken(page, '.note[role="alert"]')).toMatch(/«777»/)
    await expect.poll(() => standing('7/710/5')).toEqual(['1'])
    await page.reload()
    await expectLine(page, /Введённое сохраняется само/)
    expect(await note.isVisible()).toBe(false)
    await window.end()
  })

  it('X5 E11 a report that cannot be changed now says what waits for it here', async () => {
    const window = await openGrid('7/703/5')
    const { page } = window
    expect((await clerk.call('PUT', `/reports/${report}/sending`, {})).status).toBe(200)
    await leave(page, { '7/703/5': '21' }, await personOf(clerk))
    await page.reload()
    await page.getByText(/На\s+этом\s+компьютере\s+осталось/).waitFor()
    expect(await spoken(page, '.note[role="alert"]')).toMatch(/строка 703, графа 5: «21»/)
    await supervisor.call('PUT', `/reports/${report}/refusal`, { reason: 'Верните себе и проверьте' })
    await page.reload()
    // It was typed over an empty cell, and there is a number now: one is asked.
    await page.getByText(/другой\s+человек\s+изменил\s+1\s+ячейку/).waitFor()
    expect(await standing('7/703/5')).toEqual(['10'])
    await window.end()
  })

  it('X5 another who has signed in meanwhile neither sees nor saves what was typed', async () => {
    const window = await openGrid('7/703/6')
    const { page } = window
    await leave(page, { '7/703/6': '44' }, await personOf(colleague))
    await page.reload()
    await expectLine(page, /Введённое сохраняется само/)
    expect(await fieldOf(page, '7/703/6').inputValue()).toBe('39')
    await page.context().clearCookies()
    await signIn(page, 'ds14.deloproizvodstvo@verhneozersk.example')
    await page.goto(`/reports/${report}?section=7`)
    await page.getByText(/другой\s+человек\s+изменил\s+1\s+ячейку/).waitFor()
    expect(await fieldOf(page, '7/703/6').inputValue()).toBe('44')
    await window.end()
  })

  it('X5 a disk that is full is told of: the page asks not to be closed, and sends all when the link is back', async () => {
    const window = await visit()
    const { page, context } = window
    await page.addInitScript(() => {
      IDBObjectStore.prototype.put = function () {
        const request = this.get('nothing')
        request.onsuccess = () => request.transaction?.abort()
        return request
      }
    })
    await enter(window, clerkLogin)
    await show(page, '7/703/5')
    await context.setOffline(true)
    await page.keyboard.type('13')
    await press(page, 'Enter')
    await expectLine(page, /не закрывайте страницу/)
    await context.setOffline(false)
    await expectLine(page, /Сохранено в/)
    expect(await standing('7/703/5')).toEqual(['13'])
    await window.end()
  })

  it('X5 two tabs of one report: what is saved in one stands in the other, and neither asks about it', async () => {
    const window = await openGrid('7/703/5')
    const { page, context } = window
    const other = await context.newPage()
    await other.goto(`/reports/${report}?section=7#c-7-704-5`)
    await expect.poll(() => here(other)).toBe('7/704/5')
    await page.bringToFront()
    await show(page, '7/703/5')
    await page.keyboard.type('14')
    await saveNow(page)
    await expect.poll(() => fieldOf(other, '7/703/5').inputValue()).toBe('14')
    await other.bringToFront()
    await fieldOf(other, '7/703/5').fill('15')
    await saveNow(other)
    expect(await standing('7/703/5')).toEqual(['15'])
    expect(await other.locator('.note[role="alert"]').isVisible()).toBe(false)
    await expect.poll(() => fieldOf(page, '7/703/5').inputValue()).toBe('15')
    await window.end()
  })
})
