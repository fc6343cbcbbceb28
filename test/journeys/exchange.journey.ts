/** A report goes out as a file and comes back from one: what it would change is looked at first, then entered. */
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { expectAccessible, signIn, useBrowser, useOwnStand, visit } from './support/journey.ts'

useBrowser()
useOwnStand()

const clerk = 'ds14@verhneozersk.example'
const pictures = process.env.EXCHANGE_PICTURES

const ways = [
  { how: 'with scripts', scripts: true, width: 1280, dark: false, value: 3 },
  { how: 'without scripts, on a phone', scripts: false, width: 360, dark: false, value: 4 },
  ...(pictures
    ? [
        { how: 'dark', scripts: true, width: 1280, dark: true, value: 5 },
        { how: 'dark, on a phone', scripts: true, width: 360, dark: true, value: 6 },
      ]
    : []),
]

async function picture(page: Page, name: string): Promise<void> {
  if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true })
}

describe.each(ways)('$how', ({ how, scripts, width, dark, value }) => {
  it(`X4 a report goes out as a file, comes back, and only what may be entered is (${how})`, async () => {
    const { page, context, end } = await visit({ scripts, width, dark })
    const name = `${width}-${dark ? 'dark' : 'light'}`
    await signIn(page, clerk)
    const { reports } = await (await context.request.get('/api/v1/reports?year=2026&form=0609506')).json()
    const address = `/reports/${reports[0].id}`
    await page.goto(`${address}?section=7`)
    await page.getByText('Действия').first().click()
    await page.getByRole('link', { name: 'Скачать книгу Excel' }).waitFor()
    await picture(page, `menu-${name}`)
    for (const format of ['xlsx', 'csv', 'xml', 'pdf']) {
      const file = await context.request.get(`${address}/file.${format}`)
      expect(file.status()).toBe(200)
      expect(file.headers()['content-disposition']).toContain(`.${format}`)
    }

    await page.getByRole('link', { name: 'Загрузить из файла' }).click()
    await page.getByRole('heading', { level: 1, name: 'Загрузить отчёт из файла' }).waitFor()
    await expectAccessible(page)
    await give(page, 'письмо.txt', 'Уважаемые коллеги!')
    await page.getByText('Файл не загружен').waitFor()
    await picture(page, `upload-${name}`)
    const lines = [
      'Раздел;Строка;Графа;Специфика;Значение',
      `7;709;8;;${value}`,
      `7;709;9;;${value + 1}`,
      '7;701;3;;99999',
      '7;705;4;;1',
      '7;709;10;;много',
    ]
    await give(page, 'значения.csv', lines.join('\n'))
    await page.getByRole('heading', { level: 1, name: 'Что изменит файл' }).waitFor()
    await page.getByText('Изменится', { exact: true }).first().waitFor()
    expect(await page.getByRole('region', { name: 'Ячейки, которые не приняты' }).getByRole('row').count()).toBe(4)
    await expectAccessible(page)
    await picture(page, `dry-run-${name}`)
    await page.getByRole('button', { name: /Внести 2 ячейки/ }).click()
    await page.getByText('Значения из файла внесены в отчёт').waitFor()
    const { values } = await (await context.request.get(`/api/v1${address}/cells`)).json()
    expect(values).toMatchObject({ '7/709/8': String(value), '7/709/9': String(value + 1) })
    await page.goto(`${address}/changes`)
    await page.getByText('загрузка файла').first().waitFor()
    await end()
  })
})

async function give(page: Page, name: string, text: string): Promise<void> {
  await page
    .getByLabel('Файл', { exact: true })
    .setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })
  await page.getByRole('button', { name: 'Загрузить и посмотреть' }).click()
}
