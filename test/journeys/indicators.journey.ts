/** An operator works with the figures of its own region; a coordinator confirms and publishes them. */
import { describe, expect, it } from 'vitest'
import { enter, expectAccessible, useBrowser, useOwnStand, type Visit, visit } from './support/journey.ts'

useOwnStand()
useBrowser()

const ways = [
  { how: 'with scripts', scripts: true, width: 1280, region: '00', other: '01' },
  { how: 'without scripts, on a phone', scripts: false, width: 360, region: '000', other: '00100' },
]

async function openFigures({ page, context }: Visit, region: string): Promise<string> {
  const { roadmaps } = await (await context.request.get('/api/v1/roadmaps')).json()
  const address = `/roadmaps/${roadmaps[0].id}/indicators`
  await page.goto(`${address}?region=${region}`)
  return address
}

describe.each(ways)('$how', ({ scripts, width, region, other }) => {
  it(`R8: an operator sees, enters and corrects the figures of its region, never another's (${scripts ? 'scripts' : 'plain'})`, async () => {
    const operator = await visit({ scripts, width })
    const { page } = operator
    await enter(operator, 'operator2@svetlorechye.example')
    const address = await openFigures(operator, region)
    await page.getByRole('heading', { level: 1, name: /Показатели/ }).waitFor()
    await expectAccessible(page)

    // The period that goes on may be entered already; everything by the keyboard.
    const periods = await page.getByLabel('Период', { exact: true }).locator('option').allTextContents()
    await page.getByLabel('Период', { exact: true }).selectOption({ label: periods[0] ?? '' })
    await page.getByRole('button', { name: 'Показать' }).click()
    await page.getByText('Не внесено').first().waitFor()
    await page.getByLabel('Вовлечено в проект, план').focus()
    await page.keyboard.type('60 000')
    await page.keyboard.press('Tab')
    await page.keyboard.type('много')
    await page.keyboard.press('Enter')
    await page
      .getByRole('alert')
      .getByText(/нужно число/)
      .waitFor()
    expect(await page.getByLabel('Вовлечено в проект, факт').inputValue()).toBe('много')
    expect(await page.getByLabel('Вовлечено в проект, план').inputValue()).toBe('60 000')
    await expectAccessible(page)

    await page.getByLabel('Вовлечено в проект, факт').fill('1\u202f000')
    await page.getByRole('button', { name: 'Сохранить' }).click()
    await page.getByText('Показатели сохранены').first().waitFor()
    await page.getByText(/Меньше половины плана/).waitFor()
    await page.getByLabel('Пояснение, Вовлечено в проект').fill('Сведения поступили от одного района')
    await page.getByRole('button', { name: 'Сохранить' }).click()
    await page.getByText('Показатели сохранены').first().waitFor()
    await expectAccessible(page)

    await page.getByText('Вовлечено в проект', { exact: true }).click()
    await page.getByRole('link', { name: 'История изменений' }).first().click()
    await page.getByText('пусто → 1').first().waitFor()
    await page.getByText('Радонежский').first().waitFor()
    await expectAccessible(page)

    // What is published is corrected with a reason.
    await page.goto(`${address}?region=${region}`)
    await page.getByLabel('Период', { exact: true }).selectOption({ label: periods[2] ?? '' })
    await page.getByRole('button', { name: 'Показать' }).click()
    await page.getByText('Опубликовано').first().waitFor()
    await page.getByLabel('Вовлечено в проект, факт').fill('2 222')
    await page.getByRole('button', { name: 'Сохранить' }).click()
    await page
      .getByRole('alert')
      .getByText(/напишите, почему/)
      .waitFor()
    await page.getByLabel('Причина исправления').fill('Одно учреждение посчитали дважды')
    await page.getByRole('button', { name: 'Сохранить' }).click()
    await page.getByText('Показатели сохранены').first().waitFor()
    await page
      .getByText(/опубликовано \d/)
      .first()
      .waitFor()

    expect((await page.goto(`${address}?region=${other}`))?.status()).toBe(404)
    await operator.end()
  })
})

it('R8: a coordinator returns, confirms and publishes; an indicator is described', async () => {
  const coordinator = await visit()
  const { page } = coordinator
  await enter(coordinator, 'coordinator@dorozhnaya-karta.example')
  const address = await openFigures(coordinator, '00')
  await page.getByRole('link', { name: 'Подтверждение' }).click()
  await page.getByLabel('Состояние', { exact: true }).selectOption('entered')
  await page.getByRole('button', { name: 'Отобрать' }).click()
  await expectAccessible(page)
  await page
    .getByRole('checkbox', { name: /^Выбрать: / })
    .first()
    .check()
  await page.getByLabel('Причина, если возвращаете').fill('Проверьте, пожалуйста')
  await page.getByRole('button', { name: 'Вернуть' }).click()
  await page.getByText('Показатели возвращены').first().waitFor()
  await page.getByRole('button', { name: /Подтвердить все без замечаний/ }).click()
  await page.getByText('Показатели подтверждены').first().waitFor()
  await page.getByRole('link', { name: 'Публикация' }).click()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Опубликовать подтверждённые' }).click()
  await page.getByText('Показатели опубликованы').first().waitFor()
  await page.getByText('Публиковать нечего').waitFor()

  await page.goto(`${address}/definitions/new`)
  await expectAccessible(page)
  await page.getByLabel('Название').fill('Центров оценки квалификации')
  await page.getByLabel('Единица измерения').fill('центров')
  await page.getByLabel('Код для формул').fill('centry')
  await page.getByRole('button', { name: 'Сохранить' }).click()
  await page.getByText('Показатель добавлен').first().waitFor()
  await page.getByText('код centry').waitFor()
  await expectAccessible(page)
  await coordinator.end()
})
