import { beforeAll, describe, expect, it } from 'vitest'
import { guardsOf, type PageClient } from '../../../../test/support/clients.ts'
import { cleanValues, reportOf } from '../../../../test/support/reports.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'

let world: World
let report: string
let clerk: PageClient
let colleague: PageClient
let supervisor: PageClient

beforeAll(async () => {
  world = await openWorld()
  report = await reportOf(world, 'Ромашка')
  clerk = world.page('dobronravova')
  colleague = world.page('krylatskaya')
  supervisor = world.page('voznesensky')
})

const section = (code: string) => `/reports/${report}/sections/${code}`
const shown = (code: string) => `/reports/${report}?section=${code}`
const version = (html: string) => /name="version" value="(\d+)"/.exec(html)?.[1] ?? ''
/** Spaces that tie words together are spaces too. */
const words = ({ html }: { html: string }): string => html.replaceAll('\u00a0', ' ')
const valuesOf = (code: string) =>
  Object.fromEntries(Object.entries(cleanValues()).filter(([address]) => address.startsWith(`${code}/`)))

/** Fills the section's form in as it stands on the page, without scripts. */
async function submit(client: PageClient, code: string, fields: Record<string, string>) {
  const { html } = await client.get(shown(code))
  return client.post(section(code), { ...guardsOf(html), version: version(html), ...fields })
}

describe('a report without scripts', () => {
  it('stands on the organisation’s page and in the cabinet with its state and deadline', async () => {
    const cabinet = await clerk.get('/cabinet')
    expect(words(cabinet)).toContain('Ближайшие сроки')
    expect(words(cabinet)).toContain(`/reports/${report}`)
    const organisation = /\/organisations\/[0-9a-f-]{36}/.exec(cabinet.html)?.[0] ?? ''
    const page = await clerk.get(organisation)
    expect(words(page)).toContain('Отчеты о деятельности')
    expect(words(page)).toContain(`/reports/${report}`)
    expect(words(page)).toContain('Заполняется')
  })

  it('has the menu bar of the manual', async () => {
    const { html } = await clerk.get(shown('7'))
    for (const words of [
      'Оглавление',
      'Действия',
      'Приложения',
      'Комментарии',
      'Отправить отчет',
      'Выполнить проверку',
    ])
      expect(html).toContain(words)
    expect(html).toContain('id="c-7-701-3"')
    const data = /<div id="report-data" hidden>(.*?)<\/div>/s.exec(html)?.[1] ?? ''
    const json = data.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&')
    expect(JSON.parse(json)).toMatchObject({ reportId: report, section: '7', readOnly: false })
  })

  it('is saved section by section, and says so', async () => {
    const reply = await submit(clerk, '7', { ...valuesOf('7'), do: 'save' })
    expect(reply).toMatchObject({ status: 303, location: shown('7') })
    expect(words(await clerk.get(shown('7')))).toContain('Сохранено')
  })

  it('shows a refused cell again with what was typed and why', async () => {
    const reply = await submit(clerk, '7', { '7/701/8': 'сорок', '7/701/9': '58', do: 'save' })
    expect(reply.status).toBe(422)
    expect(words(reply)).toContain('сорок')
    expect(words(reply)).toContain('#c-7-701-8')
  })

  it('shows what another has changed meanwhile and offers one’s own value', async () => {
    const before = await clerk.get(shown('7'))
    await submit(colleague, '7', { '7/702/5': '4' })
    const fields = { ...guardsOf(before.html), version: version(before.html), '7/702/5': '3', '7/702/6': '18' }
    const reply = await clerk.post(section('7'), fields)
    expect(reply.status).toBe(422)
    expect(words(reply)).toContain('изменил другой человек')
    expect(words(reply)).toContain('Крылатская')
    const mine = await clerk.post(section('7'), {
      ...guardsOf(reply.html),
      version: version(reply.html),
      '7/702/5': '3',
      do: 'save',
    })
    expect(mine.status).toBe(303)
    expect((await world.as('dobronravova').get(`/reports/${report}/cells`)).body.values).toMatchObject({
      '7/702/5': '3',
      '7/702/6': '18',
    })
  })

  it('is checked, each problem leading to its cell, and not sent while there are errors', async () => {
    const checked = await submit(clerk, '7', { ...valuesOf('7'), '7/702/5': '900', do: 'check' })
    expect(checked.location).toBe(`${shown('7')}#checks`)
    expect((await clerk.get(shown('7'))).html).toMatch(/href="#c-7-70\d-\d+"/)
    const sent = await submit(clerk, '7', { do: 'send' })
    expect(sent.status).toBe(422)
    expect(words(sent)).toContain('Отчёт не отправлен')
  })

  it('is sent, refused with a reason, mended and accepted', async () => {
    await submit(clerk, '4', valuesOf('4'))
    const sent = await submit(clerk, '7', { ...valuesOf('7'), do: 'send' })
    expect(sent).toMatchObject({ status: 303, location: `/reports/${report}` })
    expect(words(await clerk.get(shown('7')))).toContain('На проверке в вышестоящей организации')
    expect(words(await supervisor.get('/cabinet'))).toContain(`/reports/${report}`)

    const refusal = `/reports/${report}/refusal`
    const empty = await supervisor.submit(refusal, { reason: '' })
    expect(empty).toMatchObject({ status: 422 })
    expect(words(empty)).toContain('Напишите причину')
    expect(await supervisor.submit(refusal, { reason: 'Проверьте раздел 4' })).toMatchObject({ status: 303 })
    const returned = await clerk.get(shown('4'))
    expect(words(returned)).toContain('Отклонено')
    expect(words(returned)).toContain('Проверьте раздел 4')

    expect((await submit(clerk, '7', { do: 'send' })).status).toBe(303)
    const open = guardsOf((await supervisor.get(refusal)).html)
    expect((await supervisor.submit(`/reports/${report}/acceptance`, {})).status).toBe(303)
    expect(words(await clerk.get(shown('4')))).toContain('Принято')
    const late = await supervisor.post(refusal, { ...open, reason: 'Опоздавшее' })
    expect(late.status).toBe(409)
    expect(words(late)).toContain('Решение уже не нужно')
    expect(words(late)).toContain('Опоздавшее')
  })

  it('is not asked to be decided when it is decided, or not sent', async () => {
    const addresses = ['acceptance', 'refusal'].map((decision) => `/reports/${report}/${decision}`)
    const expectOnEach = async (...told: string[]) => {
      for (const address of addresses) {
        const page = await supervisor.get(address)
        expect(page.status).toBe(200)
        for (const text of told) expect(words(page)).toContain(text)
        expect(page.html).not.toContain(`action="${address}"`)
        expect(page.html).toContain(`href="/reports/${report}"`)
      }
    }
    await expectOnEach('Решение по отчёту 85-К за 2026 год уже принято', 'Принято', 'Вознесенский А. П.')
    await world.db.updateTable('reports').set({ state: 'sent' }).where('id', '=', report).execute()
    await world.db.updateTable('submissions').set({ outcome: null }).where('report_id', '=', report).execute()
    await world.db.deleteFrom('report_decisions').execute()
    await supervisor.submit(`/reports/${report}/refusal`, { reason: 'Проверьте раздел 7' })
    await expectOnEach('Отклонено', 'Вознесенский А. П.', 'Проверьте раздел 7')
    await world.db.updateTable('reports').set({ state: 'draft' }).where('id', '=', report).execute()
    await world.db.deleteFrom('submissions').where('report_id', '=', report).execute()
    await expectOnEach('Отчёт 85-К за 2026 год ещё не отправлен', 'Организация ещё заполняет отчёт')
  })

  it('does not open to strangers', async () => {
    expect((await world.page('zlatovratskaya').get(shown('7'))).status).toBe(404)
    expect((await world.page().get(shown('7'))).location).toContain('/sign-in')
    expect((await world.page('dobronravova').get(`/reports/${report}/refusal`)).status).toBe(403)
  })
})

describe('attachments', () => {
  const pdf = new TextEncoder().encode('%PDF-1.7\nприказ')
  let other: string

  beforeAll(async () => {
    other = await reportOf(world, 'Рябинушка')
    await world.db.updateTable('reports').set({ state: 'draft' }).where('id', '=', report).execute()
  })

  async function attach(name: string, bytes: Uint8Array<ArrayBuffer>, to = report) {
    const body = new FormData()
    const { html } = await clerk.get(`/reports/${report}`)
    for (const [field, value] of Object.entries(guardsOf(html))) body.set(field, value)
    body.set('_once', crypto.randomUUID())
    body.set('file', new File([bytes], name))
    const reply = await clerk.fetch(`/reports/${to}/attachments`, { method: 'POST', body })
    return { status: reply.status, html: await reply.text() }
  }

  it('are kept under their Russian names and always saved, never shown', async () => {
    expect((await attach('Приказ № 12.pdf', pdf)).status).toBe(303)
    const { attachments } = (await world.as('voznesensky').get(`/reports/${report}/attachments`)).body
    expect(attachments).toMatchObject([{ name: 'Приказ № 12.pdf', mediaType: 'application/pdf' }])
    const file = await supervisor.fetch(`/reports/${report}/attachments/${attachments[0].id}`)
    expect(file.headers.get('content-disposition')).toContain(
      `filename*=UTF-8''${encodeURIComponent('Приказ № 12.pdf')}`,
    )
    expect(file.headers.get('x-content-type-options')).toBe('nosniff')
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(pdf)
    const strangers = await world.page('zlatovratskaya').get(`/reports/${report}/attachments/${attachments[0].id}`)
    expect(strangers.status).toBe(404)
    const elsewhere = await supervisor.get(`/reports/${other}/attachments/${attachments[0].id}`)
    expect(elsewhere.status).toBe(404)
  })

  it('are put and taken by the API too', async () => {
    const body = new FormData()
    body.set('file', new File([pdf], 'Записка.pdf'))
    const headers = { 'idempotency-key': crypto.randomUUID() }
    const put = await world
      .as('dobronravova')
      .fetch(`/api/v1/reports/${report}/attachments`, { method: 'POST', body, headers })
    expect(put.status).toBe(201)
    const { attachments } = await put.json()
    const { id } = attachments.find(({ name }: { name: string }) => name === 'Записка.pdf')
    const taken = await world.as('voznesensky').fetch(`/api/v1/reports/${report}/attachments/${id}`)
    expect(new Uint8Array(await taken.arrayBuffer())).toEqual(pdf)
    const stranger = await world.as('zlatovratskaya').fetch(`/api/v1/reports/${report}/attachments/${id}`)
    expect(stranger.status).toBe(404)
  })

  it('are what their first bytes say, not what their name says', async () => {
    const page = new TextEncoder().encode('<script>alert(1)</script>')
    const reply = await attach('Отчёт.pdf', page)
    expect(reply.status).toBe(422)
    expect(words(reply)).toContain('Такой файл приложить нельзя')
  })

  it('are not too large', async () =>
    expect((await attach('Большой.pdf', new Uint8Array(6 * 1_048_576))).status).toBe(413))

  it('are not another organisation’s', async () => expect((await attach('Приказ.pdf', pdf, other)).status).toBe(404))
})

describe('a row that repeats, without scripts', () => {
  it('is added, filled in, and taken away', async () => {
    const { body } = await world.as('dobronravova').get('/reports')
    const energy = body.reports.find(({ form }: { form: { cipher: string } }) => form.cipher.startsWith('1-энерго')).id
    const page = (more = '') => `/reports/${energy}?section=2${more}`
    const submitTo = async (fields: Record<string, string>, from = page()) => {
      const { html } = await clerk.get(from)
      return clerk.post(`/reports/${energy}/sections/2`, { ...guardsOf(html), version: version(html), ...fields })
    }
    const stored = async () => {
      const { values } = (await world.as('dobronravova').get(`/reports/${energy}/cells`)).body
      return Object.entries(values).filter(([address]) => address.startsWith('2/201#'))
    }
    const added = await submitTo({ do: 'add:201' })
    expect(added.location).toContain('add=201')
    const { html } = await clerk.get(page('&add=201'))
    const [, column = ''] = /name="2\/201#1\/(\d+)"/.exec(html) ?? []
    expect(column).not.toBe('')
    await submitTo({ [`2/201#1/${column}`]: '1', [`2/201#2/${column}`]: '2' }, page('&add=201'))
    expect(await stored()).toHaveLength(2)
    expect((await submitTo({ do: 'remove:201#1' })).status).toBe(303)
    expect(await stored()).toEqual([[`2/201#1/${column}`, '2']])
  })
})
