/** E6, E1, S3, S5: what can be asked for, from the asking to what comes of it. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { firstRules } from '../../../contracts/audiences.ts'
import { openWorld, type World } from '../../../test/support/world.ts'
import { transaction } from '../../kernel/db/index.ts'
import type { Context } from '../../kernel/http/index.ts'
import { enterApplication } from './entering.ts'
import { remindDeciders } from './reminders.ts'

let world: World
let romashka: string
let region: string

beforeAll(async () => {
  world = await openWorld()
  romashka = (await world.as('dobronravova').get('/session')).body.organisation.id
  region = (
    await world.db
      .selectFrom('organisations')
      .select('region_code')
      .where('id', '=', romashka)
      .executeTakeFirstOrThrow()
  ).region_code
})

beforeEach(async () => {
  await world.settle()
  await world.db.deleteFrom('rate_limits').execute()
})

const clerk = 'dobronravova'
const operator = 'tihomirov'

const detailsNow = async (): Promise<Record<string, unknown>> => {
  const { body } = await world.as(clerk).get(`/organisations/${romashka}`)
  return {
    ...body,
    okved: body.okved?.code ?? '85.11',
    okvedAdditional: (body.okvedAdditional ?? []).map(({ code }: { code: string }) => code),
    legalStanding: body.legalStanding ?? 'budget',
    settlement: body.settlement ?? 'city',
    okpo: body.okpo ?? '00000017',
    why: 'Приказ учредителя № 12',
  }
}
const askRequisites = async (changes: object) =>
  world.as(clerk).post('/applications', {
    kind: 'requisites',
    organisationId: romashka,
    form: { ...(await detailsNow()), ...changes },
  })

describe('E6: editing requisites', () => {
  it('shows old and new, answers a question, changes the registry and leaves its history', async () => {
    const asked = await askRequisites({ headName: 'Снегирёва Варвара Кузьминична' })
    expect(asked, JSON.stringify(asked.body)).toMatchObject({ status: 201 })
    const { id, differences, deciders } = asked.body
    expect(differences).toContainEqual(
      expect.objectContaining({
        label: 'Фамилия, имя и отчество руководителя',
        after: 'Снегирёва Варвара Кузьминична',
      }),
    )
    expect(deciders.map(({ fullName }: { fullName: string }) => fullName)).toContain('Тихомиров Всеволод Игнатьевич')
    // The supervisor of the district sees it, but does not keep the registry.
    expect((await world.as('voznesensky').put(`/applications/${id}/granting`, {})).status).toBe(403)
    expect((await world.as('belozertseva').get(`/applications/${id}`)).status).toBe(404)

    const question = await world.as(operator).post(`/applications/${id}/questions`, { text: 'С какого числа?' })
    expect(question).toMatchObject({ status: 201, body: { state: 'asked' } })
    const answered = await world.as(clerk).post(`/applications/${id}/answers`, { text: 'С 1 февраля' })
    expect(answered).toMatchObject({ status: 201, body: { state: 'waiting' } })
    expect((await world.as(operator).put(`/applications/${id}/granting`, {})).status).toBe(200)
    const { body } = await world.as(clerk).get(`/organisations/${romashka}`)
    expect(body.headName).toBe('Снегирёва Варвара Кузьминична')
    const steps = (await world.as(clerk).get(`/applications/${id}`)).body.steps
    expect(steps.map(({ kind }: { kind: string }) => kind)).toEqual(['submitted', 'asked', 'answered', 'granted'])
    const history = await world.db
      .selectFrom('organisation_changes')
      .selectAll()
      .where('organisation_id', '=', romashka)
      .execute()
    expect(history.some((row) => row.application_id === id)).toBe(true)
  })

  it('is not done over what another has changed meanwhile', async () => {
    const { body } = await askRequisites({ headPosition: 'исполняющая обязанности заведующего' })
    const { version } = (await world.as(operator).get(`/organisations/${romashka}`)).body
    const change = { headPosition: 'директор', reason: 'Письмо учредителя', version }
    expect((await world.as(operator).patch(`/organisations/${romashka}`, change)).status).toBe(200)
    const reply = await world.as(operator).put(`/applications/${body.id}/granting`, {})
    expect(reply).toMatchObject({ status: 409, body: { code: 'applications.requisites-moved' } })
    await world.as(operator).put(`/applications/${body.id}/refusal`, { reason: 'Подайте новую' })
  })

  it('asks for nothing when nothing differs, and belongs to those of the organisation', async () => {
    const form = await detailsNow()
    const reply = await world
      .as('zlatovratskaya')
      .post('/applications', { kind: 'requisites', organisationId: romashka, form })
    expect(reply.status).toBe(404)
    const { body } = await world.as(clerk).get('/applications/kinds')
    expect(body.map(({ kind }: { kind: string }) => kind)).toContain('report-return')
  })
})

describe('E6: removing a user', () => {
  it('ends the attachment, the rights and says so to the person', async () => {
    const members = await world.db
      .selectFrom('memberships')
      .innerJoin('accounts', 'accounts.id', 'memberships.account_id')
      .select(['memberships.id', 'accounts.surname'])
      .where('organisation_id', '=', romashka)
      .where('ended_at', 'is', null)
      .execute()
    const membershipId = members.find(({ surname }) => surname === 'Крылатская')?.id
    const form = { membershipId, why: 'Уволилась, приказ № 4' }
    const asked = await world.as(clerk).post('/applications', { kind: 'user-removal', organisationId: romashka, form })
    expect(asked.status).toBe(201)
    expect(
      (await world.as(clerk).post('/applications', { kind: 'user-removal', organisationId: romashka, form })).status,
    ).toBe(409)
    expect((await world.as('krylatskaya').get(`/organisations/${romashka}`)).status).toBe(200)
    const reply = await world.as('voznesensky').put(`/applications/${asked.body.id}/granting`, {})
    expect(reply.status).toBe(200)
    expect((await world.as('krylatskaya').get(`/organisations/${romashka}`)).status).not.toBe(200)
    await world.settle()
    const letters = await world.lettersTo('ds14.deloproizvodstvo@verhneozersk.example')
    expect(letters.map(({ subject }) => subject)).toContain('Вас открепили от организации')
  })
})

describe('E6: a report is returned for editing', () => {
  it('opens it again, with the reason', async () => {
    const { body } = await world.as('zlatovratskaya').get('/reports?state=sent')
    const [report] = body.reports
    const form = { reportId: report.id, why: 'Раздел 4, строка 07' }
    const asked = await world
      .as('zlatovratskaya')
      .post('/applications', { kind: 'report-return', organisationId: report.organisation.id, form })
    expect(asked.status).toBe(201)
    expect((await world.as('voznesensky').put(`/applications/${asked.body.id}/granting`, {})).status).toBe(200)
    expect((await world.as('zlatovratskaya').get(`/reports/${report.id}`)).body.state).toBe('refused')
  })
})

describe('E6: removing an organisation', () => {
  it('says what hangs on it, goes through two deciders, and closes it', async () => {
    const form = { on: '18.01.2026', why: 'Присоединена, постановление № 5' }
    const asked = await world.as('zlatovratskaya').post('/applications', {
      kind: 'organisation-removal',
      organisationId: (await world.as('zlatovratskaya').get('/session')).body.organisation.id,
      form,
    })
    expect(asked, JSON.stringify(asked.body)).toMatchObject({ status: 201, body: { stage: { number: 1, of: 2 } } })
    const { id } = asked.body
    const page = (await world.page('voznesensky').get(`/applications/${id}`)).html.replaceAll('\u00a0', ' ')
    expect(page).toMatch(/К ней прикреплён 1 человек/)
    expect(page).toMatch(/Не сдано или не принято отчётов/)
    expect(await world.as('voznesensky').put(`/applications/${id}/granting`, {})).toMatchObject({
      status: 200,
      body: { state: 'waiting', stage: { number: 2 } },
    })
    expect((await world.as('voznesensky').put(`/applications/${id}/granting`, {})).status).toBe(403)
    const done = await world.as(operator).put(`/applications/${id}/granting`, {})
    expect(done).toMatchObject({ status: 200, body: { state: 'granted' } })
    const closed = await world.db
      .selectFrom('organisations')
      .select('closed_at')
      .where('id', '=', asked.body.organisation.id)
      .executeTakeFirstOrThrow()
    expect(closed.closed_at).not.toBeNull()
  })
})

describe('a decision that is late', () => {
  it('is recalled once to its deciders, and once more to those above', async () => {
    const { body } = await askRequisites({ phone: '+7 900 000-11-22' })
    const due = (moment: Date) =>
      world.db.updateTable('applications').set({ due_at: moment }).where('id', '=', body.id).execute()
    await due(new Date(Date.now() + 3_600_000))
    await remindDeciders(world.db)
    await remindDeciders(world.db)
    await due(new Date(Date.now() - 3_600_000))
    await remindDeciders(world.db)
    await remindDeciders(world.db)
    await world.settle()
    const subjects = async (to: string) =>
      (await world.lettersTo(to)).map(({ subject }) => subject).filter((subject) => subject.includes(body.number))
    const own = await subjects('operator@svetlorechye.example')
    expect(own.filter((subject) => subject.includes('скоро срок'))).toHaveLength(1)
    expect(own.filter((subject) => subject.includes('просрочено'))).toHaveLength(1)
    const above = await subjects('admin@kabinet.example')
    expect(above.filter((subject) => subject.includes('просрочено'))).toHaveLength(1)
    expect((await world.as(operator).get('/applications?side=queue&overdue=yes')).body.total).toBe(1)
    const bulk = { ids: [body.id], outcome: 'refusal', reason: 'Нет основания' }
    expect((await world.as(operator).put('/applications/decisions', bulk)).body).toEqual({
      done: [body.id],
      failed: [],
    })
    const again = (await world.as(operator).put('/applications/decisions', bulk)).body
    expect(again.failed[0].problem).toContain('Решение уже не нужно')
  })
})

describe('work is taken, handed on and given back', () => {
  it('by those who may decide; nobody decides what another has', async () => {
    const { body } = await askRequisites({ phone: '+7 900 000-33-44' })
    const { id } = body
    expect((await world.as(operator).put(`/applications/${id}/assignment`, {})).body.assignee.fullName).toContain(
      'Тихомиров',
    )
    expect((await world.as('orlova').put(`/applications/${id}/granting`, {})).status).toBe(409)
    const stranger = (await world.as('belozertseva').get('/session')).body.account.id
    expect((await world.as(operator).put(`/applications/${id}/assignment`, { accountId: stranger })).status).toBe(409)
    const orlova = (await world.as('orlova').get('/session')).body.account.id
    expect((await world.as(operator).put(`/applications/${id}/assignment`, { accountId: orlova })).status).toBe(200)
    expect((await world.as(operator).put(`/applications/${id}/granting`, {})).status).toBe(409)
    expect((await world.as(operator).delete(`/applications/${id}/assignment`)).status).toBe(200)
    const stale = await world.as(operator).put(`/applications/${id}/granting`, { version: 1 })
    expect(stale).toMatchObject({ status: 409, body: { code: 'stale-version' } })
    expect((await world.as(clerk).put(`/applications/${id}/withdrawal`)).status).toBe(200)
  })
})

describe('files of an application', () => {
  const send = async (person: string, id: string, name: string, bytes: Uint8Array<ArrayBuffer>) => {
    const data = new FormData()
    data.set('file', new File([bytes], name))
    const response = await world.as(person).fetch(`/api/v1/applications/${id}/files`, {
      method: 'POST',
      body: data,
      headers: { 'idempotency-key': crypto.randomUUID(), 'x-requested-with': 'fetch' },
    })
    return { status: response.status, text: await response.text() }
  }
  const pdf = new TextEncoder().encode('%PDF-1.7\n1 0 obj\n')
  const page = new TextEncoder().encode('<html><script>alert(1)</script>')

  it('are what their bytes say, are saved and never shown, and are no stranger’s', async () => {
    const { body } = await askRequisites({ phone: '+7 900 000-55-66' })
    const { id } = body
    expect((await send(clerk, id, 'приказ.pdf', pdf)).status).toBe(201)
    for (const [name, bytes] of [
      ['страница.html', page],
      ['приказ.pdf', page],
      ['приказ.html', pdf],
      ['приказ', pdf],
      ['пусто.pdf', new Uint8Array()],
    ] as const)
      expect((await send(clerk, id, name, bytes)).status, name).toBe(422)
    expect((await send(clerk, id, 'большой.pdf', new Uint8Array(6 * 1_048_576))).status).toBe(413)
    expect((await send('belozertseva', id, 'приказ.pdf', pdf)).status).toBe(404)
    expect((await send(clerk, id, '../../etc/passwd\r\nX: y.pdf', pdf)).status).toBe(201)
    const shown = (await world.as(operator).get(`/applications/${id}`)).body
    expect(shown.files).toHaveLength(2)
    const address = `/api/v1/applications/${id}/files/${shown.files[0].id}`
    const got = await world.as(operator).fetch(address)
    expect(got.headers.get('content-disposition')).toMatch(/^attachment/)
    expect(got.headers.get('content-security-policy')).toContain('sandbox')
    expect((await world.as('zlatovratskaya').fetch(address)).status).toBe(404)
    await world.as(clerk).put(`/applications/${id}/withdrawal`)
    expect((await send(clerk, id, 'приказ.pdf', pdf)).status).toBe(409)
  })
})

describe('E1: a letter asks, and an operator enters what it asks for', () => {
  const form = {
    regionCode: '',
    organisation: 'МБДОУ «Детский сад № 14 „Ромашка“»',
    surname: 'Кедрова',
    name: 'Лукерья',
    patronymic: '',
    position: 'делопроизводитель',
    email: 'l.kedrova@verhneozersk.example',
    phone: '',
    systems: 'Отчётность организаций',
  }
  const sender = { name: 'Кедрова Лукерья', email: 'L.Kedrova@verhneozersk.example' }
  const enterAs = async (proved: boolean, changes: object = {}) => {
    const { id } = (await world.as(operator).get('/session')).body.account
    const here = { requestId: 'test', timeZone: 'Europe/Moscow', baseUrl: 'http://localhost', account: { id } }
    // as: the entering reads no more of it
    const ctx = here as unknown as Context
    return transaction({ db: world.db }, (tx) =>
      enterApplication(tx, ctx, {
        kind: 'access',
        organisationId: null,
        form: { ...form, regionCode: region, ...changes },
        sender: { ...sender, proved },
        letterId: null,
      }),
    )
  }

  it('waits at once, and the sender gets one letter with its link', async () => {
    const { id, number } = await enterAs(true)
    await world.settle()
    const letters = await world.lettersTo('l.kedrova@verhneozersk.example')
    expect(letters.map(({ subject }) => subject)).toEqual([`Заявка № ${number} подана по вашему письму`])
    const address = letters[0]?.links[0]?.replace('http://localhost', '') ?? ''
    expect((await world.page().get(address)).html).toContain(number)
    expect((await world.as('radonezhsky').get(`/applications/${id}`)).body).toMatchObject({ state: 'waiting' })
    await expect(enterAs(true)).rejects.toMatchObject({ code: 'applications.duplicate' })
  })

  it('is confirmed first where the address is not proved, and is checked as its page would', async () => {
    const { id } = await enterAs(false, { email: 'drugaya@verhneozersk.example' })
    await world.settle()
    expect((await world.lettersTo('l.kedrova@verhneozersk.example')).at(-1)?.subject).toBe('Подтвердите заявку')
    expect((await world.as(operator).get(`/applications/${id}`)).status).toBe(404)
    await expect(enterAs(true, { email: 'kto-to@mail.ru' })).rejects.toMatchObject({ status: 422 })
  })
})

describe('E1: a visitor asks to add an organisation', () => {
  const email = 'zaveduyushchaya@ivushka.example'
  const form = (inn: string) => ({
    regionCode: region,
    higher: 'Верхнеозёрского',
    fullName: 'Муниципальное бюджетное дошкольное образовательное учреждение «Детский сад № 30 „Ивушка“»',
    shortName: 'МБДОУ «Детский сад № 30 „Ивушка“»',
    address: '000000, Верхнеозёрск, Садовая ул., 3',
    settlement: 'city',
    phone: '+7 900 000-00-30',
    email,
    inn,
    ogrn: '1020000001306',
    okpo: '00000017',
    okved: '85.11',
    kind: 'preschool',
    legalForm: 'municipal',
    legalStanding: 'budget',
    level: 'institution',
    headName: 'Рябинина Таисия Фёдоровна',
    headPosition: 'заведующая',
  })
  const ask = (inn = '0014001300') =>
    world.visitor().post('/applications/visitors', {
      kind: 'organisation-adding',
      visitorName: 'Рябинина Таисия Фёдоровна',
      visitorEmail: email,
      form: form(inn),
    })
  const queue = async () => (await world.as(operator).get('/applications?side=queue&kind=organisation-adding')).body

  it('is nobody’s until the address is confirmed; then it is decided, and the link tells', async () => {
    const sent = await ask()
    expect(sent, JSON.stringify(sent.body)).toMatchObject({ status: 202 })
    await world.settle()
    const row = await world.db
      .selectFrom('applications')
      .selectAll()
      .where('visitor_email', '=', email)
      .executeTakeFirstOrThrow()
    expect((await queue()).total).toBe(0)
    expect((await world.as(operator).get(`/applications/${row.id}`)).status).toBe(404)
    expect((await world.as(operator).put(`/applications/${row.id}/granting`, {})).status).toBe(404)
    expect(
      (await world.lettersTo('operator@svetlorechye.example')).filter(({ subject }) => subject.includes(row.number)),
    ).toEqual([])

    const [letter] = (await world.lettersTo(email)).filter(({ subject }) => subject === 'Подтвердите заявку')
    const token = new URL(letter?.links[0] ?? '').searchParams.get('token') ?? ''
    const visitor = world.page()
    const address = `/applications/followed?token=${token}`
    expect((await visitor.get(address)).html).toContain('Подтвердить')
    expect(await visitor.submit('/applications/followed', { token }, address)).toMatchObject({ status: 303 })
    await world.settle()
    expect((await queue()).total).toBe(1)

    expect(
      (await world.as(operator).post(`/applications/${row.id}/questions`, { text: 'Кто учредитель?' })).status,
    ).toBe(201)
    const answer = await visitor.submit(
      '/applications/followed/answer',
      { token, text: 'Администрация района' },
      address,
    )
    expect(answer.status).toBe(303)
    const granted = await world
      .as(operator)
      .put(`/applications/${row.id}/granting`, { higher: 'Верхнеозёрского управление' })
    expect(granted, JSON.stringify(granted.body)).toMatchObject({
      status: 200,
      body: { organisation: { shortName: form('').shortName } },
    })
    expect((await visitor.get(address)).html.replaceAll('\u00a0', ' ')).toContain('Организация добавлена в реестр')
    await world.settle()
    expect((await world.lettersTo(email)).at(-1)?.subject).toContain('исполнена')
  })

  it('stops letters to one mailbox after three a day, and says what to mend', async () => {
    const reply = await world.visitor().post('/applications/visitors', {
      kind: 'organisation-adding',
      visitorName: 'Рябинина Таисия Фёдоровна',
      visitorEmail: email,
      form: { ...form('1234567890') },
    })
    expect(reply.status).toBe(422)
    expect(reply.body.errors.map(({ field }: { field: string }) => field)).toContain('inn')
    const replies = []
    for (const inn of ['0014001300', '0014001300', '0014001300']) replies.push((await ask(inn)).status)
    expect(replies).toContain(429)
  })

  it('knows no other link', async () => {
    const guess = 'A'.repeat(43)
    expect((await world.page().get(`/applications/followed?token=${guess}`)).status).toBe(404)
    expect((await world.visitor().put('/applications/confirmations', { token: guess })).status).toBe(404)
  })
})

describe('S3: access for a person', () => {
  it('opens an account by a corporate mailbox, with the way in by letter', async () => {
    const email = 'podberyozkina@verhneozersk.example'
    const form = {
      regionCode: region,
      organisation: 'МБДОУ «Детский сад № 14 „Ромашка“»',
      surname: 'Подберёзкина',
      name: 'Аглая',
      patronymic: 'Тихоновна',
      position: 'делопроизводитель',
      email,
      phone: '',
      systems: 'Отчётность организаций',
    }
    const free = await world.as(clerk).post('/applications', { kind: 'access', form: { ...form, email: 'a@mail.ru' } })
    expect(free).toMatchObject({ status: 422, body: { errors: [{ field: 'email' }] } })
    const asked = await world.as(clerk).post('/applications', { kind: 'access', form })
    expect(asked.status).toBe(201)
    expect((await world.as('voznesensky').put(`/applications/${asked.body.id}/granting`, {})).status).toBe(404)
    expect((await world.as(operator).put(`/applications/${asked.body.id}/granting`, {})).status).toBe(200)
    await world.settle()
    const [letter] = await world.lettersTo(email)
    expect(letter?.links[0]).toContain('/password-reset/new?token=')
  })
})

describe('S5: the one account of an organisation, when its holder has left', () => {
  it('is handed over by a decision to whoever asks', async () => {
    const rule = JSON.stringify({ ...firstRules.staff, seat: true })
    await world.db.insertInto('audience_rules').values({ audience: 'staff', rule }).execute()
    const ask = (person: string) =>
      world.as(person).post('/applications', {
        kind: 'seat-handover',
        organisationId: romashka,
        form: { why: 'Назначена ответственной, приказ № 9' },
      })
    const asked = await ask('preobrazhenskaya')
    expect(asked, JSON.stringify(asked.body)).toMatchObject({ status: 201 })
    expect((await ask('preobrazhenskaya')).status).toBe(409)
    expect((await world.as('belozertseva').put(`/applications/${asked.body.id}/granting`, {})).status).toBe(404)
    const reply = await world.as('voznesensky').put(`/applications/${asked.body.id}/granting`, {})
    expect(reply, JSON.stringify(reply.body)).toMatchObject({ status: 200, body: { state: 'granted' } })
    const seat = (await world.as('preobrazhenskaya').get(`/organisations/${romashka}/seat`)).body
    expect(seat.holder.fullName).toContain('Преображенская')
    expect((await ask('preobrazhenskaya')).status).toBe(409)
  })
})
