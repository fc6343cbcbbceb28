/** E9, E11, X5: several people at one report, what they say of it, why they change it, and what it was before. */
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { signedIn } from './support/calls.ts'
import {
  barOf,
  clerk,
  clerkLogin,
  colleague,
  expectLine,
  fieldOf,
  here,
  openGrid,
  press,
  report,
  saveNow,
  show,
  shown,
  spoken,
  standing,
  supervisor,
  useReport,
} from './support/grid.ts'
import { enter, runAxe, stand, useBrowser, useOwnStand, type Visit, visit } from './support/journey.ts'
import { sampleForm, sampleValues } from './support/sample.ts'

useOwnStand()
useBrowser()
useReport()

const commentsOf = (page: Page) => page.locator('.card:has(#comments)')
const colleagueLogin = 'ds14.deloproizvodstvo@verhneozersk.example'

async function openAs(login: string, cell: string): Promise<Visit> {
  const window = await visit()
  await enter(window, login)
  await show(window.page, cell)
  return window
}

describe('two people at one report', () => {
  it('X5 each sees the other, where they stand, and what they have saved, without loading the page anew', async () => {
    const mine = await openGrid('7/703/5')
    const theirs = await openAs(colleagueLogin, '7/704/6')
    await expect.poll(() => spoken(mine.page, '#people-here'), { timeout: 20_000 }).toMatch(/Крылатская/)
    await expect.poll(() => mine.page.locator('td[data-here]').count(), { timeout: 20_000 }).toBe(1)
    await theirs.page.keyboard.type('29')
    await press(theirs.page, 'Control+s')
    await expectLine(theirs.page, /Сохранено в/)
    await expect.poll(() => fieldOf(mine.page, '7/704/6').inputValue(), { timeout: 12_000 }).toBe('29')
    // Worked out anew here too, and nothing of it is waiting to be saved.
    expect(await shown(mine.page, '7/704/3')).toBe(await shown(theirs.page, '7/704/3'))
    expect(await here(mine.page)).toBe('7/703/5')
    expect(await runAxe(mine.page)).toEqual([])
    await theirs.end()
    await expect.poll(() => mine.page.locator('#people-here').isVisible(), { timeout: 60_000 }).toBe(false)
    await mine.end()
  }, 120_000)

  it('X5 what one is typing is not touched by what another saves elsewhere, and a contested cell is asked about', async () => {
    const window = await openGrid('7/705/5')
    const { page } = window
    await page.keyboard.type('4')
    await colleague.call('PATCH', `/reports/${report}/cells`, { changes: { '7/705/5': '6', '7/705/6': '9' } })
    await press(page, 'Control+s')
    await page
      .locator('.note[role="alert"]')
      .getByText(/другой\s+человек\s+изменил/)
      .waitFor()
    await expect.poll(() => fieldOf(page, '7/705/6').inputValue(), { timeout: 12_000 }).toBe('9')
    expect(await fieldOf(page, '7/705/5').inputValue()).toBe('4')
    expect(await standing('7/705/5')).toEqual(['6'])
    await window.end()
  })

  it('X6 without scripts the page says who has changed the report since it was opened last', async () => {
    const window = await visit({ scripts: false })
    const { page } = window
    await enter(window, clerkLogin)
    await page.goto(`/reports/${report}?section=7`)
    await colleague.call('PATCH', `/reports/${report}/cells`, { changes: { '7/706/5': '12' } })
    await page.goto(`/reports/${report}?section=7`)
    await page.getByText(/его меняли\s+другие/).waitFor()
    expect(await spoken(page, '.note')).toMatch(/Крылатская Е\. Д\. — \d+ яче/)
    await page.getByRole('link', { name: 'Посмотреть изменения' }).click()
    expect(await spoken(page, 'tbody')).toMatch(/Крылатская.*строка 706/)
    await window.end()
  })
})

describe('comments', () => {
  it('X6 E11 a discussion at a cell is opened, answered and settled by the keyboard alone', async () => {
    const { body } = await colleague.call('POST', `/reports/${report}/comments`, {
      text: 'Откуда здесь столько?',
      cell: '7/703/7',
    })
    expect(body.comments[0]).toMatchObject({ cell: '7/703/7', thread: null, resolvedAt: null })
    const window = await openGrid('7/703/7')
    const { page } = window
    await expect.poll(() => page.locator('td.has-talk').count()).toBe(1)
    await expect.poll(() => spoken(page, '#cell-bar')).toMatch(/Комментарии: 1/)
    await press(page, 'Shift+F2')
    const dialog = page.locator('dialog[open]')
    await dialog.getByText('Откуда здесь столько?').waitFor()
    // Times are those of the page, wherever the computer is.
    const [, time = 'нет времени'] = /(\d\d:\d\d)\s*Крылатская/.exec(await spoken(page, '.card:has(#comments)')) ?? []
    await dialog.getByText(`${time} · Крылатская`).waitFor()
    expect(await runAxe(page)).toEqual([])
    await dialog.getByLabel('Ответ').fill('Так в журнале')
    await dialog.getByRole('button', { name: 'Ответить' }).click()
    await dialog.getByText('Так в журнале').waitFor()
    await dialog.getByRole('button', { name: 'Решено' }).click()
    await dialog.getByText(/Решено \d\d:\d\d, Добронравова/).waitFor()
    await expect.poll(() => page.locator('td.has-talk').count()).toBe(0)
    const left = async () => {
      await press(page, 'Escape')
      return here(page)
    }
    await expect.poll(left, { timeout: 5_000 }).toBe('7/703/7')
    await page.reload()
    await commentsOf(page)
      .getByText(/Решено: 1/)
      .click()
    await commentsOf(page).getByText('Так в журнале').waitFor()
    await window.end()
  })

  it('E11 a comment of another comes to the open page; whom it concerns is told so by name', async () => {
    const window = await openGrid('7/704/7')
    const { page } = window
    const { body } = await colleague.call('GET', `/reports/${report}/comments/people`)
    const named = body.people.find(({ name }: { name: string }) => name.startsWith('Добронравова'))
    await page.waitForTimeout(1_000)
    await colleague.call('POST', `/reports/${report}/comments`, {
      text: 'Посмотрите, пожалуйста',
      cell: '7/704/8',
      mentions: [named.id],
    })
    await expect.poll(() => page.locator('td.has-talk').count(), { timeout: 30_000 }).toBe(1)
    await expect
      .poll(async () => JSON.stringify((await clerk.call('GET', '/messages')).body), { timeout: 15_000 })
      .toContain('Вас касается')
    await page.reload()
    const card = commentsOf(page)
    expect(await spoken(page, '.card:has(#comments)')).toMatch(/новый.*Касается: Добронравова/)
    await card.getByRole('button', { name: /Прочитано: \d/ }).click()
    await page.getByText('Комментарии отмечены прочитанными').waitFor()
    expect(await spoken(page, '.card:has(#comments)')).not.toMatch(/новый/)
    await window.end()
  })
})

describe('a report that has come back', () => {
  it('E9 E11 why a cell is changed stands in its history, in that of the report, and in the file', async () => {
    expect((await clerk.call('PUT', `/reports/${report}/sending`, {})).status).toBe(200)
    await supervisor.call('PUT', `/reports/${report}/refusal`, {
      reason: 'Проверьте строку 705',
      remarks: [{ cell: '7/705/5', text: 'Не сходится с журналом' }],
    })
    const window = await openGrid('7/705/5')
    const { page } = window
    expect(await page.locator('td.remarked').getAttribute('title')).toContain('Не сходится с журналом')
    const before = (await standing('7/705/5'))[0]
    await page.getByLabel(/Почему меняете/).fill('Уточнили по журналу')
    await fieldOf(page, '7/705/5').click()
    await page.keyboard.type('15')
    await saveNow(page)
    await barOf(page).getByRole('link', { name: 'история' }).click()
    const last = new RegExp(`${before}\\s*15\\s*Уточнили по журналу`)
    await expect.poll(() => spoken(page, 'tbody tr:first-child')).toMatch(last)
    await page.goto(`/reports/${report}/changes?section=7`)
    expect(await spoken(page, 'tbody tr:first-child')).toMatch(/строка 705.*Уточнили по журналу/)
    expect(await runAxe(page)).toEqual([])
    const file = await page.request.get(`/reports/${report}/changes.csv?section=7`)
    expect(file.status()).toBe(200)
    expect(new TextDecoder().decode(await file.body())).toContain('Уточнили по журналу')
    const person =
      (await page.locator('select[name="person"] option', { hasText: 'Крылатская' }).getAttribute('value')) ?? ''
    await page.goto(`/reports/${report}/changes?person=${person}`)
    expect(await spoken(page, 'tbody')).not.toMatch(/Добронравова/)

    await page.goto(`/reports/${report}/comparison`)
    expect(await spoken(page, 'main')).toMatch(/Изменено: \d+ ячеек|Изменено: \d+ ячейки|Изменено: 1 ячейка/)
    expect(await spoken(page, 'tbody')).toMatch(/строка 705, графа 5/)
    expect(await runAxe(page)).toEqual([])
    const book = await page.request.get(`/reports/${report}/comparison.xlsx`)
    expect(book.status()).toBe(200)
    await window.end()
  })
})

describe('a form that demands a file and reasons', () => {
  it('E9 shows what is missing, takes the file by its kind, and asks why a returned report is changed', async () => {
    const demanded = await demandedReport()
    const window = await visit()
    await enter(window, clerkLogin)
    const { page } = window
    await page.goto(`/reports/${demanded}?section=7`)
    const card = page.locator('.card:has(#attachments)')
    expect(await spoken(page, '.card:has(#attachments)')).toMatch(/Не хватает файлов.*Приказ о комплектовании/)
    await card.getByLabel('Что за файл').selectOption({ label: 'Приказ о комплектовании' })
    const file = { name: 'Приказ № 14.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\nприказ') }
    await card.getByLabel('Добавить файл').setInputFiles(file)
    await card.getByRole('button', { name: 'Приложить' }).click()
    await card.getByRole('link', { name: 'Приказ № 14.pdf' }).waitFor()
    expect(await spoken(page, '.card:has(#attachments)')).not.toMatch(/Не хватает/)
    expect(await runAxe(page)).toEqual([])

    expect((await clerk.call('PUT', `/reports/${demanded}/sending`, {})).status).toBe(200)
    await supervisor.call('PUT', `/reports/${demanded}/refusal`, { reason: 'Проверьте строку 705', remarks: [] })
    await page.reload()
    await fieldOf(page, '7/705/5').click()
    await page.keyboard.type('15')
    await press(page, 'Control+s')
    await expectLine(page, /назвать причину изменений.*Введённое осталось/)
    await page.getByLabel(/Почему меняете/).fill('Уточнили по журналу')
    await fieldOf(page, '7/705/5').click()
    await saveNow(page)
    const { body } = await clerk.call('GET', `/reports/${demanded}/history?cell=7/705/5`)
    expect(body.changes[0]).toMatchObject({ to: '15', reason: 'Уточнили по журналу' })
    await window.end()
  })
})

/** Of 85-К under another code, published with a file and reasons that it demands, and filled in. */
async function demandedReport(): Promise<string> {
  const operator = await signedIn(stand(), 'admin@kabinet.example')
  const xml = sampleForm()
    .replaceAll('0609506', 'demanding')
    .replace(
      /<\/metaForm>\s*$/,
      `<extensions><attachment code="order" name="Приказ о комплектовании" required="true"/>
        <change-reasons kind="required"/></extensions></metaForm>`,
    )
  const published = await operator.call('POST', '/forms', { xml }, { 'Idempotency-Key': crypto.randomUUID() })
  expect(published.status).toBe(201)
  const deadline = new Date(Date.now() + 86_400_000).toISOString()
  const campaign = { form: published.body.form.id, year: 2026, deadline, organisationKind: 'preschool' }
  const held = await operator.call('POST', '/campaigns', campaign, { 'Idempotency-Key': crypto.randomUUID() })
  expect(held.status).toBe(201)
  const { id } = (await clerk.call('GET', '/reports?form=demanding')).body.reports[0]
  expect((await clerk.call('PATCH', `/reports/${id}/cells`, { changes: sampleValues() })).status).toBe(200)
  return id
}
