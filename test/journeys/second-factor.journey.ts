/** X2, N6: ways in that a stolen password does not open: passkeys, codes of an application, recovery codes. */
import { TOTP } from 'otpauth'
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

const signOut = async (page: Page): Promise<void> => {
  await page.goto('/profile')
  await page.getByRole('button', { name: 'Выйти', exact: true }).click()
  await page.waitForURL((url) => url.pathname === '/')
}

/** A key of the device itself, whose owner is always there and always verified. */
async function plugKeyIn({ page, context }: Visit): Promise<void> {
  const browser = await context.newCDPSession(page)
  await browser.send('WebAuthn.enable')
  await browser.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

const cabinet = (page: Page) => page.getByRole('heading', { name: 'Личный кабинет пользователя' }).waitFor()

const recoveryCodesOf = async (page: Page): Promise<string[]> => {
  await page.getByRole('heading', { name: 'Резервные коды' }).waitFor()
  const codes = await page.getByRole('list', { name: 'Резервные коды' }).getByRole('listitem').allTextContents()
  expect(codes).toHaveLength(10)
  return codes
}

/** Fills the way's one field and sends it. */
async function confirm(page: Page, label: string, code: string): Promise<void> {
  await page.getByRole('textbox', { name: label }).fill(code)
  await page.getByRole('button', { name: 'Подтвердить вход' }).click()
}

describe('a passkey', () => {
  it('X2 N6 is added in the profile, signs in alone, and is the second step after a password', async () => {
    const window = await visit()
    const { page } = window
    const person = await comeIn(window, 'key', true)
    await plugKeyIn(window)
    await page.goto('/profile/settings')
    await page.getByRole('link', { name: 'Безопасность входа' }).click()
    await page.getByText('Сейчас вход защищён только паролем').waitFor()
    await expectAccessible(page)
    await page.getByRole('link', { name: 'Добавить ключ доступа' }).click()
    await expectAccessible(page)
    await page.getByLabel('Как назвать ключ').fill('Рабочий ноутбук')
    await page.getByLabel('Ваш пароль', { exact: true }).fill(person.password)
    await page.getByRole('button', { name: 'Создать ключ доступа' }).click()
    const [recoveryCode = ''] = await recoveryCodesOf(page)
    await expectAccessible(page)
    await page.getByRole('link', { name: 'Коды сохранены, продолжить' }).click()
    await page.getByText('Рабочий ноутбук').first().waitFor()
    await letterTo(person.email, 'Добавлен ключ доступа')

    await signOut(page)
    await page.goto('/sign-in')
    await page.getByRole('button', { name: 'Войти по ключу доступа' }).click()
    await cabinet(page)

    await signOut(page)
    await typePassword(page, person.email, person.password)
    await page.getByRole('heading', { level: 1, name: 'Подтверждение входа' }).waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Подтвердить ключом' }).click()
    await cabinet(page)

    await signOut(page)
    await typePassword(page, person.email, person.password)
    await page.getByRole('link', { name: 'Резервный код' }).click()
    await expectAccessible(page)
    await confirm(page, 'Резервный код', recoveryCode)
    await cabinet(page)
    await window.end()
  })
})

describe('without scripts, on a phone', () => {
  it('N6 X2 an application is set up by its picture or key, and its codes and the recovery codes come in', async () => {
    const window = await visit({ scripts: false, width: 360 })
    const { page } = window
    const person = await comeIn(window, 'totp', false)
    await page.goto('/profile/security')
    await page.getByRole('link', { name: /^Настроить/ }).click()
    await page.getByLabel('Ваш пароль', { exact: true }).fill(person.password)
    await page.getByRole('button', { name: 'Продолжить' }).click()
    await page.getByRole('img', { name: 'Картинка с ключом для приложения' }).waitFor()
    await expectAccessible(page)
    const secret = (await page.locator('.copy-code code').textContent()) ?? ''
    const application = new TOTP({ secret: secret.replaceAll(' ', '') })
    await page.getByLabel('3. Введите код из приложения').fill('000000')
    await page.getByRole('button', { name: 'Подтвердить' }).click()
    await page.getByText('Код не подошёл').first().waitFor()
    await page.getByLabel('3. Введите код из приложения').fill(application.generate())
    await page.getByRole('button', { name: 'Подтвердить' }).click()
    const [recoveryCode = ''] = await recoveryCodesOf(page)
    await expectAccessible(page)

    await signOut(page)
    await typePassword(page, person.email, person.password)
    await page.getByRole('heading', { level: 1, name: 'Подтверждение входа' }).waitFor()
    await expectAccessible(page)
    await page.getByRole('link', { name: 'Резервный код' }).click()
    await page.getByLabel('Доверять этому устройству 30 дней').check()
    await confirm(page, 'Резервный код', recoveryCode)
    await cabinet(page)

    await signOut(page)
    await typePassword(page, person.email, person.password)
    await cabinet(page)
    await page.goto('/profile/security')
    await expectAccessible(page)
    await page.getByRole('button', { name: /^Не доверять/ }).click()
    await page.getByText('Устройству больше не доверяют').waitFor()

    await signOut(page)
    await typePassword(page, person.email, person.password)
    await confirm(page, 'Код из приложения', freshCode(application))
    await cabinet(page)
    await window.end()
  })
})

/** The step of the set-up is used up; the next one is taken early, within what a clock may be off. */
const freshCode = (application: TOTP): string => application.generate({ timestamp: Date.now() + 30_000 })
