/** The coordinator sees every region at once, finds who is late, reminds them and takes the board to a meeting. */
import { describe, expect, it } from 'vitest'
import { enter, expectAccessible, useBrowser, visit } from './support/journey.ts'

useBrowser()

const ways = [
  { how: 'with scripts', scripts: true, width: 1280, measure: 0 },
  { how: 'without scripts, on a phone', scripts: false, width: 360, measure: 1 },
]

describe.each(ways)('$how', ({ how, scripts, width, measure }) => {
  it(`R10 the board of regions and measures: overdue ones stand out, lead to their measures and are reminded of (${how})`, async () => {
    const window = await visit({ scripts, width })
    const { page } = window
    await enter(window, 'coordinator@dorozhnaya-karta.example')
    await page.goto('/roadmaps')
    await page.getByRole('link', { name: 'Профессиональные стандарты в пожарной безопасности' }).first().click()
    await page.getByRole('link', { name: 'Сводка', exact: true }).click()
    const table = page.getByRole('table', { name: /Состояние мероприятий шаблона/ })
    await table.waitFor()
    const board = new URL(page.url()).pathname
    await page.getByLabel('Какие регионы').selectOption('late')
    await page.getByRole('button', { name: 'Отобрать' }).click()
    await page.waitForURL(/show=late/)
    const late = table.locator('tbody').getByRole('link', { name: /Просрочено$/ })
    expect(await late.count()).toBeGreaterThan(0)
    await expectAccessible(page)

    if (scripts) {
      const first = table.locator('tbody tr').first().locator('td > a[class]')
      await expect.poll(() => first.nth(1).getAttribute('tabindex')).toBe('-1')
      await first.first().focus()
      await page.keyboard.press('ArrowRight')
      expect(await first.nth(1).evaluate((cell) => cell === document.activeElement)).toBe(true)
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
    } else await late.first().click()
    await page.waitForURL(/\/measures\//)

    await page.goto(`${board}/late`)
    await page.getByLabel('Регион', { exact: true }).selectOption({ label: 'Белогорская область' })
    await page.getByRole('button', { name: 'Отобрать' }).click()
    await page.waitForURL(/region=/)
    const rows = page.getByRole('table').locator('tbody tr')
    await rows.first().waitFor()
    await expectAccessible(page)
    await page
      .getByRole('checkbox', { name: /^Выбрать: / })
      .nth(measure)
      .check()
    await page.getByRole('button', { name: 'Напомнить о выбранных' }).click()
    await page.getByRole('heading', { name: 'Кто получит' }).waitFor()
    await page.getByLabel('Ваши слова').fill('Сведения нужны к среде.')
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Напомнить', exact: true }).click()
    await page.getByText('Напоминания отправлены').first().waitFor()
    await expectAccessible(page)
    await window.end()
  })
})

it('R10 regions stand side by side, and the plan’s course by months', async () => {
  const window = await visit({ width: 1280 })
  const { page } = window
  await enter(window, 'coordinator@dorozhnaya-karta.example')
  const { roadmaps } = await (await page.request.get('/api/v1/roadmaps')).json()
  const board = `/roadmaps/${roadmaps[0].id}/board`
  await page.goto(`${board}/comparison`)
  await page.getByLabel('Регион 1').selectOption({ label: 'Москва' })
  await page.getByLabel('Регион 2').selectOption({ label: 'Светлореченская область' })
  await page.getByRole('button', { name: 'Сравнить' }).click()
  await page.getByRole('heading', { name: 'Опубликованные показатели' }).waitFor()
  await page.getByRole('heading', { name: /Один выполнил/ }).waitFor()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Ход по месяцам' }).click()
  await page.getByRole('heading', { name: 'План и выполнение' }).waitFor()
  await expectAccessible(page)
  const pdf = await page.request.get(`${board}/export`)
  expect(pdf.headers()['content-type']).toBe('application/pdf')
  await window.end()
})
