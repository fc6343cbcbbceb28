/** S4: a letter becomes a draft that an operator completes; its person gets the login and comes in. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { enter, expectAccessible, letterTo, typePassword, useBrowser, visit } from './support/journey.ts'

useBrowser()

const folder = join(import.meta.dirname, '../letters')
const fileOf = (slug: string) => join(folder, readdirSync(folder).find((name) => name.endsWith(`-${slug}.eml`)) ?? slug)
const password = 'Новый-Пароль-2027!'

describe.each([
  {
    scripts: true,
    width: 1280,
    how: 'with scripts',
    letter: 'settlement-as-in-the-manual',
    name: 'Громов Степан Лукич',
    email: 'adm@rechnoe.example',
  },
  {
    scripts: false,
    width: 360,
    how: 'without scripts, on a phone',
    letter: 'hospital-as-in-the-manual',
    name: 'Пилюлькин Семён Гаврилович',
    email: 'sysadm@crb.example',
  },
])('$how', ({ scripts, width, how, letter, name, email }) => {
  it(`S4 a letter is dropped, an operator opens access by it, and its person comes in (${how})`, async () => {
    const operator = await visit({ scripts, width })
    await enter(operator, 'operator@svetlorechye.example')
    const { page } = operator
    await page.goto('/_stand/letters')
    await expectAccessible(page)
    await page.getByLabel('Файлы писем').setInputFiles(fileOf(letter))
    await page.getByRole('button', { name: 'Принять письма' }).click()
    await page.getByText('Письма приняты').waitFor()
    await expectAccessible(page)
    await page.locator('tr', { hasText: name }).getByRole('link').first().click()
    await page.getByText('Черновик заявки').waitFor()
    await expectAccessible(page)
    expect(await page.getByLabel('Фамилия, имя, отчество').inputValue()).toBe(name)
    expect(await page.getByLabel('Электронная почта').inputValue()).toBe(email)
    await page.getByText('понято уверенно').first().waitFor()

    await page.getByLabel('Электронная почта').fill('glava@mail.ru')
    await page.getByRole('button', { name: 'Открыть доступ' }).click()
    await page.getByText('mail.ru').first().waitFor()
    await expectAccessible(page)
    await page.getByLabel('Электронная почта').fill(email)
    await page.getByLabel('Должность').fill('ответственный сотрудник')
    await page.getByRole('button', { name: 'Открыть доступ' }).click()
    await page.getByText('Доступ открыт').first().waitFor()
    await expectAccessible(page)
    await operator.end()

    const sent = await letterTo(email, 'Приглашение')
    expect(sent.text).toContain(`Логин: ${email}`)
    const person = await visit({ scripts, width })
    await person.page.goto(sent.links.find((link) => link.includes('/password-reset/new')) ?? '')
    await person.page.locator('#password').fill(password)
    await person.page.getByLabel('Новый пароль ещё раз').fill(password)
    await person.page.getByRole('button', { name: 'Сохранить' }).click()
    await typePassword(person.page, email, password)
    await person.page.waitForURL(/consent|cabinet|agreement|contacts/)
    await person.end()
  })
})
