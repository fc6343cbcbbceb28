/** S4 and E1: a letter becomes a draft that an operator completes; its person gets the login and comes in. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
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

describe.each([
  {
    scripts: true,
    width: 1280,
    how: 'with scripts',
    letter: 'adding-kindergarten-by-list',
    name: 'МБДОУ «Детский сад № 31 „Рябинка“»',
    inn: '0014005714',
    email: 'zavedushchaya@ryabinka.svetlorechye.example',
    completed: async () => undefined,
  },
  {
    scripts: false,
    width: 360,
    how: 'without scripts, on a phone',
    letter: 'adding-school-in-windows-1251',
    name: 'МАОУ СОШ № 5',
    inn: '0014005721',
    email: 'direktor@shkola5.svetlorechye.example',
    completed: async (page: Page) => {
      await page.getByLabel('Должность руководителя').fill('директор')
      await page.getByLabel('Кому она подчиняется').fill('Комитет образования Заречного городского округа')
    },
  },
])('$how', ({ scripts, width, how, letter, name, inn, email, completed }) => {
  it(`E1 a letter asks to add an organisation, an operator adds it, and its sender is answered (${how})`, async () => {
    const operator = await visit({ scripts, width })
    await enter(operator, 'operator@svetlorechye.example')
    const { page } = operator
    await page.goto('/_stand/letters')
    await page.getByLabel('Файлы писем').setInputFiles(fileOf(letter))
    await page.getByRole('button', { name: 'Принять письма' }).click()
    await page.getByText('Письма приняты').waitFor()
    await page.locator('tr', { hasText: name }).getByRole('link').first().click()
    await page.getByText('Черновик заявки: добавление организации').waitFor()
    await expectAccessible(page)
    expect(await page.getByLabel('ИНН', { exact: true }).inputValue()).toBe(inn)
    expect(await page.getByLabel('Почта, на которую ответить').inputValue()).toBe(email)
    await page.getByText('понято уверенно').first().waitFor()

    await page.getByLabel('Должность руководителя').fill('')
    await page.getByRole('button', { name: 'Добавить в реестр' }).click()
    await page.getByText('Заявка не подана').first().waitFor()
    await expectAccessible(page)
    await page.getByLabel('Должность руководителя').fill('заведующая')
    await completed(page)
    await page.getByRole('button', { name: 'Добавить в реестр' }).click()
    await page.getByText('Организация добавлена в реестр').first().waitFor()
    await expectAccessible(page)

    await page.goto(`/organisations?${new URLSearchParams({ q: inn })}`)
    await page.getByRole('link', { name }).first().click()
    await page.getByRole('heading', { name }).first().waitFor()
    expect(await page.content()).toContain(inn)
    await operator.end()

    const answer = await letterTo(email, /исполнена/)
    expect(answer.text).toContain('теперь есть в реестре')
    const first = await letterTo(email, /подана по вашему письму/)
    const sender = await visit({ scripts, width })
    await sender.page.goto(first.links.find((link) => link.includes('/applications/followed')) ?? '')
    await sender.page.getByText('Организация добавлена в реестр').first().waitFor()
    await sender.end()
  })
})
