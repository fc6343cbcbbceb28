/** What a form may demand besides its cells: files of certain kinds, and why cells of a returned report are changed. */
import { beforeAll, describe, expect, it } from 'vitest'
import { guardsOf } from '../../../../test/support/clients.ts'
import { cleanValues, peopleOf, xmlOf } from '../../../../test/support/reports.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'

let world: World
let as: ReturnType<typeof peopleOf>
let report: string

/** 85-К under a code of its own. */
const demanding = () =>
  xmlOf('85-k.xml')
    .replaceAll('0609506', 'demanding')
    .replace(
      /<\/metaForm>\s*$/,
      `<extensions><attachment code="order" name="Приказ о комплектовании" required="true" note="С печатью"/>
        <attachment code="letter" name="Пояснительная записка" required="false"/>
        <change-reasons kind="required"/></extensions></metaForm>`,
    )

beforeAll(async () => {
  world = await openWorld()
  as = peopleOf(world)
  const published = await as('orlova').post('/forms', { xml: demanding() })
  expect(published).toMatchObject({ status: 201 })
  const deadline = new Date(Date.now() + 86_400_000).toISOString()
  const campaign = { form: published.body.form.id, year: 2026, deadline, organisationKind: 'preschool' }
  expect((await as('orlova').post('/campaigns', campaign)).status).toBe(201)
  report = (await as('dobronravova').get('/reports?form=demanding')).body.reports[0].id
  await as('dobronravova').patch(`/reports/${report}/cells`, { changes: cleanValues() })
})

const path = (below: string) => `/reports/${report}/${below}`
const files = async () => (await as('dobronravova').get(path('attachments'))).body
const send = () => as('dobronravova').put(path('sending'), {})

async function attach(name: string, kind?: string) {
  const body = new FormData()
  body.set('file', new File(['%PDF-1.7\nприказ'], name))
  if (kind !== undefined) body.set('kind', kind)
  const headers = { 'idempotency-key': crypto.randomUUID() }
  const reply = await as('dobronravova').fetch(`/api/v1${path('attachments')}`, { method: 'POST', body, headers })
  return { status: reply.status, body: await reply.json() }
}

/** Spaces that tie words together are spaces too. */
const words = (html: string) => html.replaceAll('\u00a0', ' ')

describe('files that a form demands', () => {
  it('are listed with what is missing, in the API and on the page', async () => {
    expect(await files()).toMatchObject({
      attachments: [],
      demanded: [
        { code: 'order', name: 'Приказ о комплектовании', required: true, note: 'С печатью', attached: false },
        { code: 'letter', required: false, attached: false },
      ],
    })
    const { html } = await world.page('dobronravova').get(`/reports/${report}`)
    expect(words(html)).toContain('Не хватает файлов')
    expect(words(html)).toContain('Приказ о комплектовании')
  })

  it('are of kinds that the form knows', async () =>
    expect(await attach('Приказ.pdf', 'passport')).toMatchObject({
      status: 422,
      body: { code: 'report.unknown-attachment-kind' },
    }))

  it('stop the report from being sent while one is missing, whatever else is there', async () => {
    expect((await attach('Записка.pdf', 'letter')).status).toBe(201)
    expect((await attach('Снимок.pdf')).status).toBe(201)
    const refused = await send()
    expect(refused).toMatchObject({ status: 422, body: { code: 'report.attachments-missing' } })
    expect(JSON.stringify(refused.body)).toContain('Приказ о комплектовании')
    expect(JSON.stringify(refused.body)).not.toContain('Пояснительная записка')
  })

  it('keep their kind, with the report and with what is sent', async () => {
    expect((await attach('Приказ № 14.pdf', 'order')).status).toBe(201)
    const { attachments, demanded } = await files()
    expect(attachments.map(({ kind }: { kind: string | null }) => kind)).toEqual(['letter', null, 'order'])
    expect(demanded.every(({ attached }: { attached: boolean }) => attached)).toBe(true)
    const { html } = await world.page('dobronravova').get(`/reports/${report}`)
    expect(words(html)).not.toContain('Не хватает файлов')

    expect((await send()).status).toBe(200)
    const sent = await world.db
      .selectFrom('submissions')
      .select('attachments')
      .where('report_id', '=', report)
      .executeTakeFirstOrThrow()
    expect(sent.attachments).toMatchObject([
      { kind: 'letter', name: 'Записка.pdf' },
      { kind: null, name: 'Снимок.pdf' },
      { kind: 'order', name: 'Приказ № 14.pdf' },
    ])
  })
})

describe('why cells are changed', () => {
  const save = (body: object) => as('dobronravova').patch(path('cells'), body)

  it('must be said where the form asks for it and the report has come back', async () => {
    expect((await as('voznesensky').put(path('refusal'), { reason: 'Проверьте строку 703' })).status).toBe(200)
    const changes = { '7/703/5': '3' }
    expect(await save({ changes })).toMatchObject({ status: 422, body: { code: 'report.reason-missing' } })
    expect((await as('dobronravova').get(path('cells'))).body.values['7/703/5']).not.toBe('3')
    expect(await save({ changes, reason: 'Уточнили' })).toMatchObject({ status: 200, body: { saved: 1 } })
    const { body } = await as('dobronravova').get(`${path('history')}?cell=7/703/5`)
    expect(body.changes[0]).toMatchObject({ to: '3', reason: 'Уточнили' })
  })

  it('is not asked for where nothing changes', async () =>
    expect(await save({ changes: { '7/703/5': '3' } })).toMatchObject({ status: 200, body: { saved: 0 } }))

  it('is asked for by the page without scripts too, which keeps what was typed', async () => {
    const page = world.page('dobronravova')
    const { html } = await page.get(`/reports/${report}?section=7`)
    expect(words(html)).toContain('Почему меняете')
    const [, version = ''] = /name="version" value="(\d+)"/.exec(html) ?? []
    const save = { ...guardsOf(html), version, do: 'save', '7/703/5': '4' }
    const refused = await page.post(path('sections/7'), save)
    expect(refused.status).toBe(422)
    expect(words(refused.html)).toContain('форма просит назвать причину изменений')
    expect(refused.html).toMatch(/name="7\/703\/5"[^>]*value="4"/)
    const saved = await page.post(path('sections/7'), { ...save, ...guardsOf(refused.html), reason: 'Описка' })
    expect(saved.status).toBe(303)
    const { body } = await as('dobronravova').get(`${path('history')}?cell=7/703/5`)
    expect(body.changes[0]).toMatchObject({ from: '3', to: '4', reason: 'Описка' })
  })
})
