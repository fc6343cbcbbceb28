/**
 * A campaign from all sides: the region sees whom it will ask and opens it, a clerk sees what is to be done by when, the
 * municipality extends a term, reminds and accepts many at once from its board.
 */
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { expectAccessible, letterTo, signIn, useBrowser, useOwnStand, visit } from './support/journey.ts'

useOwnStand()
useBrowser()

const region = 'operator@svetlorechye.example'
const municipality = 'uo@verhneozersk.example'
const clerk = 'ds14@verhneozersk.example'

describe('a campaign', () => {
  it('E7 is seen before it is opened, and afterwards each organisation has its report with its term', async () => {
    const operator = await visit()
    await signIn(operator.page, region)
    await operator.page.goto('/campaigns')
    await expectAccessible(operator.page)
    await operator.page.getByRole('link', { name: 'Новый сбор' }).click()
    await operator.page.getByLabel('Форма').selectOption({ label: await labelOf85(operator.page) })
    await operator.page.getByLabel('Год').fill('2027')
    await operator.page.getByLabel('Срок для организаций').fill('20.01.2028')
    await operator.page.getByRole('checkbox', { name: /^Дошкольная/ }).check()
    await operator.page.getByRole('button', { name: 'Посмотреть, кто это' }).click()
    await operator.page.getByRole('heading', { name: /Кто отчитывается: 6/ }).waitFor()
    await expectAccessible(operator.page)
    await operator.page.getByRole('button', { name: 'Сохранить черновик' }).click()
    await operator.page.getByText('Организации ещё ничего не знают о сборе').waitFor()
    await expectAccessible(operator.page)
    await operator.page.getByRole('button', { name: 'Открыть сбор' }).click()
    await operator.page.getByRole('heading', { name: 'Ход сбора по территориям' }).waitFor()
    await expectAccessible(operator.page)
    await operator.end()

    const person = await visit({ scripts: false, width: 360 })
    await signIn(person.page, clerk)
    await person.page.goto('/reports')
    const toDo = person.page.getByRole('region', { name: /^Что сделать/ }).first()
    await toDo.getByRole('link', { name: /за 2027 год/ }).waitFor()
    await toDo.getByRole('link', { name: 'Начать' }).first().waitFor()
    await expectAccessible(person.page)
    await person.end()
  })

  it('E12 E7 a term is extended with its reason, and the organisation reads it; those who are late are reminded', async () => {
    const supervisor = await visit()
    await signIn(supervisor.page, municipality)
    await supervisor.page.goto('/campaigns')
    await supervisor.page.getByRole('link', { name: /85.К за 2026 год/ }).click()
    await expectAccessible(supervisor.page)
    await supervisor.page.getByRole('checkbox', { name: /Ромашка/ }).check()
    await supervisor.page.getByRole('button', { name: 'Продлить срок' }).click()
    await supervisor.page.getByLabel('Новый срок').fill('01.02.2031')
    await supervisor.page.getByLabel('Причина').fill('Отключение электроэнергии в посёлке')
    await expectAccessible(supervisor.page)
    await supervisor.page.getByRole('button', { name: 'Продлить срок' }).click()
    await supervisor.page.getByText('Срок продлён, организации получат сообщение').waitFor()
    await supervisor.page
      .getByRole('row', { name: /Ромашка/ })
      .getByText('01.02.2031')
      .waitFor()
    const letter = await letterTo(clerk, /продлён/)
    expect(letter.text).toContain('Отключение электроэнергии')

    await supervisor.page.getByRole('link', { name: 'Напомнить о сроке' }).click()
    await expectAccessible(supervisor.page)
    await supervisor.page.getByRole('button', { name: 'Напомнить' }).click()
    await supervisor.page.getByText(/Напоминания: /).waitFor()
    expect((await letterTo(clerk, /85.К за 2026 год: остал|просрочен/)).text).toContain('ещё не отправлен')
    await supervisor.end()
  })

  it('E12 many are accepted at once, and of each that cannot be it is said why', async () => {
    const supervisor = await visit()
    await signIn(supervisor.page, municipality)
    await supervisor.page.goto('/campaigns')
    await supervisor.page.getByRole('link', { name: /85.К за 2026 год/ }).click()
    await supervisor.page.getByRole('checkbox', { name: /Журавушка/ }).check()
    await supervisor.page.getByRole('checkbox', { name: /Ромашка/ }).check()
    await supervisor.page.getByRole('button', { name: 'Принять' }).click()
    await supervisor.page.getByText(/Принято: 1.отчёт/).waitFor()
    await supervisor.page
      .getByRole('list', { name: 'Не приняты' })
      .getByRole('link', { name: /Ромашка/ })
      .waitFor()
    await expectAccessible(supervisor.page)
    await letterTo('ds21@verhneozersk.example', /принят/)
    await supervisor.end()
  })
})

/** Forms are offered by their cipher and name. */
async function labelOf85(page: Page): Promise<string> {
  const options = await page.getByLabel('Форма').locator('option').allTextContents()
  return options.find((text) => text.startsWith('85')) ?? ''
}
