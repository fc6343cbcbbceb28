import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  directoryContent,
  domainPassword,
  groupEntry,
  groups,
  people,
  personEntry,
  service,
} from '../../../../test/support/directory-people.ts'
import { wordsOf } from '../../../../test/support/newcomers.ts'
import { baseDn, canRunSlapd, freePort, type Slapd, startSlapd } from '../../../../test/support/slapd.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'
import { findByLogin, tieByEmail } from './by-command.ts'
import { configureDomains, readDomains } from './domains.ts'

const there = canRunSlapd()
let world: World
let slapd: Slapd
const directory = mkdtempSync(join(tmpdir(), 'kabinet-domains-'))

const entryOf = (changes: Record<string, unknown> = {}) => ({
  name: 'region',
  title: 'Администрация области',
  urls: [slapd.ldap],
  startTls: true,
  caFile: slapd.caFile,
  bindDn: service.dn,
  bindPasswordFile: 'bind-password',
  baseDn: people,
  userFilter: '(&(objectClass=inetOrgPerson)(|(uid={user})(mail={login})))',
  attributes: { subject: 'entryUUID' },
  suffixes: ['svetlorechye.example'],
  shortNames: ['REGION'],
  mailDomains: ['svetlorechye.example'],
  groups: [
    { group: `CN=Readers, ${groups.toUpperCase()}`, role: 'auditor', everywhere: true },
    { group: `cn=operators,${groups}`, role: 'region-operator', region: '00' },
  ],
  groupSearch: { baseDn: groups, filter: '(member={dn})' },
  timeoutSeconds: 2,
  ...changes,
})

function configure(changes: Record<string, unknown> = {}): void {
  writeFileSync(join(directory, 'bind-password'), `${service.password}\n`)
  writeFileSync(join(directory, 'domains.json'), JSON.stringify({ domains: [entryOf(changes)] }))
  configureDomains(readDomains(join(directory, 'domains.json')))
}

const enter = (login: string, password = domainPassword) => world.visitor().post('/session', { login, password })

describe.skipIf(!there)('signing in by a directory', () => {
  beforeAll(async () => {
    slapd = await startSlapd(
      directoryContent([
        personEntry({
          uid: 'ozerova',
          surname: 'Озёрова',
          name: 'Анна Павловна',
          mail: 'ozerova@svetlorechye.example',
        }),
        personEntry({ uid: 'lesnoy', surname: 'Лесной', name: 'Пётр', mail: 'lesnoy@elsewhere.example' }),
        personEntry({ uid: 'known', surname: 'Добронравова', name: 'Светлана', mail: 'ds14@verhneozersk.example' }),
        personEntry({ uid: 'nomail', surname: 'Безпочтов', name: 'Иван' }),
        personEntry({ uid: 'guessed', surname: 'Угадаев', name: 'Олег', mail: 'guessed@svetlorechye.example' }),
        personEntry({ uid: 'twin', surname: 'Двойникова', name: 'Мария', mail: 'twin@svetlorechye.example' }),
        personEntry({ uid: 'twin2', surname: 'Двойникова', name: 'Марина', mail: 'twin@svetlorechye.example' }),
        groupEntry('readers', ['ozerova', 'lesnoy']),
        groupEntry('operators', ['lesnoy']),
      ]),
    )
    world = await openWorld()
  })
  beforeEach(() => configure())
  afterAll(async () => {
    configureDomains({ domains: [], providers: [] })
    await slapd?.stop()
  })

  it('makes the account at the first sign-in, with name, position, confirmed address and what the groups give', async () => {
    const client = world.visitor()
    const opened = await client.post('/session', { login: 'Ozerova@Svetlorechye.example', password: domainPassword })
    expect(opened).toMatchObject({
      status: 201,
      body: {
        stage: 'consent',
        account: { surname: 'Озёрова', name: 'Анна', patronymic: 'Павловна', email: 'ozerova@svetlorechye.example' },
      },
    })
    expect((await client.get('/session')).body).toMatchObject({
      roles: [{ role: 'auditor', scope: 'everywhere' }],
    })
    const again = await enter('REGION\\ozerova')
    expect(again.body).toMatchObject({ account: { id: (opened.body as { account: { id: string } }).account.id } })
  })

  it('works over ldaps:// as well', async () => {
    configure({ urls: [slapd.ldaps], startTls: false })
    expect(await enter('ozerova@svetlorechye.example')).toMatchObject({ status: 201 })
  })

  it('follows name and groups at the next sign-in, and leaves what was given by hand', async () => {
    const opened = await enter('ozerova@svetlorechye.example')
    const { id } = (opened.body as { account: { id: string } }).account
    await world.db
      .insertInto('grants')
      .values({ id: crypto.randomUUID(), account_id: id, role: 'auditor', scope: 'region', region_code: '00' })
      .execute()
    await slapd.change(`uid=ozerova,${people}`, 'sn', ['Озёрова-Каменская'])
    await slapd.change(`cn=readers,${groups}`, 'member', [`uid=lesnoy,${people}`])
    await slapd.change(`cn=operators,${groups}`, 'member', [`uid=ozerova,${people}`])
    const client = world.visitor()
    const next = await client.post('/session', { login: 'ozerova@svetlorechye.example', password: domainPassword })
    expect(next.body).toMatchObject({ account: { id, surname: 'Озёрова-Каменская' } })
    const { roles } = (await client.get('/session')).body as { roles: { role: string; scope: string }[] }
    expect(roles.map(({ role, scope }) => `${role} ${scope}`).sort()).toEqual([
      'auditor region',
      'region-operator region',
    ])
  })

  it('confirms no address but of the domain’s own', async () => {
    expect(await enter('lesnoy@svetlorechye.example')).toMatchObject({
      status: 201,
      body: { account: { email: null } },
    })
  })

  it('never takes over an account with the same address', async () => {
    const refused = await enter('known@svetlorechye.example')
    expect(refused).toMatchObject({ status: 409, body: { code: 'domain-email-known' } })
  })

  it('is refused without an address, and to whoever is found twice', async () => {
    expect(await enter('nomail@svetlorechye.example')).toMatchObject({
      status: 403,
      body: { code: 'domain-incomplete' },
    })
    expect(await enter('twin@svetlorechye.example')).toMatchObject({ status: 401 })
  })

  it('tells a wrong login and a wrong password alike', async () => {
    const [known, unknown] = [
      await enter('guessed@svetlorechye.example', 'Ne-Tot-1!'),
      await enter('nobody@svetlorechye.example', 'Ne-Tot-1!'),
    ]
    expect(known.status).toBe(401)
    const { requestId: _1, ...one } = known.body as Record<string, unknown>
    const { requestId: _2, ...other } = unknown.body as Record<string, unknown>
    expect(one).toEqual(other)
  })

  it('closes after as many wrong passwords as the domain bears, for the right one too', async () => {
    const attempts = []
    for (let count = 0; count < 5; count += 1) attempts.push(await enter('REGION\\guessed', `Ne-Tot-${count}!`))
    expect(attempts.at(-1)).toMatchObject({ status: 429 })
    expect(await enter('guessed@svetlorechye.example')).toMatchObject({ status: 429 })
  })

  it('refuses an empty password before anything is asked', async () => {
    expect(await enter('lesnoy@svetlorechye.example', '')).toMatchObject({ status: 422 })
  })

  it('says plainly that a domain is away, and never asks the password of the cabinet instead', async () => {
    configure({ urls: [`ldaps://localhost:${await freePort()}`], suffixes: ['verhneozersk.example'] })
    const refused = await enter('ds14@verhneozersk.example', 'Stend-2027!')
    expect(refused).toMatchObject({ status: 503, body: { code: 'domain-unavailable' } })
    const own = { login: 'ds14@verhneozersk.example', password: 'Stend-2027!', door: 'password' }
    expect(await world.visitor().post('/session', own)).toMatchObject({ status: 201 })
  })

  it('waits no longer than it was told to', async () => {
    const silent = createServer(() => undefined)
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const address = silent.address()
    const port = typeof address === 'object' ? address?.port : 0
    for (const url of [`ldap://127.0.0.1:${port}`, `ldaps://127.0.0.1:${port}`]) {
      configure({ urls: [url], timeoutSeconds: 1 })
      const started = performance.now()
      expect(await enter('lesnoy@svetlorechye.example')).toMatchObject({ status: 503 })
      expect(performance.now() - started).toBeLessThan(3000)
    }
    silent.close()
  })

  it('trusts no certificate of a stranger, and no other name', async () => {
    configure({ caFile: undefined, urls: [slapd.ldap] })
    expect(await enter('lesnoy@svetlorechye.example')).toMatchObject({ status: 503 })
  })

  it('goes on to the next server of the domain', async () => {
    configure({ urls: [`ldap://localhost:${await freePort()}`, slapd.ldap] })
    expect(await enter('lesnoy@svetlorechye.example')).toMatchObject({ status: 201 })
  })

  it('keeps whoever has no password of the cabinet from setting one', async () => {
    await enter('ozerova@svetlorechye.example')
    await world.visitor().post('/password-resets', { contact: 'ozerova@svetlorechye.example' })
    await world.settle()
    const [letter] = (await world.lettersTo('ozerova@svetlorechye.example')).slice(-1)
    expect(letter?.text).toContain('Администрация области')
    expect(letter?.text).not.toContain('password-reset/new')
  })

  it('is tied to an account that is signed in, and untied with all that its groups gave', async () => {
    const svetlana = world.as('dobronravova')
    const login = { login: 'known@svetlorechye.example', password: domainPassword }
    expect(await svetlana.post('/profile/domains', { ...login, password: 'Ne-Tot-1!' })).toMatchObject({ status: 401 })
    expect(await svetlana.post('/profile/domains', login)).toMatchObject({ status: 204 })
    expect(await enter(login.login)).toMatchObject({ status: 201, body: { account: { surname: 'Добронравова' } } })
    expect(await world.as('voznesensky').post('/profile/domains', login)).toMatchObject({ status: 409 })
    expect(await svetlana.delete('/profile/domains/domain/region')).toMatchObject({ status: 204 })
    expect(await enter(login.login)).toMatchObject({ status: 409, body: { code: 'domain-email-known' } })
    await world.settle()
    const subjects = (await world.lettersTo('ds14@verhneozersk.example')).map(({ subject }) => subject)
    expect(subjects).toEqual(expect.arrayContaining(['Вход через домен отвязан']))
  })

  it('is looked into and tied by an administrator’s command too', async () => {
    expect(await findByLogin('someone@elsewhere.example')).toBe(undefined)
    const found = await findByLogin('known@svetlorechye.example')
    expect(found?.finding).toMatchObject({ kind: 'found', people: [{ values: { surname: 'Добронравова' } }] })
    const tie = (email: string) => tieByEmail(world.db, 'http://localhost', 'known@svetlorechye.example', email)
    expect(await tie('nobody@verhneozersk.example')).toContain('нет')
    expect(await tie('ds14@verhneozersk.example')).toBe(undefined)
    expect(await enter('known@svetlorechye.example')).toMatchObject({ status: 201 })
    configure({ bindDn: `cn=nobody,${baseDn}` })
    expect((await findByLogin('known@svetlorechye.example'))?.finding).toEqual({ kind: 'unavailable', why: 'ldap 49' })
  })

  it('is offered in the one form of the sign-in page', async () => {
    const page = await world.page().get('/sign-in')
    expect(wordsOf(page)).toContain('Администрация области')
    const refused = await world.page().submit('/sign-in', { login: 'REGION\\twin', password: 'Ne-Tot-1!' })
    expect(wordsOf(refused)).toContain('Неверный логин или пароль')
    const come = await world.page().submit('/sign-in', { login: 'REGION\\lesnoy', password: domainPassword })
    expect(come).toMatchObject({ status: 303, location: '/cabinet' })
  })
})

describe('the file of domains', () => {
  const problemsOf = (content: unknown): string => {
    const file = join(directory, 'wrong.json')
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
    try {
      readDomains(file)
      return ''
    } catch (error) {
      return error instanceof Error ? error.message : ''
    }
  }

  it('is told with everything that is wrong at once', () => {
    const told = problemsOf({
      domains: [
        {
          name: 'Region',
          title: 'Область',
          urls: ['ldap://dc.example'],
          bindDn: baseDn,
          bindPasswordFile: 'x',
          baseDn,
          userFilter: '(uid={user}',
          suffixes: [],
        },
      ],
    })
    for (const words of ['domains.0.name', 'domains.0.userFilter', 'DOMAINS_FILE']) expect(told).toContain(words)
    expect(problemsOf({ domains: [{}], more: 1 })).toMatch(/domains\.0\.title: не задано/)
    expect(problemsOf({ domains: [{}], more: 1 })).not.toContain('Invalid')
    expect(problemsOf('{')).toContain('это не JSON')
  })

  it('lets no password go unencrypted', () => {
    const domain = {
      name: 'region',
      title: 'Область',
      urls: ['ldap://dc.example'],
      bindDn: baseDn,
      bindPasswordFile: 'x',
      baseDn,
      userFilter: '(uid={user})',
      suffixes: ['a.example'],
    }
    expect(problemsOf({ domains: [domain] })).toContain('startTls')
    expect(problemsOf({ domains: [{ ...domain, startTls: true }] })).toContain('файл x не прочитать')
  })
})
