import { beforeAll, describe, expect, it } from 'vitest'
import { signIn } from '../../../../test/support/newcomers.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'
import {
  createAdministrator,
  grantByEmail,
  initialPassword,
  listAdministrators,
  recoverAdministrator,
} from './administrators.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})

describe('the first administrator', () => {
  it('signs in with the password that was shown once', async () => {
    const password = await createAdministrator(world.db, 'Glavny@kabinet.example', 'Снегирёв Лев Ильич')
    const client = world.visitor()
    await client.post('/session', { login: 'glavny@kabinet.example', password })
    expect(await client.get('/session')).toMatchObject({
      body: { account: { surname: 'Снегирёв' }, roles: [{ role: 'administrator', scope: 'everywhere' }] },
    })
    expect((await listAdministrators(world.db)).map(({ email }) => email)).toContain('glavny@kabinet.example')
  })

  it('is not made over an account that exists, and its journal is written', async () => {
    await expect(createAdministrator(world.db, 'admin@kabinet.example', 'Иной Пётр')).rejects.toMatchObject({
      code: 'email-taken',
    })
    const rows = await world.db.selectFrom('journal').select('action').where('action', '=', 'grant.given').execute()
    expect(rows.length).toBeGreaterThan(0)
  })

  it('comes in again after the password is lost, and nobody else does', async () => {
    const open = world.as('orlova')
    await open.get('/session')
    const password = await recoverAdministrator(world.db, 'Admin@kabinet.example')
    expect((await open.get('/session')).status).toBe(401)
    expect(await signIn(world, 'admin@kabinet.example', password ?? '')).toMatchObject({
      status: 201,
      body: { stage: 'password-change' },
    })
    expect(await recoverAdministrator(world.db, 'ds14@verhneozersk.example')).toBeUndefined()
    expect(await recoverAdministrator(world.db, 'nobody@kabinet.example')).toBeUndefined()
  })

  it('never gets the same password twice', () =>
    expect(new Set(Array.from({ length: 200 }, initialPassword)).size).toBe(200))

  it('is refused a wrong password like anyone', async () =>
    expect(await signIn(world, 'admin@kabinet.example', 'Ne-Tot-1!')).toMatchObject({ status: 401 }))
})

describe('a role given from the command line', () => {
  const operator = { role: 'region-operator', scope: 'region', region: '00' } as const

  it('is held by whoever has confirmed the address, and given once', async () => {
    const address = 'A.Preobrazhenskaya@verhneozersk.example'
    const name = 'Преображенская Аполлинария Константиновна'
    expect(await grantByEmail(world.db, address, operator)).toEqual({ name, given: true })
    expect(await grantByEmail(world.db, address, operator)).toEqual({ name, given: false })
    expect((await world.as('preobrazhenskaya').get('/session')).body.roles).toMatchObject([operator])
    expect((await world.as('preobrazhenskaya').get('/organisations')).body.total).toBe(9)
  })

  it('is given to nobody else', async () =>
    expect(await grantByEmail(world.db, 'nikto@kabinet.example', operator)).toBeUndefined())
})
