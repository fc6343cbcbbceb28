/** N2, N6: who a person is, what is kept about it, and how it goes. */
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { expectAccessible, letterTo, signIn, typePassword, useBrowser, type Visit, visit } from './support/journey.ts'
import { activate, type Newcomer, newcomer, register } from './support/people.ts'

useBrowser()

async function comeIn(window: Visit, kind: string, scripts: boolean): Promise<Newcomer> {
  const person = newcomer(kind)
  await register(window, person)
  await activate(window, person, scripts)
  await signIn(window.page, person.email, person.password)
  return person
}

async function openSetting(page: Page, name: string): Promise<void> {
  await page.goto('/profile')
  await page.getByRole('link', { name: 'Настройки аккаунта' }).click()
  await page.getByRole('heading', { level: 1, name: 'Настройки аккаунта' }).waitFor()
  await page.getByRole('main').getByRole('link', { name, exact: true }).click()
}

const send = (page: Page) => page.getByRole('button', { name: 'Отправить данные' }).click()

/** The check goes on beside the page: it is opened anew until it tells the end. */
async function waitForCheck(page: Page, told: string): Promise<void> {
  for (let look = 0; look < 60; look += 1) {
    if (await page.getByText(told).first().isVisible()) return
    await page.waitForTimeout(250)
    await page.reload()
  }
  throw new Error(`The page never said «${told}»`)
}

describe.each([
  { scripts: true, width: 1280, how: 'with scripts' },
  { scripts: false, width: 360, how: 'without scripts, on a phone' },
])('$how', ({ scripts, width, how }) => {
  it(`N2 personal data are filled in, refused with reasons, mended and accepted (${how})`, async () => {
    const window = await visit({ scripts, width })
    const { page } = window
    const person = await comeIn(window, `passport${width}`, scripts)
    await openSetting(page, 'Персональные данные')
    await expectAccessible(page)
    await page.getByRole('link', { name: 'Заполнить' }).click()
    await page.getByLabel('Дата рождения').fill('01.01.1985')
    await page.getByLabel('Место рождения').fill('город Верхнеозёрск Светлореченской области')
    await page.getByLabel('Серия').fill('45 08')
    await page.getByLabel('Номер', { exact: true }).fill('00000')
    await page.getByLabel('Дата выдачи').fill('31.12.1998')
    await page.getByLabel('Кем выдан').fill('Отделом внутренних дел Верхнеозёрского района')
    await page.getByLabel('Код подразделения').fill('770001')
    await page.getByLabel('Адрес регистрации', { exact: true }).fill('г. Верхнеозёрск, ул. Заречная, д. 7, кв. 12')
    await send(page)
    await page.getByText('Данные не сохранены: исправьте 2 поля').waitFor()
    await page.getByText('Цифр 5, а нужно 6').first().waitFor()
    await page.getByText('меньше 14 лет').first().waitFor()
    expect(await page.getByLabel('Место рождения').inputValue()).toContain('Верхнеозёрск')
    await expectAccessible(page)

    await page.getByLabel('Номер', { exact: true }).fill('000000')
    await page.getByLabel('Дата выдачи').fill('02.04.2005')
    await send(page)
    await page.getByText('Персональные данные сохранены').waitFor()
    await waitForCheck(page, 'Паспорт с такими реквизитами не найден')
    await page.getByText('Дата рождения не совпадает с данными реестра').waitFor()
    await expectAccessible(page)
    await letterTo(person.email, 'Реестр не принял персональные данные')

    await page.getByRole('link', { name: 'Исправить' }).click()
    await page.getByLabel('Дата рождения').fill('18.03.1985')
    await page.getByLabel('Номер', { exact: true }).fill('123456')
    await send(page)
    await waitForCheck(page, 'Реестр принял ваши данные')
    await page.getByText('•••456').waitFor()
    await window.end()
  })
})

describe('one’s own data', () => {
  it('are downloaded by one’s password; the account is deleted, and the deletion taken back', async () => {
    const window = await visit()
    const { page } = window
    const person = await comeIn(window, 'leaving', true)
    await openSetting(page, 'Мои данные и удаление')
    await expectAccessible(page)
    await page.getByLabel('Ваш пароль', { exact: true }).fill(person.password)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Скачать' }).click(),
    ])
    const copy = JSON.parse(await readFile(await download.path(), 'utf8'))
    expect(copy.identity.account.email).toBe(person.email)

    await page.goto('/profile/data')
    await page.getByRole('link', { name: 'Перейти к удалению' }).click()
    await expectAccessible(page)
    await page.getByLabel('Ваш пароль', { exact: true }).fill(person.password)
    await page.getByRole('button', { name: 'Отозвать согласие и удалить' }).click()
    await page.getByRole('heading', { level: 1, name: 'Учётная запись закрыта' }).waitFor()
    await expectAccessible(page)
    await typePassword(page, person.email, person.password)
    await page.getByText('Учётная запись закрыта по вашей просьбе').first().waitFor()

    const letter = await letterTo(person.email, 'Учётная запись закрыта и будет удалена')
    await page.goto(letter.links.find((link) => link.includes('/erasure-cancellation')) ?? '')
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Отменить удаление' }).click()
    await page.getByText('Удаление отменено').first().waitFor()
    await typePassword(page, person.email, person.password)
    await page.getByRole('heading', { level: 1, name: 'Первый вход' }).waitFor()
    await expectAccessible(page)
    await page.getByLabel('Согласен на обработку персональных данных').check()
    await page.getByRole('button', { name: 'Продолжить' }).click()
    await page.getByRole('heading', { name: 'Личный кабинет пользователя' }).waitFor()
    await window.end()
  })
})
