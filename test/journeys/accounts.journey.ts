/** R2, R3, R4: an administrator makes the account of an operator of two regions, who confirms, comes in and switches. */
import { describe, expect, it } from 'vitest'
import { enter, expectAccessible, letterTo, type signIn, useBrowser, visit } from './support/journey.ts'

useBrowser()

let counter = 0

describe.each([
  { scripts: true, width: 1280, how: 'with scripts' },
  { scripts: false, width: 360, how: 'without scripts, on a phone' },
])('$how', ({ scripts, width, how }) => {
  it(`R2 R3 R4 an administrator makes an operator of two regions, who confirms, comes in and switches (${how})`, async () => {
    counter += 1
    const email = `prikaspiyskaya${counter}${scripts ? '' : '-plain'}@svetlorechye.example`
    const admin = await visit({ scripts, width })
    await enter(admin, 'admin@kabinet.example')
    const { page } = admin
    await page.goto('/accounts')
    await expectAccessible(page)
    await page.getByRole('link', { name: 'Новая учётная запись' }).click()
    await page.getByLabel('Светлореченская область').check()
    await page.getByLabel('Белогорская область').check()
    await page.getByLabel('Фамилия').fill('Прикаспийская-Верхоянская')
    await page.getByLabel('Имя', { exact: true }).fill('Капитолина')
    await page.getByLabel('Отчество').fill('Севастьяновна')
    await page.getByLabel('Электронная почта').fill(email)
    await page.getByLabel('Телефон').fill('8 (900) 000-12-34')
    await page.getByLabel('Организация').fill('Министерство образования Светлореченской области')
    await page.getByLabel('Роль в каждом из регионов').selectOption('Оператор региона')
    await page.getByRole('button', { name: 'Создать учётную запись' }).click()
    await page.getByRole('alert').getByText('Введите должность').first().waitFor()
    expect(await page.getByLabel('Белогорская область').isChecked()).toBe(true)
    await expectAccessible(page)
    await page.getByLabel('Должность').fill('начальник отдела мониторинга')
    await page.getByRole('button', { name: 'Создать учётную запись' }).click()
    await page.getByRole('heading', { name: 'Учётная запись создана' }).waitFor()
    await expectAccessible(page)
    const password = (await page.locator('code').first().textContent()) ?? ''
    expect(page.url()).not.toContain(password)
    await page.getByRole('link', { name: 'К учётной записи' }).click()
    await page.getByText('Почта не подтверждена').first().waitFor()
    await expectAccessible(page)
    await admin.end()

    const letter = await letterTo(email, 'Подтвердите почту')
    expect(letter.text).not.toContain(password)
    const operator = await visit({ scripts, width })
    await operator.page.goto(letter.links.find((link) => link.includes('/activation')) ?? '')
    if (!scripts) await operator.page.getByRole('button', { name: 'Подтвердить почту' }).click()
    await operator.page.waitForURL(/sign-in|activation\/|activated/)
    await firstSignIn(operator.page, email, password)
    await operator.page.goto('/organisations')
    await operator.page
      .getByRole('link', { name: /Министерство образования/ })
      .first()
      .waitFor()
    await operator.page.getByText('Все мои регионы').first().click()
    await operator.page.getByRole('button', { name: 'Белогорская область' }).click()
    await operator.page.getByText('Показан один регион').waitFor()
    await expectAccessible(operator.page)
    await operator.page.goto('/organisations')
    await operator.page.getByText('Организаций пока нет').waitFor()
    await operator.end()
  })
})

/** The temporary password is changed for one's own, consent is given, and the cabinet opens. */
async function firstSignIn(page: Parameters<typeof signIn>[0], email: string, password: string): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('Введите логин (e-mail)').fill(email)
  await page.getByLabel('Введите пароль', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Войти', exact: true }).first().click()
  await page.getByRole('textbox', { name: 'Новый пароль', exact: true }).fill('Свой-Пароль-2027')
  await page.getByRole('textbox', { name: 'Новый пароль ещё раз' }).fill('Свой-Пароль-2027')
  await page.getByRole('button', { name: 'Сохранить пароль' }).click()
  await page.getByLabel('Согласен на обработку персональных данных').check()
  await page.getByRole('button', { name: 'Продолжить' }).click()
  await page.waitForURL(/\/cabinet/)
}
