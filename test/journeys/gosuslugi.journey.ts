/** N5, S1: «Госуслуги» tied to a doctor's account and untied; a citizen comes in by them, staff are sent to their door. */
import { describe, it } from 'vitest'
import { expectAccessible, signIn, useBrowser, useOwnStand, type Visit, visit } from './support/journey.ts'

useBrowser()
useOwnStand()

const doctor = { login: 'podorozhnikova@bolnica.example', name: 'Подорожникова Таисия Серафимовна' }

/** On the page that answers instead of «Госуслуги» on a stand. */
async function chooseAtEsia({ page }: Visit, name: string): Promise<void> {
  await page.getByRole('heading', { name: 'Госуслуги стенда' }).waitFor()
  await page
    .getByRole('button', { name: `Войти : ${name}` })
    .or(page.getByRole('button', { name: `Войти: ${name}` }))
    .click()
}

const toEsia = async ({ page }: Visit) => {
  await page.goto('/sign-in')
  await page.getByRole('link', { name: 'Войти через Госуслуги' }).click()
}

describe.each([
  { scripts: true, width: 1280, how: 'with scripts', who: 'a citizen' },
  { scripts: false, width: 360, how: 'without scripts, on a phone', who: 'the head of a commercial organisation' },
])('$how', ({ scripts, width, how, who }) => {
  it(`N5 a doctor ties «Госуслуги», comes in by them, and unties them (${how})`, async () => {
    const window = await visit({ scripts, width })
    const { page } = window
    await signIn(page, doctor.login)
    await page.goto('/profile')
    await page.getByRole('link', { name: 'Настройки аккаунта' }).click()
    await page.getByRole('link', { name: 'Синхронизация с Госуслугами' }).click()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Привязать аккаунт' }).click()
    await chooseAtEsia(window, doctor.name)
    await page.getByText('Связано', { exact: true }).waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Обновить данные' }).click()
    await page.getByText('Данные обновлены по Госуслугам').waitFor()
    await window.end()

    const entered = await visit({ scripts, width })
    await toEsia(entered)
    await expectAccessible(entered.page)
    await chooseAtEsia(entered, doctor.name)
    await entered.page.getByRole('heading', { name: 'Личный кабинет пользователя' }).waitFor()
    await entered.page.goto('/profile/gosuslugi')
    await entered.page.getByRole('link', { name: 'Отвязать' }).click()
    await expectAccessible(entered.page)
    await entered.page.getByRole('button', { name: 'Отвязать Госуслуги' }).click()
    await entered.page.getByText('Не связано', { exact: true }).waitFor()
    await entered.end()

    const late = await visit({ scripts, width })
    await toEsia(late)
    await chooseAtEsia(late, doctor.name)
    await late.page.getByText('Сама по себе она с Госуслугами не связывается').waitFor()
    await expectAccessible(late.page)
    await late.end()
  })

  it(`S1 ${who} comes in through «Госуслуги»; staff are sent to their own door (${how})`, async () => {
    const window = await visit({ scripts, width })
    const { page } = window
    await toEsia(window)
    await chooseAtEsia(window, scripts ? 'Луговая-Заозёрная Пелагея Константиновна' : 'Подрядчиков Лаврентий Фомич')
    if (!scripts) {
      await page.getByRole('heading', { name: 'От чьего имени войти' }).waitFor()
      await expectAccessible(page)
      await page.getByLabel('ООО «Светлореченские строительные технологии»').check()
      await page.getByRole('button', { name: 'Войти', exact: true }).click()
    }
    await page.waitForURL(/sign-in\/consent/)
    await page.getByRole('checkbox').first().check()
    await page.locator('main').getByRole('button').first().click()
    await page.getByRole('heading', { name: 'Личный кабинет пользователя' }).waitFor()
    await window.end()

    const staff = await visit({ scripts, width })
    await toEsia(staff)
    await chooseAtEsia(staff, 'Мстиславская Людмила Аркадьевна')
    await staff.page.getByLabel('Управление образования').check()
    await expectAccessible(staff.page)
    await staff.page.getByRole('button', { name: 'Войти', exact: true }).click()
    await staff.page.getByText('через Госуслуги не входят').waitFor()
    await expectAccessible(staff.page)
    await staff.page.getByRole('link', { name: 'Войти по паролю или через домен' }).click()
    await staff.page.getByRole('heading', { name: 'Авторизация' }).waitFor()
    await staff.end()
  })
})
