/** X6: nothing typed is lost when a form is sent after its session has ended, with scripts off too. */
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { findReport, signedIn, standPassword } from './support/calls.ts'
import { enter, expectAccessible, stand, useBrowser, useOwnStand, visit } from './support/journey.ts'

useOwnStand()
useBrowser()

const clerkLogin = 'ds14@verhneozersk.example'
const told = 'Проверьте введённое и отправьте ещё раз: сеанс успел завершиться.'

/** From elsewhere, as another computer of the same person would. */
async function endSessionsOf(login: string): Promise<void> {
  const elsewhere = await signedIn(stand(), login)
  const { body } = await elsewhere.call('GET', '/sessions')
  for (const { id, current } of body) if (!current) await elsewhere.call('DELETE', `/sessions/${id}`)
}

async function signInAgain(page: Page, login: string): Promise<void> {
  await page.getByText('Сеанс завершился').waitFor()
  await expectAccessible(page)
  await page.getByLabel('Введите логин (e-mail)').fill(login)
  await page.getByLabel('Введите пароль', { exact: true }).fill(standPassword)
  await page.getByRole('button', { name: 'Войти', exact: true }).first().click()
}

const save = (page: Page) => page.getByRole('button', { name: 'Сохранить', exact: true }).last().click()

describe('a form sent after the session has ended', () => {
  it('X6 E4 is an application: shown once more after signing in, and sent by the person itself', async () => {
    const login = 'a.preobrazhenskaya@verhneozersk.example'
    const window = await visit({ scripts: false, width: 320 })
    const { page } = window
    await enter(window, login)
    await page.goto('/applications/new/attachment?q=Рябинушка')
    await page
      .getByRole('link', { name: /^Выбрать/ })
      .first()
      .click()
    await page.getByRole('radio', { name: /^Ответственн/ }).check()
    await page.getByLabel('Зачем вам доступ').fill('Приказ № 5 от 19.01.2026,\nотвечаю за отчётность')
    await endSessionsOf(login)
    await page.getByRole('button', { name: 'Отправить заявку' }).click()
    await signInAgain(page, login)
    await page.getByText(told).waitFor()
    await expectAccessible(page)
    expect(await page.getByRole('radio', { name: /^Ответственн/ }).isChecked()).toBe(true)
    expect(await page.getByLabel('Зачем вам доступ').inputValue()).toMatch(/^Приказ № 5 от 19.01.2026,\s+отвечаю/)
    const person = await signedIn(stand(), login)
    const own = async () => (await person.call('GET', '/applications?side=own')).body.total
    expect(await own()).toBe(0)
    await page.getByRole('button', { name: 'Отправить заявку' }).click()
    await page.getByText('Заявка подана и ждёт решения').waitFor()
    expect(await own()).toBe(1)
    await window.end()
  })

  it('X6 E9 is a section of a report: it comes back filled in and is saved by the next click', async () => {
    const window = await visit({ scripts: false, width: 360 })
    const { page, context } = window
    await enter(window, clerkLogin)
    const { id } = await findReport(await signedIn(stand(), clerkLogin), 'Ромашка')
    await page.goto(`/reports/${id}?section=7`)
    await page.locator('[name="7/704/6"]').fill('5')
    await page.locator('[name="7/704/7"]').fill('пять')
    await endSessionsOf(clerkLogin)
    await save(page)
    await signInAgain(page, clerkLogin)
    await page.getByText(told).waitFor()
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(`/reports/${id}?section=7`)
    expect(await page.locator('[name="7/704/6"]').inputValue()).toBe('5')
    expect(await page.locator('[name="7/704/7"]').inputValue()).toBe('пять')
    await expectAccessible(page)
    await page.locator('[name="7/704/7"]').fill('4')
    await save(page)
    await page.getByText('Сохранено', { exact: true }).first().waitFor()
    expect(await page.locator('[name="7/704/6"]').inputValue()).toBe('5')

    await context.clearCookies({ name: 'kabinet_session' })
    await save(page)
    await page.getByText('Отправленное не выполнено').waitFor()
    await signInAgain(page, clerkLogin)
    await page.getByRole('heading', { name: /Раздел 7/ }).waitFor()
    await window.end()
  })

  it('X6 E5 opens filled in with scripts on as well', async () => {
    const window = await visit({ dark: true })
    const { page } = window
    await enter(window, clerkLogin)
    await page.goto('/profile/edit')
    await page.getByLabel('Должность').fill('заместитель заведующего по отчётности')
    await endSessionsOf(clerkLogin)
    await save(page)
    await signInAgain(page, clerkLogin)
    await page.getByText(told).waitFor()
    await expectAccessible(page)
    expect(await page.getByLabel('Должность').inputValue()).toBe('заместитель заведующего по отчётности')
    await save(page)
    await page.getByText('Профиль сохранён').waitFor()
    await window.end()
  })
})
