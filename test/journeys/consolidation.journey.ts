/** A higher organisation reads the totals of its territory, sees what stands behind a number, corrects it and publishes a summary. */
import { describe, expect, it } from 'vitest'
import { expectAccessible, signIn, useBrowser, visit } from './support/journey.ts'

useBrowser()

const ways = [
  { how: 'with scripts', scripts: true, width: 1280 },
  { how: 'without scripts, on a phone', scripts: false, width: 360 },
]

describe.each(ways)('$how', ({ how, scripts, width }) => {
  it(`totals lead to their reports, are corrected by name and published (${how})`, async () => {
    const { page } = await visit({ scripts, width })
    await signIn(page, 'uo@verhneozersk.example')
    await page.goto('/consolidation?form=0609506&section=7')
    await page.getByRole('heading', { name: /по возрасту/ }).waitFor()
    await expectAccessible(page)

    await page.locator('#c-7-701-5 a').click()
    await page.getByRole('heading', { name: /По территориям/ }).waitFor()
    await page.getByRole('heading', { name: /Не учтены/ }).waitFor()
    await expectAccessible(page)

    await page.getByLabel('Какое число должно стоять').fill(scripts ? '30' : '31')
    await page.getByLabel('Причина').fill('Одна группа не вошла в отчёт')
    await page.getByRole('button', { name: 'Исправить свод' }).click()
    await page.getByText('Исправление записано').first().waitFor()
    await page.goto('/consolidation?form=0609506&section=7')
    expect(await page.locator('#c-7-701-5').textContent()).toContain(scripts ? '30' : '31')
    await page
      .getByText(/Одна группа/)
      .first()
      .waitFor()
    await expectAccessible(page)

    await page.goto('/summaries/new')
    await expectAccessible(page)
    await page.getByLabel('Название').fill('Воспитанники по садам')
    await page.getByLabel('Форма').selectOption({ label: '85-К' })
    await page.getByLabel('Ячейки').fill('7/701/5')
    await page.getByLabel('Какие отчёты').selectOption('sent')
    await page.getByLabel('Скрывать при публикации').fill('2')
    await page.getByRole('button', { name: 'Сохранить сводку' }).click()
    await page.getByRole('heading', { name: 'Публикация' }).waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Опубликовать' }).click()
    const address = await page.getByRole('link', { name: 'Открыть опубликованную' }).getAttribute('href')

    const anybody = await visit({ scripts, width })
    await anybody.page.goto(address ?? '')
    await anybody.page.getByRole('heading', { name: 'Воспитанники по садам' }).waitFor()
    await anybody.page.getByText('скрыто').first().waitFor()
    await expectAccessible(anybody.page)
  })
})
