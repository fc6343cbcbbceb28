/**
 * The main job, from both sides: a clerk comes, is attached, fills in 85-К, checks and sends it; the municipality refuses
 * it with a reason; it is mended, sent again and accepted. Once with scripts, once without and on a phone.
 */
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { expectAccessible, letterTo, signIn, useBrowser, type Visit, visit } from './support/journey.ts'
import { activate, type Newcomer, newcomer, register } from './support/people.ts'
import { sampleValues } from './support/sample.ts'

useBrowser()

const ways = [
  { how: 'with scripts', scripts: true, width: 1280, organisation: 'Ромашка', supervisor: 'uo@verhneozersk.example' },
  {
    how: 'without scripts, on a phone',
    scripts: false,
    width: 360,
    organisation: 'Рябинушка',
    supervisor: 'uo@verhneozersk.example',
  },
]

describe.each(ways)('$how', ({ how, scripts, width, organisation, supervisor }) => {
  const person = newcomer(scripts ? 'main-js' : 'main-plain')
  const open = () => visit({ scripts, width })

  it(`E4 E5 a clerk asks to be attached and the higher organisation attaches (${how})`, async () => {
    const clerk = await open()
    await register(clerk, person)
    await activate(clerk, person, scripts)
    await signIn(clerk.page, person.email, person.password)
    await expectAccessible(clerk.page)
    await askToBeAttached(clerk, organisation)
    await expectAccessible(clerk.page)
    await clerk.page.goto('/cabinet')
    await clerk.page.getByRole('region', { name: 'Мои заявки' }).getByText('Прикрепление').first().waitFor()

    const operator = await open()
    await signIn(operator.page, supervisor)
    await operator.page.goto('/applications')
    await operator.page
      .getByRole('link', { name: new RegExp(`${person.surname}|Прикрепление`) })
      .first()
      .click()
    await expectAccessible(operator.page)
    await operator.page.getByRole('radio', { name: /^Прикрепить/ }).check()
    await operator.page.getByRole('button', { name: 'Принять решение' }).click()
    await operator.page
      .getByText(/Прикреплён|прикреплён|удовлетворен|Исполнена/)
      .first()
      .waitFor()
    await operator.end()

    const letter = await letterTo(person.email, /заявк|прикреп/i)
    expect(letter.text).not.toContain('Родник')
    await clerk.page.goto('/cabinet')
    await clerk.page
      .getByRole('region', { name: 'Мои организации' })
      .getByRole('link', { name: new RegExp(organisation) })
      .waitFor()
    await clerk.page.getByRole('region', { name: 'Мои сообщения' }).getByRole('link').first().waitFor()
    await clerk.page.getByRole('region', { name: 'Мой профиль' }).getByText(person.email).waitFor()
    await expectAccessible(clerk.page)
    await clerk.end()
  })

  it(`E7 E8 E9 E10 E11 E12 fills in, checks, sends; is refused, mends; is accepted (${how})`, async () => {
    const clerk = await open()
    await signIn(clerk.page, person.email, person.password)
    await openReport(clerk.page, organisation)
    await expectAccessible(clerk.page)
    await clerk.page.getByRole('link', { name: 'Оглавление' }).first().waitFor()
    await clerk.page.getByText('Приложения').first().waitFor()
    await clerk.page.getByText('Комментарии').first().waitFor()

    const values = sampleValues()
    await fillSection(clerk, 'title', { ...titleValues(person) })
    await fillSection(clerk, '4', values)
    // Five girls of two years among four children of that age is a mistake that the check must find.
    await fillSection(clerk, '7', { ...values, '7/702/6': '999' })
    await check(clerk, scripts)
    const found = clerk.page
      .locator('#checks, [aria-labelledby="checks"]')
      .getByRole('link', { name: /строка 702, графа 6/ })
      .first()
    await found.waitFor()
    await found.click()
    await expect.poll(() => clerk.page.evaluate(() => location.hash)).toContain('702-6')
    await expectAccessible(clerk.page)
    await fillSection(clerk, '7', values)
    await check(clerk, scripts)
    await send(clerk)
    await clerk.page
      .getByText(/на проверке в вышестоящей организации/i)
      .first()
      .waitFor()

    const operator = await open()
    await signIn(operator.page, supervisor)
    await openFromList(operator.page, organisation)
    await expectAccessible(operator.page)
    await operator.page
      .getByRole('link', { name: 'Отклонить' })
      .or(operator.page.getByRole('button', { name: 'Отклонить' }))
      .first()
      .click()
    const reason = `Численность в разделах 4 и 7 проверьте ещё раз (${how})`
    await operator.page.getByLabel(/Причина/).fill(reason)
    await expectAccessible(operator.page)
    await operator.page.getByRole('button', { name: 'Отклонить отчёт' }).click()
    await operator.page.getByText('Отклонено').first().waitFor()

    const letter = await letterTo(person.email, /отклон|возвращ/i)
    expect(letter.text).toContain(reason)
    await openReport(clerk.page, organisation)
    await clerk.page.getByText(reason).first().waitFor()
    await fillSection(clerk, '7', { '7/708/8': '2' })
    await fillSection(clerk, '7', { '7/708/8': values['7/708/8'] ?? '0' })
    await check(clerk, scripts)
    await send(clerk)

    await openFromList(operator.page, organisation)
    await operator.page
      .getByRole('link', { name: 'Принять' })
      .or(operator.page.getByRole('button', { name: 'Принять' }))
      .first()
      .click()
    await operator.page
      .getByRole('button', { name: /Принять/ })
      .last()
      .click()
    await operator.page.getByText('Принято').first().waitFor()
    await operator.end()
    await letterTo(person.email, /принят/i)
    await clerk.page.goto('/cabinet')
    await clerk.page
      .getByText(/принят/i)
      .first()
      .waitFor()
    await clerk.end()
  })
})

const titleValues = (person: Newcomer): Record<string, string> => ({
  'title/responsible_fio': `${person.surname} ${person.name} ${person.patronymic}`,
})

async function askToBeAttached({ page }: Visit, organisation: string): Promise<void> {
  await page
    .getByRole('link', { name: /Прикрепиться/ })
    .first()
    .click()
  await page.getByLabel('Название или ИНН').fill(organisation)
  await page.getByRole('button', { name: 'Найти' }).click()
  await page
    .getByRole('link', { name: /^Выбрать/ })
    .first()
    .click()
  await page.getByRole('radio', { name: /^Ответственн/ }).check()
  await page.getByLabel('Зачем вам доступ').fill('Приказ № 7 от 14.01.2026, заполняю 85-К')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Отправить заявку' }).click()
  await page
    .getByText(/№\s20\d\d-/)
    .first()
    .waitFor()
}

/** Through the organisation's page, as the manual says: form → period → report. */
async function openReport(page: Page, organisation: string): Promise<void> {
  await page.goto('/cabinet')
  await page
    .getByRole('region', { name: 'Мои организации' })
    .getByRole('link', { name: new RegExp(organisation) })
    .click()
  await page.getByRole('heading', { name: 'Отчеты о деятельности' }).waitFor()
  const form = page.locator('details').filter({ hasText: '85-К' }).first()
  if ((await form.getAttribute('open')) === null) await form.locator('summary').click()
  await form.getByRole('link', { name: /2026/ }).first().click()
  await page.getByRole('heading', { level: 1, name: /85-К за 2026/ }).waitFor()
}

async function openFromList(page: Page, organisation: string): Promise<void> {
  await page.goto(`/reports?${new URLSearchParams({ q: organisation, year: '2026' })}`)
  await page.locator('tbody tr').filter({ hasText: '85-К за 2026' }).getByRole('link').first().click()
  await page.getByRole('heading', { level: 1, name: /85-К за 2026/ }).waitFor()
}

async function fillSection({ page }: Visit, section: string, values: Record<string, string>): Promise<void> {
  await page.goto(`${new URL(page.url()).pathname}?section=${section}`)
  for (const [cell, value] of Object.entries(values).filter(([address]) => address.startsWith(`${section}/`))) {
    const input = page.locator(`[name="${cell}"]`)
    if ((await input.count()) === 1) await input.fill(value)
  }
  await page.locator('main').getByRole('button', { name: 'Сохранить', exact: true }).last().click()
  await page
    .getByText(/сохранено/i)
    .first()
    .waitFor()
}

async function check({ page }: Visit, scripts: boolean): Promise<void> {
  await page.getByRole('button', { name: 'Выполнить проверку', exact: true }).first().click()
  await page
    .getByText(/Проверено/)
    .first()
    .waitFor()
  if (!scripts) expect(page.url()).toContain('/reports/')
}

async function send({ page }: Visit): Promise<void> {
  await page.reload()
  await page.getByRole('button', { name: 'Отправить отчет' }).first().click()
  await page
    .getByText(/на проверке в вышестоящей организации/i)
    .first()
    .waitFor()
}
