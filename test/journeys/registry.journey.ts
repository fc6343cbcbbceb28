/** E1 from the operator's side: an organisation with all that the manual names, its duplicate, its change, its end. */
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { enter, expectAccessible, useBrowser, useOwnStand, visit } from './support/journey.ts'

useOwnStand()
useBrowser()

const operatorLogin = 'operator@svetlorechye.example'

describe.each([
  { scripts: true, width: 1280, how: 'with scripts', number: '41', inn: '0014004100', ogrn: '1020000004100' },
  {
    scripts: false,
    width: 360,
    how: 'without scripts, on a phone',
    number: '42',
    inn: '0014004206',
    ogrn: '1020000004200',
  },
])('$how', ({ scripts, width, how, number, inn, ogrn }) => {
  it(`E1 an operator adds an organisation with every requisite, changes it with a reason, merges it (${how})`, async () => {
    const operator = await visit({ scripts, width })
    const { page, end } = operator
    await enter(operator, operatorLogin)
    await page.goto('/organisations')
    await expectAccessible(page)
    await page.getByRole('link', { name: 'Добавить организацию' }).click()
    await fillIn(page, { name: `Детский сад №${number} Ивушка`, inn, ogrn })
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Добавить организацию' }).click()
    await page.getByText('Организация добавлена').first().waitFor()
    await expectAccessible(page)
    const own = page.url()
    for (const text of ['бюджетное', 'село', '85.11 Образование дошкольное', '85.41', '00614101'])
      expect(await page.getByText(text).count(), text).toBeGreaterThan(0)

    await page.goto('/organisations/new')
    await fillIn(page, { name: `МБДОУ «Детский сад № ${number} „Ивушка“»`, inn: others[number]?.inn ?? '', ogrn })
    await page.getByRole('button', { name: 'Добавить организацию' }).click()
    await page.getByText('Похоже, такая организация уже есть в реестре').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Добавить всё равно' }).click()
    await page.getByText('Организация добавлена').first().waitFor()

    await page.getByRole('link', { name: 'Изменить' }).click()
    await page.getByLabel('Сокращённое наименование').fill(`МБДОУ «Детский сад № ${number} „Ракита“»`)
    await page.getByRole('button', { name: 'Сохранить изменения' }).click()
    await page.getByRole('link', { name: /Причина изменения/ }).waitFor()
    await expectAccessible(page)
    await page.getByLabel('Причина изменения').fill('Постановление администрации № 118')
    await page.getByRole('button', { name: 'Сохранить изменения' }).click()
    await page.getByText('Изменения сохранены').first().waitFor()
    await page.getByRole('link', { name: 'История реквизитов' }).last().click()
    await page.getByText('Постановление администрации № 118').first().waitFor()
    await page.getByText('Сокращённое наименование').first().waitFor()
    await expectAccessible(page)

    const changed = page.url().replace(/\/history$/, '')
    await page.goto(`${changed}/merger`)
    await page.getByLabel('В какую организацию она вошла').fill(inn)
    await page.getByLabel('С какого дня').fill('01.09.2026')
    await page.getByLabel('Основание').fill('Постановление о реорганизации № 5')
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Отметить присоединение' }).click()
    await page.getByText('Присоединена 01.09.2026 к другой организации').waitFor()
    await expectAccessible(page)
    expect(await page.getByRole('link', { name: `Детский сад №${number} Ивушка` }).getAttribute('href')).toBe(
      new URL(own).pathname,
    )
    await page.goto(`/organisations?q=${encodeURIComponent(`${number} Ракита`)}`)
    await page.getByText('присоединена', { exact: true }).first().waitFor()
    await end()
  })
})

/** The second of the two that look alike has a number of its own. */
const others: Record<string, { inn: string }> = { '41': { inn: '0014005104' }, '42': { inn: '0014005200' } }

it('E1 an operator goes up and down the tree: from an institution to what it stands under, and to all that stand there', async () => {
  const operator = await visit({ scripts: true, width: 360 })
  const { page, end } = operator
  await enter(operator, operatorLogin)
  await page.goto(`/organisations?q=${encodeURIComponent('Ромашка')}`)
  await page.getByRole('link', { name: /Ромашка/ }).click()
  await page.getByRole('heading', { level: 1, name: /Ромашка/ }).waitFor()
  await page.getByRole('link', { name: /^Управление образования администрации Верхнеозёрского/ }).click()
  await page.getByRole('heading', { level: 1, name: /Верхнеозёрского/ }).waitFor()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'показать в списке' }).click()
  await page.getByRole('link', { name: /Ромашка/ }).waitFor()
  expect(await page.getByRole('link', { name: /Родничок/ }).count()).toBe(0)
  await expectAccessible(page)
  await end()
})

async function fillIn(page: Page, { name, inn, ogrn }: { name: string; inn: string; ogrn: string }): Promise<void> {
  await page.getByLabel('Полное наименование').fill(name)
  await page.getByLabel('Сокращённое наименование').fill(name)
  await page.getByLabel('село', { exact: true }).check()
  await page.getByLabel('Адрес', { exact: true }).fill('639114, Светлореченская область, с. Ивовое, ул. Речная, д. 4')
  await page.getByLabel(/^Сайт/).fill('https://ds41.verhneozersk.example')
  await page.getByLabel('ИНН', { exact: true }).fill(inn)
  await page.getByLabel('ОГРН', { exact: true }).fill(ogrn)
  await page.getByLabel(/^Код ОКПО/).fill('')
  await page.getByLabel(/^Код ОКТМО/).fill('00 614 101')
  await page.getByLabel(/^Основной код ОКВЭД/).fill('85.11 Образование дошкольное')
  await page.getByLabel(/^Дополнительные коды ОКВЭД/).fill('85.41, 88.91')
  await page.getByLabel(/^Тип организации/).selectOption('preschool')
  await page.getByLabel('муниципальная', { exact: true }).check()
  await page.getByLabel('бюджетное', { exact: true }).check()
  await page.getByLabel('самостоятельная организация', { exact: true }).check()
  await page.getByLabel(/^Вышестоящая организация/).fill('Управление образования Верхнеозёрского')
  await page.getByLabel('Фамилия, имя и отчество руководителя').fill('Каменских Прасковья Тихоновна')
  await page.getByLabel(/^Должность руководителя/).fill('заведующий')
  await page.getByLabel(/^Номер телефона/).fill('8 (000) 102-41-41')
  await page.getByLabel(/^Электронная почта организации/).fill('ds41@verhneozersk.example')
}
