/** R10: what a region reports of a measure, what the coordinator says to it, the plan as a table. */
import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { enter, expectAccessible, useBrowser, useOwnStand, visit } from './support/journey.ts'

useOwnStand()
useBrowser()

const pdf = { name: 'Отчёт.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\nотчёт') }

describe.each([
  { scripts: true, width: 1280, number: '2.5', own: '1.91', how: 'with scripts' },
  { scripts: false, width: 360, number: '2.6', own: '1.92', how: 'without scripts, on a phone' },
])('$how', ({ scripts, width, number, own, how }) => {
  it(`R10 a region reports a measure with evidence, mends what is returned, answers a remark (${how})`, async () => {
    const operator = await visit({ scripts, width })
    await enter(operator, 'operator@svetlorechye.example')
    const { page } = operator
    await page.goto('/roadmaps')
    await page
      .getByRole('link', { name: /Профессиональные стандарты/ })
      .first()
      .click()
    const roadmap = /roadmaps\/([0-9a-f-]+)/.exec(page.url())?.[1] ?? ''
    await page.goto(`/roadmaps/${roadmap}/plan/gantt?region=00`)
    await expectAccessible(page)
    await page.locator('.gantt-names a', { hasText: number }).first().click()
    const measure = page.url()

    await page.getByLabel('Что сделано').waitFor({ state: 'attached' })
    if (!(await page.getByLabel('Что сделано').isVisible())) await page.getByText('Сообщить о ходе выполнения').click()
    await page.getByLabel('Что сделано').fill('Обучены все, кто записан в заявке')
    await page.getByLabel('День выполнения').fill('01.10.2026')
    await page.getByRole('button', { name: 'Отправить отчёт' }).click()
    await page
      .getByText(/не\s+хватает:/)
      .first()
      .waitFor()
    await expectAccessible(page)
    await page.locator('#file-0').setInputFiles(pdf)
    await page.getByRole('button', { name: 'Отправить отчёт' }).click()
    await page.getByText('Выполнено 01.10.2026').first().waitFor()
    await expectAccessible(page)

    const coordinator = await visit({ scripts, width })
    await enter(coordinator, 'coordinator@dorozhnaya-karta.example')
    await coordinator.page.goto(measure)
    await coordinator.page.getByText('Вернуть отчёт', { exact: true }).first().click()
    await coordinator.page.getByLabel('Что исправить').fill('В отчёте нет подписи руководителя')
    await coordinator.page.getByRole('button', { name: 'Вернуть отчёт' }).click()
    await coordinator.page.getByText('Возвращён', { exact: true }).waitFor()
    await coordinator.page.getByRole('textbox', { name: 'Новое замечание' }).fill('Приложите список обученных')
    await coordinator.page.getByRole('button', { name: 'Добавить замечание' }).click()
    await coordinator.page.getByText('Ждёт ответа').waitFor()
    await expectAccessible(coordinator.page)

    await page.goto(measure)
    await page.getByText('Причина: В отчёте нет подписи руководителя').waitFor()
    await page.getByRole('button', { name: 'Отправить отчёт' }).click()
    await page.getByText('Выполнено 01.10.2026').first().waitFor()
    await page.getByLabel('Ответ', { exact: true }).fill('Список приложен')
    await page.getByRole('button', { name: /Ответить/ }).click()
    await page.getByText('Есть ответ').waitFor()
    await coordinator.page.goto(measure)
    await coordinator.page.getByRole('button', { name: /Снять замечание/ }).click()
    await coordinator.page.getByText('Снято', { exact: true }).waitFor()
  })

  it(`R10 the plan is given out as a book and taken in as a table, seen before it changes (${how})`, async () => {
    const { page, ...visitor } = await visit({ scripts, width })
    await enter({ page, ...visitor }, 'operator@svetlorechye.example')
    await page.goto('/roadmaps')
    await page
      .getByRole('link', { name: /Профессиональные стандарты/ })
      .first()
      .click()
    const roadmap = /roadmaps\/([0-9a-f-]+)/.exec(page.url())?.[1] ?? ''
    await page.goto(`/roadmaps/${roadmap}/plan/import?region=00`)
    await expectAccessible(page)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Нынешний план, XLSX' }).click(),
    ])
    const book = await readFile(await download.path())
    await page.locator('#file').setInputFiles({ name: 'План.xlsx', mimeType: 'application/zip', buffer: book })
    await page.getByRole('button', { name: 'Загрузить и проверить' }).click()
    await page.getByText('Изменений нет').waitFor()

    await page.goto(`/roadmaps/${roadmap}/plan/import?region=00`)
    const rows = [
      ['№ п/п', 'Наименование мероприятия', 'Срок', 'Ответственный исполнитель'],
      ['', 'Нормативное и организационное обеспечение'],
      [own, `Провести областной смотр ${own}`, 'II квартал 2027 г.', 'Комитет'],
    ]
    await page.getByLabel(/вставьте таблицу/).fill(rows.map((cells) => cells.join('\t')).join('\n'))
    await page.getByRole('button', { name: 'Загрузить и проверить' }).click()
    await page.getByText('Добавится', { exact: true }).first().waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Внести в план' }).click()
    await page.getByRole('heading', { name: 'Таблица внесена' }).waitFor()
    await page.goto(`/roadmaps/${roadmap}/plan?region=00&q=смотр`)
    expect(await page.getByRole('link', { name: new RegExp(own) }).count()).toBeGreaterThan(0)
  })
})
