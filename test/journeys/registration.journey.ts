/** E2, E3, R5, R6, R7: from a stranger to a person who is in, and back in when the password is forgotten. */
import { describe, expect, it } from 'vitest'
import { expectAccessible, letterTo, signIn, useBrowser, visit } from './support/journey.ts'
import { activate, newcomer, register } from './support/people.ts'

useBrowser()

describe.each([
  { scripts: true, width: 1280, how: 'with scripts' },
  { scripts: false, width: 360, how: 'without scripts, on a phone' },
])('$how', ({ scripts, width, how }) => {
  const kind = scripts ? 'js' : 'plain'

  it(`E2 E3 R5 a clerk registers, activates by the letter's link and comes in (${how})`, async () => {
    const person = newcomer(kind)
    const window = await visit({ scripts, width })
    const { page } = window
    await page.goto('/')
    await page.getByRole('link', { name: 'Личный кабинет' }).first().click()
    await page.getByRole('heading', { name: 'Авторизация' }).waitFor()
    await expectAccessible(page)
    await page.getByRole('link', { name: 'Регистрация' }).first().click()
    await expectAccessible(page)
    await register(window, person)
    await page.locator('main').getByText('Спам').first().waitFor()
    await activate(window, person, scripts)
    await signIn(page, person.email, person.password)
    await page.getByRole('heading', { name: 'Личный кабинет пользователя' }).waitFor()
    await expectAccessible(page)
    await window.end()
  })

  it(`E2 E3 a taken login is said in its field with all that was typed, and a link works once (${how})`, async () => {
    const person = newcomer(kind)
    const window = await visit({ scripts, width })
    const { page } = window
    await register(window, person)
    await activate(window, person, scripts)
    const letter = await letterTo(person.email, /подтвер|актив|регистрац/i)
    await page.goto(letter.links.find((link) => link.includes('/activation')) ?? '')
    await page.getByText('Почта уже подтверждена').waitFor()
    await page.goto('/registration/staff')
    await page.getByLabel('Фамилия').fill('Неповторимова')
    await page.getByLabel('Логин', { exact: true }).fill(person.login)
    await page.getByLabel('Имя', { exact: true }).fill(person.name)
    await page.getByLabel('Отчество', { exact: true }).fill(person.patronymic)
    await page.getByLabel('Должность').fill('делопроизводитель')
    await page.getByLabel('Электронная почта').fill(`other-${person.email}`)
    await page.getByLabel('Пароль', { exact: true }).fill(person.password)
    await page.getByLabel('Пароль ещё раз', { exact: true }).fill(person.password)
    await page.getByLabel('Согласен на обработку персональных данных').check()
    await page.getByRole('button', { name: 'Отправить данные' }).click()
    await page.getByRole('alert').first().waitFor()
    expect(await page.getByLabel('Логин', { exact: true }).getAttribute('aria-invalid')).toBe('true')
    expect(await page.getByLabel('Фамилия').inputValue()).toBe('Неповторимова')
    await window.end()
  })

  it(`R6 a wrong password and an unconfirmed e-mail are told apart only to the one who knows the password (${how})`, async () => {
    const person = newcomer(kind)
    const window = await visit({ scripts, width })
    const { page } = window
    await register(window, person)
    const attempt = async (password: string) => {
      await page.goto('/sign-in')
      await page.getByLabel('Введите логин (e-mail)').fill(person.email)
      await page.getByLabel('Введите пароль', { exact: true }).fill(password)
      await page.getByRole('button', { name: 'Войти', exact: true }).first().click()
    }
    await attempt('Совсем-не-то-1')
    await page.getByText('Неверная почта или пароль').first().waitFor()
    expect(await page.getByLabel('Введите логин (e-mail)').inputValue()).toBe(person.email)
    await expectAccessible(page)
    await attempt(person.password)
    await page.getByText('Почта не подтверждена').first().waitFor()
    await page
      .getByRole('button', { name: /ещё раз/ })
      .or(page.getByRole('link', { name: /ещё раз/ }))
      .first()
      .waitFor()
    await window.end()
  })

  it(`R7 a forgotten password is set anew by a letter, and the old one is dead (${how})`, async () => {
    const person = newcomer(kind)
    const window = await visit({ scripts, width })
    const { page } = window
    await register(window, person)
    await activate(window, person, scripts)
    await page.goto('/sign-in')
    await page.getByRole('link', { name: 'Восстановить пароль' }).click()
    await page
      .getByLabel(/почт|e-mail/i)
      .first()
      .fill(person.email)
    await expectAccessible(page)
    await page.locator('main').getByRole('button').first().click()
    const letter = await letterTo(person.email, /парол/i)
    await page.goto(letter.links[0] ?? '')
    await page.getByRole('textbox', { name: 'Новый пароль', exact: true }).fill('Ручей-8825-весна')
    await page.getByRole('textbox', { name: /ещё раз/ }).fill('Ручей-8825-весна')
    await page.locator('main').getByRole('button', { name: /парол/i }).last().click()
    await signIn(page, person.email, 'Ручей-8825-весна')
    await window.end()
    const other = await visit({ scripts, width })
    await other.page.goto('/sign-in')
    await other.page.getByLabel('Введите логин (e-mail)').fill(person.email)
    await other.page.getByLabel('Введите пароль', { exact: true }).fill(person.password)
    await other.page.getByRole('button', { name: 'Войти', exact: true }).first().click()
    await other.page.getByText('Неверная почта или пароль').first().waitFor()
    await other.end()
  })
})
