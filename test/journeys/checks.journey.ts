/**
 * Pulled numbers and checks, with scripts and without: a number follows its report, is told as stale until it is looked at,
 * leads to where it is from; a warning that looks into another form is explained and goes with the report.
 */
import { describe, expect, it } from 'vitest'
import { expectAccessible, signIn, useBrowser, useOwnStand, visit } from './support/journey.ts'

useOwnStand()
useBrowser()

const ways = [
  { how: 'with scripts', scripts: true, width: 1280, organisation: 'Ромашка', login: 'ds14@verhneozersk.example' },
  {
    how: 'without scripts, on a phone',
    scripts: false,
    width: 360,
    organisation: 'Ромашка',
    login: 'ds14@verhneozersk.example',
  },
]

describe.each(ways)('$how', ({ how, scripts, width, login }) => {
  it(`E9 X4 a pulled number follows its source and leads to it; a warning is explained (${how})`, async () => {
    const { page, end } = await visit({ scripts, width })
    await signIn(page, login)
    const { reports } = await (await page.request.get('/api/v1/reports')).json()
    const idOf = (code: string): string =>
      reports.find(
        ({ form, campaign }: { form: { code: string }; campaign: { year: number } }) =>
          form.code === code && campaign.year === 2026,
      )?.id
    const [places, source] = [idOf('9900001'), idOf('0609506')]
    const save = async (id: string, changes: Record<string, string>) => {
      const headers = { 'Idempotency-Key': crypto.randomUUID() }
      const reply = await page.request.patch(`/api/v1/reports/${id}/cells`, { data: { changes }, headers })
      expect(reply.status()).toBe(200)
    }
    const number = scripts ? '61' : '62'
    await save(places, { '1/104/3': scripts ? '7' : '8', '1/104/4': '400', '1/105/3': '0', '1/105/4': '0' })
    await save(source, { '7/701/5': number })

    await page.goto(`/reports/${places}`)
    await page.getByText('Устарело: числа в других отчётах изменились').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Просмотрено' }).click()
    await page.getByText('Изменения просмотрены').waitFor()
    expect(await page.getByText('Устарело: числа').count()).toBe(0)

    await page.goto(`/reports/${places}/history?cell=1/101/3`)
    await page.getByText('85-К за 2026 год, раздел 7, строка 701, графа 3').first().waitFor()
    await expectAccessible(page)
    await page.getByRole('link', { name: 'Открыть источник' }).click()
    await page.getByRole('heading', { name: /85-К за 2026 год/ }).waitFor()
    expect(page.url()).toContain(source)

    await page.goto(`/reports/${places}`)
    await page.getByRole('button', { name: 'Сохранить и выполнить проверку' }).click()
    const results = page.getByRole('region', { name: 'Результаты проверки' })
    await results.getByText('Мест по проекту меньше').waitFor()
    await results.getByText('Почему такие числа').first().click()
    await results.getByRole('link', { name: /85-К за 2026 год, раздел 7/ }).waitFor()
    await expectAccessible(page)
    await results.getByRole('link', { name: /^(Пояснить|Изменить пояснение)/ }).click()
    await expectAccessible(page)
    await page.getByRole('textbox', { name: 'Почему число верное' }).fill(`Второй корпус ещё не введён, ${number}`)
    await page.getByRole('button', { name: 'Сохранить пояснение' }).click()
    await page.getByText(`«Второй корпус ещё не введён, ${number}»`).waitFor()
    await page.getByText('Пояснено').first().waitFor()
    await expectAccessible(page)
    await end()
  })
})
