/** S1: staff whose body has a domain come in by it: by the login of the working computer, or by its own sign-in page. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, describe, it } from 'vitest'
import {
  directoryContent,
  domainPassword,
  groupEntry,
  groups,
  people,
  personEntry,
  service,
} from '../support/directory-people.ts'
import { type OpenIdProvider, openIdClient, startOpenIdProvider } from '../support/openid-provider.ts'
import { canRunSlapd, freePort, type Slapd, startSlapd } from '../support/slapd.ts'
import { enter, expectAccessible, useBrowser, useOwnStand, visit } from './support/journey.ts'
import { startProgram } from './support/program.ts'

const there = canRunSlapd()

describe.skipIf(!there)('a domain', () => {
  let slapd: Slapd
  let provider: OpenIdProvider
  useBrowser()
  useOwnStand(async () => {
    const port = await freePort()
    slapd = await startSlapd(
      directoryContent([
        personEntry({
          uid: 'ozerova',
          surname: 'Озёрова-Чернышевская',
          name: 'Маргарита Станиславовна',
          mail: 'ozerova@svetlorechye.example',
        }),
        personEntry({ uid: 'svetlana', surname: 'Добронравова', name: 'Светлана', mail: 'ds14@verhneozersk.example' }),
        groupEntry('auditors', ['ozerova']),
      ]),
    )
    provider = await startOpenIdProvider(`http://localhost:${port}/sign-in/external/common/return`)
    const dataDirectory = mkdtempSync(join(tmpdir(), 'kabinet-journey-'))
    return startProgram({ DOMAINS_FILE: domainsFile(dataDirectory, slapd, provider) }, { dataDirectory, port })
  })
  afterAll(async () => {
    await slapd?.stop()
    await provider?.stop()
  })

  it('S1 lets in by the login of the working computer: a mistake is told, the first sign-in makes the account', async () => {
    const window = await visit({ scripts: false })
    const { page } = window
    await page.goto('/sign-in')
    await page.getByText('Рабочий логин вида').waitFor()
    await expectAccessible(page)
    await fill(page, 'ozerova@svetlorechye.example', 'Ne-Tot-Parol-1')
    await page.getByText('Неверный логин или пароль').waitFor()
    await expectAccessible(page)
    await fill(page, 'SVETLORECHYE\\ozerova', domainPassword)
    await page.waitForURL(/sign-in\/consent/)
    await page.getByLabel('Согласен на обработку персональных данных').check()
    await page.getByRole('button', { name: 'Продолжить' }).click()
    await page.waitForURL(/cabinet/)
    await page.goto('/profile')
    await page.getByText('Озёрова-Чернышевская Маргарита Станиславовна').first().waitFor()
    await page.getByText('Аудитор').first().waitFor()
    await page.goto('/profile/password')
    await page.getByText('Пароль хранится не в кабинете').waitFor()
    await expectAccessible(page)
    await window.end()
  })

  it('S1 is tied by whoever has an account, and then lets in through the body’s own page too', async () => {
    const window = await visit()
    const { page } = window
    await enter(window, 'ds14@verhneozersk.example')
    await page.goto('/profile/domains')
    await page.getByLabel('Логин в домене').fill('svetlana@svetlorechye.example')
    await page.getByLabel('Пароль в домене', { exact: true }).fill(domainPassword)
    await page.locator('main').getByRole('button', { name: 'Привязать аккаунт' }).click()
    await page.getByText('Связано', { exact: true }).first().waitFor()
    provider.person = { sub: 'svetlana', family_name: 'Добронравова', given_name: 'Светлана' }
    await page.getByRole('link', { name: 'Привязать аккаунт' }).click()
    await page.getByRole('link', { name: 'Привязать аккаунт' }).waitFor({ state: 'detached' })
    await expectAccessible(page)
    await window.end()

    const next = await visit()
    await next.page.goto('/sign-in?next=/profile')
    await expectAccessible(next.page)
    await next.page.getByRole('link', { name: 'Войти: Единый вход области' }).click()
    await next.page.waitForURL(/profile/)
    await next.page.getByText('Добронравова').first().waitFor()
    await expectAccessible(next.page)
    await next.end()
  })
})

async function fill(page: Page, login: string, password: string): Promise<void> {
  await page.getByLabel('Введите логин (e-mail)').fill(login)
  await page.getByLabel('Введите пароль', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Войти', exact: true }).first().click()
}

function domainsFile(directory: string, slapd: Slapd, provider: OpenIdProvider): string {
  writeFileSync(join(directory, 'bind-password'), service.password)
  writeFileSync(join(directory, 'client-secret'), openIdClient.secret)
  const domain = {
    name: 'svetlorechye',
    title: 'Правительство Светлореченской области',
    urls: [slapd.ldap],
    startTls: true,
    caFile: slapd.caFile,
    bindDn: service.dn,
    bindPasswordFile: 'bind-password',
    baseDn: people,
    userFilter: '(&(objectClass=inetOrgPerson)(uid={user}))',
    attributes: { subject: 'entryUUID' },
    suffixes: ['svetlorechye.example'],
    shortNames: ['SVETLORECHYE'],
    mailDomains: ['svetlorechye.example'],
    groups: [{ group: `cn=auditors,${groups}`, role: 'auditor', everywhere: true }],
    groupSearch: { baseDn: groups, filter: '(member={dn})' },
  }
  const common = {
    name: 'common',
    title: 'Единый вход области',
    issuer: provider.issuer,
    clientId: openIdClient.id,
    clientSecretFile: 'client-secret',
  }
  const file = join(directory, 'domains.json')
  writeFileSync(file, JSON.stringify({ domains: [domain], providers: [common] }))
  return file
}
