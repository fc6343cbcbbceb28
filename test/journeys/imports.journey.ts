/**
 * An operator brings organisations in from a file: sees in a dry run what is wrong, mends the file, confirms, and takes the
 * whole back. Once with scripts, once without and on a phone.
 */
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { importFile, importRow, innAt } from '../support/import-files.ts'
import { expectAccessible, signIn, useBrowser, visit } from './support/journey.ts'

useBrowser()

const district = '0014000025'
const ways = [
  { how: 'with scripts', scripts: true, width: 1280, first: 90_000 },
  { how: 'without scripts, on a phone', scripts: false, width: 360, first: 90_100 },
]

describe.each(ways)('$how', ({ scripts, width, first }) => {
  it(`E1 X6 an operator imports organisations: dry run, mended file, confirmation, undoing (${width})`, async () => {
    const operator = await visit({ scripts, width })
    const { page } = operator
    await signIn(page, 'operator@svetlorechye.example')
    await page.goto('/organisations')
    await expectAccessible(page)
    await page.getByRole('link', { name: 'Импорт', exact: true }).click()
    await expectAccessible(page)

    await page.getByRole('button', { name: 'Загрузить и проверить' }).click()
    await page.getByText('Выберите файл').first().waitFor()
    await upload(page, 'Школы.txt', new File(['не таблица'], 'Школы.txt'))
    await page
      .getByText(/нужны\sзаголовки, среди\sних\s«ИНН»/)
      .first()
      .waitFor()
    await expectAccessible(page)

    const wrong = importRow(first + 1, district, { ОГРН: '123' })
    await upload(page, 'Школы.xlsx', await importFile('Школы.xlsx', [importRow(first, district), wrong]))
    await come(page, scripts, /Проверка закончена/)
    await page.getByText(/С\sошибками\s1\sстрока/).waitFor()
    await page.getByText(/ОГРН: Введено\s3\sцифры/).waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Не выполнять' }).click()
    await page
      .getByText(/Реестр\sне\sизменён/)
      .first()
      .waitFor()

    await page.getByRole('link', { name: 'Загрузить другой файл' }).click()
    const rows = [importRow(first, district), importRow(first + 1, innAt(first))]
    await upload(page, 'Школы 2.csv', await importFile('Школы 2.csv', rows))
    await come(page, scripts, /Проверка закончена/)
    await page.getByRole('button', { name: 'Выполнить импорт' }).click()
    await come(page, scripts, /Импорт выполнен/)
    await expectAccessible(page)
    await page.getByRole('link', { name: `МБОУ «Школа № ${first + 1001}»` }).click()
    await page
      .getByRole('link', { name: `МБОУ «Школа № ${first + 1000}»` })
      .first()
      .waitFor()
    await page.goBack()

    await page.getByRole('button', { name: 'Отменить импорт' }).click()
    await come(page, scripts, /Импорт отменён\./)
    await expectAccessible(page)
    await page.goto(`/organisations?q=${innAt(first)}&state=active`)
    await page.getByText('Ничего не нашлось').waitFor()
    await operator.end()
  })
})

it('E1 the form of an organisation offers addresses as they are typed', async () => {
  const operator = await visit({ scripts: true, width: 1280 })
  const { page } = operator
  await signIn(page, 'operator@svetlorechye.example')
  await page.goto('/organisations/new')
  await page.getByLabel('Адрес', { exact: true }).pressSequentially('парковая 7')
  const offered = page.locator('#address-list option')
  await expect.poll(() => offered.count()).toBe(1)
  expect(await offered.first().getAttribute('value')).toContain('г. Верхнеозёрск, ул. Парковая, д. 7')
  await operator.end()
})

async function upload(page: Page, name: string, file: File): Promise<void> {
  const buffer = Buffer.from(await file.arrayBuffer())
  await page.getByLabel('Файл организаций').setInputFiles({ name, mimeType: 'application/octet-stream', buffer })
  await page.getByRole('button', { name: 'Загрузить и проверить' }).click()
}

/** With scripts the page comes by itself; without them it is opened anew. */
async function come(page: Page, scripts: boolean, words: RegExp): Promise<void> {
  const there = page.getByText(words).first()
  for (let look = 0; look < 60; look += 1) {
    if (await there.isVisible().catch(() => false)) return
    await page.waitForTimeout(500)
    if (!scripts) await page.reload()
  }
  throw new Error(`The page never said ${words}`)
}
