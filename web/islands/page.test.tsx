import { build } from 'esbuild'
import { type Browser, chromium, type Page as Tab } from 'playwright-core'
import type { VNode } from 'preact'
import { render } from 'preact-render-to-string'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { findBrowser } from '../../test/journeys/support/browser.ts'
import {
  Button,
  CopyCode,
  ErrorSummary,
  Form,
  type Frame,
  Menu,
  type Notice,
  Page,
  PasswordField,
  Table,
  TextField,
} from '../kit/index.ts'

const site = 'http://kabinet.example'
const frame: Frame = {
  assets: { css: '/kit.css', script: '/page.js' },
  person: { name: 'Добронравова Светлана', fullName: 'Добронравова Светлана Викторовна', initials: 'ДС' },
  unread: 0,
  sections: [],
  stand: false,
  csrf: 'guard',
  version: '1.0',
  path: '/',
}

let browser: Browser
let tab: Tab
let scripts: Map<string, string>
let shown: { body: VNode; notice?: Notice; frame?: Frame }
let posts: string[]

beforeAll(async () => {
  const [built, launched] = await Promise.all([
    build({
      entryPoints: ['web/islands/page.ts'],
      bundle: true,
      splitting: true,
      format: 'esm',
      outdir: '/',
      write: false,
    }),
    chromium.launch({ executablePath: findBrowser(), args: ['--no-sandbox'] }),
  ])
  scripts = new Map(built.outputFiles.map(({ path, text }) => [path, text]))
  browser = launched
})
afterAll(() => browser.close())

beforeEach(async () => {
  posts = []
  tab = await browser.newPage()
  await tab.route(`${site}/**`, async (route) => {
    const request = route.request()
    const script = scripts.get(new URL(request.url()).pathname)
    if (script) return route.fulfill({ contentType: 'text/javascript', body: script })
    if (request.url().endsWith('.css'))
      return route.fulfill({ contentType: 'text/css', body: '[hidden]{display:none}' })
    if (request.method() === 'POST') {
      posts.push(request.postData() ?? '')
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    const page = (
      <Page title="Проба" frame={shown.frame ?? frame} notice={shown.notice}>
        {shown.body}
      </Page>
    )
    return route.fulfill({
      contentType: 'text/html; charset=utf-8',
      headers: { 'Content-Security-Policy': "default-src 'self'" },
      body: `<!doctype html>${render(page)}`,
    })
  })
})
afterEach(() => tab.close())

const open = (body: VNode, more: { notice?: Notice; frame?: Frame } = {}) => {
  shown = { body, ...more }
  return tab.goto(site, { waitUntil: 'load' })
}

const application = (
  <Form action="/applications" draft="application">
    <TextField name="short" label="Сокращённое наименование" />
    <PasswordField name="password" label="Пароль" autocomplete="current-password" />
    <Button name="do" value="send">
      Отправить
    </Button>
  </Form>
)

describe('a form', () => {
  it('is sent once by a double click, with the button that was pressed', async () => {
    await open(application)
    await tab.getByRole('button', { name: 'Отправить' }).dblclick()
    await tab.waitForTimeout(400)
    expect(posts).toHaveLength(1)
    expect(posts[0]).toContain('do=send')
  })

  it('gives back what was typed when it is opened anew, but no password', async () => {
    await open(application)
    await tab.getByLabel('Сокращённое наименование').fill('Ромашка')
    await tab.getByLabel('Пароль', { exact: true }).fill('secret')
    await tab.waitForTimeout(600)
    await open(application)
    expect(await tab.getByLabel('Сокращённое наименование').inputValue()).toBe('Ромашка')
    expect(await tab.getByText('Восстановлено несохранённое от').count()).toBe(1)
    expect(await tab.evaluate(() => JSON.stringify(localStorage))).not.toContain('secret')

    await tab.getByRole('button', { name: 'Убрать' }).click()
    expect(await tab.getByLabel('Сокращённое наименование').inputValue()).toBe('')
    await open(application)
    expect(await tab.getByText('Восстановлено несохранённое от').count()).toBe(0)
  })

  it('keeps its draft until the server has accepted it', async () => {
    const draft = () => tab.evaluate(() => localStorage.getItem('draft:application'))
    await open(application)
    await tab.getByLabel('Сокращённое наименование').fill('Ромашка')
    await tab.waitForTimeout(600)
    await tab.getByRole('button', { name: 'Отправить' }).click()
    await tab.waitForURL(/applications/)
    expect(await draft()).not.toBeNull()

    shown = { body: application, notice: { text: 'Заявка отправлена' } }
    await tab.getByRole('button', { name: 'Отправить' }).click()
    await tab.getByText('Заявка отправлена').waitFor()
    expect(await draft()).toBeNull()
  })

  it('shows another person nothing of it', async () => {
    await open(application)
    await tab.getByLabel('Сокращённое наименование').fill('Ромашка')
    await tab.waitForTimeout(600)
    const other = { name: 'Ляпунов Герман', fullName: 'Ляпунов Герман Олегович', initials: 'ЛГ' }
    await open(application, { frame: { ...frame, person: other } })
    expect(await tab.getByLabel('Сокращённое наименование').inputValue()).toBe('')
  })

  it('shows the password when asked and hides it again', async () => {
    await open(application)
    const input = tab.locator('#password')
    await tab.getByRole('button', { name: 'Показать пароль' }).click()
    expect(await input.getAttribute('type')).toBe('text')
    await tab.getByRole('button', { name: 'Показать пароль' }).click()
    expect(await input.getAttribute('type')).toBe('password')
  })

  it('leads to what is wrong', async () => {
    await open(<ErrorSummary title="Не отправлено" errors={[{ field: 'short', text: 'Название: введите его' }]} />)
    expect(await tab.evaluate(() => document.activeElement?.id)).toBe('errors')
  })
})

describe('a code', () => {
  it('is found right at once and wrong when the person has gone on', async () => {
    await open(<TextField name="inn" label="ИНН" check="inn" hint="10 цифр" />)
    await tab.waitForLoadState('networkidle')
    const input = tab.getByLabel('ИНН')
    await input.pressSequentially('7707 083')
    expect(await input.getAttribute('aria-invalid')).toBeNull()
    await input.blur()
    await tab.getByText('Введено 7 цифр').waitFor()
    expect(await input.getAttribute('aria-describedby')).toBe('inn-error inn-hint')
    await input.fill('7707 083-893')
    await tab.getByText('Контрольная цифра верна').waitFor()
    expect(await tab.locator('.error-text').count()).toBe(0)
  })

  it('can be copied, or is selected for the hand to copy', async () => {
    await open(<CopyCode code="kbn_7Q2M" label="Код" />)
    await tab.getByRole('button', { name: 'Скопировать' }).click()
    await tab.getByText(/Скопировано|Ctrl\+C/).waitFor()
  })
})

describe('a list', () => {
  const rows = ['Ромашка', 'Журавушка', 'Рябинушка'].map((name) => ({ name }))
  const list = (
    <Table
      label="Отчёты"
      keys
      columns={[{ key: 'name', title: 'Организация', cell: (row) => <a href={`#${row.name}`}>{row.name}</a> }]}
      rows={rows}
      rowKey={(row) => row.name}
      pick={{
        action: '/reports',
        label: (row) => row.name,
        nouns: ['отчёт', 'отчёта', 'отчётов'],
        total: 38,
        actions: [{ value: 'accept', text: 'Принять' }],
      }}
    />
  )
  const here = () => tab.evaluate(() => document.activeElement?.textContent)

  it('is walked by j and k, also in the Russian layout', async () => {
    await open(list)
    await tab.keyboard.press('j')
    await tab.keyboard.press('j')
    expect(await here()).toBe('Журавушка')
    await tab.keyboard.press('k')
    expect(await here()).toBe('Ромашка')
    await tab.keyboard.press('?')
    await tab.getByRole('heading', { name: 'Клавиши списка' }).waitFor()
  })

  it('says how many are chosen, and hides its bar when none is', async () => {
    await open(list)
    expect(await tab.getByRole('button', { name: 'Принять' }).isVisible()).toBe(false)
    await tab.keyboard.press('j')
    await tab.keyboard.press('x')
    await tab.getByText('Выбрано 1 отчёт из 38').waitFor()
    await tab.getByLabel('Выбрать все на странице').click()
    await tab.getByText('Выбрано 3 отчёта из 38').waitFor()
  })
})

describe('a menu', () => {
  it('closes on Escape and on a click elsewhere', async () => {
    await open(<Menu text="Действия" items={[{ text: 'Сохранить', href: '#save' }]} />)
    const opened = () => tab.locator('details[open]').count()
    await tab.getByText('Действия').click()
    await tab.keyboard.press('Escape')
    expect(await opened()).toBe(0)
    await tab.getByText('Действия').click()
    expect(await opened()).toBe(1)
    await tab.getByRole('heading', { name: 'Проба' }).click()
    expect(await opened()).toBe(0)
  })

  it('and a toast closes without a new page', async () => {
    await open(<p>Текст</p>, { notice: { text: 'Сохранено' } })
    await tab.getByRole('link', { name: 'Закрыть сообщение' }).click()
    expect(await tab.getByText('Сохранено').count()).toBe(0)
  })
})
