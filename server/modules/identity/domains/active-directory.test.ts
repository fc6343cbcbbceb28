import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  directoryService,
  type FakeActiveDirectory,
  startActiveDirectory,
} from '../../../../test/support/active-directory.ts'
import { openWorld, type World } from '../../../../test/support/world.ts'
import { configureDomains, readDomains } from './domains.ts'

let world: World
let directory: FakeActiveDirectory

describe('Active Directory', () => {
  beforeAll(async () => {
    directory = await startActiveDirectory()
    const place = mkdtempSync(join(tmpdir(), 'kabinet-domains-'))
    writeFileSync(join(place, 'bind-password'), 'Sluzhba-1')
    const domain = {
      name: 'region',
      title: 'Администрация области',
      urls: [directory.url],
      caFile: directory.caFile,
      bindDn: directoryService,
      bindPasswordFile: 'bind-password',
      baseDn: 'DC=region,DC=example',
      userFilter: '(&(objectCategory=person)(|(sAMAccountName={user})(userPrincipalName={login})))',
      suffixes: ['region.example'],
      mailDomains: ['region.example'],
      mostFailures: 10,
    }
    writeFileSync(join(place, 'domains.json'), JSON.stringify({ domains: [domain] }))
    world = await openWorld()
    configureDomains(readDomains(join(place, 'domains.json')))
  })
  afterAll(async () => {
    configureDomains({ domains: [], providers: [] })
    await directory?.stop()
  })

  const enter = () => world.visitor().post('/session', { login: 'ozerova@region.example', password: 'Rabochiy-Stol-7' })

  it.each([
    ['530', 'В это время домен вход не разрешает'],
    ['531', 'только с некоторых компьютеров'],
    ['532', 'Срок пароля в домене вышел'],
    ['533', 'Учётная запись в домене отключена'],
    ['701', 'Срок учётной записи в домене вышел'],
    ['773', 'Домен просит сменить пароль'],
  ])('tells whoever has the right password why it is refused: %s', async (code, words) => {
    directory.refuseWith(code)
    expect(await enter()).toMatchObject({
      status: 403,
      body: { code: 'domain-refused', title: expect.stringContaining(words) },
    })
  })

  it.each(['525', '52e', '775', '80090308'])('tells nothing apart that a wrong password gets too: %s', async (code) => {
    directory.refuseWith(code)
    expect(await enter()).toMatchObject({ status: 401, body: { code: 'domain-wrong-credentials' } })
  })

  it('knows the person again by its GUID, and takes the patronymic from the whole name', async () => {
    directory.refuseWith(undefined)
    expect(await enter()).toMatchObject({ status: 201, body: { account: { patronymic: 'Павловна' } } })
    const tied = await world.db.selectFrom('external_identities').select(['provider', 'subject']).execute()
    expect(tied).toEqual([{ provider: 'domain:region', subject: 'b41f6b7c9d5e4f10a2c3d4e5f6a7b8c9' }])
  })
})
