/**
 * A person at a browser. Every page that a journey visits is looked at by axe, and must say nothing in the console:
 * a breach of the content security policy or a broken script fails the journey.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, onTestFailed } from 'vitest'
import { standPassword } from './calls.ts'
import { type Program, startProgram } from './program.ts'

let own: Program | undefined

/** Address of the stand that this journey uses. */
export const stand = (): string => own?.address ?? inject('stand')

/**
 * A stand of the file's own, for what would stand in the way of other journeys or what they would.
 * @param program what to run instead of a stand, such as a production
 */
export function useOwnStand(program: () => Promise<Program> = startProgram): void {
  beforeAll(async () => {
    own = await program()
  })
  afterAll(async () => {
    await own?.stop()
    own = undefined
  })
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let browser: Browser | undefined

/** Opens the browser of a journey file. */
export function useBrowser(): void {
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: inject('browser'),
      args: ['--no-sandbox', '--disable-dev-shm-usage'],
    })
  })
  afterAll(async () => {
    await browser?.close()
  })
}

export type Visit = { page: Page; context: BrowserContext; complaints: string[]; end: () => Promise<void> }
export type Circumstances = { scripts?: boolean; width?: number; dark?: boolean }

/** A window of one's own: nobody is signed in. `end` checks that the console stayed silent. */
export async function visit({ scripts = true, width = 1280, dark = false }: Circumstances = {}): Promise<Visit> {
  if (!browser) throw new Error('useBrowser() first')
  const context = await browser.newContext({
    baseURL: stand(),
    javaScriptEnabled: scripts,
    viewport: { width, height: 900 },
    colorScheme: dark ? 'dark' : 'light',
    locale: 'ru-RU',
    timezoneId: 'Asia/Irkutsk',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  onTestFailed(() => showFailure(page))
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d|ERR_INTERNET_DISCONNECTED/.test(message.text()))
      complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  return {
    page,
    context,
    complaints,
    end: async () => {
      await context.close()
      expect(complaints, 'the browser console').toEqual([])
    },
  }
}

let failures = 0

/** What the person saw when the journey failed. */
async function showFailure(page: Page): Promise<void> {
  failures += 1
  if (page.isClosed()) return
  const path = `test-results/failure-${process.pid}-${failures}.png`
  await page.screenshot({ path, fullPage: true }).catch(() => undefined)
  console.log(`${page.url()} → ${path}`)
}

/**
 * Axe must find nothing serious, and the page must not be wider than its window, neither here nor on a phone. Where
 * scripts are off axe cannot run either; the same pages are looked at by the journeys with scripts.
 */
export async function expectAccessible(page: Page): Promise<void> {
  await page.waitForLoadState()
  const size = page.viewportSize() ?? { width: 1280, height: 900 }
  for (const width of new Set([size.width, 360])) {
    await page.setViewportSize({ width, height: size.height })
    if (await hasScripts(page)) expect(await runAxe(page), `axe on ${page.url()} at ${width} px`).toEqual([])
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow, `${page.url()} is wider than ${width} px`).toBeLessThanOrEqual(0)
  }
  await page.setViewportSize(size)
}

/** What stands in `noscript` is part of the page only where scripts are off. */
const hasScripts = (page: Page): Promise<boolean> => page.evaluate(() => matchMedia('(scripting: enabled)').matches)

type AxeResult = {
  violations: { id: string; impact: string; help: string; nodes: { target: string[]; failureSummary?: string }[] }[]
}

/**
 * The source comes through the debugger, so the page's own policy need not be loosened for it. What is fading in is
 * looked at when it is there: half transparent, its colours are nobody's.
 */
export async function runAxe(page: Page): Promise<string[]> {
  await page.evaluate(async () => {
    const ends = (animation: Animation) => animation.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY
    await Promise.allSettled(
      document
        .getAnimations()
        .filter(ends)
        .map(({ finished }) => finished),
    )
  })
  await page.evaluate(axeSource)
  const result = await page.evaluate<AxeResult>('axe.run(document, { resultTypes: ["violations"] })')
  return result.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, help, nodes }) =>
        `${id}: ${help} (${nodes
          .map(({ target }) => target.join(' '))
          .slice(0, 4)
          .join(', ')})`,
    )
}

type LetterRecord = { to: string; subject: string; text: string; links: string[]; sentAt: string }

/** Waits for a letter in the built-in mailbox; newest last. */
export async function letterTo(to: string, subject: RegExp | string): Promise<LetterRecord> {
  for (let look = 0; look < 100; look += 1) {
    const reply = await fetch(`${stand()}/_stand/mail.json?to=${encodeURIComponent(to)}`)
    const letters: LetterRecord[] = await reply.json()
    const found = letters
      .reverse()
      .find((letter) => (typeof subject === 'string' ? letter.subject.includes(subject) : subject.test(letter.subject)))
    if (found) return found
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`No letter «${subject}» came to ${to}`)
}

/** The same without the page of signing in, where it is not the subject: the window gets the session's cookie. */
export async function enter({ context }: Visit, login: string, password = standPassword): Promise<void> {
  const reply = await context.request.post('/api/v1/session', { data: { login, password } })
  if (!reply.ok()) throw new Error(`${login} cannot sign in: ${reply.status()} ${await reply.text()}`)
}

/** What follows may be another step of signing in. */
export async function typePassword(page: Page, login: string, password = standPassword): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('Введите логин (e-mail)').fill(login)
  await page.getByLabel('Введите пароль', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Войти', exact: true }).first().click()
}

export async function signIn(page: Page, login: string, password = standPassword): Promise<void> {
  await typePassword(page, login, password)
  await page.waitForURL(/\/(cabinet|reports|organisations|applications)/)
}
