/**
 * The plan of measures: the coordinator writes it once for all regions, a region names who answers and adds its own,
 * whoever opens it sees at once what is overdue.
 */
import { expect, it } from 'vitest'
import { enter, expectAccessible, letterTo, useBrowser, useOwnStand, type Visit, visit } from './support/journey.ts'

useOwnStand()
useBrowser()

const coordinator = 'coordinator@dorozhnaya-karta.example'
const operator = 'operator@svetlorechye.example'

async function openPlan({ page }: Visit, region: string): Promise<void> {
  await page.goto('/roadmaps')
  const address = (await page.locator('main th a').first().getAttribute('href')) ?? ''
  await page.goto(`${address.replace(/\/plan$/, '')}/plan?region=${region}`)
}

/** Whatever the stand's own measures are like on the day. */
async function addOverdue({ context }: Visit): Promise<void> {
  const { roadmaps } = await (await context.request.get('/api/v1/roadmaps')).json()
  const path = `/api/v1/roadmaps/${roadmaps[0].id}/plan`
  const { sections } = await (await context.request.get(path)).json()
  const measure = { region: '00', sectionId: sections[0].id, number: '1.99', title: 'Давно пора', dueOn: '2026-01-30' }
  expect((await context.request.post(path, { data: measure })).status()).toBe(201)
}

for (const scripts of [true, false]) {
  const how = scripts ? 'with scripts' : 'without scripts'
  const title = scripts ? 'Смотр учебных центров' : 'Смотр пожарных частей'

  it(`R10 a measure of the template comes to the region, which names who answers; a moved term is told, ${how}`, async () => {
    const above = await visit({ scripts })
    await enter(above, coordinator)
    await openPlan(above, 'template')
    await expectAccessible(above.page)
    await above.page.getByRole('link', { name: 'Добавить мероприятие' }).click()
    await above.page.getByLabel('Раздел', { exact: true }).selectOption({ index: 1 })
    await above.page.getByLabel('Что нужно сделать').fill(title)
    await above.page.getByLabel('Срок', { exact: true }).fill('31.02.2027')
    await above.page.getByRole('button', { name: 'Сохранить' }).click()
    await above.page.getByRole('alert').getByText('Укажите срок').waitFor()
    expect(await above.page.getByLabel('Что нужно сделать').inputValue()).toBe(title)
    await expectAccessible(above.page)
    await above.page.getByLabel('Срок', { exact: true }).fill('30.06.2027')
    await above.page.getByRole('button', { name: 'Сохранить' }).click()
    await above.page.getByText('Мероприятие добавлено в шаблон и в планы всех регионов').waitFor()
    await expectAccessible(above.page)

    const below = await visit({ scripts, width: 360, dark: true })
    await enter(below, operator)
    await openPlan(below, '00')
    await below.page.getByLabel('Слова в мероприятии').fill(title)
    await below.page.getByRole('button', { name: 'Отобрать' }).click()
    await below.page.getByRole('link', { name: title }).click()
    await below.page.getByRole('link', { name: 'Назначить ответственных' }).click()
    await below.page.getByText(/Это мероприятие из.шаблона/).waitFor()
    await expectAccessible(below.page)
    await below.page.getByLabel('Ответственное лицо').fill('Кукушкина Ольга Петровна, начальник отдела')
    await below.page.getByLabel('Соисполнители').fill('Учебный центр\nСовет директоров')
    await below.page.getByRole('button', { name: 'Сохранить' }).click()
    await below.page.getByText('Изменения сохранены').waitFor()
    await below.page.getByText('Совет директоров', { exact: true }).waitFor()
    await expectAccessible(below.page)

    await above.page.getByRole('link', { name: 'Изменить' }).click()
    await above.page.getByLabel('Срок', { exact: true }).fill('30.09.2027')
    await above.page.getByRole('button', { name: 'Сохранить' }).click()
    await above.page
      .getByRole('alert')
      .getByText(/напишите почему/)
      .waitFor()
    await above.page.getByLabel('Почему меняется срок').fill('Центры откроются осенью')
    await above.page.getByRole('button', { name: 'Сохранить' }).click()
    await above.page.getByText('Изменения сохранены и перешли в планы всех регионов').waitFor()
    const number = /^[\d.]+\d/.exec(((await above.page.locator('h1').textContent()) ?? '').trim())?.[0] ?? ''
    await above.end()

    const letter = await letterTo(operator, `Изменён срок мероприятия ${number}`)
    expect(letter.text).toContain('Центры откроются осенью')
    await below.page.getByRole('link', { name: 'Вся история' }).click()
    await below.page.getByText('Центры откроются осенью').first().waitFor()
    await below.page.getByText('Александрийская').first().waitFor()
    await expectAccessible(below.page)
    await below.end()
  })
}

it('R10 what is overdue stands out, and the plan is walked by the keyboard alone', async () => {
  const window = await visit()
  await enter(window, operator)
  await addOverdue(window)
  await openPlan(window, '00')
  const { page } = window
  await page.getByRole('link', { name: /Просрочено/ }).click()
  await page
    .getByText(/просрочено на.\d+/)
    .first()
    .waitFor()
  await expectAccessible(page)
  const rows = page.locator('tbody tr:not(.table-group)')
  for (const text of await rows.allInnerTexts()) expect(text).toMatch(/просрочено на/)

  await openPlan(window, '00')
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('k')
  const first = (await rows.first().locator('a').first().textContent()) ?? ''
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(first)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: first }).waitFor()
  await window.end()
})

it('R10 a region adds its own measure, cancels it with a reason and removes it, without scripts', async () => {
  const window = await visit({ scripts: false })
  await enter(window, operator)
  await openPlan(window, '00')
  const { page } = window
  await page.getByRole('link', { name: 'Добавить мероприятие' }).click()
  await page.getByLabel('Что нужно сделать').fill('Конкурс на лучший противопожарный уголок')
  await page.getByLabel('Срок', { exact: true }).fill('30.04.2027')
  await page.getByText('Ни от какого не зависит').click()
  await page.getByRole('checkbox', { name: /^1\.1\. / }).check()
  await page.getByRole('button', { name: 'Сохранить' }).click()
  await page.getByRole('heading', { name: 'Выполняется после' }).waitFor()
  await page.getByText('Действия').click()
  await page.getByRole('link', { name: 'Отменить мероприятие' }).click()
  await expectAccessible(page)
  await page.getByLabel('Причина').fill('Проведут соседи')
  await page.getByRole('button', { name: 'Отменить мероприятие' }).click()
  await page.getByText('Причина: «Проведут соседи».').waitFor()
  await expectAccessible(page)
  await page.getByText('Действия').click()
  await page.getByRole('link', { name: 'Удалить' }).click()
  await page.getByRole('button', { name: 'Удалить мероприятие' }).click()
  await page.getByText('Мероприятие удалено').waitFor()
  expect(await page.getByText('Конкурс на лучший').count()).toBe(0)
  await window.end()
})
