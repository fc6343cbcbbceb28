/** X6: all that a clerk and those above do, with scripts off, on a telephone of 320 and of 360 px. */
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { findReport, signedIn, standPassword } from './support/calls.ts'
import { enter, stand, useBrowser, useOwnStand, type Visit, visit } from './support/journey.ts'

useOwnStand()
useBrowser()

const clerkLogin = 'ds14@verhneozersk.example'
const colleagueLogin = 'ds14.deloproizvodstvo@verhneozersk.example'
const supervisorLogin = 'uo@verhneozersk.example'

async function come(login: string, width: 320 | 360): Promise<Visit> {
  const window = await visit({ scripts: false, width })
  await enter(window, login)
  return window
}

/** Whatever a journey has come to stands within the window, and tells its errors in its title too. */
async function expectNarrow(page: Page): Promise<void> {
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(excess, `${page.url()} is too wide`).toBeLessThanOrEqual(0)
}

/** The summary above a form names the field, leads to it, and the field says the same. */
async function expectFault(page: Page, label: string, text: RegExp): Promise<void> {
  await expectNarrow(page)
  expect(await page.title()).toMatch(/^Ошибка/)
  const link = page.getByRole('alert').getByRole('link', { name: text }).first()
  await link.click()
  const field = page.getByLabel(label, { exact: true }).first()
  expect(await field.getAttribute('aria-invalid')).toBe('true')
  const ids = (await field.getAttribute('aria-describedby')) ?? ''
  const said = await page
    .locator(
      ids
        .split(' ')
        .map((id) => `[id="${id}"]`)
        .join(','),
    )
    .allTextContents()
  expect(said.join(' ').replaceAll('\u00a0', ' ')).toMatch(text)
  expect(new URL(page.url()).hash).toBe(`#${await field.getAttribute('id')}`)
}

const save = (page: Page) => page.locator('main').getByRole('button', { name: 'Сохранить', exact: true }).last().click()

async function reportPage(window: Visit, organisation: string, section: string, cipher = '85-К'): Promise<string> {
  const { id } = await findReport(await signedIn(stand(), supervisorLogin), organisation, 2026, cipher)
  await window.page.goto(`/reports/${id}?section=${section}`)
  await expectNarrow(window.page)
  return id
}

describe('one’s own', () => {
  it('X6 E5 the profile keeps what was typed when it is wrong, and what another window has saved', async () => {
    const window = await come(clerkLogin, 320)
    const { page, context } = window
    await page.goto('/cabinet')
    await expectNarrow(page)
    await page.getByRole('region', { name: 'Мой профиль' }).getByRole('link', { name: 'Изменить' }).click()
    await page.getByLabel('Фамилия').fill('')
    await page.getByLabel('Должность').fill('старший методист')
    await save(page)
    await expectFault(page, 'Фамилия', /фамилию/)
    expect(await page.getByLabel('Должность').inputValue()).toBe('старший методист')
    await page.getByLabel('Фамилия').fill('Добронравова')

    const other = await context.newPage()
    await other.goto('/profile/edit')
    await save(page)
    await page.getByText('Профиль сохранён').waitFor()
    await page.getByText('старший методист').first().waitFor()
    await expectNarrow(page)
    await other.getByLabel('Должность').fill('заведующая')
    await save(other)
    await other
      .getByRole('alert')
      .getByText(/изменил кто-то другой/)
      .waitFor()
    expect(await other.getByLabel('Должность').inputValue()).toBe('заведующая')
    await expectNarrow(other)
    await window.end()
  })

  it('X6 X2 sessions are listed and ended; the password is changed', async () => {
    const window = await come(colleagueLogin, 360)
    const { page } = window
    const elsewhere = await signedIn(stand(), colleagueLogin)
    await page.goto('/profile')
    await expectNarrow(page)
    const sessions = page.getByRole('list', { name: 'Открытые сеансы' })
    await sessions.getByText('Этот сеанс').waitFor()
    await page.getByRole('button', { name: /^Завершить все остальные/ }).waitFor()
    await sessions
      .getByRole('button', { name: /^Завершить/ })
      .first()
      .click()
    await page.getByText('Сеанс завершён').waitFor()
    expect((await elsewhere.call('GET', '/session')).status).toBe(401)

    await page.getByRole('link', { name: 'Сменить пароль' }).click()
    await page.getByLabel('Нынешний пароль').fill('Не-тот-пароль-1')
    await page.getByLabel('Новый пароль', { exact: true }).fill('короткий')
    await page.getByLabel('Новый пароль ещё раз').fill('другой')
    await page.getByRole('button', { name: 'Сменить пароль' }).click()
    await expectFault(page, 'Новый пароль ещё раз', /не совпадают/)
    expect(await page.getByLabel('Нынешний пароль').inputValue()).toBe('')
    await page.getByLabel('Нынешний пароль').fill(standPassword)
    await page.getByLabel('Новый пароль', { exact: true }).fill('Озеро-7719-утро')
    await page.getByLabel('Новый пароль ещё раз').fill('Озеро-7719-утро')
    await page.getByRole('button', { name: 'Сменить пароль' }).click()
    await page.getByText('Пароль изменён').waitFor()
    await signedIn(stand(), colleagueLogin, 'Озеро-7719-утро')
    await window.end()
  })

  it('X6 X3 E4 E6 a newcomer asks, is told what is missing, sees where the application is and takes it back', async () => {
    const window = await come('a.preobrazhenskaya@verhneozersk.example', 320)
    const { page } = window
    await page.goto('/applications/new/attachment')
    await page.getByLabel('Название или ИНН').fill('Рябинушка')
    await page.getByRole('button', { name: 'Найти' }).click()
    await page
      .getByRole('link', { name: /^Выбрать/ })
      .first()
      .click()
    await page.getByRole('radio', { name: /^Ответственн/ }).check()
    await page.getByRole('button', { name: 'Отправить заявку' }).click()
    await expectFault(page, 'Зачем вам доступ', /зачем вам доступ/)
    expect(await page.getByRole('radio', { name: /^Ответственн/ }).isChecked()).toBe(true)
    await page.getByLabel('Зачем вам доступ').fill('Приказ № 3 от 12.01.2026')
    await page.getByRole('button', { name: 'Отправить заявку' }).click()
    await page.getByText('Заявка подана и ждёт решения').waitFor()
    await page.getByText('Вознесенский').first().waitFor()
    await page
      .getByText(/до \d\d\.\d\d\.\d{4}|\d\d\.\d\d\.\d{4}/)
      .first()
      .waitFor()
    await expectNarrow(page)
    await page.getByRole('link', { name: 'Отозвать заявку' }).click()
    await expectNarrow(page)
    await page.getByRole('button', { name: 'Отозвать заявку' }).click()
    await page.getByText('Заявка отозвана').first().waitFor()
    await page.goto('/applications')
    await page
      .getByRole('table')
      .getByText(/отозвана/i)
      .waitFor()
    await expectNarrow(page)
    await window.end()
  })
})

describe('a report', () => {
  it('X6 E9 X5 what cannot be taken is told by its cell and kept; what another has changed is offered', async () => {
    const window = await come(clerkLogin, 320)
    const { page } = window
    const id = await reportPage(window, 'Ромашка', '7')
    await page.locator('[name="7/702/6"]').fill('много')
    await page.locator('[name="7/702/7"]').fill('4,5')
    await page.locator('[name="7/702/8"]').fill('12')
    await save(page)
    const refused = page.getByRole('alert')
    await refused.getByText(/набрано «много»/).waitFor()
    await refused.getByText(/набрано «4,5»/).waitFor()
    expect(await page.locator('[name="7/702/6"]').inputValue()).toBe('много')
    expect(await page.locator('[name="7/702/6"]').getAttribute('aria-invalid')).toBe('true')
    await expectNarrow(page)
    await refused.getByRole('link', { name: /строка 702, графа 6/ }).click()
    expect(await page.locator('[name="7/702/6"]').getAttribute('id')).toBe(
      decodeURIComponent(new URL(page.url()).hash.slice(1)),
    )
    const clerk = await signedIn(stand(), clerkLogin)
    const valuesNow = async () => (await clerk.call('GET', `/reports/${id}/cells`)).body.values
    expect((await valuesNow())['7/702/8']).toBe('12')
    await page.locator('[name="7/702/6"]').fill('1')
    await page.locator('[name="7/702/7"]').fill('4')
    await save(page)
    await page.getByText('Сохранено', { exact: true }).first().waitFor()

    const neighbour = await signedIn(stand(), clerkLogin)
    await neighbour.call('PATCH', `/reports/${id}/cells`, { changes: { '7/703/5': '9' } })
    await page.locator('[name="7/703/5"]').fill('8')
    await page.locator('[name="7/703/6"]').fill('3')
    await save(page)
    const conflicts = page.getByRole('alert')
    await conflicts.getByText(/у вас «8», в отчёте «9»/).waitFor()
    expect((await valuesNow())['7/703/5']).toBe('9')
    expect((await valuesNow())['7/703/6']).toBe('3')
    await expectNarrow(page)
    await page.getByRole('button', { name: 'Поставить мои значения' }).click()
    await page.getByText('Сохранено', { exact: true }).first().waitFor()
    expect((await valuesNow())['7/703/5']).toBe('8')
    await window.end()
  })

  it('X6 E9 rows that repeat are added, filled in and taken away', async () => {
    const window = await come(clerkLogin, 360)
    const { page } = window
    await reportPage(window, 'Ромашка', '2', '1-энергосбережение (МКД)')
    const names = () => page.locator('input[name^="2/201#"], select[name^="2/201#"], textarea[name^="2/201#"]')
    const entries = async () =>
      new Set(
        (await names().evaluateAll((fields) => fields.map((field) => field.getAttribute('name') ?? ''))).map(
          (name) => name.split('/')[1],
        ),
      ).size
    const before = await entries()
    for (const [index, value] of ['11', '22', '33'].entries()) {
      if (index > 0 || before === 0) await page.getByRole('button', { name: /^Добавить строку/ }).click()
      const entry = Math.max(before, 1) + index
      await page.locator(`[name="2/201#${entry}/3"]`).fill(value)
      await save(page)
      await page.getByText('Сохранено', { exact: true }).first().waitFor()
      await expectNarrow(page)
    }
    const count = await entries()
    const valueAt = (entry: number) => page.locator(`[name="2/201#${entry}/3"]`).inputValue()
    expect(await valueAt(count)).toBe('33')
    await page.getByRole('button', { name: new RegExp(`Удалить строку: .*запись ${count - 1}$`) }).click()
    await page.getByText('Сохранено', { exact: true }).first().waitFor()
    expect(await entries()).toBe(count - 1)
    expect(await valueAt(count - 1)).toBe('33')
    expect(await valueAt(count - 2)).toBe('11')
    await window.end()
  })

  it('X6 E8 comments are added; a file is attached, downloaded as it was and taken away', async () => {
    const window = await come(clerkLogin, 360)
    const { page, context } = window
    await reportPage(window, 'Ромашка', 'title')
    await page.getByRole('button', { name: 'Добавить комментарий' }).click()
    await page.getByRole('alert').getByText('Напишите комментарий').waitFor()
    await page.getByLabel('Ваш комментарий').fill('Списочный состав — на 31 декабря.\n<b>не разметка</b>')
    await page.getByRole('button', { name: 'Добавить комментарий' }).click()
    await page.getByText('Комментарий добавлен').waitFor()
    await page.getByRole('list', { name: 'Комментарии' }).getByText('<b>не разметка</b>').first().waitFor()

    const attach = async (name: string, buffer: Buffer) => {
      await page.getByLabel('Добавить файл').setInputFiles({ name, mimeType: 'application/octet-stream', buffer })
      await page.getByRole('button', { name: 'Приложить' }).click()
    }
    await page.getByRole('button', { name: 'Приложить' }).click()
    await page.getByRole('alert').getByText('Выберите файл').waitFor()
    await attach('Приказ.pdf', Buffer.from('<script>alert(1)</script>'))
    await page.getByRole('alert').getByText('Такой файл приложить нельзя').waitFor()
    await expectNarrow(page)
    const content = Buffer.from(`%PDF-1.4\n${'строка приказа\n'.repeat(900)}%%EOF\n`)
    const name = 'Приказ № 14 «О комплектовании групп».pdf'
    await attach(name, content)
    await page.getByText('Файл приложен').waitFor()
    const link = page.getByRole('list', { name: 'Приложения' }).getByRole('link', { name })
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
    expect(download.suggestedFilename()).toBe(name)
    expect((await readFile((await download.path()) ?? '')).equals(content)).toBe(true)
    const reply = await context.request.get((await link.getAttribute('href')) ?? '')
    expect(reply.headers()).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': expect.stringMatching(/^attachment; filename="[ -~]+"; filename\*=UTF-8''%D0/),
      'x-content-type-options': 'nosniff',
      'cache-control': expect.stringContaining('no-store'),
      'content-security-policy': expect.stringContaining('sandbox'),
    })
    await page
      .getByRole('button', { name: /^Убрать/ })
      .first()
      .click()
    await page.getByText('Файл убран').waitFor()
    expect(await page.getByRole('link', { name }).count()).toBe(0)
    await window.end()
  })
})

describe('those above', () => {
  it('X6 E11 E12 lists are filtered and keep it in the address; a refusal needs its reason; messages are read', async () => {
    const window = await come(supervisorLogin, 320)
    const { page } = window
    await page.goto('/reports')
    await page.getByLabel('Состояние', { exact: true }).selectOption({ label: 'На проверке в вышестоящей организации' })
    await page.getByLabel('Форма', { exact: true }).selectOption({ label: '85-К' })
    await page.getByLabel('Год', { exact: true }).selectOption('2026')
    await page.getByRole('button', { name: 'Отобрать' }).click()
    const rows = page.locator('tbody tr')
    await expect.poll(() => rows.count()).toBe(1)
    await rows.filter({ hasText: 'Журавушка' }).waitFor()
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toMatchObject({ state: 'sent', year: '2026' })
    await expectNarrow(page)
    await page.getByLabel('Организация или ИНН').fill('нет такого')
    await page.getByRole('button', { name: 'Отобрать' }).click()
    await page.getByText('Ничего не нашлось').waitFor()
    await page.getByRole('link', { name: 'Показать все' }).click()
    await expect.poll(() => rows.count()).toBeGreaterThan(4)
    for (const path of [
      '/organisations?q=Ромашка',
      '/applications?side=queue',
      '/applications?side=own',
      '/messages',
    ]) {
      await page.goto(path)
      await expectNarrow(page)
    }

    await reportPage(window, 'Журавушка', '7')
    await page.getByRole('link', { name: 'Отклонить' }).first().click()
    await page.getByRole('button', { name: 'Отклонить отчёт' }).click()
    await expectFault(page, 'Причина', /причину/)
    await page.getByLabel('Причина').fill('Ок')
    await page.getByRole('button', { name: 'Отклонить отчёт' }).click()
    expect(await page.getByLabel('Причина').inputValue()).toBe('Ок')
    const again = await window.context.newPage()
    await again.goto(page.url())
    await again.getByLabel('Причина').fill('Тот же отчёт, второе окно')
    await page.getByLabel('Причина').fill('Нет подписи на титульном листе')
    await page.getByRole('button', { name: 'Отклонить отчёт' }).click()
    await page.getByText('Отчёт возвращён организации').waitFor()
    await again.getByRole('button', { name: 'Отклонить отчёт' }).click()
    await again.getByText(/Решение\s+уже\s+не\s+нужно/).waitFor()
    await again.getByText('Тот же отчёт, второе окно').waitFor()
    await expectNarrow(again)
    await again.locator('dd').filter({ hasText: 'Вознесенский' }).waitFor()
    await again.getByRole('link', { name: 'Вернуться к отчёту' }).waitFor()
    await window.end()

    const told = await come('ds21@verhneozersk.example', 320)
    await told.page.goto('/messages')
    await expect
      .poll(async () => {
        await told.page.reload()
        return told.page.getByText('Нет подписи на титульном листе').count()
      })
      .toBeGreaterThan(0)
    await expectNarrow(told.page)
    await told.page
      .getByRole('button', { name: /^Прочитано/ })
      .first()
      .click()
    await told.page.getByText('Сообщение отмечено прочитанным').waitFor()
    if (await told.page.getByRole('button', { name: 'Прочитать все' }).count())
      await told.page.getByRole('button', { name: 'Прочитать все' }).click()
    expect(await told.page.getByRole('button', { name: /^Прочитано/ }).count()).toBe(0)
    await told.page
      .getByRole('link', { name: /Отчёт возвращён/ })
      .first()
      .click()
    await told.page.getByRole('heading', { level: 1, name: /85-К за 2026/ }).waitFor()
    await told.end()
  })
})
