/** E6: an operator works its queue of applications without a mouse: with scripts, and without them. */
import type { Locator } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { signedIn } from './support/calls.ts'
import { enter, expectAccessible, stand, useBrowser, useOwnStand, type Visit, visit } from './support/journey.ts'

useOwnStand()
useBrowser()

const clerkLogin = 'ds14@verhneozersk.example'
const operatorLogin = 'operator@svetlorechye.example'

describe('the queue of an operator, by the keyboard alone', () => {
  it('E6 is searched, taken, narrowed and refused among many, and one is opened and granted', async () => {
    const numbers = await askForAccess('Клавишина', 3)
    const operator = await visit()
    const { page } = operator
    await enter(operator, operatorLogin)
    await page.goto('/applications?side=queue')
    await page.keyboard.press('?')
    await page.getByRole('heading', { name: 'Клавиши списка' }).waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await page.getByRole('heading', { name: 'Клавиши списка' }).waitFor({ state: 'hidden' })
    const search = page.getByLabel('Номер, заявитель или организация')
    const isSearching = () => search.evaluate((field) => field === document.activeElement)
    await page.keyboard.press('/')
    await expect.poll(isSearching).toBe(true)
    await page.keyboard.type('Клавишина')
    await expect.poll(() => search.inputValue()).toBe('Клавишина')
    await page.keyboard.press('Enter')
    await page.waitForURL(/q=/)
    const rows = page.getByRole('row', { name: /Доступ для сотрудника/ })
    expect(await rows.count()).toBe(3)

    for (const key of ['j', 'x', 'j', 'j', 'k', 'x']) await page.keyboard.press(key)
    await page.getByText('Выбрано 2 заявки из 3').waitFor()
    await expectAccessible(page)
    await press(operator, page.getByRole('button', { name: 'Взять в работу' }))
    await page.getByText('Готово: 2 заявки').waitFor()
    // The search still holds: what was decided on stands among what was found.
    expect(await rows.count()).toBe(3)
    await tabTo(operator, page.getByLabel('В работе', { exact: true }))
    await page.keyboard.press('ArrowDown')
    await press(operator, page.getByRole('button', { name: 'Отобрать' }))
    await page.waitForURL(/hands=mine/)
    expect(await rows.count()).toBe(2)

    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await press(operator, page.getByRole('button', { name: 'Отказать' }))
    await page.getByText('Напишите причину отказа').first().waitFor()
    expect(await page.getByRole('checkbox', { name: /Выбрать: заявка/, checked: true }).count()).toBe(1)
    await tabTo(operator, page.getByLabel('Причина или пояснение для отмеченных'))
    await page.keyboard.type('Нет письма от учреждения')
    await press(operator, page.getByRole('button', { name: 'Отказать' }))
    await page.getByText('Готово: 1 заявка').waitFor()

    await page.goto(`/applications?side=queue&state=waiting&q=${encodeURIComponent('Клавишина')}`)
    expect(await rows.count()).toBe(2)
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.getByText(/Заявка №\s\d{4}-\d{5}\sот/).waitFor()
    expect(numbers).toContain(/№ (\d{4}-\d{5})/.exec((await page.title()).replaceAll('\u00a0', ' '))?.[1])
    await tabTo(operator, page.getByLabel('Открыть доступ'))
    await press(operator, page.getByRole('button', { name: 'Принять решение' }))
    await page.getByText('Решение принято').first().waitFor()
    await operator.end()
  })

  it('E6 is worked without scripts too: narrowed, taken and refused among many', async () => {
    await askForAccess('Бесскриптова', 2)
    const operator = await visit({ scripts: false })
    const { page } = operator
    await enter(operator, operatorLogin)
    await page.goto('/applications?side=queue')
    await tabTo(operator, page.getByLabel('Номер, заявитель или организация'))
    await page.keyboard.type('Бесскриптова')
    await page.keyboard.press('Enter')
    await page.waitForURL(/q=/)
    const boxes = page.getByRole('checkbox', { name: /Выбрать: заявка/ })
    expect(await boxes.count()).toBe(2)
    await press(operator, boxes.first(), 'Space')
    await press(operator, page.getByRole('button', { name: 'Взять в работу' }))
    await page.getByText('Готово: 1 заявка').waitFor()
    await expectAccessible(page)
    await press(operator, boxes.first(), 'Space')
    await press(operator, boxes.last(), 'Space')
    await tabTo(operator, page.getByLabel('Причина или пояснение для отмеченных'))
    await page.keyboard.type('Нет письма от учреждения')
    await press(operator, page.getByRole('button', { name: 'Отказать' }))
    await page.getByText('Готово: 2 заявки').waitFor()
    expect(await page.getByText('Отказано').count()).toBeGreaterThan(1)
    await operator.end()
  })
})

/** Asked for through the API: what is looked at here is the queue. */
async function askForAccess(surname: string, count: number): Promise<string[]> {
  const clerk = await signedIn(stand(), clerkLogin)
  const numbers: string[] = []
  for (let each = 0; each < count; each += 1) {
    const form = {
      surname,
      name: 'Аглая',
      patronymic: 'Тихоновна',
      position: 'делопроизводитель',
      regionCode: '00',
      organisation: 'МБДОУ «Детский сад № 14 „Ромашка“»',
      email: `queue-${surname.length}-${each}@verhneozersk.example`,
      phone: '',
      systems: 'Отчётность организаций',
    }
    const { body } = await clerk.call('POST', '/applications', { kind: 'access', form })
    numbers.push(body.number)
  }
  return numbers
}

/** As somebody without a mouse: further by Tab until it is there. */
async function tabTo({ page }: Visit, target: Locator): Promise<void> {
  for (let step = 0; step < 150; step += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`${target} is not to be reached by Tab`)
}

async function press(person: Visit, target: Locator, key = 'Enter'): Promise<void> {
  await tabTo(person, target)
  await person.page.keyboard.press(key)
}
