/** N6: the first sign-in of a specialist who was given an account. */
import { describe, expect, it } from 'vitest'
import { signedIn } from './support/calls.ts'
import { expectAccessible, letterTo, stand, typePassword, useBrowser, visit } from './support/journey.ts'

useBrowser()

const ownPassword = 'Родник-4417-лето'

/** @returns the address and the temporary password, as the operator tells them */
async function given(kind: string): Promise<{ email: string; password: string }> {
  const email = `zemskaya-${kind}@poliklinika.example`
  const admin = await signedIn(stand(), 'admin@kabinet.example')
  const { status, body } = await admin.call('POST', '/accounts', {
    surname: 'Земская-Благовещенская',
    name: 'Антонина',
    patronymic: 'Пантелеймоновна',
    position: 'врач-терапевт участковый',
    email,
    phone: null,
    organisation: 'Верхнеозёрская районная поликлиника',
    audience: 'specialist',
    regions: ['00'],
    role: null,
  })
  expect(status, JSON.stringify(body)).toBe(201)
  return { email, password: body.initialPassword.password }
}

describe.each([
  { scripts: true, width: 1280, how: 'with scripts', kind: 'js' },
  { scripts: false, width: 360, how: 'without scripts, on a phone', kind: 'plain' },
])('$how', ({ scripts, width, how, kind }) => {
  it(`N6 a temporary password, consent and СНИЛС open a limited cabinet, the confirmed e-mail the whole (${how})`, async () => {
    const { email, password } = await given(kind)
    const window = await visit({ scripts, width })
    const { page } = window
    await typePassword(page, email, password)
    await page.waitForURL(/\/sign-in\/new-password/)
    await page.getByRole('textbox', { name: 'Новый пароль', exact: true }).fill(ownPassword)
    await page.getByRole('textbox', { name: 'Новый пароль ещё раз', exact: true }).fill(ownPassword)
    await page.getByRole('button', { name: 'Сохранить пароль' }).click()

    await page.waitForURL(/\/sign-in\/consent/)
    await expectAccessible(page)
    await page.goto('/messages')
    await page.waitForURL(/\/sign-in\/consent\?next=%2Fmessages/)
    await page.getByLabel('СНИЛС или ИНН').fill('112-233-445 96')
    await page.getByRole('button', { name: 'Продолжить' }).click()
    await page.getByText('в номере опечатка').first().waitFor()
    await page.getByText('Без согласия на обработку персональных данных войти нельзя').first().waitFor()
    await expectAccessible(page)
    await page.getByLabel('СНИЛС или ИНН').fill('112-233-445 95')
    await page.getByLabel('Согласен на обработку персональных данных').check()
    await page.getByRole('button', { name: 'Продолжить' }).click()

    await page.getByText('Подтвердите контакты').first().waitFor()
    await page.goto('/profile/data')
    await page.waitForURL(/\/sign-in\/contacts/)
    const letter = await letterTo(email, /Подтвердите почту/)
    await page.goto(letter.links.find((link) => link.includes('/activation')) ?? '')
    if (!scripts) await page.getByRole('button', { name: 'Подтвердить почту' }).click()
    await page.waitForURL((url) => url.pathname !== '/activation')
    // The session learns of it at its step, which with scripts goes on by itself.
    if (scripts) await page.getByRole('heading', { name: 'Личный кабинет пользователя' }).waitFor()
    await page.goto('/profile/data')
    if (!scripts) await page.getByRole('button', { name: 'Продолжить' }).click()
    await page.getByRole('heading', { level: 1, name: 'Мои данные и удаление' }).waitFor()
    await window.end()
  })
})
