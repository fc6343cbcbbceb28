/**
 * An installation that begins with nothing: an administrator made by a command, a region's operator, organisations entered
 * on pages, a form published from its file, a campaign; then people who come by themselves and are attached.
 */
import { TOTP } from 'otpauth'
import type { Page } from 'playwright-core'
import { afterAll, describe, expect, it } from 'vitest'
import {
  expectAccessible,
  signIn,
  typePassword,
  useBrowser,
  useOwnStand,
  type Visit,
  visit,
} from './support/journey.ts'
import { type Newcomer, newcomer, register } from './support/people.ts'
import { openPost, type Post } from './support/post.ts'
import { runCommand, startProgram } from './support/program.ts'

useBrowser()

describe('production from an empty directory', () => {
  let post: Post
  let environment: Record<string, string>
  useOwnStand(async () => {
    post = await openPost()
    const program = await startProgram(settingsOf(post))
    environment = { ...settingsOf(post), DATA_DIR: program.dataDirectory, BASE_URL: program.address }
    return program
  })
  afterAll(() => post.close())

  const administrator = { email: 'admin@svetlorechye.example', password: '' }
  const operator = person('operator', 'Тихомирова')
  const supervisor = person('uo', 'Вознесенская')
  const clerk = person('ds14', 'Добронравина')
  const year = new Date().getFullYear()

  const command = async (...args: string[]): Promise<string> => {
    const { code, output } = await runCommand('admin', args, environment)
    expect(code, output).toBe(0)
    return output
  }

  async function comeIn(newcomerHere: Newcomer): Promise<Visit> {
    const window = await visit()
    await register(window, newcomerHere)
    const letter = await post.letterTo(newcomerHere.email, environment.DATA_DIR ?? '')
    const [link = ''] = /http:\/\/localhost:\S+\/activation\S+/.exec(letter) ?? []
    await window.page.goto(link)
    await window.page.waitForURL(/sign-in|activation\/|activated/)
    await signIn(window.page, newcomerHere.email, newcomerHere.password)
    return window
  }

  it('the administrator, made by a command, gives a region to its operator by another', async () => {
    const created = await command('create', '--email', administrator.email, '--name', 'Орлова Маргарита Станиславовна')
    administrator.password = /Пароль:\s*(\S+)/.exec(created)?.[1] ?? ''
    const window = await comeIn(operator)
    expect(await command('grant', '--email', operator.email, '--role', 'region-operator', '--region', '38')).toContain(
      'Оператор региона, Иркутская область',
    )
    await window.page.goto('/organisations')
    await window.page.getByText('Организаций пока нет').waitFor()
    await expectAccessible(window.page)
    await window.end()
  })

  it('the operator enters the ministry, the department and the kindergarten; mistakes are said and what is typed stays', async () => {
    const window = await visit()
    const { page } = window
    await signIn(page, operator.email, operator.password)
    await add(page, ministry)
    await page.goto('/organisations/new')
    await enter(page, { ...department, inn: '3800000021', higher: 'Такой нет' })
    await page.getByRole('button', { name: 'Добавить организацию' }).click()
    await page.getByText('Организация не добавлена: исправьте 2 поля').waitFor()
    await expectAccessible(page)
    expect(await page.getByLabel('Сокращённое наименование').inputValue()).toBe(department.shortName)
    await page.getByLabel('ИНН', { exact: true }).fill(department.inn)
    await page.getByLabel('Вышестоящая организация').fill(department.higher)
    await page.getByRole('button', { name: 'Добавить организацию' }).click()
    await page.getByRole('heading', { level: 1, name: department.shortName }).waitFor()
    await add(page, kindergarten)
    await page.getByRole('link', { name: 'Изменить' }).click()
    await page.getByLabel('Номер телефона').fill('8 (395) 210-14-14')
    await page.getByLabel('Причина изменения').fill('Номер сменился, письмо № 12')
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Сохранить изменения' }).click()
    await page.getByText('Изменения сохранены').waitFor()
    await page.getByRole('link', { name: department.shortName }).waitFor()
    await window.end()
  })

  it('E4 the administrator opens a campaign; people who come by themselves are attached from above', async () => {
    const window = await visit()
    const { page } = window
    await firstSignIn(page, administrator)
    await page.goto('/forms')
    await page.getByLabel('Файл шаблона').setInputFiles(formFile)
    await page.getByRole('button', { name: 'Проверить и опубликовать' }).click()
    await page.getByText('Форма опубликована').waitFor()
    await page.getByLabel('Год').fill(String(year))
    await page.getByLabel('Срок для организаций').fill(`31.12.${year + 1}`)
    await page.getByRole('button', { name: 'Открыть сбор' }).click()
    await page.getByText('Сбор открыт').waitFor()
    await window.end()

    const checking = await comeIn(supervisor)
    await ask(checking.page, department.shortName, 'Проверяю отчёты подведомственных организаций')
    await decide(operator, /Прикрепление/)
    const filling = await comeIn(clerk)
    await ask(filling.page, kindergarten.shortName, 'Ответственный в организации')
    await filling.end()
    await decide(supervisor, /Прикрепление/)
    await checking.page.goto('/reports')
    const line = checking.page.locator('tbody tr').filter({ hasText: `85-К за ${year}` })
    await line.getByRole('link', { name: kindergarten.shortName }).waitFor()
    await checking.end()
  })

  it('E7 whoever answers for the kindergarten opens its report; one that is added later gets its own', async () => {
    const window = await visit()
    const { page } = window
    await signIn(page, clerk.email, clerk.password)
    await page
      .getByRole('region', { name: 'Мои организации' })
      .getByRole('link', { name: kindergarten.shortName })
      .click()
    await openReport(page)
    await expectAccessible(page)
    await window.end()

    const later = await visit()
    await signIn(later.page, operator.email, operator.password)
    await add(later.page, laterKindergarten)
    await expect
      .poll(
        async () => {
          await later.page.reload()
          return later.page.locator('details').filter({ hasText: '85-К' }).count()
        },
        { timeout: 20_000 },
      )
      .toBe(1)
    await openReport(later.page)
    await later.end()
  })

  async function openReport(page: Page): Promise<void> {
    await page.getByRole('heading', { name: 'Отчеты о деятельности' }).waitFor()
    const form = page.locator('details').filter({ hasText: '85-К' }).first()
    if ((await form.getAttribute('open')) === null) await form.locator('summary').click()
    await form
      .getByRole('link', { name: new RegExp(String(year)) })
      .first()
      .click()
    await page.getByRole('heading', { level: 1, name: `85-К за ${year} год` }).waitFor()
  }
})

const formFile = new URL('../../reference/forms/85-k.xml', import.meta.url).pathname

const settingsOf = (post: Post): Record<string, string> => ({
  KABINET_ENV: 'production',
  SECRET_KEY: 'f'.repeat(64),
  MAIL_URL: post.address,
  MAIL_FROM: 'Кабинет <kabinet@svetlorechye.example>',
})

/** The letter server takes letters for its own domain only. */
function person(user: string, surname: string): Newcomer {
  return { ...newcomer(user), surname, email: `${user}@svetlorechye.example` }
}

const authority = { kind: 'Орган управления образованием', region: '38 Иркутская область', higher: '' }
const ministry = {
  ...authority,
  shortName: 'Министерство образования Светлореченской области',
  fullName: 'Министерство образования и молодёжной политики Светлореченской области',
  inn: '3800000012',
  ogrn: '1033800000013',
  address: '639000, г. Светлореченск, пл. Соборная, д. 1',
  legalForm: 'государственная',
  level: 'региональный уровень',
}
const department = {
  ...authority,
  shortName: 'Управление образования Верхнеозёрского района',
  fullName: 'Управление образования администрации Верхнеозёрского муниципального района',
  inn: '3800000020',
  ogrn: '1033800000024',
  address: '639110, г. Верхнеозёрск, ул. Набережная, д. 12',
  legalForm: 'муниципальная',
  level: 'муниципальный уровень',
  higher: 'Министерство образования',
}
const kindergarten = {
  ...department,
  shortName: 'МБДОУ «Детский сад № 14 „Ромашка“»',
  fullName: 'Муниципальное бюджетное дошкольное образовательное учреждение «Детский сад № 14 „Ромашка“»',
  inn: '3800000037',
  ogrn: '1033800000035',
  address: '639114, с. Большое Старомельничное, ул. Красных Партизан, д. 7а',
  kind: 'Дошкольная образовательная организация',
  level: 'самостоятельная организация',
  higher: '3800000020',
}
const laterKindergarten = {
  ...kindergarten,
  shortName: 'МБДОУ «Детский сад № 30 „Ивушка“»',
  fullName: 'Муниципальное бюджетное дошкольное образовательное учреждение «Детский сад № 30 „Ивушка“»',
  inn: '0014001300',
  ogrn: '1020000001306',
}
type Entered = typeof kindergarten

/** An administrator's role demands a second factor, the password of the command is temporary, and nobody has agreed yet. */
async function firstSignIn(page: Page, { email, password }: { email: string; password: string }): Promise<void> {
  await typePassword(page, email, password)
  await page.getByRole('button', { name: 'Настроить приложение' }).click()
  const secret = (await page.locator('.copy-code code').textContent()) ?? ''
  await page
    .getByRole('textbox', { name: /код из приложения/ })
    .fill(new TOTP({ secret: secret.replaceAll(' ', '') }).generate())
  await page.getByRole('button', { name: 'Подтвердить' }).click()
  await page.getByRole('link', { name: 'Коды сохранены, продолжить' }).click()
  await page.getByRole('textbox', { name: 'Новый пароль', exact: true }).fill('Полярная-Сова-41')
  await page.getByRole('textbox', { name: 'Новый пароль ещё раз', exact: true }).fill('Полярная-Сова-41')
  await page.getByRole('button', { name: 'Сохранить пароль' }).click()
  await page.getByLabel('Согласен на обработку персональных данных').check()
  await page.getByRole('button', { name: 'Продолжить' }).click()
  await page.waitForURL(/\/cabinet/)
}

async function enter(page: Page, organisation: Entered): Promise<void> {
  await page.getByLabel('Полное наименование').fill(organisation.fullName)
  await page.getByLabel('Сокращённое наименование').fill(organisation.shortName)
  expect(await page.getByLabel('Регион').locator('option:checked').textContent()).toBe(organisation.region)
  await page.getByLabel('Адрес', { exact: true }).fill(organisation.address)
  await page.getByLabel('ИНН', { exact: true }).fill(organisation.inn)
  await page.getByLabel('ОГРН').fill(organisation.ogrn)
  await page.getByLabel('Тип организации').selectOption(organisation.kind)
  await page.getByRole('radio', { name: organisation.legalForm, exact: true }).check()
  await page.getByRole('radio', { name: organisation.level }).check()
  await page.getByLabel('Вышестоящая организация').fill(organisation.higher)
}

async function add(page: Page, organisation: Entered): Promise<void> {
  await page.goto('/organisations')
  await page.getByRole('link', { name: 'Добавить организацию' }).click()
  await enter(page, organisation)
  await page.getByRole('button', { name: 'Добавить организацию' }).click()
  await page.getByText('Организация добавлена').waitFor()
  await page.getByRole('heading', { level: 1, name: organisation.shortName }).waitFor()
}

async function ask(page: Page, organisation: string, role: string): Promise<void> {
  await page.goto('/applications/new/attachment')
  await page.getByLabel('Название или ИНН').fill(organisation)
  await page.getByRole('button', { name: 'Найти' }).click()
  await page
    .getByRole('link', { name: /^Выбрать/ })
    .first()
    .click()
  await page.getByRole('radio', { name: role }).check()
  await page.getByLabel('Зачем вам доступ').fill('Приказ № 7 от 14.01.2027')
  await page.getByRole('button', { name: 'Отправить заявку' }).click()
  await page
    .getByText(/№\s20\d\d-/)
    .first()
    .waitFor()
}

async function decide(decider: Newcomer, application: RegExp): Promise<void> {
  const window = await visit()
  await signIn(window.page, decider.email, decider.password)
  await window.page.goto('/applications')
  await window.page.getByRole('table').getByRole('link', { name: application }).first().click()
  await window.page.getByRole('radio', { name: /^Прикрепить/ }).check()
  await window.page.getByRole('button', { name: 'Принять решение' }).click()
  await window.page.getByText('Исполнена').first().waitFor()
  await window.end()
}
