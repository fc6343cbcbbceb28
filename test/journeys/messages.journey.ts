/**
 * A clerk chooses how it is told: a comment comes in the day's digest, what is of security comes at once, a device shows
 * that there is something new. With scripts, and without them on a phone.
 */
import { createECDH, randomBytes } from 'node:crypto'
import type { BrowserContext, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { findReport, signedIn } from './support/calls.ts'
import { enter, expectAccessible, letterTo, stand, useBrowser, useOwnStand, visit } from './support/journey.ts'

useOwnStand()
useBrowser()

const colleague = 'ds14.deloproizvodstvo@verhneozersk.example'
const digest = 'Новые сообщения в личном кабинете'

const lettersTo = async (
  to: string,
  subject: string,
): Promise<{ subject: string; text: string; links: string[] }[]> => {
  const reply = await fetch(`${stand()}/_stand/mail.json?to=${encodeURIComponent(to)}`)
  const letters: Awaited<ReturnType<typeof lettersTo>> = await reply.json()
  return letters.filter((letter) => letter.subject.includes(subject))
}

async function waitForMessage(page: Page, title: RegExp): Promise<void> {
  await expect
    .poll(
      async () => {
        await page.goto('/messages?unread=yes')
        return page.getByRole('link', { name: title }).count()
      },
      { timeout: 20_000, interval: 500 },
    )
    .toBe(1)
}

const sendDigests = async (page: Page) => {
  await page.goto('/_stand/letters-gallery')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Разослать сводки сейчас' }).click()
  await page.waitForURL(/\/_stand\/mail/)
}

describe.each([
  { how: 'with scripts', scripts: true, width: 1280, login: 'ds14@verhneozersk.example' },
  {
    how: 'without scripts, on a phone',
    scripts: false,
    width: 360,
    login: colleague,
  },
])('$how', ({ how, scripts, width, login }) => {
  it(`E12 E5 comments come in one letter a day; a letter of security comes at once (${how})`, async () => {
    const window = await visit({ scripts, width })
    const { page } = window
    await enter(window, login)
    await page.goto('/profile/settings')
    await page.getByRole('link', { name: 'Уведомления' }).click()
    await expectAccessible(page)
    await page.getByLabel('Новый комментарий к отчёту').selectOption({ label: 'Сводка раз в день' })
    await page.getByRole('button', { name: /^Сохранить.*Отчёты/ }).click()
    await page.getByText('Уведомления настроены').waitFor()
    expect(await page.getByLabel('Новый комментарий к отчёту').inputValue()).toBe('daily')
    await page.getByText('отключить их нельзя').waitFor()

    await page.goto('/messages')
    const readAll = page.getByRole('button', { name: 'Прочитать все' })
    if (await readAll.count()) await readAll.click()
    const commenter = await signedIn(stand(), 'uo@verhneozersk.example')
    const { id } = await findReport(commenter, 'Ромашка')
    const comment = async (text: string) =>
      expect((await commenter.call('POST', `/reports/${id}/comments`, { text })).status).toBeLessThan(300)
    await comment('Проверьте, пожалуйста, раздел 4')
    await waitForMessage(page, /Новый комментарий/)
    await expectAccessible(page)
    if (scripts) {
      await page.keyboard.press('j')
      expect(await page.evaluate(() => document.activeElement?.textContent)).toMatch(/Новый\s+комментарий/)
    }
    expect(await lettersTo(login, digest)).toEqual([])

    await sendDigests(page)
    const letter = await letterTo(login, digest)
    expect(letter.text).toContain('Новый комментарий к отчёту 85-К')
    expect(letter.links.every((link) => link.startsWith(stand()))).toBe(true)
    await sendDigests(page)
    expect(await lettersTo(login, digest)).toHaveLength(1)
    expect(await lettersTo(login, 'Новый комментарий')).toEqual([])

    // The letter leads to what is new; read there, it is not new any more.
    await page.goto(letter.links.at(-1) ?? '')
    await page.getByRole('link', { name: /Новый комментарий/ }).click()
    await page.waitForURL(/\/reports\//)
    await page.goto('/messages')
    await page.getByRole('link', { name: 'Непрочитанные' }).click()
    await page.getByLabel('О чём').selectOption({ label: 'Отчёты' })
    await page.getByRole('button', { name: 'Отобрать' }).click()
    await page.getByText('Таких сообщений нет').waitFor()

    // Security: switched to the digest or not, it comes at once.
    await page.goto('/profile/messages')
    await page.getByRole('button', { name: /^Всё: только.*Отчёты/ }).click()
    await page.getByText('Уведомления настроены').waitFor()
    await page.goto('/profile/password')
    await page.getByLabel('Нынешний пароль', { exact: true }).fill('Stend-2027!')
    for (const field of await page.locator('input[autocomplete="new-password"]').all())
      await field.fill('Ручей-8825-весна')
    await page.getByRole('button', { name: 'Сменить пароль' }).click()
    await letterTo(login, 'Пароль изменён')
    await window.end()
  })
})

describe('a device', () => {
  it('E12 E5 shows that there is something new, and not what; it is switched off in the profile', async () => {
    const window = await visit()
    const { page, context } = window
    await context.grantPermissions(['notifications'])
    await pretendToSubscribe(context)
    await enter(window, 'uo@verhneozersk.example')
    await page.goto('/profile/messages')
    await page.getByRole('button', { name: 'Включить на этом устройстве' }).click()
    await page.getByText('Уведомления на этом устройстве включены').first().waitFor()
    await page
      .getByRole('list', { name: 'Устройства с уведомлениями' })
      .getByText('Chrome', { exact: false })
      .first()
      .waitFor()
    await expectAccessible(page)

    expect(await shownAfterPush(context, page, '{"text":"Новое сообщение в кабинете"}')).toEqual([
      { title: 'Кабинет', body: 'Новое сообщение в кабинете' },
    ])
    await page.getByRole('button', { name: /^Отключить/ }).click()
    await page.getByText('Уведомления на устройстве отключены').waitFor()
    expect(await page.getByRole('list', { name: 'Устройства с уведомлениями' }).count()).toBe(0)
    await window.end()
  })
})

/** No push service is asked here: the browser answers with a subscription as one would have given it. */
async function pretendToSubscribe(context: BrowserContext): Promise<void> {
  const p256dh = createECDH('prime256v1').generateKeys().toString('base64url')
  const endpoint = `https://push.browsers.example/send/${randomBytes(8).toString('hex')}`
  const subscription = { endpoint, keys: { p256dh, auth: randomBytes(16).toString('base64url') } }
  await context.addInitScript((answer) => {
    Object.defineProperty(PushManager.prototype, 'subscribe', { value: async () => ({ toJSON: () => answer }) })
  }, subscription)
}

/** Hands the portal's own service worker a push, as the browser would, and tells what it has shown. */
async function shownAfterPush(context: BrowserContext, page: Page, data: string) {
  const session = await context.newCDPSession(page)
  const registered = new Promise<string>((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [first] = registrations
      if (first) resolve(first.registrationId)
    })
  })
  await session.send('ServiceWorker.enable')
  const registrationId = await registered
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true))
  const shown = () =>
    page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration('/')
      const notifications = (await registration?.getNotifications()) ?? []
      return notifications.map(({ title, body }) => ({ title, body }))
    })
  // A push that comes while the worker is still starting is lost, and a later one stands in the place of an earlier.
  const pushed = async () => {
    await session.send('ServiceWorker.deliverPushMessage', { origin: stand(), registrationId, data })
    return shown()
  }
  await expect.poll(pushed, { timeout: 20_000, interval: 1000 }).toHaveLength(1)
  return shown()
}
