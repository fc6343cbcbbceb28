/** Whatever is done on pages can be done by a program that has read /api/openapi.json and nothing else. */
import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Caller, caller, findReport, signedIn } from './support/calls.ts'
import { asDescribed, type Description, describedApi } from './support/description.ts'
import { letterTo, stand, useOwnStand } from './support/journey.ts'
import { newcomer } from './support/people.ts'
import { sampleValues } from './support/sample.ts'

useOwnStand()

const clerkLogin = 'ds14@verhneozersk.example'
const neighbourLogin = 'ds21@verhneozersk.example'
const supervisorLogin = 'uo@verhneozersk.example'
const otherSupervisorLogin = 'uo@zarechye.example'
const administratorLogin = 'admin@kabinet.example'

let description: Description
let clerk: Caller
let neighbour: Caller
let supervisor: Caller
let administrator: Caller

beforeAll(async () => {
  description = await describedApi(stand())
  clerk = await signedIn(stand(), clerkLogin)
  neighbour = await signedIn(stand(), neighbourLogin)
  supervisor = await signedIn(stand(), supervisorLogin)
  administrator = await signedIn(stand(), administratorLogin)
})

const described = (person: Caller) => asDescribed(description, person)

describe('the main job', () => {
  const person = newcomer('api')
  const visitor = () => described(caller(stand()))
  let newcomerCalls: ReturnType<typeof described>
  let deciderCalls: ReturnType<typeof described>
  let organisation: { id: string; shortName: string }

  beforeAll(async () => {
    deciderCalls = described(await signedIn(stand(), otherSupervisorLogin))
  })

  it('X7 E2 E3 registers and activates through the API', async () => {
    const { surname, name, patronymic, email, login, password } = person
    const registration = {
      ...{ surname, name, patronymic, email, password },
      position: 'делопроизводитель',
      userName: login,
      consent: true,
    }
    expect((await visitor()('POST /registrations', { body: registration })).status).toBe(202)
    const early = await visitor()('POST /session', { body: { login: email, password } })
    expect([early.status, early.body.title]).toEqual([403, expect.stringContaining('Почта не подтверждена')])

    const link = (await letterTo(email, /подтвер/i)).links.find((address) => address.includes('/activation')) ?? ''
    const token = new URL(link).searchParams.get('token') ?? ''
    expect((await visitor()('PUT /activations', { body: { token } })).status).toBe(204)
    expect((await visitor()('PUT /activations', { body: { token } })).status).toBe(409)

    const window = caller(stand())
    expect((await described(window)('POST /session', { body: { login: email, password } })).status).toBe(201)
    newcomerCalls = described(window)
    expect((await newcomerCalls('GET /session')).body).toMatchObject({ organisation: null, roles: [] })
  })

  it('X3 X7 E4 E6 asks to be attached, sees who decides and by when, and is attached', async () => {
    const found = await newcomerCalls('GET /organisations/search', { query: { q: 'Солнышко' } })
    organisation = found.body[0] ?? found.body.rows[0]
    const asked = await newcomerCalls('POST /applications/attachments', {
      body: { organisationId: organisation.id, role: 'responsible', why: 'Приказ № 12 от 01.09.2026' },
    })
    expect(asked.status).toBe(201)
    const { id, dueAt, deciders, number } = asked.body
    expect(deciders).toContainEqual({
      fullName: 'Белозерцева Раиса Тимофеевна',
      organisation: expect.stringContaining('Заречного'),
    })
    expect(Date.parse(dueAt)).toBeGreaterThan(Date.now())
    expect((await newcomerCalls('GET /applications/{id}', { params: { id } })).body).toMatchObject({
      state: 'waiting',
      mayWithdraw: true,
      mayDecide: false,
      dueAt,
    })
    expect((await letterTo(person.email, number)).text).toContain('Решение будет до')
    expect((await letterTo(otherSupervisorLogin, number)).text).toContain('Решите до')

    const queue = await deciderCalls('GET /applications', { query: { side: 'queue', q: number } })
    expect(queue.body.rows.map((row: { id: string }) => row.id)).toEqual([id])
    const granting = { role: 'responsible', reason: 'Добро пожаловать' }
    expect((await newcomerCalls('PUT /applications/{id}/granting', { params: { id }, body: granting })).status).toBe(
      403,
    )
    const granted = await deciderCalls('PUT /applications/{id}/granting', { params: { id }, body: granting })
    expect(granted.body).toMatchObject({ state: 'granted', reason: 'Добро пожаловать' })
    expect((await deciderCalls('PUT /applications/{id}/granting', { params: { id }, body: granting })).status).toBe(409)
    expect((await letterTo(person.email, `${number} исполнена`)).text).toContain(organisation.shortName)
    expect((await newcomerCalls('GET /session')).body.roles).toMatchObject([
      { role: 'responsible', organisationId: organisation.id },
    ])
  })

  it('X7 E7 E9 E10 E11 E12 fills in, checks, sends, is refused, mends, sends again and is accepted', async () => {
    const listed = await newcomerCalls('GET /reports', { query: { year: '2026' } })
    const report = listed.body.reports.find(({ form }: { form: { cipher: string } }) => form.cipher === '85-К')
    expect(report).toMatchObject({ state: 'draft', organisation: { id: organisation.id } })
    const params = { id: report.id as string }

    const values = sampleValues()
    const wrong = { '7/702/6': '999', '7/701/99': '1', '7/702/5': 'много', '7/701/3': '5' }
    const saved = await newcomerCalls('PATCH /reports/{id}/cells', {
      params,
      body: { changes: { ...values, ...wrong } },
    })
    expect(saved.status).toBe(200)
    expect(saved.body.conflicts).toEqual([])
    const refusedCells: { cell: string; text: string }[] = saved.body.refused
    const reasonOf = new Map(refusedCells.map(({ cell, text }) => [cell, text]))
    for (const cell of ['7/701/99', '7/702/5', '7/701/3']) expect(reasonOf.get(cell), cell).toMatch(/[а-яё]/i)
    expect(reasonOf.has('7/702/6')).toBe(false)
    expect(Object.keys(saved.body.computed).length).toBeGreaterThan(0)

    const checked = await newcomerCalls('PUT /reports/{id}/check', { params })
    expect(checked.body.problems.flatMap(({ cells }: { cells: string[] }) => cells)).toContain('7/702/6')
    const early = await newcomerCalls('PUT /reports/{id}/sending', { params })
    expect([early.status, early.body.code]).toEqual([422, 'report.has-errors'])

    await newcomerCalls('PATCH /reports/{id}/cells', { params, body: { changes: values } })
    expect((await newcomerCalls('PUT /reports/{id}/check', { params })).body.errors).toBe(0)
    expect((await newcomerCalls('PUT /reports/{id}/sending', { params })).body.state).toBe('sent')
    const late = await newcomerCalls('PATCH /reports/{id}/cells', { params, body: { changes: { '7/702/5': '1' } } })
    expect([late.status, late.body.code]).toEqual([409, 'report.not-open'])
    await letterTo(otherSupervisorLogin, /ждёт проверки/)
    await letterTo(person.email, /отправлен/)

    const reason = 'Раздел 7, строка 702: пришлите списочный состав'
    const remarks = [{ cell: '7/702/6', text: 'Пять или шесть?' }]
    const refused = await deciderCalls('PUT /reports/{id}/refusal', { params, body: { reason, remarks } })
    expect(refused.body).toMatchObject({ state: 'refused', reason })
    expect((await letterTo(person.email, /возвращён/)).text).toContain(reason)
    const comments = (await newcomerCalls('GET /reports/{id}/comments', { params })).body.comments
    expect(comments).toContainEqual(expect.objectContaining({ kind: 'refusal', text: reason }))
    const told = (await newcomerCalls('GET /reports/{id}/remarks', { params })).body.remarks
    expect(told).toContainEqual(expect.objectContaining({ cell: '7/702/6', text: 'Пять или шесть?' }))

    expect((await newcomerCalls('PUT /reports/{id}/sending', { params })).body.state).toBe('sent')
    const accepted = await deciderCalls('PUT /reports/{id}/acceptance', { params })
    expect(accepted.body).toMatchObject({ state: 'accepted', acceptedAt: expect.any(String) })
    await letterTo(person.email, /принят/)
    const { submissions } = (await newcomerCalls('GET /reports/{id}/submissions', { params })).body
    expect(submissions.map(({ outcome }: { outcome: string }) => outcome).sort()).toEqual(['accepted', 'refused'])
    const messages = await newcomerCalls('GET /messages')
    expect(JSON.stringify(messages.body)).toContain('принят')
    const history = await newcomerCalls('GET /reports/{id}/history', { params, query: { cell: '7/702/6' } })
    expect(history.body.changes).toContainEqual(expect.objectContaining({ from: null, to: '999', source: 'api' }))
  })

  it('X7 E5 reads and changes what is its own: profile, messages, sessions', async () => {
    const { body: profile } = await newcomerCalls('GET /profile')
    const change = { phone: '8 (999) 123-45-67', version: profile.version }
    const changed = await newcomerCalls('PATCH /profile', { body: change })
    expect(changed.body.phone).toBe('+79991234567')
    expect((await newcomerCalls('PATCH /profile', { body: change })).status).toBe(409)
    expect((await newcomerCalls('PUT /messages/reading')).status).toBeLessThan(300)
    expect((await newcomerCalls('GET /session')).body.unread).toBe(0)
    const { body: sessions } = await newcomerCalls('GET /sessions')
    expect(sessions.filter(({ current }: { current: boolean }) => current)).toHaveLength(1)
    expect((await newcomerCalls('DELETE /session')).status).toBe(204)
    expect((await newcomerCalls('GET /session')).status).toBe(401)
  })
})

describe('a program', () => {
  it('X7 comes by a token with a part of its person’s rights, no cookie, and is out once the token is revoked', async () => {
    const body = { name: 'Выгрузка района', permissions: ['report.read'], days: 30 }
    const issued = await described(supervisor)('POST /profile/tokens', { body })
    expect([issued.status, issued.body.token]).toEqual([201, expect.stringMatching(/^kab_/)])
    const call = (path: string, method = 'GET') =>
      fetch(`${stand()}/api/v1${path}`, { method, headers: { authorization: `Bearer ${issued.body.token}` } })
    const listed = await call('/reports?year=2026')
    expect([listed.status, listed.headers.getSetCookie()]).toEqual([200, []])
    const { reports } = await listed.json()
    expect((await call(`/reports/${reports[0].id}/acceptance`, 'PUT')).status).toBe(403)
    expect((await call('/profile/tokens')).status).toBe(403)
    const params = { id: issued.body.id as string }
    expect((await described(supervisor)('DELETE /profile/tokens/{id}', { params })).status).toBe(204)
    const after = await call('/reports?year=2026')
    expect([after.status, after.headers.get('www-authenticate')]).toEqual([401, expect.stringContaining('Bearer')])
  })
})

describe('files', () => {
  it('X7 E8 a file is attached once, downloaded as it was and taken away', async () => {
    const { id } = await findReport(neighbour, 'Журавушка', 2026, '1-энергосбережение (МКД)')
    const operation = description.paths['/api/v1/reports/{id}/attachments']?.post
    expect(Object.keys(operation?.requestBody?.content ?? {})).toContain('multipart/form-data')
    const path = `/reports/${id}/attachments`
    const key = randomUUID()
    // Written by hand: a repeated call is the same to the byte, and a FormData draws its boundary anew.
    const boundary = 'kabinet-journey'
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="Счета.pdf"\r\nContent-Type: application/pdf\r\n\r\n`
    const body = Buffer.concat([Buffer.from(head), pdf, Buffer.from(`\r\n--${boundary}--\r\n`)])
    const attach = () =>
      neighbour.send(`/api/v1${path}`, {
        method: 'POST',
        body,
        headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, 'idempotency-key': key },
      })
    expect([(await attach()).status, (await attach()).status]).toEqual([201, 201])
    const { attachments } = (await described(neighbour)('GET /reports/{id}/attachments', { params: { id } })).body
    expect(attachments).toMatchObject([{ name: 'Счета.pdf', size: pdf.byteLength, mediaType: 'application/pdf' }])
    const download = await neighbour.send(`/api/v1${path}/${attachments[0].id}`)
    expect(Buffer.from(await download.arrayBuffer()).equals(pdf)).toBe(true)
    expect(download.headers.get('content-security-policy')).toContain('sandbox')
    expect((await clerk.send(`/api/v1${path}/${attachments[0].id}`)).status).toBe(404)
    const params = { id, attachmentId: attachments[0].id }
    expect((await described(neighbour)('DELETE /reports/{id}/attachments/{attachmentId}', { params })).status).toBe(204)
    expect((await neighbour.send(`/api/v1${path}/${attachments[0].id}`)).status).toBe(404)
  })
})

describe('repeated', () => {
  it('X7 a call repeated under its Idempotency-Key gives the first answer and is done once', async () => {
    const { id } = await findReport(clerk, 'Ромашка')
    const params = { id }
    const key = randomUUID()
    const comment = (text: string) =>
      described(clerk)('POST /reports/{id}/comments', { params, body: { text }, headers: { 'Idempotency-Key': key } })
    const answers = await Promise.all(Array.from({ length: 5 }, () => comment('Один раз')))
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201])
    const comments = answers.map(({ body }) => JSON.stringify(body))
    expect(new Set(comments).size).toBe(1)
    const { body } = await described(clerk)('GET /reports/{id}/comments', { params })
    expect(body.comments.filter(({ text }: { text: string }) => text === 'Один раз')).toHaveLength(1)
    const other = await comment('Другое под тем же ключом')
    expect([other.status, other.body.code]).toEqual([422, 'key-reused'])
  })

  it('X5 X7 cells saved twice under one key are saved once, and what another has saved between stays', async () => {
    const { id } = await findReport(clerk, 'Ромашка')
    const save = (person: Caller, value: string, key: string) =>
      described(person)('PATCH /reports/{id}/cells', {
        params: { id },
        body: { changes: { '7/709/5': value } },
        headers: { 'Idempotency-Key': key },
      })
    const colleague = await signedIn(stand(), 'ds14.deloproizvodstvo@verhneozersk.example')
    const key = randomUUID()
    const first = await save(clerk, '3', key)
    await save(colleague, '4', randomUUID())
    expect((await save(clerk, '3', key)).body).toEqual(first.body)
    const cells = await described(clerk)('GET /reports/{id}/cells', { params: { id } })
    expect(cells.body.values['7/709/5']).toBe('4')
  })

  it('E4 E8 E10 E11 a form posted twice does its thing once', async () => {
    const { id } = await findReport(neighbour, 'Журавушка')
    const twice = async (person: Caller, path: string, fields: Record<string, string>, from: string) => {
      const guarded = { ...(await person.guardsOf(from)), ...fields }
      const answers = await Promise.all([person.postOnce(path, guarded), person.postOnce(path, guarded)])
      expect(
        answers.map(({ status }) => status),
        path,
      ).toEqual([303, 303])
      expect(answers[0]?.headers.get('location')).toBe(answers[1]?.headers.get('location'))
    }
    const page = `/reports/${id}`
    await twice(neighbour, `${page}/comments`, { text: 'Дважды нажато' }, page)
    const comments = (await described(neighbour)('GET /reports/{id}/comments', { params: { id } })).body.comments
    expect(comments.filter(({ text }: { text: string }) => text === 'Дважды нажато')).toHaveLength(1)

    await twice(supervisor, `${page}/refusal`, { reason: 'Причина, сказанная однажды' }, `${page}/refusal`)
    await twice(neighbour, `${page}/sections/7`, { do: 'send' }, page)
    const { submissions } = (await described(neighbour)('GET /reports/{id}/submissions', { params: { id } })).body
    expect(submissions).toHaveLength(2)
    await twice(supervisor, `${page}/acceptance`, {}, `${page}/acceptance`)
    await letterTo(neighbourLogin, /принят/)
    const letters = await (await fetch(`${stand()}/_stand/mail.json?to=${neighbourLogin}`)).json()
    expect(letters.filter(({ text }: { text: string }) => text.includes('сказанная однажды'))).toHaveLength(1)
    expect(letters.filter(({ subject }: { subject: string }) => /принят/.test(subject))).toHaveLength(1)

    const newcomerCalls = await signedIn(stand(), 'a.preobrazhenskaya@verhneozersk.example')
    const { body } = await described(newcomerCalls)('GET /organisations/search', { query: { q: 'Ромашка' } })
    const asking = '/applications/new/attachment'
    const form = { organisationId: body[0].id, role: 'member', why: 'Заполняю отчёты' }
    await twice(newcomerCalls, asking, form, `${asking}?organisation=${body[0].id}`)
    expect((await described(newcomerCalls)('GET /applications')).body.total).toBe(1)
    const again = await newcomerCalls.post(asking, form, `${asking}?organisation=${body[0].id}`)
    expect(again.status).toBe(409)

    await twice(
      newcomerCalls,
      '/profile/edit',
      { surname: 'Преображенская', name: 'Аполлинария', patronymic: '', position: 'методист', phone: '', version: '1' },
      '/profile/edit',
    )
  })
})

describe('refused', () => {
  it('X7 an error is a problem with a code, words in Russian and the fields', async () => {
    const empty = await described(caller(stand()))('POST /registrations', { body: { email: 'не почта' } })
    expect([empty.status, empty.body.code]).toEqual([422, 'invalid-input'])
    expect(empty.headers.get('content-type')).toContain('application/problem+json')
    const fields = empty.body.errors.map(({ field }: { field: string }) => field)
    expect(fields).toEqual(expect.arrayContaining(['surname', 'email', 'password', 'consent']))
    for (const { text } of empty.body.errors) expect(text).toMatch(/^[А-ЯЁ«]/)

    const stranger = await described(caller(stand()))('GET /reports')
    expect([stranger.status, stranger.body.code]).toEqual([401, 'sign-in-needed'])
    const unallowed = await described(clerk)('POST /campaigns', { body: {} })
    expect([unallowed.status, unallowed.body.code]).toEqual([403, 'forbidden'])
    const unread = await clerk.send('/api/v1/profile', {
      method: 'PATCH',
      body: '{',
      headers: { 'content-type': 'application/json' },
    })
    expect([unread.status, unread.headers.get('content-type')]).toEqual([400, expect.stringContaining('problem+json')])
    const nowhere = await clerk.call('GET', '/nowhere')
    expect([nowhere.status, nowhere.body.code]).toEqual([404, 'not-found'])
    const forged = await clerk.send('/api/v1/profile', {
      method: 'PATCH',
      body: JSON.stringify({ version: 1 }),
      headers: { 'content-type': 'application/json', origin: 'https://elsewhere.example' },
    })
    expect(forged.status).toBe(403)
  })

  it('X7 what is beyond one’s scope does not exist, by API and by page', async () => {
    const { id, organisation } = await findReport(clerk, 'Ромашка')
    const file = new FormData()
    for (const [name, value] of Object.entries(await clerk.guardsOf(`/reports/${id}`))) file.set(name, value)
    file.set('file', new File([new Uint8Array(pdf)], 'Приказ.pdf', { type: 'application/pdf' }))
    expect((await clerk.send(`/reports/${id}/attachments`, { method: 'POST', body: file })).status).toBe(303)
    const { attachments } = (await described(clerk)('GET /reports/{id}/attachments', { params: { id } })).body
    const attachmentId: string = attachments[0].id
    const { body: sessions } = await described(clerk)('GET /sessions')
    const asked = await described(clerk)('POST /applications/attachments', {
      body: { organisationId: organisation.id, role: 'member', why: 'Ради проверки' },
    })
    const mine = [
      `/reports/${id}`,
      ...['cells', 'check', 'comments', 'attachments', 'submissions'].map((part) => `/reports/${id}/${part}`),
      `/reports/${id}/history?cell=7/702/6`,
      `/organisations/${organisation.id}`,
      `/organisations/${organisation.id}/members`,
    ]
    for (const path of mine) {
      expect((await clerk.call('GET', path)).status, path).toBe(200)
      expect((await neighbour.call('GET', path)).status, path).toBe(404)
    }
    const pages = [
      `/reports/${id}`,
      `/reports/${id}/changes`,
      `/reports/${id}/history?cell=7/702/6`,
      `/reports/${id}/attachments/${attachmentId}`,
      `/organisations/${organisation.id}`,
    ]
    for (const path of pages) expect((await neighbour.send(path)).status, path).toBe(404)
    const acts: [string, string, unknown][] = [
      ['PATCH', `/reports/${id}/cells`, { changes: { '7/702/6': '1' } }],
      ['PUT', `/reports/${id}/check`, {}],
      ['PUT', `/reports/${id}/sending`, {}],
      ['POST', `/reports/${id}/comments`, { text: 'Чужое' }],
      ['DELETE', `/reports/${id}/attachments/${attachmentId}`, undefined],
      ['DELETE', `/sessions/${sessions[0].id}`, undefined],
    ]
    for (const [method, path, body] of acts)
      expect((await neighbour.call(method, path, body)).status, `${method} ${path}`).toBe(404)
    const otherSupervisor = await signedIn(stand(), otherSupervisorLogin)
    const refusal = { reason: 'Не моё дело' }
    expect((await otherSupervisor.call('PUT', `/reports/${id}/refusal`, refusal)).status).toBe(404)
    if (asked.status === 201) {
      expect((await neighbour.call('GET', `/applications/${asked.body.id}`)).status).toBe(404)
      expect((await neighbour.call('PUT', `/applications/${asked.body.id}/withdrawal`, {})).status).toBe(404)
      expect((await otherSupervisor.call('PUT', `/applications/${asked.body.id}/refusal`, refusal)).status).toBe(404)
    }
    const nobody = '01890000-0000-7000-8000-000000000000'
    for (const path of ['reports', 'organisations', 'applications'])
      expect((await administrator.call('GET', `/${path}/${nobody}`)).status, path).toBe(404)
  })
})

const pdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')
