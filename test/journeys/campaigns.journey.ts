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
  for (const { scripts, year } of [
    { scripts: true, year: 2027 },
    { scripts: false, year: 2028 },
  ]) {
    const how = scripts ? 'with scripts' : 'without scripts'
    it(`E7 is seen before it is opened, then each organisation has its report with its term, ${how}`, async () => {
      const operator = await visit({ scripts })
      await signIn(operator.page, region)
      await operator.page.goto('/campaigns')
      await expectAccessible(operator.page)
      await operator.page.getByRole('link', { name: 'Новый сбор' }).click()
      await operator.page.getByLabel('Форма').selectOption({ label: await labelOf85(operator.page) })
      await operator.page.getByLabel('Год').fill(String(year))
      await operator.page.getByLabel('Срок для организаций').fill(`20.01.${year + 1}`)
      await operator.page.getByRole('checkbox', { name: /^Дошкольная/ }).check()
      await operator.page.getByLabel('Территория', { exact: true }).selectOption({ label: 'Светлореченская область' })
      await operator.page.getByRole('button', { name: 'Добавить территорию' }).click()
      await operator.page.getByRole('checkbox', { name: 'Светлореченская область' }).waitFor()
      expect(await operator.page.getByRole('checkbox', { name: 'Светлореченская область' }).isChecked()).toBe(true)
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

      const person = await visit({ scripts, width: 360 })
      await signIn(person.page, clerk)
      await person.page.goto('/reports')
      const toDo = person.page.getByRole('region', { name: /^Что сделать/ }).first()
      await toDo.getByRole('link', { name: new RegExp(`за ${year} год`) }).waitFor()
      await toDo.getByRole('link', { name: 'Начать' }).first().waitFor()
      await expectAccessible(person.page)
      await person.end()
    })
  }

  it('E7 keeps whatever the API has set when its page is saved, without scripts; a rule is taken away', async () => {
    const operator = await visit({ scripts: false })
    await signIn(operator.page, region)
    const { request } = operator.context
    const api = async (path: string) => (await request.get(`/api/v1${path}`)).json()
    const idOf = async (name: string): Promise<string> =>
      (await api(`/organisations?q=${encodeURIComponent(name)}`)).rows[0].id
    const [district, other, garden] = await Promise.all([
      idOf('Управление образования администрации Верхнеозёрского'),
      idOf('Заречного'),
      idOf('Ромашка'),
    ])
    const rule = { kinds: [], levels: [], regions: [], under: [] }
    const audience = {
      rules: [
        { ...rule, kinds: ['preschool', 'school'], under: [district, other, garden] },
        { ...rule, levels: ['institution'], regions: ['00', '99'] },
        { ...rule, kinds: ['preschool'], under: [garden] },
        rule,
        { ...rule, kinds: ['additional'] },
      ],
      also: [garden],
      except: [other],
    }
    const { forms } = await api('/forms')
    const form = forms.find(({ cipher }: { cipher: string }) => cipher.startsWith('85')).id
    const draft = { form, year: 2029, deadline: '2030-01-20T13:00:00Z', audience, draft: true }
    const made = await request.post('/api/v1/campaigns', { data: draft })
    expect(made.status()).toBe(201)
    const { id } = await made.json()

    await operator.page.goto(`/campaigns/${id}/edit`)
    await expectAccessible(operator.page)
    // Districts stand by their names.
    await operator.page
      .getByRole('checkbox', { name: /Ромашка/ })
      .first()
      .waitFor()
    await operator.page.getByRole('button', { name: 'Сохранить черновик' }).click()
    await operator.page.getByText('Организации ещё ничего не знают о сборе').waitFor()
    expect((await api(`/campaigns/${id}`)).audience).toEqual(audience)

    await operator.page.goto(`/campaigns/${id}/edit`)
    await operator.page.getByRole('button', { name: 'Убрать правило' }).nth(1).click()
    await operator.page.getByRole('button', { name: 'Сохранить черновик' }).click()
    await operator.page.getByText('Организации ещё ничего не знают о сборе').waitFor()
    const left = await api(`/campaigns/${id}`)
    expect(left.audience.rules).toEqual(audience.rules.filter((_, index) => index !== 1))
    await operator.end()
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

  it('E12 several are returned at once with one reason, which each organisation reads', async () => {
    const supervisor = await visit({ scripts: false })
    await signIn(supervisor.page, municipality)
    await openBoard(supervisor.page)
    await supervisor.page.getByRole('checkbox', { name: /Ромашка/ }).check()
    await supervisor.page.getByRole('checkbox', { name: /Рябинушка/ }).check()
    await supervisor.page.getByRole('button', { name: 'Отклонить' }).click()
    await supervisor.page.getByRole('heading', { name: 'Отклонить отчёты' }).waitFor()
    await expectAccessible(supervisor.page)
    await supervisor.page.getByRole('button', { name: 'Отклонить отчёты' }).click()
    await supervisor.page.getByText('Напишите причину: её увидит организация').first().waitFor()
    await supervisor.page.getByLabel('Причина').fill('Проверьте раздел 4')
    await supervisor.page.getByRole('button', { name: 'Отклонить отчёты' }).click()
    // Neither has been sent: of each it is said why.
    await supervisor.page.getByText(/Возвращено\sс\sпричиной:\s0/).waitFor()
    expect(await supervisor.page.getByRole('list', { name: 'Не возвращены' }).getByRole('link').count()).toBe(2)
    await supervisor.end()
  })

  it('E12 E7 an organisation asks for a later term, and the supervisor gives another one', async () => {
    const person = await visit({ scripts: false, width: 360 })
    await signIn(person.page, clerk)
    await person.page.goto('/applications/new/report-extension')
    await expectAccessible(person.page)
    await person.page.getByLabel('Срок какого отчёта продлить').selectOption({ index: 1 })
    await person.page.getByLabel('До какого дня продлить').fill('01.03.2032')
    await person.page.getByLabel('Почему не успеваете').fill('Карантин в двух группах')
    await person.page.getByRole('button', { name: 'Отправить заявку' }).click()
    await person.page.getByText('Заявка подана и ждёт решения').waitFor()
    const application = person.page.url()
    await person.end()

    const supervisor = await visit()
    await signIn(supervisor.page, municipality)
    await supervisor.page.goto(application)
    await expectAccessible(supervisor.page)
    await supervisor.page.getByRole('radio', { name: /^Продлить срок/ }).check()
    await supervisor.page.getByRole('textbox', { name: 'Новый срок' }).fill('15.02.2032')
    await supervisor.page.getByRole('button', { name: 'Принять решение' }).click()
    await supervisor.page.getByText('Срок отчёта продлён').first().waitFor()
    await supervisor.end()
    await expect.poll(async () => (await letterTo(clerk, /Срок отчёта .* продлён/)).text).toContain('15.02.2032')
  })

  it('E12 a responsible is substituted for some days, and it is ended early', async () => {
    const responsible = await visit({ scripts: false })
    await signIn(responsible.page, clerk)
    await responsible.page.goto('/organisations')
    await responsible.page
      .getByRole('main')
      .getByRole('link', { name: /Ромашка/ })
      .first()
      .click()
    await responsible.page.getByRole('link', { name: 'Назначить' }).click()
    await expectAccessible(responsible.page)
    await responsible.page.getByLabel('Кого замещают').selectOption({ index: 1 })
    await responsible.page
      .getByLabel('Кто замещает')
      .selectOption({ label: await optionWith(responsible.page, 'Крылатская') })
    await responsible.page.getByLabel('Первый день').fill('01.06.2031')
    await responsible.page.getByLabel('Последний день').fill('28.06.2031')
    await responsible.page.getByRole('button', { name: 'Назначить замещение' }).click()
    await responsible.page.getByText('Замещение назначено').waitFor()
    await expectAccessible(responsible.page)
    await letterTo('ds14.deloproizvodstvo@verhneozersk.example', /Вы замещаете ответственного/)
    await responsible.page.getByRole('button', { name: /^Закончить/ }).click()
    await responsible.page.getByText('Замещение закончено').waitFor()
    await responsible.page.getByText('Никто никого не замещает').waitFor()
    await responsible.end()
  })

  it('E7 is closed, and what is overdue stays', async () => {
    const operator = await visit({ scripts: false })
    await signIn(operator.page, region)
    await operator.page.goto('/campaigns')
    await operator.page.getByRole('link', { name: /85.К за 2028 год/ }).click()
    await operator.page.locator('summary', { hasText: 'Сбор' }).click()
    await operator.page.getByRole('link', { name: 'Закрыть сбор' }).click()
    await expectAccessible(operator.page)
    await operator.page.getByRole('button', { name: 'Закрыть сбор' }).click()
    await operator.page.getByText(/Сбор закрыт \d\d\.\d\d/).waitFor()
    await expectAccessible(operator.page)
    await operator.page.getByRole('link', { name: /Ромашка/ }).waitFor()
    await operator.end()
  })
})

async function openBoard(page: Page): Promise<void> {
  await page.goto('/campaigns')
  await page.getByRole('link', { name: /85.К за 2026 год/ }).click()
  await page.getByRole('heading', { name: 'Ход сбора по территориям' }).waitFor()
}

async function optionWith(page: Page, name: string): Promise<string> {
  const options = await page.getByLabel('Кто замещает').locator('option').allTextContents()
  return options.find((text) => text.includes(name)) ?? ''
}

/** Forms are offered by their cipher and name. */
async function labelOf85(page: Page): Promise<string> {
  const options = await page.getByLabel('Форма').locator('option').allTextContents()
  return options.find((text) => text.startsWith('85')) ?? ''
}
