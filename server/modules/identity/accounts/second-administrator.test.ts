/** What one administrator alone must not do, and what waits for an operator. */
import { beforeAll, describe, expect, it } from 'vitest'
import { lastLetterTo } from '../../../../test/support/newcomers.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
  const id = await idOf('a.preobrazhenskaya@verhneozersk.example')
  await world.as('orlova').post(`/accounts/${id}/grants`, { role: 'administrator', scope: 'everywhere' })
})

const idOf = async (email: string): Promise<string> =>
  (await world.db.selectFrom('accounts').select('id').where('email', '=', email).executeTakeFirstOrThrow()).id
const clerk = 'ds21@verhneozersk.example'

/** As if the clerk had set up codes by an application. */
async function withFactor(): Promise<string> {
  const account_id = await idOf(clerk)
  const at = new Date()
  await world.db
    .insertInto('authenticators')
    .values({ id: crypto.randomUUID(), account_id, sealed_secret: Buffer.from('x'), confirmed_at: at })
    .execute()
  return account_id
}

describe('taking a second factor away', () => {
  it('asks for two administrators, and tells the person', async () => {
    const session = world.as('zlatovratskaya')
    expect((await session.get('/session')).status).toBe(200)
    const id = await withFactor()
    const reason = 'Потеряла телефон, перезвонили в детский сад'
    const [one, other] = [world.as('orlova'), world.as('preobrazhenskaya')]
    expect((await world.as('tihomirov').post(`/accounts/${id}/factor-resets`, { reason })).status).toBe(403)
    const asked = await one.post(`/accounts/${id}/factor-resets`, { reason })
    expect(asked.status).toBe(201)
    expect((await other.post(`/accounts/${id}/factor-resets`, { reason })).status).toBe(409)
    expect((await one.put(`/factor-resets/${asked.body.id}/consent`)).status).toBe(409)
    expect((await one.get(`/accounts/${id}`)).body.factors).toMatchObject({ authenticator: true })
    expect((await other.get('/factor-resets')).body).toHaveLength(1)
    const both = await Promise.all([1, 2].map(() => other.put(`/factor-resets/${asked.body.id}/consent`)))
    expect(both.map(({ status }) => status).sort()).toEqual([204, 404])
    expect((await one.get(`/accounts/${id}`)).body.factors).toMatchObject({ authenticator: false })
    expect((await lastLetterTo(world, clerk)).subject).toBe('Второй фактор снят')
    expect((await one.post(`/accounts/${id}/factor-resets`, { reason })).status).toBe(409)
    expect((await session.get('/session')).status).toBe(401)
  })

  it('is not consented to by its own person', async () => {
    const id = await idOf('a.preobrazhenskaya@verhneozersk.example')
    await world.db
      .insertInto('authenticators')
      .values({ id: crypto.randomUUID(), account_id: id, sealed_secret: Buffer.from('x'), confirmed_at: new Date() })
      .execute()
    const own = world.as('preobrazhenskaya')
    expect((await own.post(`/accounts/${id}/factor-resets`, { reason: 'Моя собственная' })).status).toBe(403)
    await world.db.deleteFrom('authenticators').where('account_id', '=', id).execute()
    const asked = await world.db
      .insertInto('factor_resets')
      .values({
        id: crypto.randomUUID(),
        account_id: id,
        reason: 'Проверка',
        asked_by: await idOf('admin@kabinet.example'),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    expect(await world.as('preobrazhenskaya').put(`/factor-resets/${asked.id}/consent`)).toMatchObject({
      status: 409,
      body: { code: 'accounts.own-consent' },
    })
    expect((await world.as('preobrazhenskaya').put(`/factor-resets/${asked.id}/refusal`)).status).toBe(204)
  })
})

describe('a registration that waits', () => {
  it('is approved or refused once, within one’s regions, with a letter', async () => {
    const email = 'zhdushchaya@verhneozersk.example'
    const account = {
      id: crypto.randomUUID(),
      surname: 'Ждущая',
      name: 'Лукерья',
      email,
      email_confirmed_at: new Date(),
      audience: 'staff' as const,
      registered_at: new Date(),
      region_code: '00',
      approval_asked_at: new Date(),
    }
    await world.db.insertInto('accounts').values(account).execute()
    const waiting = (await world.as('tihomirov').get('/accounts?state=waiting')).body
    expect(waiting.accounts.map(({ id }: { id: string }) => id)).toEqual([account.id])
    const { version } = (await world.as('tihomirov').get(`/accounts/${account.id}`)).body
    const decisions = await Promise.all([
      world.as('tihomirov').put(`/accounts/${account.id}/approval`, { version }),
      world.as('orlova').put(`/accounts/${account.id}/approval-refusal`, { reason: 'Не из этой области', version }),
    ])
    expect(decisions.map(({ status }) => status).sort()).toEqual([204, 409])
    expect((await lastLetterTo(world, email)).subject).toMatch(/одобрена|отказано/)
    expect((await world.as('belozertseva').put(`/accounts/${account.id}/approval`, { version })).status).toBe(403)
  })
})

describe('the pages of an account', () => {
  it('show what may be done, and the password on one page only', async () => {
    const admin = world.page('orlova')
    const id = await idOf('ds14@verhneozersk.example')
    const { html } = await admin.get(`/accounts/${id}`)
    expect(html).toContain('Добронравова Светлана Викторовна')
    expect(html).toContain(`/accounts/${id}/blocking`)
    const version = /name="version" value="(\d+)"/.exec((await admin.get(`/accounts/${id}/temporary-password`)).html)
    const guards = await admin.get(`/accounts/${id}/temporary-password`)
    const value = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(guards.html)?.[1] ?? ''
    const fields = { _csrf: value('_csrf'), _once: value('_once'), version: version?.[1] ?? '' }
    const shown = await admin.post(`/accounts/${id}/temporary-password`, fields)
    expect(shown.html).toMatch(/<code>\S{4}-\S{4}-\S{4}-\S{4}<\/code>/)
    const again = await admin.post(`/accounts/${id}/temporary-password`, fields)
    expect([again.status, again.location]).toEqual([303, `/accounts/${id}`])
    expect((await world.page('tihomirov').get(`/accounts/${await idOf('admin@kabinet.example')}`)).status).toBe(404)
  })
})
