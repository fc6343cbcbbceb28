/** X7: a program acts by a token, within a part of its person's rights. */
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { ApiClient } from '../../../../test/support/clients.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'
import type { Tx } from '../../../kernel/db/index.ts'
import { up } from '../../../migrations/0025_token_reach.ts'
import { standAccounts } from '../../../seeds/stand.people.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})

const supervisor = 'uo@verhneozersk.example'
const wanted = (permissions: string[]) => ({ name: 'Выгрузка в хранилище района', permissions, days: 90 })
const issue = async (person: string, permissions: string[], more: { own?: boolean } = {}) => {
  const reply = await world.as(person).post('/profile/tokens', { ...wanted(permissions), ...more })
  expect(reply.status).toBe(201)
  return reply.body as { id: string; token: string }
}
/** No cookies, no sign-in: the header alone. */
const program = (token: string) => {
  const client = new ApiClient(world.app, undefined)
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  return async (method: string, path: string, body?: unknown, more: Record<string, string> = {}) => {
    const reply = await client.fetch(`/api/v1${path}`, {
      method,
      headers: { ...headers, ...more },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await reply.text()
    return { status: reply.status, headers: reply.headers, body: text ? JSON.parse(text) : undefined }
  }
}
const accountOf = (email: string) =>
  world.db.selectFrom('accounts').select('id').where('email', '=', email).executeTakeFirstOrThrow()

describe('a token', () => {
  it('does what was ticked and its person may, and nothing beyond', async () => {
    const { token } = await issue('voznesensky', ['report.read'])
    const call = program(token)
    const listed = await call('GET', '/reports?year=2026')
    expect(listed.status).toBe(200)
    const own = await world.as('voznesensky').get('/reports?year=2026')
    expect(listed.body.reports.map(({ id }: { id: string }) => id)).toEqual(
      own.body.reports.map(({ id }: { id: string }) => id),
    )
    const { id } = listed.body.reports[0]
    expect((await call('PUT', `/reports/${id}/acceptance`)).status).toBe(403)
    expect((await call('GET', '/organisations')).status).toBe(403)
  })

  it('sees nothing of what its person does not see', async () => {
    const foreign = (await world.as('belozertseva').get('/reports?year=2026')).body.reports[0]
    const { token } = await issue('voznesensky', ['report.read'])
    expect((await program(token)('GET', `/reports/${foreign.id}`)).status).toBe(404)
  })

  it('is told once, kept as a hash, and told by letter', async () => {
    const { id, token } = await issue('voznesensky', ['report.read'])
    const listed = (await world.as('voznesensky').get('/profile/tokens')).body
    expect(listed).toContainEqual(expect.objectContaining({ id, state: 'works', lastUsedAt: null }))
    expect(JSON.stringify(listed)).not.toContain(token)
    await world.settle()
    expect(await world.lettersTo(supervisor)).toContainEqual(
      expect.objectContaining({ subject: 'Выпущен токен программного интерфейса' }),
    )
    expect(JSON.stringify(await world.db.selectFrom('api_tokens').selectAll().execute())).not.toContain(token)
    expect(JSON.stringify(await world.db.selectFrom('idempotency_keys').selectAll().execute())).not.toContain(token)
  })

  it('has nothing that its person has not, nor the right to give rights', async () => {
    for (const [person, permission] of [
      ['voznesensky', 'form.manage'],
      ['voznesensky', 'nothing.known'],
      ['tihomirov', 'helper.manage'],
      ['orlova', 'grant.give'],
    ] as const) {
      const reply = await world.as(person).post('/profile/tokens', wanted(['report.read', permission]))
      expect([reply.status, reply.body.errors[0].field], permission).toEqual([422, 'permissions'])
    }
  })

  it('never comes to passwords, sessions, tokens, contacts or the profile', async () => {
    const { id, token } = await issue('voznesensky', ['report.read'])
    const call = program(token)
    for (const [method, path] of [
      ['GET', '/profile/tokens'],
      ['POST', '/profile/tokens'],
      ['DELETE', `/profile/tokens/${id}`],
      ['GET', '/sessions'],
      ['DELETE', '/session'],
      ['PATCH', '/profile'],
      ['PUT', '/profile/password'],
    ] as const) {
      const reply = await call(method, path, method === 'GET' || method === 'DELETE' ? undefined : {})
      expect([reply.status, reply.body.code], `${method} ${path}`).toEqual([403, 'not-by-token'])
    }
  })

  it('needs no guard against forged posts, and opens no page', async () => {
    const { token } = await issue('voznesensky', ['report.read'])
    const from = { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' }
    expect((await program(token)('GET', '/session', undefined, from)).status).toBe(200)
    const page = await world.app.request('/cabinet', { headers: { authorization: `Bearer ${token}` } })
    expect([page.status, page.headers.get('location')]).toEqual([303, '/sign-in?next=%2Fcabinet'])
  })

  it('notes its last use, not oftener than once a minute', async () => {
    const { id, token } = await issue('voznesensky', ['report.read'])
    const lastUse = async () =>
      world.db
        .selectFrom('api_tokens')
        .select(['last_used_at as at', 'last_address as address'])
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
    await program(token)('GET', '/session')
    const first = await lastUse()
    expect(first).toEqual({ at: expect.any(Date), address: 'local' })
    await program(token)('GET', '/session')
    expect(await lastUse()).toEqual(first)
  })

  it('is named in the journal', async () => {
    const { id, token } = await issue('dobronravova', ['report.read', 'report.comment'])
    const report = (await program(token)('GET', '/reports?year=2026')).body.reports[0]
    const said = await program(token)('POST', `/reports/${report.id}/comments`, { text: 'Из программы' })
    expect(said.status).toBe(201)
    const row = await world.db
      .selectFrom('journal')
      .select(['action', 'body'])
      .where('action', 'like', 'report.%')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow()
    expect(JSON.parse(row.body).details.token).toBe(id)
  })
})

describe('what is its person’s own', () => {
  const ask = { organisationId: '', text: 'Прошу прикрепить' }
  const own = async (call: ReturnType<typeof program>) => {
    const replies = {
      messages: await call('GET', '/messages'),
      reading: await call('PUT', '/messages/reading'),
      applications: await call('GET', '/applications?side=own'),
      attachment: await call('POST', '/applications/attachments', ask),
    }
    return Object.fromEntries(Object.entries(replies).map(([name, { status, body }]) => [name, body?.code ?? status]))
  }
  const closed = 'own-not-by-token'

  it('is reached by a token that was told so at its making, and by no other', async () => {
    const without = await issue('dobronravova', ['report.read'])
    const withOwn = await issue('dobronravova', ['report.read'], { own: true })
    expect(await own(program(without.token))).toEqual({
      messages: closed,
      reading: closed,
      applications: closed,
      attachment: closed,
    })
    const reached = await own(program(withOwn.token))
    expect(reached).toMatchObject({ messages: 200, reading: 204, applications: 200 })
    expect(reached.attachment).toBe('invalid-input')
    const listed = (await world.as('dobronravova').get('/profile/tokens')).body
    expect(listed).toContainEqual(expect.objectContaining({ id: without.id, own: false }))
    expect(listed).toContainEqual(expect.objectContaining({ id: withOwn.id, own: true }))
    const session = (await program(without.token)('GET', '/session')).body
    expect(session).toMatchObject({ account: { email: null }, unread: 0 })
    expect((await program(withOwn.token)('GET', '/session')).body.account.email).toMatch(/@/)
  })

  it('may be all that a token reaches', async () => {
    const { token } = await issue('dobronravova', [], { own: true })
    expect((await program(token)('GET', '/messages')).status).toBe(200)
    expect((await program(token)('GET', '/reports?year=2026')).status).toBe(403)
    expect((await world.as('dobronravova').post('/profile/tokens', wanted([]))).status).toBe(422)
  })

  it('is not in the way of what a permission names: a decider’s queue, not the decider’s own', async () => {
    const ask = async (person: string, name: string) => {
      const place = world.db.selectFrom('organisations').select('id').where('short_name', 'like', `%${name}%`)
      const { id: organisationId } = await place.executeTakeFirstOrThrow()
      const asked = { organisationId, role: 'member', why: 'Веду ещё один сад, приказ № 7' }
      const reply = await world.as(person).post('/applications/attachments', asked)
      expect(reply.status).toBe(201)
      return reply.body.id as string
    }
    const applied = await ask('voznesensky', 'Солнышко')
    const waiting = await ask('preobrazhenskaya', 'Ромашка')
    const { token } = await issue('voznesensky', ['application.decide'])
    const call = program(token)
    const queue = await call('GET', '/applications')
    expect(queue.status).toBe(200)
    expect(queue.body.rows.map(({ id }: { id: string }) => id)).not.toContain(applied)
    expect((await call('GET', `/applications/${waiting}`)).status).toBe(200)
    expect((await call('GET', '/applications?side=own')).body.code).toBe(closed)
    expect((await call('GET', `/applications/${applied}`)).status).toBe(404)
    const withOwn = await issue('voznesensky', ['application.decide'], { own: true })
    expect((await program(withOwn.token)('GET', `/applications/${applied}`)).status).toBe(200)
  })

  it('stays with tokens that were made before it was asked', async () => {
    const { id } = await issue('dobronravova', ['report.read'])
    const ownOf = (db: Tx) => db.selectFrom('api_tokens').select('own').where('id', '=', id).executeTakeFirstOrThrow()
    const undo = new Error('as it was')
    const upgrade = world.db.transaction().execute(async (tx) => {
      expect((await ownOf(tx)).own).toBe(false)
      await sql`alter table api_tokens drop column own`.execute(tx)
      await up(tx)
      expect((await ownOf(tx)).own).toBe(true)
      throw undo
    })
    await expect(upgrade).rejects.toBe(undo)
  })
})

describe('a token ends', () => {
  const refused = async (token: string) => {
    const reply = await program(token)('GET', '/reports?year=2026')
    expect(reply.headers.get('www-authenticate')).toBe('Bearer realm="kabinet", error="invalid_token"')
    expect(reply.headers.get('content-type')).toContain('application/problem+json')
    return [reply.status, reply.body.code]
  }

  it('when it is revoked, by its own person alone', async () => {
    const { id, token } = await issue('voznesensky', ['report.read'])
    expect((await world.as('belozertseva').delete(`/profile/tokens/${id}`)).status).toBe(404)
    expect((await world.as('voznesensky').delete(`/profile/tokens/${id}`)).status).toBe(204)
    expect(await refused(token)).toEqual([401, 'token-refused'])
    expect((await world.as('voznesensky').delete(`/profile/tokens/${id}`)).status).toBe(404)
  })

  it('when the password is set anew by a letter: whoever has made it may be a stranger', async () => {
    const login = standAccounts.find(({ key }) => key === 'krylatskaya')?.login ?? ''
    const { token } = await issue('krylatskaya', ['report.read'])
    await world.visitor().post('/password-resets', { contact: login })
    await world.settle()
    const link = (await world.lettersTo(login)).at(-1)?.links.find((candidate) => candidate.includes('token=')) ?? ''
    const set = { token: new URL(link).searchParams.get('token'), password: 'Заново-4417' }
    expect((await world.visitor().put('/password-resets', set)).status).toBe(204)
    expect((await program(token)('GET', '/session')).status).toBe(401)
  })

  it('with its term', async () => {
    const { id, token } = await issue('voznesensky', ['report.read'])
    await world.db.updateTable('api_tokens').set({ expires_at: new Date() }).where('id', '=', id).execute()
    expect(await refused(token)).toEqual([401, 'token-refused'])
  })

  it('with its person’s account, while it is blocked or a temporary password stands', async () => {
    const { token } = await issue('auditor', ['report.read'])
    const { id } = await accountOf('audit@svetlorechye.example')
    const set = (columns: {
      blocked_at?: Date | null
      erased_at?: Date | null
      temporary_password_until?: Date | null
    }) => world.db.updateTable('accounts').set(columns).where('id', '=', id).execute()
    for (const column of ['blocked_at', 'erased_at', 'temporary_password_until'] as const) {
      await set({ [column]: new Date(Date.now() + 60_000) })
      expect(await refused(token), column).toEqual([401, 'token-refused'])
      await set({ [column]: null })
    }
    expect((await program(token)('GET', '/reports?year=2026')).status).toBe(200)
  })

  it('as far as its person’s rights do', async () => {
    const { token } = await issue('zlatovratskaya', ['report.read'])
    const { id } = await accountOf('ds21@verhneozersk.example')
    const end = (at: Date | null) =>
      world.db.updateTable('memberships').set({ ended_at: at }).where('account_id', '=', id).execute()
    await end(new Date())
    expect((await program(token)('GET', '/reports?year=2026')).status).toBe(403)
    await end(null)
  })

  it('before it begins, when it is wrong; many wrong ones are slowed, a right one never', async () => {
    const { token } = await issue('voznesensky', ['report.read'])
    for (const wrong of ['', 'kab_', 'kabinet', `kab_${'x'.repeat(43)}`]) {
      expect(await refused(wrong)).toEqual([401, 'token-refused'])
    }
    const answers: number[] = []
    for (let attempt = 0; attempt < 40; attempt += 1) answers.push((await program('kab_')('GET', '/session')).status)
    expect(answers.at(-1)).toBe(429)
    expect((await program(token)('GET', '/session')).status).toBe(200)
  })
})

describe('the page of tokens', () => {
  it('makes one, shows it once, and revokes it, without a script', async () => {
    const page = world.page('tihomirov')
    const wrong = await page.submit('/profile/tokens/new', { name: 'Сводка', days: '30' })
    expect([wrong.status, wrong.html.includes('Отметьте хотя бы одно право')]).toEqual([422, true])
    const asked = { name: 'Сводка', days: '30', permissions: 'report.read', own: 'on' }
    const made = await page.submit('/profile/tokens/new', asked)
    const [token = ''] = /kab_[\w-]{43}/.exec(made.html) ?? []
    expect((await program(token)('GET', '/messages')).status).toBe(200)
    const list = await page.get('/profile/tokens')
    expect(list.html).toContain('Сводка')
    expect(list.html).toMatch(/Мои сообщения\sи\sзаявки/)
    expect(list.html).not.toContain(token)
    const [, action = ''] = /action="(\/profile\/tokens\/[^"]+\/revocation)"/.exec(list.html) ?? []
    expect((await page.submit(action, {}, '/profile/tokens')).location).toBe('/profile/tokens')
    expect((await program(token)('GET', '/session')).status).not.toBe(200)
    expect((await page.get('/profile/tokens')).html).toContain('Отозван')
  })
})
