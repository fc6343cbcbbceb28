/** E9, E10, X4, X5, X6: the table of a report as a spreadsheet that loses nothing, whatever becomes of the link. */
import type { Page, Route } from 'playwright-core'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Caller, findReport, signedIn } from './support/calls.ts'
import { enter, runAxe, signIn, stand, useBrowser, useOwnStand, type Visit, visit } from './support/journey.ts'
import { sampleValues } from './support/sample.ts'

useOwnStand()
useBrowser()

const clerkLogin = 'ds14@verhneozersk.example'
let clerk: Caller
let colleague: Caller
let supervisor: Caller
let report: string

beforeAll(async () => {
  clerk = await signedIn(stand(), clerkLogin)
  colleague = await signedIn(stand(), 'ds14.deloproizvodstvo@verhneozersk.example')
  supervisor = await signedIn(stand(), 'uo@verhneozersk.example')
  report = (await findReport(clerk, 'Ромашка')).id
})

/** Each journey begins with the whole report filled in, and its own window. */
beforeEach(async () => {
  expect((await clerk.call('PATCH', `/reports/${report}/cells`, { changes: sampleValues() })).status).toBe(200)
})

const standing = async (...cells: string[]): Promise<string[]> => {
  const { body } = await clerk.call('GET', `/reports/${report}/cells`)
  return cells.map((cell) => body.values[cell] ?? '')
}

async function openGrid(cell = '7/702/5'): Promise<Visit> {
  const window = await visit()
  await enter(window, clerkLogin)
  await show(window.page, cell)
  return window
}

/** By the link to a cell, as from the results of a check; the cell has the focus then. */
async function show(page: Page, cell: string): Promise<void> {
  await page.goto(`/reports/${report}?section=7#c-${cell.replaceAll('/', '-')}`)
  await expect.poll(() => here(page)).toBe(cell)
}

/** The address of the cell that one stands in. */
const here = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const focused = document.activeElement
    const name = focused?.getAttribute('name') ?? focused?.id ?? ''
    return name.replace(/^c-(\w+)-(\w+)-(\w+)$/, '$1/$2/$3')
  })

const fieldOf = (page: Page, cell: string) => page.locator(`[name="${cell}"]`)
/** What a computed or closed cell shows. */
const shown = (page: Page, cell: string): Promise<string> =>
  page
    .locator(`#c-${cell.replaceAll('/', '-')} > :first-child`)
    .textContent()
    .then((text) => text?.replace(/\s/g, '') ?? '')
const barOf = (page: Page) => page.locator('#cell-bar')

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}

/** What the line beside the section's heading says. */
const expectLine = (page: Page, words: RegExp, timeout = 5_000) =>
  expect.poll(() => spoken(page, '.saving'), { timeout }).toMatch(words)

async function saveNow(page: Page): Promise<void> {
  await press(page, 'Control+s')
  await expectLine(page, /Сохранено в \d\d:\d\d/)
}

/** Says what stands in the sight of everybody, with spaces that do break. */
const spoken = async (page: Page, selector: string): Promise<string> =>
  (await page.locator(selector).allTextContents()).join(' ').replace(/[\s\u00a0\u202f]+/g, ' ')

describe('the keyboard', () => {
  it('X6 E9 the table is reached, filled in and saved by the keyboard alone; totals follow each key', async () => {
    const window = await visit()
    const { page } = window
    await enter(window, clerkLogin)
    await page.goto(`/reports/${report}?section=7`)
    await expectLine(page, /сохраняется само/)
    const inTable = () => page.evaluate(() => document.activeElement?.closest('#grid') !== null)
    for (let tabs = 0; tabs < 80 && !(await inTable()); tabs += 1) await press(page, 'Tab')
    expect(await here(page)).toBe('7/701/5')

    await press(page, 'ArrowDown')
    expect(await here(page)).toBe('7/702/5')
    await page.keyboard.type('1')
    expect(await shown(page, '7/702/3')).toBe('131')
    await page.keyboard.type('7')
    expect(await shown(page, '7/702/3')).toBe('147')
    await press(page, 'Enter')
    expect(await here(page)).toBe('7/703/5')
    expect(await fieldOf(page, '7/702/5').inputValue()).toBe('17')
    await press(page, 'Shift+Enter', 'ArrowRight', 'ArrowRight', 'ArrowLeft')
    expect(await here(page)).toBe('7/702/6')

    await press(page, 'F2')
    await page.keyboard.type('5')
    expect(await fieldOf(page, '7/702/6').inputValue()).toBe('195')
    await press(page, 'ArrowLeft', 'ArrowLeft')
    expect(await here(page)).toBe('7/702/6')
    await press(page, 'Escape')
    expect(await fieldOf(page, '7/702/6').inputValue()).toBe('19')
    expect(await shown(page, '7/702/3')).toBe('147')

    await press(page, 'Home')
    expect(await here(page)).toBe('7/702/3')
    await page.keyboard.type('9')
    expect(await shown(page, '7/702/3')).toBe('147')
    await press(page, 'End')
    expect(await here(page)).toBe('7/702/11')
    await press(page, 'Delete')
    expect(await fieldOf(page, '7/702/11').inputValue()).toBe('')
    expect(await shown(page, '7/702/3')).toBe('145')
    await press(page, 'Tab')
    expect(await here(page)).toBe('7/703/4')
    await press(page, 'Shift+Tab')
    expect(await here(page)).toBe('7/702/11')
    await press(page, 'Control+Home')
    expect(await here(page)).toBe('7/701/3')
    await press(page, 'Control+End')
    expect(await here(page)).toBe('7/710/11')

    await press(page, 'Control+z')
    expect(await here(page)).toBe('7/702/11')
    expect(await fieldOf(page, '7/702/11').inputValue()).toBe('2')
    await press(page, 'Control+y')
    expect(await fieldOf(page, '7/702/11').inputValue()).toBe('')
    await press(page, 'Control+Shift+z')
    await saveNow(page)
    expect(await standing('7/702/5', '7/702/6', '7/702/11')).toEqual(['17', '19', ''])
    expect(await runAxe(page)).toEqual([])
    await window.end()
  })

  it('X6 E9 the keys are told by a question mark, and what cannot be filled in says so', async () => {
    const window = await openGrid('7/701/3')
    const { page } = window
    await press(page, '5')
    await expect.poll(() => spoken(page, '[role="status"]')).toMatch(/не заполняется/)
    await press(page, '?')
    const dialog = page.getByRole('dialog', { name: 'Клавиши таблицы' })
    await dialog.getByText('Shift+Tab').waitFor()
    expect(await runAxe(page)).toEqual([])
    await press(page, 'Escape')
    await dialog.waitFor({ state: 'hidden' })
    expect(await here(page)).toBe('7/701/3')
    await window.end()
  })

  it('X6 E10 the check tells its errors beside their cells and leads there; after a clean one the report can be sent', async () => {
    const window = await openGrid('7/702/6')
    const { page } = window
    await page.keyboard.type('999')
    await press(page, 'Enter')
    const next = page.locator('.rbar button.btn-main')
    await next.press('Enter')
    const problem = page
      .locator('[aria-labelledby="checks"]')
      .getByRole('link', { name: /строка 702, графа 6/ })
      .first()
    await problem.press('Enter')
    await expect.poll(() => here(page)).toBe('7/702/6')
    const described = await fieldOf(page, '7/702/6').getAttribute('aria-describedby')
    expect(described).toMatch(/check-\d/)
    expect(await spoken(page, '#cell-bar')).toMatch(/Девочек не может быть больше.*999 > 41/)
    expect(await runAxe(page)).toEqual([])
    await page.keyboard.type('19')
    await next.press('Enter')
    await expect.poll(() => next.textContent()).toBe('Отправить отчет')
    expect(await spoken(page, '[aria-labelledby="checks"]')).toMatch(/Отчёт можно отправить/)
    await window.end()
  })
})

describe('values', () => {
  it('E9 X4 a block from Excel goes over computed and closed cells as one step, and says what it did', async () => {
    const window = await openGrid('7/705/3')
    const { page, context } = window
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const before = await standing('7/705/5', '7/705/6', '7/706/5', '7/706/6', '7/706/7')
    const block = ['31\t4\t1 200\t3', '"14"\t5\t\u00a07\u00a0\t2,5\tмного', ''].join('\r\n')
    await page.evaluate((text) => navigator.clipboard.writeText(text), block)
    await press(page, 'Control+v')
    expect(await fieldOf(page, '7/705/5').inputValue()).toMatch(/^1\s200$/)
    expect(await fieldOf(page, '7/705/6').inputValue()).toBe('3')
    expect(await fieldOf(page, '7/706/5').inputValue()).toBe('7')
    expect(await fieldOf(page, '7/706/6').inputValue()).toBe('2,5')
    expect(await fieldOf(page, '7/706/7').inputValue()).toBe('много')
    expect(await shown(page, '7/705/4')).toMatch(/х/)
    expect(await shown(page, '7/705/3')).toBe('1232')
    const note = await spoken(page, '.note[role="alert"]')
    expect(note).toMatch(/Вставлено: 3 ячейки\. Пропущено: 4 ячейки.*Не принято: 2 ячейки/)
    expect(note).toMatch(/«2,5»/)
    expect(note).toMatch(/«много»/)

    await press(page, 'Control+z')
    await expect.poll(() => fieldOf(page, '7/706/7').inputValue()).toBe(before[4])
    for (const [index, cell] of ['7/705/5', '7/705/6', '7/706/5', '7/706/6'].entries())
      expect(await fieldOf(page, cell).inputValue(), cell).toBe(before[index])
    await press(page, 'Control+y')
    expect(await fieldOf(page, '7/706/5').inputValue()).toBe('7')
    await press(page, 'Control+z')
    await press(page, 'Control+s')
    expect(await standing('7/705/5', '7/705/6', '7/706/5', '7/706/6', '7/706/7')).toEqual(before)

    await show(page, '7/710/10')
    await page.evaluate((text) => navigator.clipboard.writeText(text), '1\t2\t3\n4')
    await press(page, 'Control+v')
    await expect.poll(() => spoken(page, '[role="status"]')).toMatch(/Не поместилось в таблицу: 2 ячейки/)
    await press(page, 'Control+z')
    await show(page, '7/702/5')
    await press(page, 'Shift+ArrowRight', 'Shift+ArrowDown', 'Control+c')
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('5\t19\n10\t39')
    await window.end()
  })

  it('E9 X5 a wrong value is said at once in Russian, and stays as it was typed, even after the page is opened anew', async () => {
    const window = await openGrid('7/702/7')
    const { page } = window
    await page.keyboard.type('сто')
    expect(await spoken(page, '#cell-bar .bad')).toMatch(/[а-яё]{3,}/)
    expect(await fieldOf(page, '7/702/7').getAttribute('aria-invalid')).toBe('true')
    await press(page, 'ArrowRight')
    await page.keyboard.type('31')
    await press(page, 'Enter')
    await saveNow(page)
    expect(await fieldOf(page, '7/702/7').inputValue()).toBe('сто')
    expect(await standing('7/702/7', '7/702/8')).toEqual(['27', '31'])
    expect(await runAxe(page)).toEqual([])
    await page.reload()
    await expect.poll(() => fieldOf(page, '7/702/7').inputValue()).toBe('сто')
    await page.locator('.rbar button.btn-main').click()
    await fieldOf(page, '7/702/7').fill('28')
    await saveNow(page)
    expect(await standing('7/702/7')).toEqual(['28'])
    await window.end()
  })

  it('E9 X4 a computed cell says why it holds its number, a pulled one where it is from, and the history who changed it', async () => {
    const window = await openGrid('7/702/5')
    const { page } = window
    await page.keyboard.type('6')
    await saveNow(page)
    await press(page, 'Home')
    expect(await spoken(page, '#cell-bar')).toMatch(/Сумма граф 4–11 строки 702: 0 \+ 6 \+ 19 .*= 136/)
    await barOf(page).getByRole('link', { name: 'почему это число' }).click()
    await page.getByRole('heading', { level: 1 }).waitFor()
    expect(await spoken(page, 'main')).toMatch(/0 \+ 6 \+ 19/)
    expect(await runAxe(page)).toEqual([])
    await show(page, '7/701/4')
    expect(await spoken(page, '#cell-bar')).toMatch(/Из другого раздела: раздел 4, строка 401, графа 4/)
    await show(page, '7/702/5')
    await barOf(page).getByRole('link', { name: 'история' }).click()
    expect(await spoken(page, 'main')).toMatch(/Добронравова/)
    await window.end()
  })
})

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

  it('X6 E9 an entry of a row that repeats comes and goes by the keyboard alone', async () => {
    const energy = (await findReport(clerk, 'Ромашка', 2026, '1-энергосбережение (МКД)')).id
    const window = await visit()
    const { page } = window
    await enter(window, clerkLogin)
    await page.goto(`/reports/${energy}?section=2`)
    const entries = () => page.locator('tr[data-row^="2/201#"]').count()
    await page.getByRole('button', { name: /^Добавить строку/ }).press('Enter')
    const count = await entries()
    await expect.poll(() => here(page)).toMatch(new RegExp(`^2/201#${count}/`))
    await press(page, 'F6')
    while ((await page.evaluate(() => document.activeElement?.textContent)) !== 'Удалить строку')
      await press(page, 'Tab')
    await press(page, 'Enter')
    await expect.poll(entries).toBe(count - 1)
    await expect.poll(() => spoken(page, '[role="status"]')).toMatch(/Строка удалена/)
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
    expect(await standing('7/709/5', '7/709/6')).toEqual(['3', '4'])

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
