/** N3, N4, N6: contacts confirmed on the way in, and a forgotten password by a code to the telephone. */
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { caller } from './support/calls.ts'
import { expectAccessible, letterTo, signIn, stand, typePassword, useBrowser, visit } from './support/journey.ts'

useBrowser()

const password = 'Родник-4417'
const fresh = 'Ручей-8825-весна'

async function specialist(kind: string, phone: string): Promise<string> {
  const email = `rodnikova-${kind}@poliklinika.example`
  const person = { surname: 'Родникова', name: 'Пелагея', patronymic: 'Евстигнеевна', email, phone }
  const told = { ...person, audience: 'specialist', inn: '500100732259', confirmBy: 'email', password, consent: true }
  const reply = await caller(stand()).call('POST', '/registrations', told)
  expect(reply, JSON.stringify(reply.body)).toMatchObject({ status: 202 })
  return email
}

const codeTo = async (address: string, subject: RegExp): Promise<string> =>
  /\b\d{6}\b/.exec((await letterTo(address, subject)).text)?.[0] ?? ''

const form = (page: Page, name: RegExp) => page.getByRole('form', { name })

describe.each([
  { scripts: true, width: 1280, how: 'with scripts', kind: 'js', phone: '+79125550181' },
  { scripts: false, width: 360, how: 'without scripts, on a phone', kind: 'plain', phone: '+79125550182' },
])('$how', ({ scripts, width, how, kind, phone }) => {
  it(`N3 N4 N6 contacts are confirmed, wrong ones are stopped, a password is set by a code (${how})`, async () => {
    const email = await specialist(kind, phone)
    const window = await visit({ scripts, width })
    const { page } = window

    // N6: limited until the contacts are confirmed.
    await typePassword(page, email, password)
    await page.waitForURL(/\/cabinet/)
    await page.getByText('Подтвердите контакты').first().waitFor()
    await expectAccessible(page)
    await page.goto('/profile/password')
    await page.waitForURL(/\/sign-in\/contacts/)
    await expectAccessible(page)

    // N3: a wrong address is mended, again and again is too often.
    const name = async (address: string) => {
      await page.getByText('Исправить почту').first().click()
      await form(page, /Исправить почту/)
        .getByRole('textbox')
        .fill(address)
      await form(page, /Исправить почту/)
        .getByRole('button')
        .click()
    }
    for (const wrong of ['odin', 'dva', 'tri']) await name(`${wrong}-${kind}@poliklinika.example`)
    await name(email)
    await page.getByText(email).first().waitFor()
    await name(`chetyre-${kind}@poliklinika.example`)
    await page.getByText('новые попытки остановлены').first().waitFor()
    await page.goto('/sign-in/contacts?next=/profile/contacts')
    await page.getByRole('button', { name: 'Подтвердить адрес' }).click()
    const letter = await letterTo(email, 'Подтвердите адрес')
    await page.goto(letter.links[0] ?? '')
    if (!scripts) await page.getByRole('button', { name: 'Подтвердить почту' }).click()
    await page.waitForURL((url) => url.pathname !== '/activation')
    await page.goto('/sign-in/contacts?next=/profile/contacts')
    if (!scripts) await page.getByRole('button', { name: 'Продолжить' }).click()
    await page.waitForURL(/\/profile\/contacts/)

    // The telephone, by a code.
    await form(page, /Код: Телефон/)
      .getByRole('button')
      .click()
    await page.getByLabel('Код из SMS').fill(await codeTo(phone, /Код для подтверждения/))
    await form(page, /Код подтверждения: Телефон/)
      .getByRole('button')
      .click()
    await page.getByText('Контакт подтверждён').first().waitFor()
    await expectAccessible(page)

    // N4: in another browser, by the telephone.
    const other = await visit({ scripts, width })
    const door = other.page
    await door.goto('/password-reset')
    await expectAccessible(door)
    await door.getByLabel('Электронная почта или телефон').fill(phone)
    await door.getByRole('radio', { name: /^Код/ }).check()
    await door.getByRole('button', { name: 'Восстановить пароль' }).click()
    const right = await codeTo(phone, /Код для смены пароля/)
    const set = async (code: string) => {
      await door.getByLabel('Код из сообщения').fill(code)
      await door.getByRole('textbox', { name: 'Новый пароль', exact: true }).fill(fresh)
      await door.getByRole('textbox', { name: 'Новый пароль ещё раз', exact: true }).fill(fresh)
      if (scripts) await door.getByText('Пароль надёжный').waitFor()
      await door.getByRole('button', { name: 'Сохранить пароль' }).click()
    }
    const wrong = right === '000000' ? '000001' : '000000'
    await set(wrong)
    await set(wrong)
    await door.getByText(/Назовите номер заявки/).waitFor()
    await expectAccessible(door)
    await set(right)
    await door.waitForURL(/\/sign-in/)
    await signIn(door, phone, fresh)
    await other.end()

    // All earlier sessions have ended.
    await page.goto('/profile')
    await page.waitForURL(/\/sign-in/)
    await window.end()
  })
})
