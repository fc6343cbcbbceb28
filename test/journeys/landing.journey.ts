/** R1: the open page of a roadmap, with and without scripts, by the keyboard, on a telephone. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { expectAccessible, stand, useBrowser, visit } from './support/journey.ts'

useBrowser()

const path = '/public/roadmaps/profstandarty'

/** With ordinary spaces. */
const textOf = async (page: Page, place: string): Promise<string> =>
  ((await page.locator(place).textContent()) ?? '').replaceAll(/[\u00a0\u202f]/g, ' ')

async function expectNarrow(page: Page): Promise<void> {
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(excess, `${page.url()} is too wide`).toBeLessThanOrEqual(0)
}

describe('a visitor', () => {
  it('R1 R5 X6: finds the roadmap, its figures and map, opens a region and comes to the personal cabinet, without scripts', async () => {
    const window = await visit({ scripts: false })
    const { page } = window
    await page.goto('/')
    await page.getByRole('link', { name: /^Дорожная карта подготовки/ }).click()
    expect(new URL(page.url()).pathname).toBe(path)
    await expectAccessible(page)
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('профессиональных стандартов')
    const figures = await textOf(page, '.figures')
    expect(figures).toMatch(/рабоч\S+ час\S* остал[а-я]+\d/)
    expect(figures).toMatch(/вовлеч\S+ в проект\d/)
    expect(figures).toMatch(/работа\S+ над проектом\d/)

    await page.getByLabel('Показатель', { exact: true }).selectOption('vovlecheno')
    await page.getByLabel('Границы оттенков').selectOption('natural')
    await page.getByRole('button', { name: 'Показать' }).click()
    expect(new URL(page.url()).searchParams.get('indicator')).toBe('vovlecheno')
    const told = await page
      .getByRole('link', { name: /^Иркутская область: [\d\s]+ человек$/ })
      .getAttribute('aria-label')
    const [inTable] = await page.locator('#region-38 td').last().allTextContents()
    expect(told?.replaceAll(/\D/g, '')).toBe(inTable?.replaceAll(/\D/g, ''))
    await page.getByLabel('Период').selectOption({ index: 0 })
    await page.getByRole('button', { name: 'Показать' }).click()
    expect(await page.getByLabel('Границы оттенков').inputValue()).toBe('natural')
    expect(await page.locator('#region-38 td').last().textContent()).not.toBe(inTable)

    await page.getByRole('link', { name: 'Регион', exact: true }).click()
    const names = await page.locator('tbody th').allTextContents()
    expect(names).toEqual(names.toSorted(new Intl.Collator('ru').compare))
    expect(await page.getByRole('columnheader', { name: 'Регион' }).getAttribute('aria-sort')).toBe('ascending')
    await page.getByRole('link', { name: 'Плитки' }).click()
    await page.getByRole('list', { name: /Вовлечено в проект/ }).waitFor()
    await page.getByRole('link', { name: 'Карта', exact: true }).click()

    await page.getByRole('link', { name: /^Иркутская область: / }).click()
    expect(new URL(page.url()).pathname).toBe(`${path}/regions/38`)
    await expectAccessible(page)
    await page.getByRole('heading', { level: 1, name: 'Иркутская область' }).waitFor()
    expect(await page.getByRole('img', { name: /Вовлечено в проект.*Иркутская/ }).count()).toBe(1)
    expect(await textOf(page, 'main')).toMatch(/выполнено из \d+/)

    await page.getByRole('link', { name: 'Личный кабинет' }).click()
    await page.getByRole('heading', { name: 'Авторизация' }).waitFor()
    await window.end()
  })

  it('R1 X6: opens a region of the map by the keyboard alone, and moves through periods by arrows', async () => {
    const window = await visit()
    const { page } = window
    await page.goto(`${path}?indicator=vovlecheno`)
    const slider = page.getByRole('slider', { name: 'Период' })
    await slider.focus()
    const before = await page.locator('#region-38 td').last().textContent()
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => page.locator('#region-38 td').last().textContent()).not.toBe(before)
    expect(new URL(page.url()).searchParams.get('period')).toMatch(/^\d{4}-\d\d-01$/)
    expect(await slider.getAttribute('aria-valuetext')).toMatch(/квартал/)

    await page.getByRole('link', { name: 'Карта', exact: true }).focus()
    let opened: string | null = null
    for (let step = 0; step < 6 && opened === null; step += 1) {
      await page.keyboard.press('Tab')
      opened = await page.evaluate(() => document.activeElement?.closest('.region-map a')?.getAttribute('href') ?? null)
    }
    expect(opened).toMatch(/\/regions\//)
    await page.keyboard.press('Enter')
    await page.waitForURL(`**${opened}`)
    await window.end()
  })

  it('R1 X6: reads all of it on a telephone', async () => {
    const window = await visit({ width: 360, dark: true })
    const { page } = window
    for (const address of [path, `${path}?view=tiles&indicator=obucheno`, `${path}?view=table`, `${path}/regions/00`]) {
      await page.goto(address)
      await expectNarrow(page)
      await expectAccessible(page)
    }
    const download = page.waitForEvent('download')
    await page.goto(path)
    await page.getByRole('link', { name: 'Скачать CSV' }).click()
    expect((await download).suggestedFilename()).toBe('profstandarty.csv')
    await window.end()
  })

  it('R1: puts the map on a site of its own', async () => {
    const window = await visit()
    const { page } = window
    await page.goto(path)
    const code = (await page.locator('code', { hasText: '<iframe' }).textContent()) ?? ''
    const address = /src="([^"]*)"/.exec(code)?.[1] ?? ''
    expect(address.startsWith(stand())).toBe(true)
    const site = createServer((_, reply) => {
      reply.setHeader('content-type', 'text/html; charset=utf-8')
      reply.end(`<!doctype html><html lang="ru"><link rel="icon" href="data:,"><title>Чужой сайт</title>${code}</html>`)
    })
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
    const port = (site.address() as AddressInfo).port // as: it listens on a port
    await page.goto(`http://127.0.0.1:${port}/`)
    const frame = page.frameLocator('iframe')
    await frame.getByRole('link', { name: /^Иркутская область: / }).waitFor()
    expect(await frame.getByRole('link', { name: 'Открыть дорожную карту' }).getAttribute('href')).toBe(
      `${stand()}${path}`,
    )
    await window.end()
    site.close()
  })
})
