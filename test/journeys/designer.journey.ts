/**
 * A person of the ministry makes a form: from an Excel sheet to publishing it and a campaign with it; and by hand where
 * scripts are off.
 */
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { writeBook } from '../../server/kernel/spreadsheets/index.ts'
import { expectAccessible, signIn, useBrowser, useOwnStand, visit } from './support/journey.ts'

useOwnStand()
useBrowser()

const ministry = 'admin@kabinet.example'
const saved = (page: Page) => page.getByText('Сохранено', { exact: true }).first().waitFor()
const part = (page: Page, name: RegExp) =>
  page.getByRole('navigation', { name: 'Части формы' }).getByRole('link', { name }).click()

/** A sheet as people draw it: a title, a unit, a head of three lines with merged cells, the line of numbers. */
async function drawnBook(): Promise<Buffer> {
  const lines = [
    ['Раздел 1. Кружки и секции'],
    ['Код по ОКЕИ: единица – 642'],
    [],
    ['Направление', '№ строки', 'Кружков всего', 'в том числе', ''],
    ['', '', '', 'платных', 'бесплатных'],
    ['А', 'Б', '1', '2', '3'],
    ['Всего', '01', '', '', ''],
    ['  из них: спортивные', '02', '', '', ''],
    ['  художественные', '03', '', 'х', ''],
  ]
  const rows = lines.map((texts) => ({
    cells: texts.flatMap((text, index) =>
      text ? [{ column: index + 1, text, style: { look: 'plain' as const } }] : [],
    ),
  }))
  const merged = () => ['A4:A5', 'B4:B5', 'C4:C5', 'D4:E4']
  const chunks: Uint8Array[] = []
  for await (const chunk of writeBook([{ name: 'Раздел 1', rows, merged }])) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** Long ways: a busy machine needs more than the usual time. */
const patience = { timeout: 240_000 }

describe('the designer of forms', patience, () => {
  it('X4 makes a form out of an Excel sheet, tries it, publishes it and opens a campaign with it', async () => {
    const { page, end } = await visit()
    await signIn(page, ministry)
    await page.goto('/forms')
    await page.getByRole('link', { name: 'Собрать или изменить форму' }).click()
    await expectAccessible(page)
    await page
      .getByLabel('Книга Excel, XML или YAML')
      .setInputFiles({ name: 'Кружки.xlsx', mimeType: 'application/octet-stream', buffer: await drawnBook() })
    await page.getByRole('button', { name: 'Прочитать файл' }).click()
    await page.getByRole('heading', { name: 'Что понято из книги Excel' }).waitFor()
    expect(await page.getByLabel('Название раздела').inputValue()).toBe('Кружки и секции')
    await page.getByRole('columnheader', { name: 'в том числе' }).waitFor()
    await expectAccessible(page)
    await page.getByLabel('Краткое название').fill('1-кружки')
    await page.getByLabel('Полное название').fill('Сведения о кружках и секциях')
    await page.getByRole('button', { name: 'Взять в черновик' }).click()
    await page.getByText('Черновик создан').first().waitFor()
    await expectAccessible(page)

    await part(page, /^1\. Кружки/)
    await page.getByRole('link', { name: 'Ячейки' }).click()
    await page.getByLabel('Графы', { exact: true }).fill('1')
    await page.getByLabel('Сделать', { exact: true }).selectOption({ label: 'не заполняется: «х» или сумма' })
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Применить' }).click()
    await saved(page)
    await page.getByRole('link', { name: /^Строки/ }).click()
    await expectAccessible(page)
    await page.getByRole('link', { name: /^Графы/ }).click()
    await expectAccessible(page)

    await part(page, /^Контроли/)
    await page.getByLabel('Что сравниваем').fill('1')
    await page.getByLabel('С чем').fill('2-3')
    await page.getByRole('button', { name: 'Добавить контроль' }).click()
    await page.getByText('Графа 1 = сумма граф 2–3').first().waitFor()
    await expectAccessible(page)
    await page.getByRole('link', { name: 'Написать правило' }).click()
    await page.getByLabel('Правило', { exact: true }).fill('{[1][01][2]}|>=|')
    await page.getByText('Прочитать нельзя').waitFor()
    await page.getByLabel('Правило', { exact: true }).fill('{[1][01][2]}|>=|{[1][02][2]}')
    await page.getByText('Строка 1 не меньше строки 2').waitFor()
    await page.getByLabel('Что прочтёт заполняющий').fill('Спортивных не может быть больше, чем всего')
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Сохранить' }).click()
    await saved(page)

    await page.getByRole('link', { name: 'Посмотреть и попробовать' }).click()
    await page.locator('[name="1/1/2"]').fill('3')
    await page.locator('[name="1/2/2"]').fill('5')
    await page.getByRole('button', { name: 'Проверить' }).click()
    await page.getByText('3 < 5').first().waitFor()
    expect(await page.locator('#c-1-2-1').textContent()).toContain('5')
    await expectAccessible(page)

    await page.getByRole('link', { name: 'К публикации' }).click()
    await page.getByText('форму можно публиковать').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Опубликовать' }).click()
    await page.getByText('Форма опубликована').first().waitFor()
    await expectAccessible(page)

    await page.goto('/forms')
    const campaign = page.getByRole('region', { name: 'Открыть сбор' })
    await campaign.getByLabel('Форма').selectOption({ label: '1-кружки' })
    await campaign.getByLabel('Год').fill('2026')
    await campaign.getByLabel('Срок для организаций').fill('20.01.2027')
    await campaign.getByRole('button', { name: 'Открыть сбор' }).click()
    await page.getByText('Сбор открыт').first().waitFor()
    await end()

    const clerk = await visit()
    await signIn(clerk.page, 'ds14@verhneozersk.example')
    await clerk.page.goto('/reports')
    await clerk.page
      .getByRole('link', { name: /1-кружки/ })
      .first()
      .waitFor()
    await clerk.end()
  })

  it('X4 makes a form by hand, changes it and compares it, without scripts', async () => {
    const { page, end } = await visit({ scripts: false, width: 360 })
    await signIn(page, ministry)
    await page.goto('/form-drafts')
    await page.getByLabel('Краткое название').fill('2-рука')
    await page.getByLabel('Полное название').fill('Проба без скриптов')
    await page.getByRole('button', { name: 'Создать' }).click()
    await page.getByLabel('Код, раздел 1').fill('1')
    await page.getByLabel('Название, раздел 1').fill('Люди')
    await page.getByRole('button', { name: 'Сохранить' }).first().click()
    await saved(page)
    await part(page, /^1\. Люди/)
    await page.getByRole('link', { name: /^Графы/ }).click()
    await page.getByLabel('Код, графа 3').fill('3')
    await page.getByLabel('Название, графа 3').fill('Всего')
    await page.getByLabel('Формат, графа 3').fill('N(9)')
    await page.getByRole('button', { name: 'Сохранить' }).first().click()
    await saved(page)
    await expectAccessible(page)
    await page.getByRole('link', { name: /^Строки/ }).click()
    await page.getByText('Вставить из Excel').click()
    await page.getByLabel('Скопированные строки').fill('101\tДети\n102\tВзрослые\n')
    await page.getByRole('button', { name: 'Добавить в конец' }).click()
    await saved(page)
    await page.getByRole('button', { name: 'Ниже: Дети' }).click()
    await saved(page)
    expect(await page.getByLabel('Название, строка 1').inputValue()).toBe('Взрослые')
    await page.getByRole('link', { name: 'К публикации' }).click()
    await page.getByRole('button', { name: 'Опубликовать' }).click()
    await page.getByText('Форма опубликована').first().waitFor()

    await page.getByRole('button', { name: 'Изменить в черновике' }).click()
    await part(page, /^1\. Люди/)
    await page.getByRole('link', { name: /^Строки/ }).click()
    await page.getByLabel('Код, строка 2').fill('1')
    await page.getByLabel('Код, строка 1').fill('1')
    await page.getByRole('button', { name: 'Сохранить' }).first().click()
    await page.getByText('Код строки 1 повторяется').first().waitFor()
    await part(page, /^Что изменилось/)
    await page.getByText('убрано').first().waitFor()
    await part(page, /^Кто и что менял/)
    await page
      .getByRole('button', { name: /^Как было до/ })
      .first()
      .click()
    await page.getByText('Часть возвращена').first().waitFor()
    await expectAccessible(page)
    await end()
  })
})
