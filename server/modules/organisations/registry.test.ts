import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { wordsOf } from '../../../test/support/newcomers.ts'
import { openWorld, type World } from '../../../test/support/world.ts'

let world: World
let ministry: string
let district: string
let romashka: string

beforeAll(async () => {
  world = await openWorld()
  ministry = await idOf('Министерство')
  district = await idOf('Верхнеозёрского муниципального')
  romashka = await idOf('Ромашка')
})

const idOf = async (part: string): Promise<string> =>
  (
    await world.db
      .selectFrom('organisations')
      .select('id')
      .where('short_name', 'like', `%${part}%`)
      .executeTakeFirstOrThrow()
  ).id
const kindergarten = (changes: Record<string, unknown> = {}) => ({
  parentId: district,
  level: 'institution',
  kind: 'preschool',
  legalForm: 'municipal',
  shortName: 'МБДОУ «Детский сад № 30 „Ивушка“»',
  fullName: 'Муниципальное бюджетное дошкольное образовательное учреждение «Детский сад № 30 „Ивушка“»',
  inn: '0014 00130-0',
  ogrn: '1020000001306',
  regionCode: '00',
  address: '639110, Светлореченская область, г. Верхнеозёрск, ул. Ивовая, д. 30',
  ...changes,
})
const operator = () => world.as('tihomirov')
const administrator = () => world.as('orlova')
const versionOf = async (id: string): Promise<number> =>
  (await administrator().get(`/organisations/${id}`)).body.version
const change = async (id: string, changes: object, who = operator()) =>
  who.patch(`/organisations/${id}`, { version: await versionOf(id), reason: 'Новый устав', ...changes })
const wrongFields = (reply: { body: { errors?: { field: string; text: string }[] } }) =>
  (reply.body.errors ?? []).map(({ field }) => field)

describe('adding an organisation', () => {
  it('places it under its higher one, in the journal and in an event', async () => {
    const reply = await operator().post('/organisations', kindergarten())
    expect(reply).toMatchObject({ status: 201, body: { inn: '0014001300', higher: { id: district }, okpo: null } })
    const { lineage } = await world.db
      .selectFrom('organisations')
      .select('lineage')
      .where('id', '=', reply.body.id)
      .executeTakeFirstOrThrow()
    expect(lineage).toEqual([ministry, district, reply.body.id])
    const events = await world.db
      .selectFrom('events')
      .select('payload')
      .where('name', '=', 'organisation.added')
      .execute()
    expect(events).toContainEqual({ payload: { organisationId: reply.body.id } })
    const rows = await world.db.selectFrom('journal').select('action').where('subject_id', '=', reply.body.id).execute()
    expect(rows).toEqual([{ action: 'organisation.created' }])
  })

  it('is refused in the fields: numbers, a taken ИНН, a division of nothing, a region of others', async () => {
    const add = async (changes: Record<string, unknown>) =>
      wrongFields(await operator().post('/organisations', kindergarten(changes)))
    expect(await add({ inn: '0014001301', ogrn: '123', okpo: '1', fullName: '' })).toEqual(
      expect.arrayContaining(['inn', 'ogrn', 'okpo', 'fullName']),
    )
    expect(await add({ inn: '0014000040' })).toEqual(['inn'])
    expect(await add({ level: 'division', parentId: null })).toEqual(['parentId'])
    expect(await add({ regionCode: '01' })).toEqual(['regionCode'])
    expect(await add({ regionCode: '99' })).toEqual(['regionCode'])
  })

  it('is for those who keep the registry, within their region', async () => {
    for (const person of ['voznesensky', 'dobronravova', 'auditor', 'preobrazhenskaya'])
      expect((await world.as(person).post('/organisations', kindergarten())).status).toBe(403)
    const far = await administrator().post(
      '/organisations',
      kindergarten({ parentId: null, regionCode: '01', inn: '0100001304', shortName: 'Дальняя школа' }),
    )
    expect(far.status).toBe(201)
    expect((await operator().post('/organisations', kindergarten({ parentId: far.body.id }))).status).toBe(404)
    expect(
      (await operator().patch(`/organisations/${far.body.id}`, { version: 1, reason: 'Чужая', shortName: 'Своя' }))
        .status,
    ).toBe(404)
    expect((await world.page('tihomirov').get(`/organisations/${far.body.id}/edit`)).status).toBe(404)
  })
})

describe('changing an organisation', () => {
  it('changes what is told and leaves the rest; a second editor is refused', async () => {
    const { body: before } = await operator().get(`/organisations/${romashka}`)
    const reply = await change(romashka, { headName: 'Липова Вера Сергеевна', site: '' })
    expect(reply.body).toEqual({
      ...before,
      headName: 'Липова Вера Сергеевна',
      site: null,
      version: before.version + 1,
    })
    expect(
      (await operator().patch(`/organisations/${romashka}`, { version: before.version, reason: 'Ещё раз' })).status,
    ).toBe(409)
    const [row] = await world.db
      .selectFrom('journal')
      .select('body')
      .where('action', '=', 'organisation.changed')
      .execute()
    expect(JSON.parse(row?.body ?? '{}')).toMatchObject({ details: { fields: ['site', 'headName'] } })
  })

  it('is not for those who only see it', async () => {
    expect(
      (await world.as('voznesensky').patch(`/organisations/${romashka}`, { version: 1, reason: 'Нет' })).status,
    ).toBe(403)
    expect((await world.page('voznesensky').get(`/organisations/${romashka}`)).html).not.toContain('/edit"')
    expect((await world.page('tihomirov').get(`/organisations/${romashka}`)).html).toContain('/edit"')
  })

  it('takes all that stand below along, and whoever sees them changes with it', async () => {
    const zarechye = await idOf('Заречного городского')
    const seen = async (person: string) => (await world.as(person).get('/organisations')).body.total
    const [before, after] = [await seen('belozertseva'), await seen('voznesensky')]
    expect(await change(district, { parentId: zarechye })).toMatchObject({
      status: 200,
      body: { higher: { id: zarechye } },
    })
    expect(await seen('belozertseva')).toBe(before + after)
    const { rows } = await sql<{ wrong: number }>`
      select count(*)::int as wrong from organisations child left join organisations higher on higher.id = child.parent_id
      where child.lineage <> coalesce(higher.lineage, '{}') || child.id`.execute(world.db)
    expect(rows).toEqual([{ wrong: 0 }])
    expect((await change(district, { parentId: ministry })).status).toBe(200)
    expect(await seen('belozertseva')).toBe(before)
  })

  it('never makes a ring, even by two at once', async () => {
    expect(wrongFields(await change(district, { parentId: romashka }))).toEqual(['parentId'])
    expect(wrongFields(await change(district, { parentId: district }))).toEqual(['parentId'])
    const zarechye = await idOf('Заречного городского')
    const replies = await Promise.all([
      change(district, { parentId: zarechye }),
      change(zarechye, { parentId: district }, administrator()),
    ])
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 422])
    for (const id of [district, zarechye]) await change(id, { parentId: ministry })
  })
})

describe('the form of an organisation, without scripts', () => {
  const fields = (changes: Record<string, string> = {}) => {
    const { parentId: _parentId, ...rest } = kindergarten({
      inn: '0014001318',
      shortName: 'МБДОУ «Детский сад № 31»',
      fullName: 'Муниципальное бюджетное дошкольное образовательное учреждение «Детский сад № 31»',
    })
    return {
      ...rest,
      reason: 'Сведения сверены',
      higher: 'Управление Верхнеозёрского',
      okpo: '',
      phone: '',
      email: '',
      site: '',
      ...changes,
    }
  }

  it('opens from the list for those who may, with the region chosen when it is the only one', async () => {
    expect((await world.page('tihomirov').get('/organisations')).html).toContain('href="/organisations/new"')
    expect((await world.page('voznesensky').get('/organisations')).html).not.toContain('href="/organisations/new"')
    expect((await world.page('voznesensky').get('/organisations/new')).status).toBe(403)
    const { html } = await world.page('tihomirov').get('/organisations/new')
    expect(html).toMatch(/<option value="00" selected/)
    expect(html).toMatch(/<option value="\d{10} Министерство образования/)
  })

  it('says all that is wrong at once and keeps what was typed', async () => {
    const page = world.page('tihomirov')
    const again = await page.submit(
      '/organisations/new',
      fields({ inn: '0014001301', higher: 'Нет такого', phone: '12' }),
    )
    expect(again.status).toBe(422)
    expect(wordsOf(again)).toContain('Организация не добавлена: исправьте 3 поля')
    expect(wordsOf(again)).toContain('ИНН: контрольная цифра не сходится')
    expect(again.html).toMatch(/href="#inn".*href="#higher".*href="#phone"/s)
    expect(again.html).toContain('value="МБДОУ «Детский сад № 31»"')
    const taken = await page.submit('/organisations/new', fields({ inn: '0014000040' }))
    expect(wordsOf(taken)).toMatch(
      /Организация с таким ИНН уже есть в реестре: МБДОУ «Детский сад комбинированного вида/,
    )
  })

  it('lets pick the higher one when several answer to the words, and adds', async () => {
    const page = world.page('orlova')
    const several = await page.submit('/organisations/new', fields({ higher: 'образования' }))
    expect(wordsOf(several)).toContain('Подходит несколько организаций')
    expect(several.html).toMatch(new RegExp(`type="radio"[^>]*name="parentId"[^>]*value="${district}"`))
    const added = await page.submit('/organisations/new', fields({ higher: 'образования', parentId: district }))
    expect(added.status).toBe(303)
    expect(wordsOf(await page.get(added.location ?? ''))).toMatch(/Организация добавлена.*Детский сад № 31/)

    const edited = `${added.location}/edit`
    const { html } = await page.get(edited)
    expect(html).toMatch(/name="higher"[^>]*value="\d{10} Управление образования/)
    const saved = await page.submit(edited, fields({ version: '1', higher: '', email: 'ds31@verhneozersk.example' }))
    expect(saved).toMatchObject({ status: 303, location: added.location })
    expect((await administrator().get(added.location ?? '')).body).toMatchObject({
      higher: null,
      email: 'ds31@verhneozersk.example',
    })
    const stale = await page.submit(edited, fields({ version: '1' }))
    expect(wordsOf(stale)).toContain('Изменения не сохранены')
  })
})

describe('an organisation that may be in the registry already', () => {
  const twin = {
    inn: '0014001406',
    shortName: 'Детский сад №14 Ромашка',
    fullName: 'Детский сад № 14 «Ромашка»',
  }

  it('is shown those like it before it is added, and is added when they were looked at', async () => {
    const asked = await operator().post('/organisations', kindergarten(twin))
    expect(asked).toMatchObject({
      status: 409,
      body: { code: 'organisations.similar', params: { organisations: [{ id: romashka, why: 'name' }] } },
    })
    const added = await operator().post('/organisations', kindergarten({ ...twin, notDuplicateOf: [romashka] }))
    expect(added.status).toBe(201)
    const elsewhere = await idOf('Заречного городского')
    const far = { ...twin, inn: '0014001413', parentId: elsewhere }
    expect((await operator().post('/organisations', kindergarten(far))).status).toBe(201)
  })

  it('is looked for among parts with the same ИНН', async () => {
    const part = (shortName: string) =>
      kindergarten({ level: 'branch', parentId: romashka, inn: '0014000040', shortName, fullName: shortName })
    expect((await operator().post('/organisations', part('Филиал в посёлке Заря'))).status).toBe(201)
    expect((await operator().post('/organisations', part('Филиал в деревне Ключи'))).body).toMatchObject({
      params: { organisations: [{ shortName: 'Филиал в посёлке Заря', why: 'inn' }] },
    })
  })

  it('is told on the page, which keeps all that was typed and offers to add it all the same', async () => {
    const page = world.page('tihomirov')
    const { parentId: _parentId, ...rest } = kindergarten({ ...twin, inn: '0014001420' })
    const typed = { ...rest, higher: 'Управление Верхнеозёрского' }
    const { html, status } = await page.submit('/organisations/new', typed)
    expect(status).toBe(409)
    expect(html).toContain(`href="/organisations/${romashka}"`)
    expect(html).toContain('Добавить всё равно')
    expect(html).toContain('value="Детский сад №14 Ромашка"')
    const seen = /name="notDuplicateOf" value="([^"]+)"/.exec(html)?.[1] ?? ''
    const added = await page.submit('/organisations/new', { ...typed, notDuplicateOf: seen })
    expect(added.status).toBe(303)
  })
})
