import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { wordsOf } from '../../../../test/support/newcomers.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'
import { standPassword } from '../../../seeds/stand.people.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})

describe('one’s own copy', () => {
  it('holds what every room keeps, for who has typed the password, and is journalled', async () => {
    const { status, body } = await world.as('dobronravova').post('/profile/data-copies', { password: standPassword })
    expect(status).toBe(200)
    expect(body.identity).toMatchObject({
      account: { surname: 'Добронравова', email: 'ds14@verhneozersk.example', hasPassword: true },
      personalData: null,
      consents: [{ withdrawnAt: null }],
      waysIn: { tokens: [], passkeys: [] },
    })
    expect(body.identity.sessions.length).toBeGreaterThan(0)
    expect(body.identity.signInJournal[0]).toMatchObject({ action: 'session.started' })
    expect(body.organisations.memberships).toMatchObject([{ role: 'responsible', endedAt: null }])
    expect(body.messages.messages).toBeInstanceOf(Array)
    expect(body.applications.applications).toBeInstanceOf(Array)
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from journal where action = 'account.copy-taken'`.execute(world.db)
    expect(rows[0]?.count).toBe(1)
  })

  it('holds no secret by which anyone comes in', async () => {
    const { body } = await world.as('dobronravova').post('/profile/data-copies', { password: standPassword })
    expect(JSON.stringify(body)).not.toMatch(/scrypt|argon|token_?hash|public_?key|sealed/i)
  })

  it('is given to nobody without the password', async () => {
    expect(await world.as('dobronravova').post('/profile/data-copies', {})).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'password' }] },
    })
    expect((await world.as('dobronravova').post('/profile/data-copies', { password: 'нет' })).status).toBe(422)
  })

  it('comes as a file from the page, and is kept nowhere', async () => {
    const page = world.page('dobronravova')
    expect(wordsOf(await page.get('/profile/data'))).toContain('Что хранится, зачем и сколько')
    const refused = await page.submit('/profile/data', { password: 'нет' })
    expect(refused).toMatchObject({ status: 422 })
    const reply = await page.submit('/profile/data', { password: standPassword })
    expect(reply.headers.get('content-disposition')).toContain('moi-dannye.json')
    expect(JSON.parse(reply.html).identity.account.surname).toBe('Добронравова')
    const { rows } = await sql<{
      kept: string
    }>`select body as kept from idempotency_keys where body like '%Добронравова%'`.execute(world.db)
    expect(rows).toEqual([])
  })
})
