/**
 * E11, E12, X4: a report goes up two levels. A queue is handed over, the deputy of the higher level refuses with remarks at
 * cells, the clerk mends one and answers another, both levels accept; what was sent holds by its hash; an accepted report
 * that has come back is compared with what was accepted. Once with scripts, once without and on a phone.
 */
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { findReport, signedIn } from './support/calls.ts'
import { spoken } from './support/grid.ts'
import {
  enter,
  expectAccessible,
  letterTo,
  stand,
  useBrowser,
  useOwnStand,
  type Visit,
  visit,
} from './support/journey.ts'

useOwnStand()
useBrowser()

const municipality = 'uo@verhneozersk.example'
const ministry = 'operator@svetlorechye.example'
const deputy = 'operator2@svetlorechye.example'

const ways = [
  { how: 'with scripts', scripts: true, width: 1280, organisation: 'Ромашка', login: 'ds14@verhneozersk.example' },
  {
    how: 'without scripts, on a phone',
    scripts: false,
    width: 360,
    organisation: 'Журавушка',
    login: 'ds21@verhneozersk.example',
  },
]

const first = { '1/104/3': '900', '1/104/4': '900', '1/105/3': '2', '1/105/4': '1' }

describe.each(ways)('$how', ({ how, scripts, width, organisation, login }) => {
  let report: string

  const as = async (person: string): Promise<Visit> => {
    const window = await visit({ scripts, width })
    await enter(window, person)
    return window
  }
  const open = async ({ page }: Visit, path = ''): Promise<void> => {
    await page.goto(`/reports/${report}${path}`)
    await expectAccessible(page)
  }
  const accept = async (window: Visit): Promise<void> => {
    await open(window)
    await window.page.getByRole('link', { name: 'Принять', exact: true }).last().click()
    await expectAccessible(window.page)
    await window.page.getByRole('button', { name: 'Принять', exact: true }).click()
  }

  /** One report has not been sent, the other waits on the stand with values of its own. */
  beforeAll(async () => {
    const clerk = await signedIn(stand(), login)
    const { id, state } = await findReport(clerk, organisation, 2026, '1-места')
    report = id
    if (state === 'sent') return
    expect((await clerk.call('PATCH', `/reports/${id}/cells`, { changes: first })).body.refused).toEqual([])
    expect((await clerk.call('PUT', `/reports/${id}/sending`)).status).toBe(200)
  })

  it(`E11 E12 goes up, is refused at the second level with remarks, is mended and answered (${how})`, async () => {
    const lower = await as(municipality)
    await accept(lower)
    await lower.page.getByText('передан на следующий').waitFor()
    expect(await spoken(lower.page, '.report-bar, main')).toContain('уровень: Министерство')
    await lower.page.goto('/cabinet')
    await lower.page.getByRole('heading', { name: 'Отчёты на проверке' }).waitFor()
    expect(
      await lower.page.locator('.card:has-text("Отчёты на проверке")').locator(`a[href="/reports/${report}"]`).count(),
    ).toBe(0)

    const giver = await as(ministry)
    await giver.page.goto('/reports')
    await giver.page.getByRole('link', { name: 'Передача проверки' }).click()
    await giver.page.getByLabel('Кому').selectOption({ index: 1 })
    await giver.page.getByLabel('Первый день').fill(day(-1))
    await giver.page.getByLabel('Последний день').fill(day(7))
    await giver.page.getByLabel('Почему').fill('Отпуск')
    await expectAccessible(giver.page)
    await giver.page.getByRole('button', { name: 'Передать проверку' }).click()
    await giver.page.getByText('Проверка передана').waitFor()
    await expectAccessible(giver.page)
    await letterTo(deputy, /передана проверка/)

    const higher = await as(deputy)
    await higher.page.goto('/handovers')
    expect(await spoken(higher.page, 'main')).toContain('Тихомиров')
    await expectAccessible(higher.page)
    await higher.page
      .getByRole('region', { name: 'Переданные отчёты' })
      .or(higher.page.getByRole('table', { name: 'Переданные отчёты' }))
      .getByRole('link', { name: new RegExp(organisation) })
      .first()
      .click()
    await higher.page.getByRole('heading', { level: 1, name: /1-места/ }).waitFor()
    await higher.page.getByRole('link', { name: 'Отклонить', exact: true }).last().click()
    await higher.page.getByRole('link', { name: /написать к ним замечания/ }).click()
    await remark(higher.page, '1/104/3', 'По паспорту здания мест больше')
    await remark(higher.page, '1/105/3', 'Откуда переведены эти дети?')
    await expectAccessible(higher.page)
    await higher.page.getByRole('link', { name: 'Перейти к отклонению' }).click()
    const reason = `Проверьте раздел 1 (${how})`
    await higher.page.getByLabel('Причина').fill(reason)
    await expectAccessible(higher.page)
    await higher.page.getByRole('button', { name: 'Отклонить отчёт' }).click()
    await higher.page.getByText('Отклонено').first().waitFor()
    await higher.end()

    await giver.page.goto('/handovers')
    await giver.page.getByRole('button', { name: 'Закончить сейчас' }).click()
    await giver.page.getByText('Передача закончена').waitFor()
    await letterTo(deputy, /Передача проверки отчётов закончена/)
    await giver.end()

    const letter = await letterTo(login, /возвращён/)
    expect(letter.text).toContain(reason)
    const clerk = await as(login)
    await open(clerk, '?section=1')
    expect(await clerk.page.locator('td.remarked[title^="Замечание"]').count()).toBe(2)
    await fill(clerk.page, '1/104/3', '910')
    await fill(clerk.page, '1/104/4', '910')
    await clerk.page.locator('main').getByRole('button', { name: 'Сохранить', exact: true }).last().click()
    await clerk.page
      .getByText(/сохранено/i)
      .first()
      .waitFor()
    await clerk.page.goto(`/reports/${report}?section=1`)
    const mended = clerk.page.getByRole('listitem').filter({ hasText: 'По паспорту' })
    expect(await mended.first().textContent()).toMatch(/стало\s910/)
    await mended.getByRole('button', { name: /^Исправлено/ }).click()
    await clerk.page.getByText('Отмечено').first().waitFor()
    const answered = clerk.page.getByRole('listitem').filter({ hasText: 'Откуда переведены' })
    await answered.getByText('Ответить, не меняя числа').click()
    await answered.getByLabel('Почему число верное').fill('Из сада № 3, приказ № 12')
    await answered.getByRole('button', { name: 'Сохранить ответ' }).click()
    await clerk.page.getByText('Из сада № 3').first().waitFor()
    await expectAccessible(clerk.page)
    await send(clerk.page)
    await clerk.end()
    await lower.end()
  }, 180_000)

  it(`E11 E12 X4 was and is stand before the deciders, and both levels accept what was sent (${how})`, async () => {
    const lower = await as(municipality)
    await open(lower, '/acceptance')
    const words = await spoken(lower.page, 'main')
    expect(words).toMatch(/Прежние замечания.*Число изменено: было \S+, стало 910/)
    expect(words).toMatch(/Ответ организации: «Из сада № 3, приказ № 12»/)
    expect(words).toMatch(/Что изменилось с представления № 1.*строка 104, графа 3\s*\d+\s*910\s*да/)
    await accept(lower)
    await lower.page.getByText('передан на следующий').waitFor()
    await lower.end()

    const higher = await as(ministry)
    await accept(higher)
    await higher.page.getByText('Принято').first().waitFor()
    await letterTo(login, /принят/i)
    await open(higher, '/submissions')
    await higher.page.getByRole('link', { name: '№ 2' }).click()
    await expectAccessible(higher.page)
    expect(await spoken(higher.page, 'main code')).toMatch(/^\s*[0-9a-f]{64}\s*$/)
    await higher.page.getByRole('button', { name: 'Сверить с отпечатком' }).click()
    await higher.page.getByText('Отпечаток вычислен заново и совпал').waitFor()
    expect(await spoken(higher.page, 'main')).toMatch(/Принято: Муниципалитет.*Принято: Министерство/)
    await higher.end()
  }, 120_000)

  it(`E11 X4 an accepted report comes back by application and is compared with what was accepted (${how})`, async () => {
    const clerk = await as(login)
    await clerk.page.goto('/applications/new/report-return')
    await clerk.page.getByLabel('Какой отчёт вернуть').selectOption(report)
    await clerk.page.getByLabel('Что нужно исправить').fill(`Строка 105 (${how})`)
    await clerk.page.getByRole('button', { name: 'Отправить заявку' }).click()
    await clerk.page
      .getByText(/№\s20\d\d-/)
      .first()
      .waitFor()

    const lower = await as(municipality)
    await lower.page.goto('/applications?side=queue&kind=report-return')
    await lower.page.locator('tbody').getByRole('link').first().click()
    await expectAccessible(lower.page)
    await lower.page.getByLabel('Вернуть отчёт').check()
    await lower.page.getByRole('button', { name: 'Принять решение' }).click()
    await lower.page.getByText('Отчёт возвращён на редактирование').first().waitFor()

    await open(clerk, '?section=1')
    await fill(clerk.page, '1/105/3', '5')
    await clerk.page.locator('main').getByRole('button', { name: 'Сохранить', exact: true }).last().click()
    await clerk.page
      .getByText(/сохранено/i)
      .first()
      .waitFor()
    await send(clerk.page)
    await clerk.end()

    await open(lower, '/acceptance')
    expect(await spoken(lower.page, 'main')).toMatch(/Что изменилось с представления № 2.*строка 105, графа 3\s*2\s*5/)
    await open(lower, '/submissions/2')
    expect(await spoken(lower.page, 'main')).toMatch(/Принято: Министерство.*Возвращено на редактирование/)
    await lower.end()
  }, 120_000)
})

const day = (offset: number): string => new Date(Date.now() + offset * 86_400_000).toLocaleDateString('ru-RU')

/** Pressed in the table, as a decider does. */
async function remark(page: Page, cell: string, text: string): Promise<void> {
  await page
    .locator(`a[href$="remarks/new?cell=${encodeURIComponent(cell)}"]`)
    .last()
    .click()
  await page.getByLabel('Что не так').fill(text)
  await page.getByRole('button', { name: 'Записать замечание' }).click()
  await page.getByText('Замечание записано').waitFor()
}

const fill = (page: Page, cell: string, value: string): Promise<void> => page.locator(`[name="${cell}"]`).fill(value)

async function send(page: Page): Promise<void> {
  await page.reload()
  await page.getByRole('button', { name: 'Выполнить проверку', exact: true }).first().click()
  await page
    .getByText(/Проверено/)
    .filter({ visible: true })
    .first()
    .waitFor()
  await page.reload()
  await page.getByRole('button', { name: 'Отправить отчет' }).first().click()
  await page
    .getByText(/на проверке в вышестоящей организации/i)
    .first()
    .waitFor()
}
