/** E9, E10, X4, X6: the table of a report as a spreadsheet, by the keyboard alone. */
import { describe, expect, it } from 'vitest'
import { findReport } from './support/calls.ts'
import {
  barOf,
  clerk,
  clerkLogin,
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
  useReport,
} from './support/grid.ts'
import { enter, runAxe, useBrowser, useOwnStand, visit } from './support/journey.ts'

useOwnStand()
useBrowser()
useReport()

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
