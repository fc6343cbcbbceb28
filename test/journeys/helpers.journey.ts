/** R9: an operator's helper, from the invitation to the day when it is no helper any more; from both sides. */
import { describe, expect, it } from 'vitest'
import { enter, expectAccessible, letterTo, signIn, useBrowser, useOwnStand, visit } from './support/journey.ts'

useOwnStand()
useBrowser()

const operatorLogin = 'operator@svetlorechye.example'
const password = 'Ручей-8825-весна'

describe.each([
  { scripts: true, width: 1280, how: 'with scripts' },
  { scripts: false, width: 360, how: 'without scripts, on a phone' },
])('$how', ({ scripts, width, how }) => {
  const email = `pomoshnica-${width}@svetlorechye.example`

  it(`R9 an operator invites, limits, suspends and removes a helper, who has what it was given (${how})`, async () => {
    const operator = await visit({ scripts, width })
    await enter(operator, operatorLogin)
    await operator.page.goto('/cabinet')
    await operator.page.goto('/helpers')
    await operator.page.getByRole('link', { name: 'Пригласить помощника' }).click()
    await operator.page.getByRole('button', { name: 'Отправить приглашение' }).click()
    await operator.page.getByRole('alert').first().waitFor()
    await operator.page.getByLabel('Электронная почта').fill(email)
    await operator.page.getByLabel('Фамилия').fill('Крестовоздвиженская')
    await operator.page.getByLabel('Имя', { exact: true }).fill('Пелагея')
    await operator.page.getByLabel('Должность').fill('главный специалист отдела дошкольного образования')
    await operator.page.getByLabel('Видеть отчёты').check()
    await operator.page.getByLabel('Писать замечания к отчётам').check()
    await operator.page.getByLabel('Светлореченская область', { exact: true }).check()
    await expectAccessible(operator.page)
    await operator.page.getByRole('button', { name: 'Отправить приглашение' }).click()
    await operator.page.getByText('ждёт до').waitFor()
    await expectAccessible(operator.page)

    const helper = await visit({ scripts, width })
    const letter = await letterTo(email, /помощники/)
    await helper.page.goto(letter.links.find((link) => link.includes('/invitation')) ?? '')
    await helper.page.getByText('Тихомиров Всеволод Игнатьевич').waitFor()
    await helper.page.getByLabel('Придумайте пароль').fill(password)
    await helper.page.getByLabel('Пароль ещё раз').fill(password)
    await helper.page.getByLabel('Согласен на обработку персональных данных').check()
    await expectAccessible(helper.page)
    await helper.page.getByRole('button', { name: 'Принять приглашение' }).click()
    await helper.page.getByRole('heading', { name: 'Авторизация' }).waitFor()
    await signIn(helper.page, email, password)
    await helper.page.getByRole('heading', { name: 'Вы помощник' }).waitFor()
    await expectAccessible(helper.page)
    const sees = async (path: string) => (await helper.page.goto(path))?.status()
    expect([await sees('/reports'), await sees('/organisations'), await sees('/helpers')]).toEqual([200, 403, 403])

    await operator.page.goto('/helpers')
    await operator.page.getByRole('link', { name: /Крестовоздвиженская/ }).click()
    await expectAccessible(operator.page)
    await operator.page.getByRole('link', { name: 'Изменить права' }).click()
    await operator.page.getByLabel('Видеть организации и их сведения').check()
    await expectAccessible(operator.page)
    await operator.page.getByRole('button', { name: 'Сохранить' }).click()
    await operator.page.getByRole('button', { name: 'Приостановить' }).waitFor()
    expect(await sees('/organisations')).toBe(200)

    await operator.page.getByRole('button', { name: 'Приостановить' }).click()
    await operator.page.getByRole('button', { name: 'Возобновить' }).waitFor()
    expect([await sees('/reports'), await sees('/organisations')]).toEqual([403, 403])
    await operator.page.getByRole('button', { name: 'Возобновить' }).click()
    await operator.page.getByRole('button', { name: 'Приостановить' }).waitFor()
    expect(await sees('/reports')).toBe(200)

    await operator.page.getByText('Убрать из помощников').click()
    await operator.page.getByRole('button', { name: 'Убрать', exact: true }).click()
    await operator.page.waitForURL(/\/helpers$/)
    expect(await operator.page.getByRole('link', { name: /Крестовоздвиженская/ }).count()).toBe(0)
    expect(await sees('/reports')).toBe(403)
    await helper.end()
    await operator.end()
  })
})
