/** Takes the pictures of the README anew, from a stand of its own: `npx node test/support/pictures.ts`. */
import { chromium, type Page } from 'playwright-core'
import { findBrowser } from '../journeys/support/browser.ts'
import { startProgram } from '../journeys/support/program.ts'

const folder = new URL('../../docs/pictures/', import.meta.url).pathname
const program = await startProgram()
const browser = await chromium.launch({ executablePath: findBrowser(), args: ['--no-sandbox'] })
try {
  const page = await browser.newPage({
    baseURL: program.address,
    viewport: { width: 1280, height: 860 },
    locale: 'ru-RU',
    colorScheme: 'light',
  })
  await signIn(page)
  await page.screenshot({ path: `${folder}cabinet.png` })
  await openReport(page)
  await page.screenshot({ path: `${folder}report.png` })
} finally {
  await browser.close()
  await program.stop()
}

async function signIn(page: Page): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('Введите логин (e-mail)').fill('ds14@verhneozersk.example')
  await page.getByLabel('Введите пароль', { exact: true }).fill('Stend-2027!')
  await page.getByRole('button', { name: 'Войти', exact: true }).first().click()
  await page.waitForURL('/cabinet')
}

/** The table by age, with its computed and pulled cells. */
async function openReport(page: Page): Promise<void> {
  await page.getByRole('link', { name: '85-К за 2026 год' }).first().click()
  await page.getByRole('link', { name: /по возрасту/ }).click()
  await page.waitForLoadState('networkidle')
}
